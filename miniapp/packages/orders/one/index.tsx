import type { OrderId, SubOrderId } from '@shared/ids.ts'
import { yuan } from '@shared/money.ts'
import { closedBecauseWords, orderStateWords } from '@shared/orders/words.ts'
import { parcelStages } from '@shared/shipping/track.ts'
import { longTime } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import Taro, { useDidShow, usePullDownRefresh, useRouter } from '@tarojs/taro'
import { useRef, useState } from 'react'
import { PartCases } from '../../../features/after-sale/part-cases'
import { addressLine } from '../../../features/orders/address-list'
import { type OrderPage, orderOf, parcelsOf } from '../../../features/orders/calls'
import { OrderActs, PartActs } from '../../../features/orders/order-acts'
import { OrderPart } from '../../../features/orders/order-card'
import { reviewLines } from '../../../features/reviews/calls'
import { go } from '../../../lib/go'
import { useLoad } from '../../../lib/load'
import { say } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { orderTexts } from '../../../texts/orders'
import { reviewTexts } from '../../../texts/reviews'
import { Loading } from '../../../ui/loading'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tap } from '../../../ui/tap'
import './index.scss'

const t = orderTexts

const copy = (data: string): void => {
  void Taro.setClipboardData({ data }).then(
    () => say(texts.common.copied),
    () => say(data),
  )
}

export default function Order() {
  const id = (useRouter().params.id ?? '') as OrderId
  const page = useLoad(() => orderOf(id), [id])
  const first = useRef(true)
  useDidShow(() => {
    if (!first.current) void page.again()
    first.current = false
  })
  usePullDownRefresh(() => {
    void page.again().finally(() => Taro.stopPullDownRefresh())
  })
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="rows" count={4} />}>
        {(order) => <Whole order={order} onDone={() => void page.again()} />}
      </Loading>
    </Screen>
  )
}

function Whole({ order, onDone }: { order: OrderPage; onDone: () => void }) {
  const facts: [string, string][] = [
    [t.no, order.orderNo],
    [t.placedAt, longTime(order.placedAt)],
    ...(order.paidAt ? ([[t.paidAt, longTime(order.paidAt)]] as [string, string][]) : []),
    ...(order.note ? ([[t.note, order.note]] as [string, string][]) : []),
  ]
  return (
    <View className="page-pad stack">
      <View className="order-state">
        <Text className="order-state-words">{orderStateWords[order.state]}</Text>
        {order.closedBecause ? <Text className="soft">{closedBecauseWords[order.closedBecause]}</Text> : null}
      </View>
      {order.acts.length > 0 ? (
        <View className="card">
          <OrderActs order={order} onDone={onDone} />
        </View>
      ) : null}
      <View className="card">
        <Text className="hint">{t.shipTo}</Text>
        <View>
          <Text className="strong">{`${order.address.name} ${order.address.phone}`}</Text>
        </View>
        <Text className="soft">{addressLine(order.address)}</Text>
      </View>
      {order.subOrders.map((part) => (
        <View key={part.id} className="card">
          <OrderPart part={part} onShop={() => go('shop', { id: part.shop.id })} onBatch={(id) => go('batch', { id })}>
            <PartActs part={part} onDone={onDone} />
          </OrderPart>
          {part.promisedDay && part.state === 'toShip' ? (
            <View className="order-block">
              <Text className="soft">{texts.tea.shipBy(part.promisedDay)}</Text>
            </View>
          ) : null}
          {part.waybill ? <Parcels subOrderId={part.id} first={part.waybill} /> : null}
          {part.addressSeen?.last ? (
            <Text className="hint num">{t.addressSeen(part.addressSeen.times, longTime(part.addressSeen.last))}</Text>
          ) : null}
          {part.state === 'unpaid' ? null : <PartCases subOrderId={part.id} mayAsk={part.state !== 'closed'} />}
          <View className="order-block">
            <Text className="hint">{t.history}</Text>
            {part.history.map((h) => (
              <View key={`${h.at}${h.words}`} className="order-step">
                <View className="order-dot" />
                <View className="grow">
                  <Text>{h.words}</Text>
                  <View>
                    <Text className="hint num">{longTime(h.at)}</Text>
                  </View>
                </View>
              </View>
            ))}
          </View>
        </View>
      ))}
      {order.subOrders.some((part) => part.state === 'completed') ? <Reviews orderId={order.id} /> : null}
      <View className="card">
        {order.money.map((m) => (
          <View key={m.label} className="between order-money">
            <Text className="soft">{m.label}</Text>
            <Text className="num">{`¥${yuan(m.fen)}`}</Text>
          </View>
        ))}
        {order.refunds.map((r) => (
          <View key={r.at} className="between order-money">
            <Text className="soft">{`${t.refunds} · ${t.refundStates[r.state]}`}</Text>
            <Text className="num">{`¥${yuan(r.amountFen)}`}</Text>
          </View>
        ))}
      </View>
      {order.liveSessionId ? (
        <View className="card between">
          <Text className="grow soft">{t.fromLive}</Text>
          <Tap
            look="plain"
            onTap={() =>
              go('replay', {
                id: order.liveSessionId ?? '',
                at: String(order.placedAt),
                teas: order.subOrders.flatMap((part) => part.lines.map((line) => line.listingId)).join(','),
              })
            }
          >
            {t.toReplay}
          </Tap>
        </View>
      ) : null}
      <View className="card facts">
        {facts.map(([label, value]) => (
          <View key={label} className="fact">
            <Text className="fact-label">{label}</Text>
            <Text className="fact-value num">{value}</Text>
          </View>
        ))}
      </View>
    </View>
  )
}

