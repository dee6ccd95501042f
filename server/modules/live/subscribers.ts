/** What live does when something happened. */
import type { Subscriber } from '../../platform/app.ts'
import { isOpen } from '../tenants/index.ts'
import { countOrder, partOf } from './count.ts'
import { endAllOf } from './end-session.ts'
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
    /** Read anew: whoever was let open again meanwhile keeps what they announced since. */
    name: 'live.end-suspended',
    on: 'shop.suspended',
    hear: async (work, { facts }) => {
      if (!(await isOpen(work.db, facts.shopId))) await endAllOf(work, facts.shopId)
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
