/**
 * Every procedure of the buyer's doors, and what it must do with a shop that is suspended. Whoever adds a procedure says it here: the living lists
 * fail until it stands here, and tests/modules/suspension.test.ts calls it with the ids of a suspended shop.
 */

import { newId } from '../../server/platform/work.ts'
import type { BatchId, ListingId, LiveSessionId, OrderId, RevisionId, ShopId, SkuId, SubOrderId } from '../../shared/ids.ts'
import { askFor, type Shopper } from './buying.ts'
import type { Client } from './house.ts'

/** A suspended shop and all that it had. */
export interface Gone {
  shopId: ShopId
  listingId: ListingId
  skuId: SkuId
  revisionId: RevisionId
  batchId: BatchId
  sessionId: LiveSessionId
  /** Paid before the suspension, not yet shipped. */
  paid: { orderId: OrderId; subOrderId: SubOrderId }
  /** Placed before the suspension and not paid. */
  unpaid: OrderId
}

/** `refuses`: with one of these refusals · `hides`: answers, and nothing of the shop is in it · `serves`: answers, for what was paid is served. */
type Asked =
  | { refuses: readonly string[]; call: (as: Client, gone: Gone, me: Shopper) => Promise<unknown> }
  | { hides: (as: Client, gone: Gone, me: Shopper) => Promise<unknown> }
  | { serves: (as: Client, gone: Gone, me: Shopper) => Promise<unknown> }
  /** Takes no id of a shop's and answers with none. */
  | 'knows no shop'

const notFound = (call: (as: Client, gone: Gone, me: Shopper) => Promise<unknown>): Asked => ({ refuses: ['notFound'], call })

