/** What became of a part after the sale: its cases, and the way to open one. A failure here costs the page nothing. */
import type { SubOrderId } from '@shared/ids.ts'
import { Text, View } from '@tarojs/components'
import { useDidShow } from '@tarojs/taro'
import { useRef } from 'react'
import { go } from '../../lib/go'
import { useLoad } from '../../lib/load'
import { afterSaleTexts as t } from '../../texts/after-sale'
import { Tag } from '../../ui/tag'
import { Tap } from '../../ui/tap'
import { casesOf } from './calls'

export function PartCases({ subOrderId, mayAsk }: { subOrderId: SubOrderId; mayAsk: boolean }) {
  const list = useLoad(() => casesOf(subOrderId), [subOrderId])
  const first = useRef(true)
  useDidShow(() => {
    if (!first.current) void list.again()
    first.current = false
  })
  const cases = list.data ?? []
  const open = cases.some((c) => !['refunded', 'reshipped', 'ended', 'withdrawn'].includes(c.state))
  return (
    <View className="order-block">
      {cases.map((c) => (
        <Tap
          key={c.id}
          look="bare"
          className="between case-row"
          label={`${c.kindWords} ${c.stateWords}`}
          onTap={() => go('case', { id: c.id })}
        >
          <Text className="grow">{`${c.kindWords} · ${c.reason}`}</Text>
          <Tag tone={open ? 'liquor' : 'quiet'}>{c.stateWords}</Tag>
        </Tap>
      ))}
      {mayAsk && !open ? (
        <View className="order-acts">
          <Tap look="quiet" onTap={() => go('askCase', { id: subOrderId })}>
            {t.ask}
          </Tap>
        </View>
      ) : null}
    </View>
  )
}
