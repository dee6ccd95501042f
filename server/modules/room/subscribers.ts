/** What the room does when something happened: it tells those who are in it. */
import { maskNickname } from '../../../shared/room/feed.ts'
import type { Subscriber } from '../../platform/app.ts'
import { people } from '../identity/index.ts'
import { bagOf, sessionsSelling } from '../live/index.ts'
import { tellRoom } from './measure.ts'
import { spread } from './news.ts'

export const subscribers: readonly Subscriber[] = [
  { name: 'room.tell-state', on: 'session.changed', act: (app, { facts }) => spread(app, facts.sessionId, { type: 'state' }) },
  {
    name: 'room.tell-pin',
    on: 'session.pinned',
    act: (app, { facts }) => spread(app, facts.sessionId, { type: 'pin', bagItemId: facts.bagItemId, seq: facts.seq }),
  },
  { name: 'room.tell-measure', on: 'room.measured', act: (app, { facts }) => tellRoom(app, facts.measureId) },
  // what a ware costs in the room has changed: phones ask for the bag and its flash sales again
  { name: 'room.tell-flash', on: 'flash.changed', act: (app, { facts }) => spread(app, facts.sessionId, { type: 'bag' }) },
  { name: 'room.tell-bag', on: 'bag.changed', act: (app, { facts }) => spread(app, facts.sessionId, { type: 'bag' }) },
  {
    name: 'room.tell-off-shelf',
    on: 'listing.offShelf',
    act: async (app, { facts }) => {
      for (const id of await sessionsSelling(app.read, { listingId: facts.listingId })) await spread(app, id, { type: 'bag' })
    },
  },
  {
    name: 'room.tell-on-shelf',
    on: 'listing.onShelf',
    act: async (app, { facts }) => {
      for (const id of await sessionsSelling(app.read, { listingId: facts.listingId })) await spread(app, id, { type: 'bag' })
    },
  },
  {
    name: 'room.tell-stock',
    on: 'stock.changed',
    act: async (app, { facts }) => {
      for (const id of await sessionsSelling(app.read, { skuId: facts.skuId })) await spread(app, id, { type: 'stock', skuId: facts.skuId })
    },
  },
  {
    /** Told when the delivery is, so a second try after a crash may tell it twice; it changes nothing. */
    name: 'room.tell-bought',
    on: 'order.paid',
    act: async (app, { facts }) => {
      if (!facts.liveSessionId) return
      const item = (await bagOf(app.read, facts.liveSessionId)).find((i) => facts.skuIds.includes(i.skuId))
      if (!item) return
      const buyer = (await people(app.read, [facts.buyerId])).get(facts.buyerId)
      await spread(app, facts.liveSessionId, { type: 'bought', nickname: maskNickname(buyer?.nickname ?? ''), bagItemId: item.id })
    },
  },
]
