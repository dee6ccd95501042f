/** One review as anyone reads it: stars, words, photos, brew note, what was added later and what the shop answered. */
import { brewLine } from '@shared/reviews/words.ts'
import { businessDay, DAY } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { reviewTexts as t } from '../../texts/reviews'
import { Photo } from '../../ui/photo'
import type { ReviewRow } from './calls'
import './reviews.scss'

/** Five stars, so many of them full. */
export const Stars = ({ n }: { n: number }) => (
  <View className="stars" ariaLabel={t.stars(n)}>
    <Text className="stars-on">{'★'.repeat(n)}</Text>
    <Text className="stars-off">{'★'.repeat(5 - n)}</Text>
  </View>
)

type SaidPart = Pick<ReviewRow, 'text' | 'pictures' | 'brew' | 'answer'>

/** The words, photos and note of a review, and the shop's answer under them. */
export const Said = ({ of }: { of: SaidPart }) => (
  <View className="stack">
    <Text className="review-text">{of.text}</Text>
    {of.brew ? <Text className="small soft num">{brewLine(of.brew)}</Text> : null}
    {of.pictures.length > 0 ? (
      <View className="review-photos">
        {of.pictures.map((p) => (
          <View key={p.id} className="review-photo">
            <Photo src={p.thumb} alt="" />
          </View>
        ))}
      </View>
    ) : null}
    {of.answer ? (
      <View className="review-answer">
        <Text className="small strong">{t.answer}</Text>
        <View>
          <Text className="small">{of.answer}</Text>
        </View>
      </View>
    ) : null}
  </View>
)

export function ReviewCard({ row }: { row: ReviewRow }) {
  const { followUp } = row
  return (
    <View className="review-one stack">
      <View className="between">
        <Text className="small">{t.anonymous(row.nickname)}</Text>
        <Stars n={row.stars} />
      </View>
      <Said of={row} />
      <Text className="hint num">
        {[businessDay(row.writtenAt), t.bought(row.skuName, row.batches.map((b) => b.code).join('、'))].join(' · ')}
      </Text>
      {followUp ? (
        <View className="review-later stack">
          <Text className="small strong">{t.followUp(Math.floor((followUp.writtenAt - row.writtenAt) / DAY))}</Text>
          <Said of={followUp} />
        </View>
      ) : null}
    </View>
  )
}
