import type { ShopId } from '@shared/ids.ts'
import { View } from '@tarojs/components'
import { useDidShow, useReachBottom, useRouter } from '@tarojs/taro'
import { useRef } from 'react'
import { PaperCard } from '../../../features/tenants/paper-card'
import { type PaperRow, papers } from '../../../features/tenants/papers'
import { go } from '../../../lib/go'
import { usePages } from '../../../lib/load'
import { paperTexts as t } from '../../../texts/papers'
import { Empty } from '../../../ui/empty'
import { Growing } from '../../../ui/growing'
import { Screen } from '../../../ui/screen'
import { Tap } from '../../../ui/tap'

export default function Papers() {
  const shopId = (useRouter().params.shop ?? '') as ShopId
  const list = usePages<PaperRow>((cursor) => papers(shopId, cursor), [shopId])
  const first = useRef(true)
  useDidShow(() => {
    if (!first.current) void list.again()
    first.current = false
  })
  useReachBottom(list.more)
  const add = () => go('paperForm', { shop: shopId })
  return (
    <Screen>
      <Growing
        of={list}
        className="page-pad stack"
        empty={<Empty icon="check" title={t.empty} hint={t.emptyHint} act={t.add} onAct={add} />}
        row={(row) => <PaperCard key={row.id} row={row} onTap={() => go('paperForm', { shop: shopId, id: row.id })} />}
      />
      <View className="bar-space" />
      <View className="bar">
        <Tap look="main" onTap={add}>
          {t.add}
        </Tap>
      </View>
    </Screen>
  )
}