export const buyerDoors: Record<string, Asked> = {
  'identity.login': 'knows no shop',
  // the desks of someone who works in a shop: a suspended shop still packs what was paid
  'identity.me': 'knows no shop',
  'identity.rename': 'knows no shop',
  'identity.logout': 'knows no shop',
  'identity.people': 'knows no shop',
  'identity.enterAs': 'knows no shop',
  'identity.startPairing': 'knows no shop',
  'identity.pollPairing': 'knows no shop',
  'identity.pairing': 'knows no shop',
  'identity.confirmPairing': 'knows no shop',
  'identity.refusePairing': 'knows no shop',
  'catalogue.listing': notFound((as, { listingId }) => as.buyer.catalogue.listing.query({ listingId })),
  'traceability.batch': notFound((as, { batchId }) => as.buyer.traceability.batch.query({ batchId })),
  'search.find': { hides: (as) => as.buyer.search.find.query({ limit: 50 }) },
  // words and how many teas each finds
  'search.suggest': 'knows no shop',
  'live.home': { hides: (as) => as.buyer.live.home.query({}) },
  'live.shelf': { hides: (as) => as.buyer.live.shelf.query({ limit: 50 }) },
  'live.followed': { hides: (as) => as.buyer.live.followed.query() },
  'live.calendar': { hides: (as) => as.buyer.live.calendar.query({ limit: 50 }) },
  'live.session': notFound((as, { sessionId }) => as.buyer.live.session.query({ sessionId })),
  'live.replay': notFound((as, { sessionId }) => as.buyer.live.replay.query({ sessionId })),
  'live.clip': notFound((as, { listingId }) => as.buyer.live.clip.query({ listingId })),
  'live.bag': notFound((as, { sessionId }) => as.buyer.live.bag.query({ sessionId })),
  'storefront.front': notFound((as, { shopId }) => as.buyer.storefront.front.query({ shopId })),
  'storefront.shelf': notFound((as, { shopId }) => as.buyer.storefront.shelf.query({ shopId })),
  'storefront.follow': notFound((as, { shopId }) => as.buyer.storefront.follow.mutate({ shopId })),
  'storefront.unfollow': notFound((as, { shopId }) => as.buyer.storefront.unfollow.mutate({ shopId })),
  'storefront.following': { hides: (as) => as.buyer.storefront.following.query() },
  'storefront.follows': { hides: (as) => as.buyer.storefront.follows.query({}) },
  'room.ticket': notFound((as, { sessionId }) => as.buyer.room.ticket.mutate({ sessionId })),
  'room.say': notFound((as, { sessionId }) => as.buyer.room.say.mutate({ sessionId, clientId: '0123456789abcdef', text: '还有货吗' })),
  'room.like': notFound((as, { sessionId }) => as.buyer.room.like.mutate({ sessionId, count: 1 })),
  'room.answers': notFound((as, { sessionId }) => as.buyer.room.answers.query({ sessionId })),
  'room.standing': notFound((as, { sessionId }) => as.buyer.room.standing.query({ sessionId })),
  // only ever what is about oneself
  'room.appeal': notFound((as) => as.buyer.room.appeal.mutate({ measureId: newId('Measure'), words: '我没有骂人' })),
  'room.recent': notFound((as, { sessionId }) => as.buyer.room.recent.query({ sessionId })),
  'afterSale.askable': { serves: (as, { paid }) => as.buyer.afterSale.askable.query({ subOrderId: paid.subOrderId }) },
  'afterSale.ofPart': { serves: (as, { paid }) => as.buyer.afterSale.ofPart.query({ subOrderId: paid.subOrderId }) },
  'afterSale.one': notFound((as) => as.buyer.afterSale.one.query({ afterSaleId: newId('AfterSale') })),
  // what was paid can be asked back, whatever became of the shop; here for a line that is not in the order
  'afterSale.ask': notFound((as, { paid }) =>
    as.buyer.afterSale.ask.mutate({
      subOrderId: paid.subOrderId,
      kind: 'refund',
      reason: 'changedMind',
      lines: [{ orderLineId: newId('OrderLine'), units: 1 }],
      words: '店铺停业了',
    }),
  ),
  'afterSale.withdraw': notFound((as) => as.buyer.afterSale.withdraw.mutate({ afterSaleId: newId('AfterSale') })),
  'afterSale.sendBack': notFound((as) =>
    as.buyer.afterSale.sendBack.mutate({ afterSaleId: newId('AfterSale'), courier: 'SF', trackingNo: 'SF1234567890' }),
  ),
  'afterSale.escalate': notFound((as) => as.buyer.afterSale.escalate.mutate({ afterSaleId: newId('AfterSale'), words: '请园区看看' })),
  // what one pastes, in fields; nothing is looked up
  'orders.readAddress': 'knows no shop',
  'orders.cart': { hides: (as) => as.buyer.orders.cart.query() },
  'orders.cartCount': 'knows no shop',
  'orders.putInCart': notFound((as, { skuId }) => as.buyer.orders.putInCart.mutate({ skuId, quantity: 1 })),
  'orders.setInCart': notFound((as, { skuId }) => as.buyer.orders.setInCart.mutate({ skuId, quantity: 2 })),
  // only ever one's own list, and nothing is answered
  'orders.takeFromCart': 'knows no shop',
  'promotions.claimable': { hides: (as, { shopId }) => as.buyer.promotions.claimable.query({ shopId }) },
  'promotions.flashes': notFound((as, { sessionId }) => as.buyer.promotions.flashes.query({ sessionId })),
  'promotions.claim': notFound((as) => as.buyer.promotions.claim.mutate({ offerId: newId('Offer') })),
  'promotions.mine': { hides: (as) => as.buyer.promotions.mine.query({}) },
  'orders.quote': notFound((as, { skuId }) => as.buyer.orders.quote.query({ lines: [{ skuId, quantity: 1 }] })),
  // whoever kept the page is told which tea it is about, as with one that was taken off the shelf
  'orders.place': {
    refuses: ['notOnSale'],
    call: (as, { skuId, revisionId }, me) => as.buyer.orders.place.mutate(askFor(me, [{ skuId, revisionId }])),
  },
  'orders.pay': { refuses: ['shopPaused'], call: (as, { unpaid }) => as.buyer.orders.pay.mutate({ orderId: unpaid }) },
  'orders.sync': { serves: (as, { paid }) => as.buyer.orders.sync.mutate({ orderId: paid.orderId }) },
  'orders.mine': { serves: (as) => as.buyer.orders.mine.query({}) },
  'orders.one': { serves: (as, { paid }) => as.buyer.orders.one.query({ orderId: paid.orderId }) },
  'orders.cancel': { serves: (as, { unpaid }) => as.buyer.orders.cancel.mutate({ orderId: unpaid }) },
  'shipping.parcels': { serves: (as, { paid }) => as.buyer.shipping.parcels.query({ subOrderId: paid.subOrderId }) },
  'orders.receive': { serves: (as, { paid }) => as.buyer.orders.receive.mutate({ subOrderId: paid.subOrderId }) },
  'assets.ticket': 'knows no shop',
  'reviews.of': notFound((as, { listingId }) => as.buyer.reviews.of.query({ listingId })),
  // of what one bought oneself, whatever has become of the shop
  'reviews.mine': 'knows no shop',
  'reviews.ofOrder': { serves: (as, { paid }) => as.buyer.reviews.ofOrder.query({ orderId: paid.orderId }) },
  'reviews.ofLine': 'knows no shop',
  'reviews.write': 'knows no shop',
  'reviews.followUp': 'knows no shop',
  'orders.addresses': 'knows no shop',
  'orders.saveAddress': 'knows no shop',
  'orders.removeAddress': 'knows no shop',
}
