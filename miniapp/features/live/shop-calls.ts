/** The calls of live sessions for those who broadcast. */
import type { AssetId, BagItemId, FlashSaleId, ListingId, LiveSessionId, ShopId } from '@shared/ids.ts'
import type { Instant } from '@shared/time.ts'
import { type In, type Out, trpc } from '../../lib/trpc'

export type OurSession = Out['shop']['live']['list']['rows'][number]
export type Desk = Out['shop']['live']['desk']
export type Candidate = Out['shop']['live']['candidates'][number]
export type PushAddress = Out['shop']['live']['pushAddress']

interface One {
  shopId: ShopId
  sessionId: LiveSessionId
}

const live = trpc.shop.live

export const ourSessions = (shopId: ShopId, cursor: string | null) => live.list.query({ shopId, cursor })
export const desk = (one: One) => live.desk.query(one)
export const schedule = (ask: { shopId: ShopId; title: string; startsAt: Instant; coverId: AssetId | null; aiHost: boolean }) =>
  live.schedule.mutate(ask)
export const cancelSession = (one: One) => live.cancel.mutate(one)
export const endSession = (one: One) => live.end.mutate(one)
export const candidates = (one: One) => live.candidates.query(one)
export const addToBag = (one: One, listingIds: ListingId[]) => live.addToBag.mutate({ ...one, listingIds })
export const removeFromBag = (one: One, bagItemId: BagItemId) => live.removeFromBag.mutate({ ...one, bagItemId })
export const arrangeBag = (one: One, bagItemIds: BagItemId[]) => live.arrangeBag.mutate({ ...one, bagItemIds })
export const pushAddress = (one: One) => live.pushAddress.mutate(one)

export type Preflight = Out['shop']['live']['preflight']
/** The sheet after a show. */
export const afterShow = (one: One) => trpc.shop.orders.afterShow.query(one)
type FlashAsk = Omit<In['shop']['promotions']['beginFlash'], 'shopId' | 'sessionId'>
export const beginFlash = (one: One, ask: FlashAsk) => trpc.shop.promotions.beginFlash.mutate({ ...one, ...ask })
export const stopFlash = (shopId: ShopId, flashSaleId: FlashSaleId) => trpc.shop.promotions.stopFlash.mutate({ shopId, flashSaleId })
/** The check before a broadcast. */
export const preflight = (one: One) => live.preflight.query(one)
