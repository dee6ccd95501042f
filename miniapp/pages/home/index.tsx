import { Text, View } from '@tarojs/components'
import Taro, { useDidShow, usePullDownRefresh } from '@tarojs/taro'
import { useRef } from 'react'
import { TeaGrid } from '../../features/catalogue/tea-card'
import { type Home as HomeData, home } from '../../features/live/calls'
import { LiveCard, SessionRow } from '../../features/live/session-card'
import { useLoad } from '../../lib/load'
import { texts } from '../../texts'
import { Empty } from '../../ui/empty'
import { Loading } from '../../ui/loading'
import { Screen } from '../../ui/screen'
import { Skeleton } from '../../ui/skeleton'
import './index.scss'

const t = texts.home

export default function Home() {
  const page = useLoad(home, [])
  const first = useRef(true)
  useDidShow(() => {
    if (!first.current) void page.again()
    first.current = false
  })
  usePullDownRefresh(() => {
    void page.again().finally(() => Taro.stopPullDownRefresh())
  })
  return (
    <Screen>
      <View className="home-head">
        <Text className="home-name">{texts.app.name}</Text>
        <Text className="home-line">{texts.app.line}</Text>
      </View>
      <Loading
        of={page}
        skeleton={
          <View>
            <Skeleton kind="hero" count={1} />
            <Skeleton kind="cards" count={4} />
          </View>
        }
      >
        {(data) => <Filled data={data} onRefresh={() => void page.again()} />}
      </Loading>
    </Screen>
  )
}

function Filled({ data, onRefresh }: { data: HomeData; onRefresh: () => void }) {
  const { live, upcoming, shelf } = data
  if (live.length + upcoming.length + shelf.length === 0)
    return <Empty title={t.nothing} hint={t.nothingHint} act={texts.common.refresh} onAct={onRefresh} />
  return (
    <View>
      <View className="section home-first">
        <View className="section-head">
          <Text className="section-title">{t.live}</Text>
          {live.length > 1 ? <Text className="hint">{t.order}</Text> : null}
        </View>
        {live.length === 0 ? (
          <View className="card">
            <Text className="strong">{t.noLive}</Text>
            <View>
              <Text className="hint">{t.noLiveHint}</Text>
            </View>
          </View>
        ) : (
          <View className="live-cards">
            {live.map((s, i) => (
              <LiveCard key={s.id} session={s} wide={i === 0} />
            ))}
          </View>
        )}
      </View>
      {upcoming.length > 0 ? (
        <View className="section">
          <View className="section-head">
            <Text className="section-title">{t.upcoming}</Text>
          </View>
          {upcoming.map((s) => (
            <SessionRow key={s.id} session={s} />
          ))}
        </View>
      ) : null}
      <View className="section">
        <View className="section-head">
          <Text className="section-title">{t.shelf}</Text>
        </View>
        {shelf.length === 0 ? <Text className="hint">{t.noShelf}</Text> : <TeaGrid teas={shelf} />}
      </View>
    </View>
  )
}
