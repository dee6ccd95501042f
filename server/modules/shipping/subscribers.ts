/** What shipping does when something happened. */
import type { Subscriber } from '../../platform/app.ts'
import { remindWhenAllCame } from './follow-parcels.ts'
import { lookSoon } from './tell-wechat.ts'

export const subscribers: readonly Subscriber[] = [
  { name: 'shipping.remind', on: 'parcel.signed', act: (app, event) => remindWhenAllCame(app, event.facts.subOrderId) },
  { name: 'shipping.look-soon', on: 'suborder.completed', act: (app, event) => lookSoon(app, event.facts.subOrderId) },
]
