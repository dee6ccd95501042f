/** One price function for the sheet on the phone, the basket and the server: goods, what is taken off, freight. */

import type { Province } from '../freight/provinces.ts'
import { type Freight, type FreightRules, freightOf } from '../freight/rules.ts'
import { addFen, type Fen, fen, prorate, timesFen } from '../money.ts'
import { type Choice, type Discount, discountedPrice, type Offer } from '../promotions/price.ts'

export interface PricedLine {
  shopId: string
  skuId: string
  priceFen: Fen
  quantity: number
  /** What one unit weighs, by its pack tree. */
  grams: number
  /** Of one unit in a flash sale of the room in which it is bought, where there is one for this buyer. */
  flashFen?: Fen | null
}

export interface Terms {
  offers: readonly Offer[]
  choice: Choice
  /** Where it goes; null: not said yet. */
  province: Province | null
  freight: ReadonlyMap<string, FreightRules>
}

export interface ShopPrice {
  shopId: string
  /** Without any discount. */
  goodsFen: Fen
  discountFen: Fen
  freightFen: Fen
  freightWhy: string
  /** False where the shop sends nothing to that province. */
  canShip: boolean
  payableFen: Fen
}

export interface OrderPrice {
  /** As asked, each with what is paid for it: its own price less its share of every discount. */
  lines: { lineFen: Fen; paidFen: Fen }[]
  /** By shop, in the order in which the shops first appear. */
  shops: ShopPrice[]
  /** In the order in which they were taken off. */
  discounts: Discount[]
  goodsFen: Fen
  discountFen: Fen
  freightFen: Fen
  payableFen: Fen
}

export const noTerms: Terms = { offers: [], choice: {}, province: null, freight: new Map() }

/** What an order costs. Lines of one sku count as one; the discounts they get together are shared by what they cost. */
export function priceOrder(lines: readonly PricedLine[], terms: Terms = noTerms): OrderPrice {
  const bySku = new Map<string, PricedLine>()
  for (const line of lines) {
    const same = bySku.get(line.skuId)
    bySku.set(line.skuId, same ? { ...same, quantity: same.quantity + line.quantity } : line)
  }
  const price = discountedPrice(
    [...bySku.values()].map((l) => ({ ...l, batchIds: [], flashFen: l.flashFen ?? null })),
    terms.offers,
    terms.choice,
  )
  const shops = price.shops.map((shop): ShopPrice => {
    const grams = lines.filter((l) => l.shopId === shop.shopId).reduce((sum, l) => sum + l.grams * l.quantity, 0)
    const freight: Freight | null = freightOf(terms.freight.get(shop.shopId) ?? null, terms.province, grams, shop.listFen)
    const freightFen = freight?.freightFen ?? fen(0)
    return {
      shopId: shop.shopId,
      goodsFen: shop.listFen,
      discountFen: shop.discountFen,
      freightFen,
      freightWhy: freight?.why ?? '',
      canShip: freight !== null,
      payableFen: addFen(shop.paidFen, freightFen),
    }
  })
  const freightFen = addFen(...shops.map((s) => s.freightFen))
  return {
    lines: sharedOut(lines, new Map(price.lines.map((l) => [l.skuId, l.paidFen]))),
    shops,
    discounts: price.discounts,
    goodsFen: price.listFen,
    discountFen: price.discountFen,
    freightFen,
    payableFen: addFen(price.paidFen, freightFen),
  }
}

/** What each line of a sku pays of what the sku pays, by largest remainder. */
function sharedOut(lines: readonly PricedLine[], paid: ReadonlyMap<string, Fen>): OrderPrice['lines'] {
  const shares = new Map<string, Fen[]>()
  for (const [skuId, paidFen] of paid)
    shares.set(
      skuId,
      prorate(
        paidFen,
        lines.filter((l) => l.skuId === skuId).map((l) => l.quantity),
      ),
    )
  return lines.map((l) => ({ lineFen: timesFen(l.priceFen, l.quantity), paidFen: shares.get(l.skuId)?.shift() ?? fen(0) }))
}
