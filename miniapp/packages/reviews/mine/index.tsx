import { reviewStateWords } from '@shared/reviews/words.ts'
import { businessDay } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import Taro, { usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { type MyReview, myReviews } from '../../../features/reviews/calls'
import { Said, Stars } from '../../../features/reviews/review-card'
import { go } from '../../../lib/go'
import { usePages } from '../../../lib/load'
import { reviewTexts as t } from '../../../texts/reviews'
import { Empty } from '../../../ui/empty'
import { Growing } from '../../../ui/growing'
import { Screen } from '../../../ui/screen'
import { Tag } from '../../../ui/tag'

const tones = { held: 'liquor', shown: 'leaf', removed: 'alarm' } as const

/** What one wrote, with where it stands; what was removed says why. */
export default function Mine() {
  const list = usePages<MyReview>(myReviews, [])
  usePullDownRefresh(() => {
    void list.again().finally(() => Taro.stopPullDownRefresh())
  })
  useReachBottom(list.more)
  return (
    <Screen>
      <Growing
        of={list}
        className="page-pad stack"
        empty={<Empty icon="talk" title={t.mineEmpty} hint={t.mineHint} act={t.toOrders} onAct={() => go('orders')} />}
        row={(row) => (
          <View key={row.id} className="card stack">
            <View className="between">
              <Text className="strong grow clip-1">{row.title}</Text>
              <Tag tone={tones[row.state]}>{reviewStateWords[row.state]}</Tag>
            </View>
            {row.stars === null ? <Text className="small">{t.writeMore}</Text> : <Stars n={row.stars} />}
            <Said of={row} />
            {row.reasons ? <Text className="small alarm">{t.reasons(row.reasons)}</Text> : null}
            <Text className="hint num">{businessDay(row.writtenAt)}</Text>
          </View>
        )}
      />
    </Screen>
  )
}
