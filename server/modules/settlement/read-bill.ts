import { inArray } from 'drizzle-orm'
import { addFen, type Fen } from '../../../shared/money.ts'
import { type BookLine, type Difference, reconcile } from '../../../shared/settlement/reconcile.ts'
import { after, businessDay, DAY, HOUR, type Instant, instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { type Actor, newId } from '../../platform/work.ts'
import type { BillLine } from '../../ports/payment.ts'
import { billOf, linesByNo, type OwnLine, paidBetween, refundsBetween } from '../payments/index.ts'
import { bookChannelFee } from './book.ts'
import { billDays, billDifferences, billLines } from './tables.ts'

const clock: Actor = { kind: 'clock', job: 'settlement.read-bills' }
/** How far back a bill is looked for; the channel keeps them for three months. */
const BACK = 7
const AT_ONCE = 200
/** A refund asked for in a day's last hour may stand in the next day's bill. */
const EVENING = HOUR

const startOf = (day: string): Instant => instant(Date.parse(`${day}T00:00:00+08:00`))

/** Reads the bills of the last days that were not read yet; a day without a bill is tried again at the next hour. */
export async function readBills(app: App): Promise<void> {
  const now = app.clock.now()
  const days = Array.from({ length: BACK }, (_, i) => businessDay(after(now, (i - BACK) * DAY)))
  const read = await app.read.select({ day: billDays.day }).from(billDays).where(inArray(billDays.day, days))
  for (const day of days.filter((d) => !read.some((r) => r.day === d))) await readBillOf(app, day)
}

/**
 * Compares our books of a day with the channel's bill, puts what differs on the park's desk and books the channel's fees. Safe to repeat: every line
 * and difference is noted once, the day itself last. Answers false when there is no bill yet; throws OutsideTrouble.
 */
export async function readBillOf(app: App, day: string): Promise<boolean> {
  const bill = await billOf(app, day)
  if (bill === 'notYet') return false
  await takeBill(app, day, bill)
  return true
}

/** The same for a bill that is at hand. */
export async function takeBill(app: App, day: string, bill: readonly BillLine[]): Promise<void> {
  const theirs = bill.map((l) => ({ ...l, no: l.kind === 'payment' ? l.partNo : l.refundNo, amountFen: l.amount }))
  const from = startOf(day)
  const ours = await unconfirmed(app, from)
  const numbersOf = (kind: BookLine['kind']) => theirs.filter((l) => l.kind === kind).map((l) => l.no)
  const known = new Map<string, OwnLine>()
  for (let i = 0; i < theirs.length; i += AT_ONCE) {
    const some = new Set(theirs.slice(i, i + AT_ONCE).map((l) => l.no))
    const of = (kind: BookLine['kind']) => numbersOf(kind).filter((no) => some.has(no))
    for (const line of await linesByNo(app.read, of('payment'), of('refund'))) known.set(`${line.kind} ${line.no}`, line)
  }
  const own = (line: { kind: string; no: string }): OwnLine | null => known.get(`${line.kind} ${line.no}`) ?? null
  const differences = reconcile(ours, theirs, own)
  for (let i = 0; i < theirs.length; i += AT_ONCE) {
    const some = theirs.slice(i, i + AT_ONCE)
    await app.work(clock, async (work) => {
      await work.db
        .insert(billLines)
        .ignore()
        .values(some.map((l) => ({ line: l.kind, no: l.no, day, amountFen: l.amount, feeFen: l.fee })))
      for (const line of some) {
        const part = own(line)
        if (part) await bookChannelFee(work, line.no, part, line.fee)
      }
    })
  }
  await app.work(clock, async (work) => {
    for (const d of differences)
      await work.db
        .insert(billDifferences)
        .ignore()
        .values(rowOf(day, d, work.now, own({ kind: d.line, no: d.no }) ?? ours.find((l) => l.kind === d.line && l.no === d.no) ?? null))
    const sum = (kind: BookLine['kind']): Fen => addFen(...theirs.filter((l) => l.kind === kind).map((l) => l.amount))
    await work.db
      .insert(billDays)
      .ignore()
      .values({
        day,
        lines: theirs.length,
        paymentsFen: sum('payment'),
        refundsFen: sum('refund'),
        feeFen: addFen(...theirs.map((l) => l.fee)),
        readAt: work.now,
      })
  })
}

const rowOf = (day: string, d: Difference, now: Instant, whose: OwnLine | null) => {
  const { kind, line, no, oursFen, theirsFen } = d
  return {
    id: newId('Difference'),
    day,
    kind,
    line,
    no,
    oursFen,
    theirsFen,
    shopId: whose?.shopId ?? null,
    state: 'open' as const,
    foundAt: now,
    words: '',
  }
}

/** What the bill of a day must name: payments of the day, refunds from the evening before on, and of both what no bill has named yet. */
async function unconfirmed(app: App, from: Instant): Promise<OwnLine[]> {
  const lines = [
    ...(await paidBetween(app.read, from, after(from, DAY))),
    ...(await refundsBetween(app.read, after(from, -EVENING), after(from, DAY - EVENING))),
  ]
  const named = new Set<string>()
  for (let i = 0; i < lines.length; i += AT_ONCE) {
    const numbers = lines.slice(i, i + AT_ONCE).map((l) => l.no)
    for (const { no } of await app.read.select({ no: billLines.no }).from(billLines).where(inArray(billLines.no, numbers))) named.add(no)
  }
  return lines.filter((l) => !named.has(l.no))
}
