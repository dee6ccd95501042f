/** The sheet after a show, on the phone: what came of it, tea by tea, and what to do otherwise next time. */
import { yuan } from '@shared/money.ts'
import { dayAndTime, MINUTE } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { afterShow } from '../../../features/live/shop-calls'
import { useLoad } from '../../../lib/load'
import { roomTexts } from '../../../texts/room'
import { Loading } from '../../../ui/loading'
import { Skeleton } from '../../../ui/skeleton'

const t = roomTexts.after

export function AfterShow({ one }: { one: Parameters<typeof afterShow>[0] }) {
  const sheet = useLoad(() => afterShow(one), [one.sessionId])
  return (
    <Loading of={sheet} skeleton={<Skeleton kind="rows" count={4} />}>
      {(data) => (
        <View className="stack">
          <View className="card stack">
            <Text className="section-title">{t.title}</Text>
            {(
              [
                [t.paid, data.paidFen],
                [t.refunded, data.refundedFen],
                [t.kept, data.keptFen],
              ] as const
            ).map(([words, fen]) => (
              <View key={words} className="between">
                <Text className="soft">{words}</Text>
                <Text className="num strong">{`¥${yuan(fen)}`}</Text>
              </View>
            ))}
            <Text className="hint">
              {`${data.agrees ? t.agrees : t.disagrees}　${data.settledFrom === null ? t.provisional : t.settles(dayAndTime(data.settledFrom))}`}
            </Text>
          </View>
          {data.advice.length > 0 ? (
            <View className="card stack">
              <Text className="strong">{t.advice}</Text>
              {data.advice.map((words) => (
                <Text key={words}>{words}</Text>
              ))}
            </View>
          ) : null}
          {data.rows.map((row) => (
            <View key={`${row.number ?? ''}${row.listingId}${row.title}`} className="card">
              <View className="between">
                <Text className="grow strong clip-2">{row.number === null ? row.title : `${row.number} 号 ${row.title}`}</Text>
                <Text className="num strong">{`¥${yuan(row.paidFen)}`}</Text>
              </View>
              <Text className="hint num">{t.row((row.ms / MINUTE).toFixed(1), row.orders, `${row.units} ${row.unit}`, row.questions)}</Text>
            </View>
          ))}
        </View>
      )}
    </Loading>
  )
}
