import type { ListingId } from '@shared/ids.ts'
import { type Figures, type ReviewFilter, reviewFilters } from '@shared/reviews/draft.ts'
import { reviewFilterWords } from '@shared/reviews/words.ts'
import { Text, View } from '@tarojs/components'
import { useReachBottom, useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { type ReviewRow, reviewsOf } from '../../../features/reviews/calls'
import { ReviewCard, Stars } from '../../../features/reviews/review-card'
import { usePages } from '../../../lib/load'
import { reviewTexts as t } from '../../../texts/reviews'
import { Empty } from '../../../ui/empty'
import { Growing } from '../../../ui/growing'
import { Screen } from '../../../ui/screen'
import { Tabs } from '../../../ui/tabs'

/** All that was said of a tea, with the sum of it above, whatever the filter below. */
export default function Reviews() {
  const listingId = (useRouter().params.id ?? '') as ListingId
  const [filter, setFilter] = useState<ReviewFilter>('all')
  const list = usePages<ReviewRow, Awaited<ReturnType<typeof reviewsOf>>>(
    (cursor) => reviewsOf(listingId, filter, cursor),
    [listingId, filter],
  )
  const [kept, setKept] = useState<Figures | null>(null)
  const figures = list.first?.figures ?? kept
  if (list.first?.figures && list.first.figures !== kept) setKept(list.first.figures)
  useReachBottom(list.more)
  return (
    <Screen>
      {figures ? <Sum of={figures} /> : null}
      <Tabs value={filter} onChange={setFilter} options={reviewFilters.map((value) => ({ value, words: reviewFilterWords[value] }))} />
      <View className="page-pad">
        <Growing
          of={list}
          className="card"
          empty={<Empty icon="talk" title={filter === 'all' ? t.none : t.noneOf} hint={t.noneHint} />}
          row={(row) => <ReviewCard key={row.id} row={row} />}
        />
      </View>
    </Screen>
  )
}

function Sum({ of }: { of: Figures }) {
  return (
    <View className="page-pad">
      <View className="card stack">
        <View className="between">
          <Text className="section-title">{t.count(of.count)}</Text>
          {of.average === null ? (
            <Text className="hint">{t.few}</Text>
          ) : (
            <Text className="review-average num">{t.average(of.average)}</Text>
          )}
        </View>
        {of.count > 0
          ? [5, 4, 3, 2, 1].map((n) => (
              <View key={n} className="review-bar">
                <Stars n={n} />
                <View className="review-bar-room">
                  <View className="review-bar-full" style={{ width: `${((of.stars[n - 1] ?? 0) / of.count) * 100}%` }} />
                </View>
                <Text className="hint num">{String(of.stars[n - 1] ?? 0)}</Text>
              </View>
            ))
          : null}
        {of.removed > 0 ? <Text className="hint">{t.removed(of.removed)}</Text> : null}
        <Text className="hint">{t.rule}</Text>
      </View>
    </View>
  )
}
