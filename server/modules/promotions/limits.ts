/** Limits of purchase 限购 that hold under retries and on parallel devices: one row for each person or address, moved by one conditional UPDATE. */
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { ListingId, ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { Db } from '../../platform/db.ts'
import { matched } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { shopOfListing } from '../catalogue/index.ts'
import { limitUses, purchaseLimits } from './tables.ts'

/** Sets how much of a listing one may buy; null lifts the limit. What was bought before counts. Refuses `notFound`. */
export async function setLimit(
  work: Work,
  ask: { shopId: ShopId; userId: UserId; listingId: ListingId; most: number | null },
): Promise<void> {
  const { shopId, userId, listingId, most } = ask
  if ((await shopOfListing(work.db, listingId)) !== shopId) throw refuse('notFound')
  if (most === null) await work.db.delete(purchaseLimits).where(eq(purchaseLimits.listingId, listingId))
  else
    await work.db
      .insert(purchaseLimits)
      .values({ listingId, shopId, most, setBy: userId, setAt: work.now })
      .onDuplicateKeyUpdate({ set: { most, setBy: userId, setAt: work.now } })
}

/** The limits of listings, one query; what has none is left out. */
export async function limitsOf(db: Db, listingIds: readonly ListingId[]): Promise<Map<ListingId, number>> {
  if (listingIds.length === 0) return new Map()
  const rows = await db
    .select({ id: purchaseLimits.listingId, most: purchaseLimits.most })
    .from(purchaseLimits)
    .where(inArray(purchaseLimits.listingId, [...new Set(listingIds)]))
  return new Map(rows.map((r) => [r.id, r.most]))
}

/** Takes `count` of what one may have of a subject; false when that would be more than `most`. */
export async function takeAllowance(work: Work, subject: string, who: string, count: number, most: number): Promise<boolean> {
  if (count > most) return false
  const take = async (): Promise<boolean> =>
    matched(
      await work.db
        .update(limitUses)
        .set({ used: sql`${limitUses.used} + ${count}` })
        .where(and(eq(limitUses.subject, subject), eq(limitUses.who, who), sql`${limitUses.used} + ${count} <= ${most}`)),
    ) === 1
  if (await take()) return true
  // there is no room, or no row yet: ours, or that of whoever was faster
  await work.db.execute(sql`insert ignore into ${limitUses} (subject, who, used) values (${subject}, ${who}, 0)`)
  return take()
}

/** Gives an allowance back; what was taken before there was a limit is not known and never goes below nought. */
export async function giveAllowance(work: Work, subject: string, who: string, count: number): Promise<void> {
  await work.db
    .update(limitUses)
    .set({ used: sql`greatest(0, ${limitUses.used} - ${count})` })
    .where(and(eq(limitUses.subject, subject), eq(limitUses.who, who)))
}
