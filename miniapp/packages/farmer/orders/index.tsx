import type { ShopId } from '@shared/ids.ts'
import { yuan } from '@shared/money.ts'
import { type SubOrderState, subOrderFlow } from '@shared/orders/flow.ts'
import { subOrderStateWords } from '@shared/orders/words.ts'
import { dayAndTime } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { useDidShow, useReachBottom, useRouter } from '@tarojs/taro'
import { useRef, useState } from 'react'
import { OrderLine } from '../../../features/orders/order-card'
import { type ShopOrder, type ShopOrders, shopOrders } from '../../../features/shipping/calls'
import { go } from '../../../lib/go'
import { usePages } from '../../../lib/load'
import { texts } from '../../../texts'
import { farmerTexts } from '../../../texts/farmer'
import { Empty } from '../../../ui/empty'
import { Growing } from '../../../ui/growing'
import { Screen } from '../../../ui/screen'
import { Tabs } from '../../../ui/tabs'
import { Tag } from '../../../ui/tag'

const t = farmerTexts.ship
type Filter = SubOrderState | 'all'
const filters: Filter[] = ['toShip', 'shipped', 'completed', 'unpaid', 'closed', 'all']

export default function FarmerOrders() {
  const params = useRouter().params
  const shopId = (params.shop ?? '') as ShopId
  const asked = params.state as SubOrderState | undefined
  const [filter, setFilter] = useState<Filter>(asked && subOrderFlow.states.includes(asked) ? asked : 'toShip')
  const list = usePages<ShopOrder, ShopOrders>(
    (cursor) => shopOrders(shopId, filter === 'all' ? undefined : filter, cursor),
    [shopId, filter],
  )
  const first = useRef(true)
  useDidShow(() => {
    if (!first.current) void list.again()
    first.current = false
  })
  useReachBottom(list.more)
  const counts = list.first?.counts
  return (
    <Screen>
      <Tabs
        value={filter}
        onChange={setFilter}
        options={filters.map((f) => ({
          value: f,
          words: f === 'all' ? texts.common.all : subOrderStateWords[f],
          count: f === 'toShip' ? counts?.toShip : undefined,
        }))}
      />
      <Growing
        of={list}
        className="page-pad stack"
        empty={<Empty icon="box" title={t.empty} hint={t.emptyHint} />}
        row={(order) => (
          <View
            key={order.id}
            className="card order-card"
            ariaRole="button"
            ariaLabel={order.subOrderNo}
            onClick={() => go('shopOrder', { shop: shopId, id: order.id })}
          >
            <View className="between">
              <Text className="hint num">{order.subOrderNo}</Text>
              <Tag tone={order.state === 'toShip' ? 'liquor' : order.state === 'shipped' ? 'leaf' : 'quiet'}>
                {subOrderStateWords[order.state]}
              </Tag>
            </View>
            {order.lines.map((line) => (
              <OrderLine key={line.id} line={line} />
            ))}
            <View className="between order-sum">
              <Text className={order.state === 'toShip' && order.shipBy !== null && order.shipBy < Date.now() ? 'alarm small' : 'hint num'}>
                {order.state === 'toShip' && order.shipBy !== null
                  ? order.shipBy < Date.now()
                    ? t.late
                    : t.shipBy(dayAndTime(order.shipBy))
                  : dayAndTime(order.placedAt)}
              </Text>
              <Text className="strong num">{`¥${yuan(order.payableFen)}`}</Text>
            </View>
          </View>
        )}
      />
    </Screen>
  )
}
