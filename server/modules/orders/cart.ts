/** The cart: what a buyer has put aside, the same on every device. It holds nothing: stock is held by an order. */
import { and, count, desc, eq, inArray } from 'drizzle-orm'
import type { LiveSessionId, SkuId, UserId } from '../../../shared/ids.ts'
import { fen, yuan } from '../../../shared/money.ts'
import { MAX_CART, MAX_QUANTITY } from '../../../shared/orders/limits.ts'
import { refuse } from '../../../shared/refusals.ts'
import { businessDay } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import type { Work } from '../../platform/work.ts'
import { pictures } from '../assets/index.ts'
import { sellables } from '../catalogue/index.ts'
import { shopSigns } from '../tenants/index.ts'
import { cartLines } from './tables.ts'

/** Puts more of a sku into the cart, at today's price. Refuses `notFound`, `notOnSale`, `cartFull`. */
export async function putInCart(
  work: Work,
  userId: UserId,
  ask: { skuId: SkuId; quantity: number; liveSessionId: LiveSessionId | null },
): Promise<{ count: number }> {
  const { skuId, quantity, liveSessionId } = ask
  const ware = (await sellables(work.db, [skuId])).get(skuId)
  const shop = ware && (await shopSigns(work.db, [ware.shopId])).get(ware.shopId)
  if (!ware || shop?.state !== 'open') throw refuse('notFound')
  if (!ware.onSale) throw refuse('notOnSale', { title: ware.title })
  const [had] = await work.db
    .select()
    .from(cartLines)
    .where(and(eq(cartLines.userId, userId), eq(cartLines.skuId, skuId)))
    .for('update')
  const now = await inCart(work.db, userId)
  if (!had && now >= MAX_CART) throw refuse('cartFull', { most: MAX_CART })
  const shown = {
    quantity: Math.min(MAX_QUANTITY, (had?.quantity ?? 0) + quantity),
    priceFen: ware.priceFen,
    revisionId: ware.revisionId,
    title: ware.title,
    liveSessionId,
    changedAt: work.now,
  }
  await work.db
    .insert(cartLines)
    .values({ userId, skuId, ...shown })
    .onDuplicateKeyUpdate({ set: shown })
  return { count: had ? now : now + 1 }
}

const inCart = async (db: Work['db'], userId: UserId): Promise<number> => {
  const [row] = await db.select({ n: count() }).from(cartLines).where(eq(cartLines.userId, userId))
  return Number(row?.n ?? 0)
}

/** Sets how many of a sku the cart holds; what is not in it is `notFound`. */
export async function setInCart(work: Work, userId: UserId, skuId: SkuId, quantity: number): Promise<void> {
  const ware = (await sellables(work.db, [skuId])).get(skuId)
  const shop = ware && (await shopSigns(work.db, [ware.shopId])).get(ware.shopId)
  const [had] = await work.db
    .select({ skuId: cartLines.skuId })
    .from(cartLines)
    .where(and(eq(cartLines.userId, userId), eq(cartLines.skuId, skuId)))
  if (!had || shop?.state !== 'open') throw refuse('notFound')
  await work.db
    .update(cartLines)
    .set({ quantity })
    .where(and(eq(cartLines.userId, userId), eq(cartLines.skuId, skuId)))
}

/** Takes skus out of the cart; those that are not in it are no matter. */
export async function takeFromCart(work: Work, userId: UserId, skuIds: readonly SkuId[]): Promise<void> {
  if (skuIds.length > 0) await work.db.delete(cartLines).where(and(eq(cartLines.userId, userId), inArray(cartLines.skuId, [...skuIds])))
}

/**
 * The cart by shop, latest first: each line with what has changed since it was put in, and by how much; what cannot be bought stands apart. Five
 * queries, whatever its length. What is of a suspended shop is not shown.
 */
export async function cart(app: App, userId: UserId) {
  const rows = await app.read
    .select()
    .from(cartLines)
    .where(eq(cartLines.userId, userId))
    .orderBy(desc(cartLines.changedAt), desc(cartLines.skuId))
  const wares = await sellables(
    app.read,
    rows.map((r) => r.skuId),
  )
  const shops = await shopSigns(
    app.read,
    [...wares.values()].map((w) => w.shopId),
  )
  const shown = await pictures(app.read, app.ports.storage.url, [
    ...[...wares.values()].map((w) => w.pictureId),
    ...[...shops.values()].map((s) => s.avatarId),
  ])
  const today = businessDay(app.clock.now())
  const lines = rows.flatMap((row) => {
    const ware = wares.get(row.skuId)
    if (!ware) return []
    if (shops.get(ware.shopId)?.state !== 'open') return []
    const gone = !ware.onSale || (ware.shipBy !== null && ware.shipBy < today) ? '已下架' : ware.left === 0 ? '已售完' : null
    const by = fen(Math.abs(ware.priceFen - row.priceFen))
    const changes = [
      ...(ware.priceFen < row.priceFen ? [`比加入时降了 ${yuan(by)} 元`] : []),
      ...(ware.priceFen > row.priceFen ? [`比加入时涨了 ${yuan(by)} 元`] : []),
      ...(gone === null && ware.left < row.quantity ? [`只剩 ${ware.left} ${ware.unit}，少 ${row.quantity - ware.left} ${ware.unit}`] : []),
      ...(ware.revisionId !== row.revisionId ? ['商品介绍有更新'] : []),
    ]
    return [
      {
        skuId: row.skuId,
        listingId: ware.listingId,
        revisionId: ware.revisionId,
        shopId: ware.shopId,
        title: ware.title,
        skuName: ware.skuName,
        unit: ware.unit,
        netGrams: ware.netGrams,
        per100gFen: ware.per100gFen,
        picture: shown.get(ware.pictureId) ?? null,
        priceFen: ware.priceFen,
        quantity: row.quantity,
        left: ware.left,
        shipBy: ware.shipBy,
        liveSessionId: row.liveSessionId,
        changes,
        gone,
      },
    ]
  })
  const open = lines.filter((l) => l.gone === null)
  const invalid = lines.filter((l) => l.gone !== null)
  // a sku that its shop's present wording no longer has is known by the title it was put in with
  const lost = rows.filter((r) => !wares.has(r.skuId)).map((r) => ({ skuId: r.skuId, title: r.title, why: '规格已取消' }))
  return {
    shops: [...new Set(open.map((l) => l.shopId))].map((id) => {
      const shop = shops.get(id)
      return {
        shop: { id, name: shop?.name ?? '', avatar: (shop?.avatarId && shown.get(shop.avatarId)) || null },
        lines: open.filter((l) => l.shopId === id).map(({ gone: _, shopId: __, ...line }) => line),
      }
    }),
    invalid: [...invalid.map((l) => ({ skuId: l.skuId, title: l.title, why: l.gone ?? '' })), ...lost],
  }
}

/** How many lines the cart has. */
export const cartCount = async (app: App, userId: UserId): Promise<{ count: number }> => ({ count: await inCart(app.read, userId) })
