/** A paper in a list: what it is, how it stands and when it ends. */
import { type PaperState, paperStateWords } from '@shared/tenants/paper-flow.ts'
import { paperWords } from '@shared/tenants/papers.ts'
import { Text, View } from '@tarojs/components'
import { paperTexts as t } from '../../texts/papers'
import { Tag } from '../../ui/tag'
import type { PaperRow } from './papers'

const tones: Record<PaperState, 'quiet' | 'leaf' | 'liquor' | 'alarm'> = {
  draft: 'quiet',
  inReview: 'liquor',
  rejected: 'alarm',
  verified: 'leaf',
  expired: 'alarm',
  withdrawn: 'quiet',
}

/** When it ends, in words. */
export const endingOf = ({ state, validUntil, daysLeft, isOld }: Pick<PaperRow, 'state' | 'validUntil' | 'daysLeft' | 'isOld'>): string => {
  if (isOld) return t.old
  if (validUntil === null || daysLeft === null) return state === 'verified' ? t.forever : ''
  if (daysLeft < 0) return t.over(validUntil)
  return state === 'verified' && daysLeft <= 60 ? `${t.until(validUntil)}，${t.daysLeft(daysLeft)}` : t.until(validUntil)
}

export const PaperTag = ({ state }: { state: PaperState }) => <Tag tone={tones[state]}>{paperStateWords[state]}</Tag>

export function PaperCard({
  row,
  onTap,
}: {
  row: Pick<PaperRow, 'kind' | 'state' | 'number' | 'validUntil' | 'daysLeft' | 'isOld' | 'reasons'>
  onTap: () => void
}) {
  const ending = endingOf(row)
  return (
    <View className="card stack" onClick={onTap} ariaRole="button" ariaLabel={paperWords[row.kind]}>
      <View className="between">
        <Text className="strong grow">{paperWords[row.kind]}</Text>
        <PaperTag state={row.state} />
      </View>
      <Text className="soft num">{row.number || t.noNumber}</Text>
      {ending ? <Text className="hint">{ending}</Text> : null}
      {row.state === 'rejected' && row.reasons ? <Text className="field-words">{t.reasons(row.reasons)}</Text> : null}
    </View>
  )
}
