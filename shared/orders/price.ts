/** One price function for the sheet on the phone and for the server. */
import { addFen, type Fen, fen, timesFen } from '../money.ts'

export interface PricedLine {
  shopId: string
  priceFen: Fen
  quantity: number
}

export interface ShopPrice {
  shopId: string
  goodsFen: Fen
  freightFen: Fen
  payableFen: Fen
}

/** Every shop of the park ships free of charge: the price in the room is the price at the door. */
export const FREIGHT: Fen = fen(0)

/** What an order costs: by shop, in the order in which the shops first appear, and in all. */
export const priceOrder = (lines: readonly PricedLine[]): { shops: ShopPrice[]; goodsFen: Fen; freightFen: Fen; payableFen: Fen } => {
  const goods = new Map<string, Fen>()
  for (const line of lines) goods.set(line.shopId, addFen(goods.get(line.shopId) ?? fen(0), timesFen(line.priceFen, line.quantity)))
  const shops = [...goods].map(([shopId, goodsFen]) => ({ shopId, goodsFen, freightFen: FREIGHT, payableFen: addFen(goodsFen, FREIGHT) }))
  const goodsFen = addFen(...shops.map((s) => s.goodsFen))
  const freightFen = addFen(...shops.map((s) => s.freightFen))
  return { shops, goodsFen, freightFen, payableFen: addFen(goodsFen, freightFen) }
}
