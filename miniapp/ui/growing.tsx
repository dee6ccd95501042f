/** A list that grows: skeleton, empty state, rows, and at the foot either the way to more, a failure with a retry, or its end. */
import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import type { Page, Pages } from '../lib/load'
import { texts } from '../texts'
import { Empty } from './empty'
import { Skeleton } from './skeleton'
import { Tap } from './tap'

export function Growing<R>({
  of,
  empty,
  row,
  skeleton,
  className,
}: {
  of: Omit<Pages<R, Page<R>>, 'first'>
  empty: ReactNode
  row: (row: R) => ReactNode
  skeleton?: ReactNode
  className?: string
}) {
  if (of.rows === undefined) {
    if (of.trouble)
      return <Empty icon="wait" title={texts.trouble.failed} hint={of.trouble} act={texts.common.retry} onAct={() => void of.again()} />
    return <>{skeleton ?? <Skeleton kind="rows" count={4} />}</>
  }
  if (of.rows.length === 0) return <>{empty}</>
  return (
    <View className={className ?? 'stack'}>
      {of.rows.map(row)}
      {of.trouble ? (
        <View className="list-foot">
          <Text className="hint">{of.trouble}</Text>
          <Tap look="quiet" onTap={of.more}>
            {texts.common.retry}
          </Tap>
        </View>
      ) : of.over ? null : (
        <View className="list-foot">
          <Tap look="quiet" busy={of.busy} onTap={of.more}>
            {of.busy ? texts.common.loading : texts.common.more}
          </Tap>
        </View>
      )}
    </View>
  )
}
