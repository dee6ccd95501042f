/** What live does when something happened. */
import type { Subscriber } from '../../platform/app.ts'
import { countOrder, partOf } from './count.ts'
import { sessionOf } from './facts.ts'

export const subscribers: readonly Subscriber[] = [
  {
    /** A session that is over has no stream: the push is cut and its viewers sent home. */
    name: 'live.cut-stream',
    on: 'session.changed',
    act: async (app, event) => {
      const session = await sessionOf(app.read, event.facts.sessionId)
      if (session?.state === 'ended' || session?.state === 'cancelled') await app.ports.media.kick(session.streamName)
    },
  },
  {
    name: 'live.count-order',
    on: 'order.paid',
    hear: async (work, { facts }) => {
      if (!facts.liveSessionId) return
      const session = await sessionOf(work.db, facts.liveSessionId)
      const paidFen = session && partOf(facts.subOrders, session.shopId)
      if (session && paidFen !== null) await countOrder(work, session.id, paidFen)
    },
  },
]
