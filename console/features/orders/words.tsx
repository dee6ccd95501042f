import { subOrderStateWords } from '@shared/orders/words.ts'
import { dayAndTime, type Instant } from '@shared/time.ts'
import { texts } from '@/lib/texts.ts'
import { Mark, type Tone } from '@/ui/Mark.tsx'
import type { OrderState, ShopOrder } from './queries.ts'

const tones: Record<OrderState, Tone> = { unpaid: 'plain', toShip: 'tea', shipped: 'liquor', completed: 'leaf', closed: 'plain' }

/** The state of an order, as its shop reads it. */
export function OrderMark({ state }: { state: OrderState }) {
  return <Mark tone={tones[state]}>{subOrderStateWords[state]}</Mark>
}

/** Until when a parcel must be on its way; nothing once it is. */
export function ShipBy({ order }: { order: ShopOrder }) {
  if (order.state !== 'toShip' || order.shipBy === null) return null
  const over = order.shipBy < Date.now()
  return (
    <span className={over ? 'field-wrong' : 'hint small'}>
      {over ? `${texts.orders.overdue} · ` : ''}
      {texts.today.shipBy(dayAndTime(order.shipBy as Instant))}
    </span>
  )
}
