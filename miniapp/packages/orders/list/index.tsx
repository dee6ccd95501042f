import { subOrderStateWords } from '@shared/orders/words.ts'
import { View } from '@tarojs/components'
import Taro, { useDidShow, usePullDownRefresh, useReachBottom, useRouter } from '@tarojs/taro'
import { useRef, useState } from 'react'
import { myOrders, type OrderCardData, type OrderFilter } from '../../../features/orders/calls'
import { OrderActs, PartActs } from '../../../features/orders/order-acts'
import { OrderCard } from '../../../features/orders/order-card'
import { go, goHome } from '../../../lib/go'
import { usePages } from '../../../lib/load'
import { texts } from '../../../texts'
import { orderTexts } from '../../../texts/orders'
import { Empty } from '../../../ui/empty'
import { Growing } from '../../../ui/growing'
import { Screen } from '../../../ui/screen'
import { Tabs } from '../../../ui/tabs'

const t = orderTexts
const filters = ['all', 'unpaid', 'toShip', 'shipped', 'completed', 'closed'] as const
type Filter = (typeof filters)[number]

export default function Orders() {
  const asked = useRouter().params.state as Filter | undefined
  const [filter, setFilter] = useState<Filter>(asked && filters.includes(asked) ? asked : 'all')
  const list = usePages<OrderCardData>((cursor) => myOrders(filter === 'all' ? undefined : (filter as OrderFilter), cursor), [filter])
  const first = useRef(true)
  useDidShow(() => {
    if (!first.current) void list.again()
    first.current = false
  })
  useReachBottom(list.more)
  usePullDownRefresh(() => {
    void list.again().finally(() => Taro.stopPullDownRefresh())
  })
  return (
    <Screen>
      <Tabs
        value={filter}
        onChange={setFilter}
        options={filters.map((f) => ({ value: f, words: f === 'all' ? texts.common.all : subOrderStateWords[f] }))}
      />
      <Growing
        of={list}
        className="page-pad stack"
        empty={<Empty icon="box" title={t.empty} hint={t.emptyHint} act={t.emptyAct} onAct={goHome} />}
        row={(order) => (
          <OrderCard key={order.id} order={order} onOpen={() => go('order', { id: order.id })}>
            <OrderActs order={order} onDone={() => void list.again()} />
            {order.subOrders.map((part) => (
              <View key={part.id}>
                <PartActs part={part} onDone={() => void list.again()} />
              </View>
            ))}
          </OrderCard>
        )}
      />
    </Screen>
  )
}
