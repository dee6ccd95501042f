import type { ShopId, SubOrderId } from '@shared/ids.ts'
import { dayAndTime, type Instant } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { texts } from '@/lib/texts.ts'
import { CopyButton } from '@/ui/CopyButton.tsx'
import { Money } from '@/ui/Money.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { Answer, Bones } from '@/ui/states.tsx'
import { Parcels } from './Parcels.tsx'
import { orderOptions, type ShopOrderPage } from './queries.ts'
import { OrderMark, ShipBy } from './words.tsx'

const when = (at: number): string => dayAndTime(at as Instant)

/** One order in full: what, to whom, paid, on its way. */
export function OrderDrawer({
  shopId,
  subOrderId,
  onShip,
  onClose,
}: {
  shopId: ShopId
  subOrderId: SubOrderId
  /** Null for whom may not ship. */
  onShip: ((order: ShopOrderPage) => void) | null
  onClose: () => void
}) {
  const order = useQuery(orderOptions(shopId, subOrderId))
  return (
    <Drawer
      open
      title={texts.orders.detail}
      size={520}
      onClose={onClose}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      extra={
        onShip && order.data?.acts.includes('ship') ? (
          <Button type="primary" onClick={() => onShip(order.data)}>
            {texts.orders.ship}
          </Button>
        ) : null
      }
    >
      <Answer query={order} bones={<Bones rows={6} />}>
        {(one) => <Detail shopId={shopId} order={one} mayShip={onShip !== null} />}
      </Answer>
    </Drawer>
  )
}

function Detail({ shopId, order, mayShip }: { shopId: ShopId; order: ShopOrderPage; mayShip: boolean }) {
  const { address } = order
  const place = `${address.province}${address.city}${address.county}${address.detail}`
  const open = order.state === 'toShip' || order.state === 'shipped'
  return (
    <div className="stack">
      <div className="row row-apart">
        <OrderMark state={order.state} />
        <ShipBy order={order} />
      </div>
      <section className="stack-s">
        <div className="row row-apart">
          <h3>{texts.orders.address}</h3>
          {open ? <CopyButton small label={texts.orders.copyAddress} text={`${address.name} ${address.phone} ${place}`} /> : null}
        </div>
        <p>
          {address.name} {address.phone}
        </p>
        <p className="wrap">{place}</p>
        {open ? null : <p className="hint small">{texts.orders.addressMasked}</p>}
      </section>
      <section className="stack-s">
        {order.lines.map((line) => (
          <div key={line.id} className="item">
            <Photo picture={line.picture} size={56} />
            <span className="grow">
              <span className="clip2">{line.title}</span>
              <span className="hint small">
                <Money fen={line.priceFen} unit={line.unit} /> × {line.quantity}
                {line.returnedUnits > 0 ? (
                  <strong className="field-wrong"> {texts.orders.returned(line.returnedUnits, line.unit)}</strong>
                ) : null}
              </span>
            </span>
            <Money fen={line.lineFen} />
          </div>
        ))}
      </section>
      <dl className="facts">
        <dt>{texts.orders.goods}</dt>
        <dd className="right">
          <Money fen={order.goodsFen} />
        </dd>
        <dt>{texts.orders.freight}</dt>
        <dd className="right">
          <Money fen={order.freightFen} />
        </dd>
        <dt>{texts.orders.payable}</dt>
        <dd className="right strong">
          <Money fen={order.payableFen} />
        </dd>
      </dl>
      {order.note ? (
        <p className="notice">
          <span className="hint">{texts.orders.note}：</span>
          {order.note}
        </p>
      ) : null}
      {order.waybill ? <Parcels shopId={shopId} subOrderId={order.id} mayShip={mayShip} /> : null}
      <dl className="facts">
        <dt>{texts.orders.no}</dt>
        <dd>{order.subOrderNo}</dd>
        <dt>{texts.orders.buyer}</dt>
        <dd>{order.buyerNickname}</dd>
        <dt>{texts.orders.placedAt}</dt>
        <dd>{when(order.placedAt)}</dd>
        {order.paidAt === null ? null : (
          <>
            <dt>{texts.orders.paidAt}</dt>
            <dd>{when(order.paidAt)}</dd>
          </>
        )}
      </dl>
      <section className="stack-s">
        <h3>{texts.orders.history}</h3>
        <ol className="stack-s">
          {order.history.map((step) => (
            <li key={`${step.at}${step.words}`} className="row">
              <span className="hint nowrap">{when(step.at)}</span>
              <span>{step.words}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
