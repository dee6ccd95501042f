import { eq } from 'drizzle-orm'
import type { RefundId, ShopId, SubOrderId } from '../../../shared/ids.ts'
import { type Bp, type Fen, fen, rateOf } from '../../../shared/money.ts'
import type { Account, EntryCause } from '../../../shared/settlement/words.ts'
import { isDuplicate } from '../../platform/db.ts'
import { newId, type Work } from '../../platform/work.ts'
import { ledgerEntries } from './tables.ts'

/** Books rows that add up to nothing; the same booking again changes nothing. */
async function book(
  work: Work,
  booking: string,
  about: { shopId: ShopId; subOrderId: SubOrderId },
  rows: { account: Account; cause: EntryCause; deltaFen: Fen }[],
): Promise<void> {
  if (rows.reduce((sum, r) => sum + r.deltaFen, 0) !== 0) throw new Error(`booking ${booking} does not balance`)
  const moving = rows.filter((r) => r.deltaFen !== 0)
  if (moving.length === 0) return
  try {
    await work.db.insert(ledgerEntries).values(moving.map((r) => ({ id: newId('LedgerEntry'), booking, ...about, ...r, at: work.now })))
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
}

const minus = (amount: Fen): Fen => fen(-amount)

/** A buyer paid: the money stands with WeChat, held for the shop. */
export const bookPaid = (work: Work, shopId: ShopId, subOrderId: SubOrderId, paid: Fen): Promise<void> =>
  book(work, `paid:${subOrderId}`, { shopId, subOrderId }, [
    { account: 'channel', cause: 'paid', deltaFen: minus(paid) },
    { account: 'held', cause: 'paid', deltaFen: paid },
  ])

/** The buyer has it: what was held becomes the shop's, less the park's fee. */
export async function bookCompleted(work: Work, shopId: ShopId, subOrderId: SubOrderId, paid: Fen, commissionBp: Bp): Promise<void> {
  const fee = rateOf(paid, commissionBp)
  await book(work, `completed:${subOrderId}`, { shopId, subOrderId }, [
    { account: 'held', cause: 'completed', deltaFen: minus(paid) },
    { account: 'shop', cause: 'completed', deltaFen: fen(paid - fee) },
    { account: 'commission', cause: 'commission', deltaFen: fee },
  ])
}

/** Money went back to the buyer: out of what was held, or, when the order was closed before the money came, straight through. */
export async function bookRefunded(work: Work, refundId: RefundId, shopId: ShopId, subOrderId: SubOrderId, amount: Fen): Promise<void> {
  const [paid] = await work.db
    .select({ id: ledgerEntries.id })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.booking, `paid:${subOrderId}`))
  await book(work, `refunded:${refundId}`, { shopId, subOrderId }, [
    { account: paid ? 'held' : 'channel', cause: 'refunded', deltaFen: minus(amount) },
    { account: 'refunded', cause: 'refunded', deltaFen: amount },
  ])
}
