import { dayAndTime } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { myCoupons } from '../../../features/promotions/calls'
import '../../../features/promotions/promotions.scss'
import { go, goHome } from '../../../lib/go'
import { useLoad } from '../../../lib/load'
import { cartTexts } from '../../../texts/cart'
import { Empty } from '../../../ui/empty'
import { Loading } from '../../../ui/loading'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tabs } from '../../../ui/tabs'
import { Tap } from '../../../ui/tap'

const t = cartTexts.coupons

export default function Coupons() {
  const [state, setState] = useState<'held' | 'used'>('held')
  const list = useLoad(() => myCoupons(state), [state])
  return (
    <Screen>
      <View className="page-pad">
        <Tabs
          value={state}
          options={[
            { value: 'held', words: t.held },
            { value: 'used', words: t.used },
          ]}
          onChange={setState}
        />
        <Loading of={list} skeleton={<Skeleton kind="rows" count={3} />}>
          {(coupons) =>
            coupons.length === 0 ? (
              state === 'held' ? (
                <Empty icon="yuan" title={t.empty} hint={t.emptyHint} act={cartTexts.emptyAct} onAct={goHome} />
              ) : (
                <Empty icon="yuan" title={t.usedEmpty} />
              )
            ) : (
              <View className="stack">
                {coupons.map((c) => (
                  <View key={c.id} className="coupon">
                    <View className="grow">
                      <View>
                        <Text className="strong">{c.words}</Text>
                      </View>
                      <View>
                        <Text className="soft">{`${c.title} · ${c.shop?.name ?? t.park}${c.room ? ` · ${t.room}` : ''}`}</Text>
                      </View>
                      <Text className="hint num">{t.until(dayAndTime(c.endsAt))}</Text>
                    </View>
                    {c.state === 'held' && c.shop ? (
                      <Tap look="plain" onTap={() => go('shop', { id: c.shop?.id })}>
                        {t.goShop}
                      </Tap>
                    ) : c.orderId ? (
                      <Tap look="quiet" onTap={() => go('order', { id: c.orderId ?? undefined })}>
                        {t.used}
                      </Tap>
                    ) : null}
                  </View>
                ))}
              </View>
            )
          }
        </Loading>
      </View>
    </Screen>
  )
}
