/** Every subscriber of the house. */
import { subscribers as catalogue } from '../modules/catalogue/subscribers.ts'
import { subscribers as live } from '../modules/live/subscribers.ts'
import { subscribers as moderation } from '../modules/moderation/subscribers.ts'
import { subscribers as orders } from '../modules/orders/subscribers.ts'
import { subscribers as payments } from '../modules/payments/subscribers.ts'
import { subscribers as promotions } from '../modules/promotions/subscribers.ts'
import { subscribers as reviews } from '../modules/reviews/subscribers.ts'
import { subscribers as room } from '../modules/room/subscribers.ts'
import { subscribers as search } from '../modules/search/subscribers.ts'
import { subscribers as settlement } from '../modules/settlement/subscribers.ts'
import { subscribers as shipping } from '../modules/shipping/subscribers.ts'
import { subscribers as storefront } from '../modules/storefront/subscribers.ts'
import type { Subscriber } from '../platform/app.ts'

export const subscribers: readonly Subscriber[] = [
  ...moderation,
  ...catalogue,
  ...search,
  ...live,
  ...storefront,
  ...room,
  ...payments,
  ...promotions,
  ...orders,
  ...settlement,
  ...shipping,
  ...reviews,
]
