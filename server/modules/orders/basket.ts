import { provinceOf } from '../../../shared/freight/provinces.ts'
import type { FlashSaleId, LiveSessionId, ShopId, SkuId, UserId } from '../../../shared/ids.ts'
import { type OrderPrice, priceOrder } from '../../../shared/orders/price.ts'
import type { Choice, Offer } from '../../../shared/promotions/price.ts'
import type { Instant } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import type { Sellable } from '../catalogue/index.ts'
import { freightRules } from '../freight/index.ts'
import { flashPrices, offersFor } from '../promotions/index.ts'

/** What a price takes of a flash sale. */
export interface FlashTaken {
  flashSaleId: FlashSaleId
  skuId: SkuId
  units: number
}

export interface BasketAsk {
  now: Instant
  userId: UserId | null
  lines: readonly { ware: Sellable; quantity: number }[]
  /** As the address says it; null: not said yet. */
  province: string | null
  choice: Choice
  liveSessionId: LiveSessionId | null
}

/** What these lines cost this buyer now: the same reading for the quote and for the charge. Three to six queries, whatever the length. */
export async function priceBasket(db: Db, ask: BasketAsk): Promise<{ price: OrderPrice; offers: Offer[]; flashes: FlashTaken[] }> {
  const flashes = await flashPrices(db, ask.now, {
    sessionId: ask.liveSessionId,
    userId: ask.userId,
    lines: ask.lines.map(({ ware, quantity }) => ({ skuId: ware.skuId, quantity })),
  })
  const lines = ask.lines.map(({ ware, quantity }) => ({
    flashFen: flashes.get(ware.skuId)?.flashFen ?? null,
    skuId: ware.skuId,
    shopId: ware.shopId,
    priceFen: ware.priceFen,
    quantity,
    grams: ware.netGrams,
  }))
  const shopIds = [...new Set<ShopId>(lines.map((l) => l.shopId))]
  const offers = await offersFor(db, ask.now, { userId: ask.userId, lines, liveSessionId: ask.liveSessionId })
  const freight = await freightRules(db, shopIds)
  const province = ask.province === null ? null : provinceOf(ask.province)
  const price = priceOrder(lines, { offers, choice: ask.choice, province, freight })
  // a flash price is taken only where the order is priced with it
  const used = new Set(price.discounts.flatMap((d) => (d.step === 'flash' ? d.shares.map((share) => share.skuId) : [])))
  const taken = [...flashes].flatMap(([skuId, { flashSaleId }]): FlashTaken[] => {
    const units = lines.filter((l) => l.skuId === skuId).reduce((sum, l) => sum + l.quantity, 0)
    return used.has(skuId) ? [{ flashSaleId, skuId, units }] : []
  })
  return { price, offers, flashes: taken }
}

/** The coupons that a price takes: ids of what the buyer holds. */
export const couponsIn = (price: OrderPrice): string[] =>
  price.discounts.filter((d) => d.step === 'shopCoupon' || d.step === 'parkCoupon').map((d) => d.offerId)
