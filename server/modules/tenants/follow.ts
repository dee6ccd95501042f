/** Who follows which shop. */
import { and, count, desc, eq, inArray } from 'drizzle-orm'
import type { ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { FOLLOWS_MAX } from '../../../shared/tenants/limits.ts'
import type { Instant } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import type { Work } from '../../platform/work.ts'
import { follows, shops } from './tables.ts'

/** Follows a shop; whoever does already goes on from when they began. Refuses `notFound` (also while it is suspended), `tooManyFollows`. */
export async function follow(work: Work, userId: UserId, shopId: ShopId): Promise<void> {
  await mustBeSeen(work, shopId)
  const [mine] = await work.db.select({ n: count() }).from(follows).where(eq(follows.userId, userId))
  if (Number(mine?.n ?? 0) >= FOLLOWS_MAX) {
    const [have] = await work.db.select({ shopId: follows.shopId }).from(follows).where(pair(userId, shopId))
    if (!have) throw refuse('tooManyFollows', { most: FOLLOWS_MAX })
  }
  await work.db.insert(follows).values({ userId, shopId, since: work.now }).onDuplicateKeyUpdate({ set: { shopId } })
}

/** Follows a shop no more; who does not follow it has nothing to end. Refuses `notFound` (also while it is suspended). */
export async function unfollow(work: Work, userId: UserId, shopId: ShopId): Promise<void> {
  await mustBeSeen(work, shopId)
  await work.db.delete(follows).where(pair(userId, shopId))
}

const pair = (userId: UserId, shopId: ShopId) => and(eq(follows.userId, userId), eq(follows.shopId, shopId))

async function mustBeSeen(work: Work, shopId: ShopId): Promise<void> {
  const [shop] = await work.db.select({ state: shops.state }).from(shops).where(eq(shops.id, shopId))
  if (shop?.state !== 'open') throw refuse('notFound')
}

/** How many follow each shop, counted and not kept: one query over an index; a shop that nobody follows is not in the map. */
export async function followers(db: Db, shopIds: readonly ShopId[]): Promise<Map<ShopId, number>> {
  if (shopIds.length === 0) return new Map()
  const rows = await db
    .select({ shopId: follows.shopId, n: count() })
    .from(follows)
    .where(inArray(follows.shopId, [...new Set(shopIds)]))
    .groupBy(follows.shopId)
  return new Map(rows.map((r) => [r.shopId, Number(r.n)]))
}

/** The open shops that somebody follows, all of them (at most FOLLOWS_MAX); one query. */
export async function followedShops(db: Db, userId: UserId): Promise<ShopId[]> {
  const rows = await db
    .select({ shopId: follows.shopId })
    .from(follows)
    .innerJoin(shops, and(eq(shops.id, follows.shopId), eq(shops.state, 'open')))
    .where(eq(follows.userId, userId))
  return rows.map((r) => r.shopId)
}

/** The open shops that somebody follows, the latest followed first; one query a page. */
export async function followsOf(
  db: Db,
  userId: UserId,
  page: Page,
): Promise<{ rows: { shopId: ShopId; since: Instant }[]; next: string | null }> {
  const rows = await db
    .select({ shopId: follows.shopId, since: follows.since })
    .from(follows)
    .innerJoin(shops, and(eq(shops.id, follows.shopId), eq(shops.state, 'open')))
    .where(and(eq(follows.userId, userId), afterCursor(page, follows.since, follows.shopId)))
    .orderBy(desc(follows.since), desc(follows.shopId))
    .limit(page.limit + 1)
  return cut(page, rows, (r) => ({ at: r.since, id: r.shopId }))
}
