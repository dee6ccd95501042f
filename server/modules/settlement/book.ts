import { and, eq, inArray, sql } from 'drizzle-orm'
import type { RefundId, ShopId, SubOrderId } from '../../../shared/ids.ts'
import { type Bp, type Fen, fen, rateOf } from '../../../shared/money.ts'
import type { Account, EntryCause } from '../../../shared/settlement/words.ts'
import { isDuplicate } from '../../platform/db.ts'
import { newId, type Work } from '../../platform/work.ts'
import { ledgerEntries } from './tables.ts'

interface Part {
  shopId: ShopId
  subOrderId: SubOrderId
}

/** Books rows that add up to nothing; the same booking again changes nothing. */
export async function book(
  work: Work,
  booking: string,
  about: Part,
  rows: { account: Account; cause: EntryCause; deltaFen: number }[],
): Promise<void> {
  if (rows.reduce((sum, r) => sum + r.deltaFen, 0) !== 0) throw new Error(`booking ${booking} does not balance`)
  const moving = rows.filter((r) => r.deltaFen !== 0).map((r) => ({ ...r, deltaFen: fen(r.deltaFen) }))
  if (moving.length === 0) return
  try {
    const { shopId, subOrderId } = about
    await work.db
      .insert(ledgerEntries)
      .values(moving.map((r) => ({ id: newId('LedgerEntry'), booking, shopId, subOrderId, ...r, at: work.now })))
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
}

/** What stands on a sub-order's accounts. Its first booking is locked: whoever books by what stands there comes one after the other. */
async function standing(work: Work, subOrderId: SubOrderId): Promise<(account: Account) => number> {
  await work.db
    .select({ id: ledgerEntries.id })
    .from(ledgerEntries)
    .where(and(inArray(ledgerEntries.booking, [`paid:${subOrderId}`, `late:${subOrderId}`])))
    .for('update')
  const rows = await work.db
    .select({ account: ledgerEntries.account, sum: sql<string>`sum(${ledgerEntries.deltaFen})` })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.subOrderId, subOrderId))
    .groupBy(ledgerEntries.account)
  const sums = new Map(rows.map((r) => [r.account, Number(r.sum)]))
  return (account) => sums.get(account) ?? 0
}

/** A buyer paid: the money stands with WeChat, held for the shop. */
export const bookPaid = (work: Work, part: Part, paid: Fen): Promise<void> =>
  book(work, `paid:${part.subOrderId}`, part, [
    { account: 'channel', cause: 'paid', deltaFen: -paid },
    { account: 'held', cause: 'paid', deltaFen: paid },
  ])

/** Money came for a closed order: it is the buyer's. */
export const bookPaidLate = (work: Work, part: Part, paid: Fen): Promise<void> =>
  book(work, `late:${part.subOrderId}`, part, [
    { account: 'channel', cause: 'paidLate', deltaFen: -paid },
    { account: 'suspense', cause: 'paidLate', deltaFen: paid },
  ])

/** The buyer has it: what is still held becomes the shop's, less the park's fee; WeChat has yet to split it. */
export async function bookCompleted(work: Work, part: Part, freightFen: Fen, commissionBp: Bp): Promise<void> {
  const rest = (await standing(work, part.subOrderId))('held')
  if (rest <= 0) return
  const fee = rateOf(fen(rest), commissionBp)
  const freight = Math.min(freightFen, rest - fee)
  await book(work, `completed:${part.subOrderId}`, part, [
    { account: 'held', cause: 'completed', deltaFen: freight - rest },
    { account: 'shopDue', cause: 'completed', deltaFen: rest - fee - freight },
    { account: 'commissionDue', cause: 'commission', deltaFen: fee },
  ])
  await book(work, `freight:${part.subOrderId}`, part, [
    { account: 'held', cause: 'freight', deltaFen: -freight },
    { account: 'shopDue', cause: 'freight', deltaFen: freight },
  ])
}

/** WeChat has split it: the fee is the park's, the rest is at the shop's account. */
export async function bookShared(work: Work, part: Part, feeFen: Fen): Promise<void> {
  const on = await standing(work, part.subOrderId)
  // the receipt is heard by another delivery: until then this one is tried again
  if (on('commissionDue') < feeFen) throw new Error('the receipt of a shared part is not booked yet')
  const due = on('shopDue')
  await book(work, `shared:${part.subOrderId}`, part, [
    { account: 'shopDue', cause: 'shared', deltaFen: -due },
    { account: 'shop', cause: 'shared', deltaFen: due },
    { account: 'commissionDue', cause: 'commission', deltaFen: -feeFen },
    { account: 'commission', cause: 'commission', deltaFen: feeFen },
  ])
}

/**
 * Money went back to the buyer: out of what was held, or what came late; after the receipt the shop bears it, and the park gives up its fee of it,
 * counted on what is left so that no fen of fee stays on a sale that was refunded whole.
 */
export async function bookRefunded(work: Work, refundId: RefundId, part: Part, amount: Fen, commissionBp: Bp): Promise<void> {
  const on = await standing(work, part.subOrderId)
  const booking = `refunded:${refundId}`
  const back = { account: 'refunded' as const, cause: 'refunded' as const, deltaFen: amount as number }
  for (const account of ['suspense', 'held'] as const)
    if (on(account) >= amount) {
      await book(work, booking, part, [{ account, cause: 'refunded', deltaFen: -amount }, back])
      return
    }
  const left = -on('channel') - on('refunded')
  if (left < amount) throw new Error('the payment of a refunded part is not booked yet')
  const fee = rateOf(fen(left), commissionBp) - rateOf(fen(Math.max(0, left - amount)), commissionBp)
  const feeDue = Math.min(fee, Math.max(0, on('commissionDue')))
  const shopDue = Math.min(amount - fee, Math.max(0, on('shopDue')))
  await book(work, booking, part, [
    { account: 'commissionDue', cause: 'refunded', deltaFen: -feeDue },
    { account: 'commission', cause: 'refunded', deltaFen: feeDue - fee },
    { account: 'shopDue', cause: 'refunded', deltaFen: -shopDue },
    { account: 'shop', cause: 'refunded', deltaFen: shopDue - (amount - fee) },
    back,
  ])
}

/** WeChat's fee as its bill names it: the shop bears it, and gets its part back with a refund (then it is negative). `line` names the bill's line. */
export const bookChannelFee = (work: Work, line: string, part: Part, feeFen: Fen): Promise<void> =>
  book(work, `fee:${line}`, part, [
    { account: 'shop', cause: 'channelFee', deltaFen: -feeFen },
    { account: 'channelFee', cause: 'channelFee', deltaFen: feeFen },
  ])