type Parcel = NonNullable<OrderPage['subOrders'][number]['waybill']>

/** Every parcel of a part; the first stands at once, the others when they are known. */
function Parcels({ subOrderId, first }: { subOrderId: SubOrderId; first: Parcel }) {
  const all = useLoad(() => parcelsOf(subOrderId), [subOrderId, first.trackingNo])
  const [open, setOpen] = useState<string | null>(null)
  const parcels = all.data?.parcels.length ? all.data.parcels : [{ ...first, stage: null, points: [] }]
  return (
    <View className="order-block stack">
      {parcels.map((parcel, i) => (
        <View key={parcel.trackingNo}>
          <View className="between">
            <View className="grow">
              <Text className="strong">{parcel.courierName}</Text>
              {parcels.length > 1 ? <Text className="hint num">{` ${t.parcel(i + 1, parcels.length)}`}</Text> : null}
              <View>
                <Text className="num soft">{parcel.trackingNo}</Text>
              </View>
              <Text className="hint num">{`${t.shippedAt} ${longTime(parcel.shippedAt)}`}</Text>
            </View>
            <Tap look="plain" onTap={() => copy(parcel.trackingNo)}>
              {texts.common.copy}
            </Tap>
          </View>
          {parcel.points.slice(0, open === parcel.trackingNo ? undefined : 1).map((point) => (
            <View key={`${point.at}${point.words}`} className="order-step">
              <View className="order-dot" />
              <View className="grow">
                <Text>{`${parcelStages[point.stage]}　${point.words}`}</Text>
                <View>
                  <Text className="hint num">{longTime(point.at)}</Text>
                </View>
              </View>
            </View>
          ))}
          {parcel.points.length > 1 ? (
            <Tap look="quiet" onTap={() => setOpen(open === parcel.trackingNo ? null : parcel.trackingNo)}>
              {open === parcel.trackingNo ? t.trackLess : t.trackMore(parcel.points.length)}
            </Tap>
          ) : null}
        </View>
      ))}
    </View>
  )
}

/** What may be said of each line, and what was; a failure here costs the page nothing. */
function Reviews({ orderId }: { orderId: OrderId }) {
  const lines = useLoad(() => reviewLines(orderId), [orderId])
  useDidShow(() => {
    if (!lines.busy) void lines.again()
  })
  const open = lines.data?.filter((line) => line.turn !== null || line.written.length > 0) ?? []
  if (open.length === 0) return null
  return (
    <View className="card stack">
      <Text className="strong">{reviewTexts.review}</Text>
      {open.map((line) => (
        <View key={line.orderLineId} className="between">
          <Text className="grow clip-1">{line.title}</Text>
          <Tap look={line.turn === null ? 'quiet' : 'plain'} onTap={() => go('reviewForm', { line: line.orderLineId })}>
            {line.turn === 1 ? reviewTexts.write : line.turn === 2 ? reviewTexts.writeMore : reviewTexts.written}
          </Tap>
        </View>
      ))}
    </View>
  )
}
