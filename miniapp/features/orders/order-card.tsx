/** An order as the list shows it, and its parts as the order's page shows them. */

import type { BatchId } from '@shared/ids.ts'
import { type Fen, yuan } from '@shared/money.ts'
import { orderStateWords, subOrderStateWords } from '@shared/orders/words.ts'
import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { orderTexts } from '../../texts/orders'
import { Photo } from '../../ui/photo'
import { Tag } from '../../ui/tag'
import { Tap } from '../../ui/tap'
import type { OrderCardData } from './calls'
import './orders.scss'

type Part = OrderCardData['subOrders'][number]

const tone = (state: string) => (state === 'unpaid' ? 'alarm' : state === 'shipped' ? 'leaf' : state === 'toShip' ? 'liquor' : 'quiet')

/** One shop's part: who, what, how many. */
export function OrderPart({
  part,
  children,
  onShop,
  onBatch,
}: {
  part: Part
  children?: ReactNode
  onShop?: () => void
  /** Where a batch can be read: each line then names those it is served from. */
  onBatch?: (batchId: BatchId) => void
}) {
  return (
    <View className="order-part">
      <View className="between">
        <View className="order-shop" {...(onShop ? { onClick: onShop, ariaRole: 'link' } : {})}>
          <Text className="strong clip-1">{part.shop.name}</Text>
        </View>
        <Tag tone={tone(part.state)}>{subOrderStateWords[part.state]}</Tag>
      </View>
      {part.lines.map((line) => (
        <View key={line.id}>
          <OrderLine line={line} />
          {onBatch
            ? line.batches.map(({ batchId, code }) => (
                <Tap key={batchId} look="quiet" label={orderTexts.batch(code)} onTap={() => onBatch(batchId)}>
                  {orderTexts.batch(code)}
                </Tap>
              ))
            : null}
        </View>
      ))}
      {children}
    </View>
  )
}

/** A tea in an order, as it was when it was bought. */
export function OrderLine({
  line,
}: {
  line: {
    title: string
    picture: { thumb: string } | null
    unit: string
    quantity: number
    returnedUnits: number
    priceFen: number
    lineFen: number
  }
}) {
  return (
    <View className="order-line">
      <View className="order-line-photo">
        <Photo src={line.picture?.thumb} alt={line.title} />
      </View>
      <View className="grow">
        <Text className="clip-2">{line.title}</Text>
        <Text className="hint num">{`¥${yuan(line.priceFen as Fen)}/${line.unit} × ${line.quantity}`}</Text>
        {line.returnedUnits > 0 ? <Text className="small alarm">{orderTexts.returned(line.returnedUnits, line.unit)}</Text> : null}
      </View>
      <Text className="num">{`¥${yuan(line.lineFen as Fen)}`}</Text>
    </View>
  )
}

export function OrderCard({ order, onOpen, children }: { order: OrderCardData; onOpen: () => void; children?: ReactNode }) {
  const count = order.subOrders.reduce((n, s) => n + s.lines.reduce((m, l) => m + l.quantity, 0), 0)
  return (
    <View className="card order-card">
      <View onClick={onOpen} ariaRole="button" ariaLabel={`${orderStateWords[order.state]} ${order.orderNo}`}>
        {order.subOrders.map((part) => (
          <OrderPart key={part.id} part={part} />
        ))}
        <View className="between order-sum">
          <Text className="hint">{orderTexts.count(count)}</Text>
          <Text className="num">
            {orderTexts.total} <Text className="strong">{`¥${yuan(order.payableFen)}`}</Text>
          </Text>
        </View>
      </View>
      {children}
    </View>
  )
}
