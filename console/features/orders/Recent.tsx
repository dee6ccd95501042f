import type { LiveSessionId, ShopId } from '@shared/ids.ts'
import { clockTime, type Instant } from '@shared/time.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { texts } from '@/lib/texts.ts'
import { Money } from '@/ui/Money.tsx'
import { Answer, Bones } from '@/ui/states.tsx'
import { ordersOptions } from './queries.ts'

/** The paid orders of a session, newest first. */
export function Recent({ shopId, sessionId }: { shopId: ShopId; sessionId: LiveSessionId }) {
  const orders = useInfiniteQuery(ordersOptions(shopId))
  return (
    <Answer query={orders} bones={<Bones rows={2} height={32} />}>
      {(data) => {
        const rows = (data.pages[0]?.rows ?? []).filter((order) => order.liveSessionId === sessionId && order.paidAt !== null)
        if (rows.length === 0) return <p className="desk-health hint">{texts.desk.ordersEmpty}</p>
        return (
          <ul tabIndex={0} aria-label={texts.desk.orders}>
            {rows.map((order) => (
              <li key={order.id}>
                <span className="clip">{order.lines[0]?.title}</span>
                <Money fen={order.payableFen} />
                <span className="hint small">
                  × {order.lines.reduce((sum, line) => sum + line.quantity, 0)}{' '}
                  {order.lines.length === 1 ? order.lines[0]?.unit : texts.common.pieces}
                </span>
                <span className="hint small right">{clockTime((order.paidAt ?? order.placedAt) as Instant)}</span>
              </li>
            ))}
          </ul>
        )
      }}
    </Answer>
  )
}
