/** What shipping does when something happened. */
import type { Subscriber } from '../../platform/app.ts'
import { lookSoon } from './tell-wechat.ts'

export const subscribers: readonly Subscriber[] = [
  { name: 'shipping.look-soon', on: 'suborder.completed', act: (app, event) => lookSoon(app, event.facts.subOrderId) },
]
