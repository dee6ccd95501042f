import type { ShopId } from '@shared/ids.ts'
import { yuan } from '@shared/money.ts'
import { accounts } from '@shared/settlement/words.ts'
import { dayAndTime } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { useReachBottom, useRouter } from '@tarojs/taro'
import { type Entry, entries, summary } from '../../../features/settlement/calls'
import { useLoad, usePages } from '../../../lib/load'
import { farmerTexts } from '../../../texts/farmer'
import { Empty } from '../../../ui/empty'
import { Growing } from '../../../ui/growing'
import { Loading } from '../../../ui/loading'
import { Price } from '../../../ui/price'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'

const t = farmerTexts.settlement

export default function Settlement() {
  const shopId = (useRouter().params.shop ?? '') as ShopId
  const sums = useLoad(() => summary(shopId), [shopId])
  const list = usePages<Entry>((cursor) => entries(shopId, cursor), [shopId])
  useReachBottom(list.more)
  return (
    <Screen>
      <View className="page-pad stack">
        <Loading of={sums} skeleton={<Skeleton kind="rows" count={2} />}>
          {(s) => (
            <View className="card">
              <Text className="hint">{accounts.shop}</Text>
              <Price fen={s.earnedFen} size="large" />
              <View className="facts">
                {(
                  [
                    [t.paid, s.paidFen],
                    [accounts.held, s.heldFen],
                    [accounts.shopDue, s.dueFen],
                    [accounts.commission, s.commissionFen],
                    [accounts.channelFee, s.channelFeeFen],
                    [accounts.refunded, s.refundedFen],
                  ] as const
                ).map(([words, amount]) => (
                  <View key={words} className="between fact">
                    <Text className="soft">{words}</Text>
                    <Text className="num">{`¥${yuan(amount)}`}</Text>
                  </View>
                ))}
              </View>
              <Text className="hint">{t.sum}</Text>
              <View>
                <Text className="hint">{t.heldHint}</Text>
              </View>
            </View>
          )}
        </Loading>
        <Text className="section-title">{t.entries}</Text>
      </View>
      <Growing
        of={list}
        className="page-pad stack"
        empty={<Empty icon="yuan" title={t.empty} hint={t.emptyHint} />}
        row={(e) => (
          <View key={e.id} className="between">
            <View className="grow">
              <Text>{e.words === accounts[e.account] ? e.words : `${e.words} · ${accounts[e.account]}`}</Text>
              <View>
                <Text className="hint num">{dayAndTime(e.at)}</Text>
              </View>
            </View>
            <Text className={e.deltaFen < 0 ? 'num soft' : 'num strong'}>{`${e.deltaFen > 0 ? '+' : ''}${yuan(e.deltaFen)}`}</Text>
          </View>
        )}
      />
    </Screen>
  )
}
