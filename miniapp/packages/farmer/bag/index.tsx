import type { BagItemId, LiveSessionId, ShopId } from '@shared/ids.ts'
import type { SessionState } from '@shared/live/flow.ts'
import { Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import type { BagItem } from '../../../features/live/calls'
import { addToBag, arrangeBag, type Candidate, candidates, desk, removeFromBag } from '../../../features/live/shop-calls'
import { go } from '../../../lib/go'
import { useAct, useLoad } from '../../../lib/load'
import { say, wordsOf } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { farmerTexts } from '../../../texts/farmer'
import { Empty } from '../../../ui/empty'
import { Loading } from '../../../ui/loading'
import { Photo } from '../../../ui/photo'
import { Price } from '../../../ui/price'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tap } from '../../../ui/tap'
import './index.scss'

const t = farmerTexts.bag

export default function Bag() {
  const params = useRouter().params
  const one = { shopId: (params.shop ?? '') as ShopId, sessionId: (params.id ?? '') as LiveSessionId }
  const page = useLoad(async () => {
    const [d, more] = await Promise.all([desk(one), candidates(one)])
    return { state: d.session.state, bag: d.session.bag, more }
  }, [one.shopId, one.sessionId])
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="rows" count={4} />}>
        {(data) => <Filled one={one} data={data} set={page.set} />}
      </Loading>
    </Screen>
  )
}

interface Data {
  state: SessionState
  bag: BagItem[]
  more: Candidate[]
}

function Filled({ one, data, set }: { one: { shopId: ShopId; sessionId: LiveSessionId }; data: Data; set: (data: Data) => void }) {
  const [busy, act] = useAct()
  const [at, setAt] = useState<string | null>(null)
  const over = data.state === 'ended' || data.state === 'cancelled'
  /** Every change is confirmed by the server: the bag shown is the one it answered. */
  const change = (id: string, ask: () => Promise<BagItem[]>) =>
    act(async () => {
      setAt(id)
      try {
        const bag = await ask()
        set({ ...data, bag, more: await candidates(one) })
      } catch (error) {
        say(wordsOf(error))
      }
      setAt(null)
    })
  const swap = (i: number, j: number) => {
    const ids: BagItemId[] = data.bag.map((b) => b.id)
    const [a, b] = [ids[i], ids[j]]
    if (!a || !b) return
    ids[i] = b
    ids[j] = a
    void change(a, () => arrangeBag(one, ids))
  }
  return (
    <View className="page-pad stack">
      {over ? (
        <View className="banner">
          <Text>{t.over}</Text>
        </View>
      ) : null}
      <Text className="section-title">{`${t.inBag} ${data.bag.length}`}</Text>
      {data.bag.length === 0 ? <Empty icon="bag" title={t.empty} hint={t.emptyHint} /> : null}
      {data.bag.map((item, i) => (
        <View key={item.id} className="card bag-row">
          <View className="bag-row-photo">
            <Photo src={item.picture.thumb} alt={item.title} />
          </View>
          <View className="grow">
            <Text className="strong clip-2">{`${texts.live.number(item.number)} ${item.title}`}</Text>
            <Text className="hint num">{texts.tea.left(item.left, item.unit)}</Text>
            {over ? null : (
              <View className="wrap">
                {i > 0 ? (
                  <Tap look="quiet" busy={busy} onTap={() => swap(i, i - 1)}>
                    {t.up}
                  </Tap>
                ) : null}
                {i < data.bag.length - 1 ? (
                  <Tap look="quiet" busy={busy} onTap={() => swap(i, i + 1)}>
                    {t.down}
                  </Tap>
                ) : null}
                <Tap look="quiet" busy={busy} onTap={() => void change(item.id, () => removeFromBag(one, item.id))}>
                  {t.remove}
                </Tap>
              </View>
            )}
          </View>
        </View>
      ))}
      {over ? null : (
        <>
          <Text className="section-title">{t.canAdd}</Text>
          {data.more.length === 0 ? (
            <Empty
              icon="leaf"
              title={t.noMore}
              hint={t.noMoreHint}
              act={farmerTexts.farmer.listings}
              onAct={() => go('listings', { shop: one.shopId })}
            />
          ) : null}
          {data.more.map((tea) => (
            <View key={tea.id} className="card bag-row">
              <View className="bag-row-photo">
                <Photo src={tea.picture.thumb} alt={tea.title} />
              </View>
              <View className="grow">
                <Text className="strong clip-2">{tea.title}</Text>
                <Price fen={tea.priceFen} unit={tea.unit} size="small" />
                <Text className="hint num">{texts.tea.left(tea.left, tea.unit)}</Text>
              </View>
              <Tap look="plain" busy={busy && at === tea.id} onTap={() => void change(tea.id, () => addToBag(one, [tea.id]))}>
                {t.add}
              </Tap>
            </View>
          ))}
          <View className="bar-space" />
          <View className="bar">
            <Tap look="main" onTap={() => go('desk', { shop: one.shopId, id: one.sessionId })}>
              {t.toDesk}
            </Tap>
          </View>
        </>
      )}
    </View>
  )
}
