import { and, eq } from 'drizzle-orm'
import { classForms } from '../../../shared/catalogue/classes.ts'
import type { AddressId, LiveSessionId, ShopId, SkuId, UserId } from '../../../shared/ids.ts'
import { stepWords } from '../../../shared/promotions/offers.ts'
import type { Choice } from '../../../shared/promotions/price.ts'
import { refuse } from '../../../shared/refusals.ts'
import { businessDay } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { pictures } from '../assets/index.ts'
import { sellables } from '../catalogue/index.ts'
import { shopSigns } from '../tenants/index.ts'
import { couponsIn, priceBasket } from './basket.ts'
import { addresses } from './tables.ts'

export interface QuoteAsk {
  lines: { skuId: SkuId; quantity: number }[]
  addressId?: AddressId | null | undefined
  liveSessionId?: LiveSessionId | null | undefined
  choice?: Choice | undefined
}

/**
 * What an order would cost this buyer now, why, and what stands in its way line by line. Refuses `notFound` for goods that do not exist or are of
 * a suspended shop, and for somebody else's address.
 */
export async function quote(app: App, userId: UserId | null, ask: QuoteAsk) {
  const now = app.clock.now()
  const wares = await sellables(
    app.read,
    ask.lines.map((l) => l.skuId),
  )
  const rows = ask.lines.map((line) => {
    const ware = wares.get(line.skuId)
    if (!ware) throw refuse('notFound')
    return { ...line, ware }
  })
  const shops = await shopSigns(
    app.read,
    rows.map((r) => r.ware.shopId),
  )
  // what a buyer may not see is not found: the kept basket of a suspended shop is worth nothing
  if (rows.some((r) => shops.get(r.ware.shopId)?.state !== 'open')) throw refuse('notFound')
  const shown = await pictures(app.read, app.ports.storage.url, [
    ...rows.map((r) => r.ware.pictureId),
    ...[...shops.values()].map((s) => s.avatarId),
  ])
  const liveSessionId = ask.liveSessionId ?? null
  const province = ask.addressId ? await provinceOfAddress(app, userId, ask.addressId) : null
  const { price, offers } = await priceBasket(app.read, { now, userId, lines: rows, province, choice: ask.choice ?? {}, liveSessionId })
  const used = new Set(couponsIn(price))
  return {
    lines: rows.map(({ ware, quantity }, i) => ({
      skuId: ware.skuId,
      listingId: ware.listingId,
      revisionId: ware.revisionId,
      title: ware.title,
      skuName: ware.skuName,
      shipBy: ware.shipBy,
      picture: (ware.pictureId && shown.get(ware.pictureId)) || null,
      unit: ware.unit,
      shopId: ware.shopId,
      priceFen: ware.priceFen,
      quantity,
      lineFen: price.lines[i]?.lineFen ?? ware.priceFen,
      paidFen: price.lines[i]?.paidFen ?? ware.priceFen,
      left: ware.left,
      /** False: perishable; the buyer is asked to tick so. */
      noReasonReturn: classForms[ware.productClass].returnRule === 'sevenDays',
      trouble:
        !ware.onSale || (ware.shipBy !== null && ware.shipBy < businessDay(now))
          ? ('offShelf' as const)
          : ware.left === 0
            ? ('soldOut' as const)
            : ware.left < quantity
              ? ('notEnough' as const)
              : null,
    })),
    shops: price.shops.map(({ shopId, ...sums }) => {
      const shop = shops.get(shopId as ShopId)
      return {
        shop: { id: shopId as ShopId, name: shop?.name ?? '', avatar: (shop?.avatarId && shown.get(shop.avatarId)) || null },
        ...sums,
      }
    }),
    /** Why this price: what is taken off, in the order in which it is. */
    discounts: price.discounts.map((d) => ({ step: d.step, words: stepWords[d.step], title: d.title, offFen: d.offFen })),
    /** What the buyer holds and might use here. */
    coupons: offers.flatMap((o) => (o.kind === 'coupon' ? [{ id: o.id, title: o.title, shopId: o.shopId, used: used.has(o.id) }] : [])),
    goodsFen: price.goodsFen,
    discountFen: price.discountFen,
    freightFen: price.freightFen,
    payableFen: price.payableFen,
  }
}

async function provinceOfAddress(app: App, userId: UserId | null, addressId: AddressId): Promise<string> {
  const [row] = userId
    ? await app.read
        .select({ province: addresses.province })
        .from(addresses)
        .where(and(eq(addresses.id, addressId), eq(addresses.buyerId, userId)))
    : []
  if (!row) throw refuse('notFound')
  return row.province
}
