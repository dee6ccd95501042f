/** Buyers, addresses, orders and payments for tests, made through the doors. */
import { randomBytes } from 'node:crypto'
import type { AddressId, LiveSessionId, OrderId, RevisionId, SkuId } from '../../shared/ids.ts'
import { type Fen, fen } from '../../shared/money.ts'
import { type House, type Person, post } from './house.ts'

export type Shopper = Person & { addressId: AddressId }

export const newKey = (): string => randomBytes(15).toString('base64url')

/** Somebody who wants to buy and has said where to. */
export async function shopper(house: House, nickname = '茶友小李'): Promise<Shopper> {
  const who = await house.buyer(nickname)
  const { id } = await who.trpc.buyer.orders.saveAddress.mutate({
    name: '李明',
    phone: '13888880001',
    province: '云南省',
    city: '昆明市',
    county: '五华区',
    detail: '翠湖北路 1 号',
    isDefault: true,
  })
  return { ...who, addressId: id }
}

export interface Ware {
  skuId: SkuId
  revisionId: RevisionId
  priceFen?: Fen
}

/** The ask for some of these goods, as the sheet on the phone would send it. */
export const askFor = (
  buyer: Shopper,
  wares: (Ware & { quantity?: number })[],
  key = newKey(),
  liveSessionId: LiveSessionId | null = null,
) => ({
  key,
  lines: wares.map((w) => ({ skuId: w.skuId, quantity: w.quantity ?? 1, revisionId: w.revisionId, priceFen: w.priceFen ?? fen(16800) })),
  addressId: buyer.addressId,
  liveSessionId,
})

/** Opens WeChat's sheet for an order; gives the prepay id. */
export async function openSheet(buyer: Person, orderId: OrderId): Promise<string> {
  const { sheet } = await buyer.trpc.buyer.orders.pay.mutate({ orderId })
  return sheet.package.replace('prepay_id=', '')
}

/** Taps "pay" on WeChat's sheet. */
export const tapPay = (house: House, prepayId: string) =>
  post(house.wechat.sim, '/__sim/pay', { prepay_id: prepayId }) as Promise<{ result: string }>

/** Pays an order and lets the house hear of it. */
export async function pay(house: House, buyer: Person, orderId: OrderId): Promise<void> {
  await tapPay(house, await openSheet(buyer, orderId))
  await house.wechat.settled()
  await house.deliver()
}
