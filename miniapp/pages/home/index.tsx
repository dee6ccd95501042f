import { Text, View } from '@tarojs/components'
import Taro, { useDidHide, useDidShow, usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { useRef } from 'react'
import { TeaGrid } from '../../features/catalogue/tea-card'
import { type FeedCard, followedNews, type Home as HomeData, home, shelfAfter } from '../../features/live/calls'
import { LiveCard, SessionRow } from '../../features/live/session-card'
import { FollowKey } from '../../features/storefront/follow-key'
import { knowFollows } from '../../features/storefront/follows'
import { go } from '../../lib/go'
import { useGoOn, useLoad } from '../../lib/load'
import { texts } from '../../texts'
import { Empty } from '../../ui/empty'
import { Icon } from '../../ui/icon'
import { Loading } from '../../ui/loading'
import { Screen } from '../../ui/screen'
import { Skeleton } from '../../ui/skeleton'
import { Tap } from '../../ui/tap'
import './index.scss'

const t = texts.home

/** An open page asks so often whether the rooms it shows are still there. */
const FRESH = 20_000

type Feed = HomeData & { followed: FeedCard[] }

/** All parts in one request: what is the same for all, what is new with those one follows, and who they are. */
const feed = async (): Promise<Feed> => {
  const [shared, followed] = await Promise.all([home(), followedNews(), knowFollows()])
  return { ...shared, followed }
}

export default function Home() {
  const page = useLoad(feed, [])
  const shown = useRef<Feed>()
  shown.current = page.data
  const timer = useRef<ReturnType<typeof setInterval>>()
  const first = useRef(true)
  useDidShow(() => {
    if (!first.current) void page.again()
    first.current = false
    clearInterval(timer.current)
    timer.current = setInterval(() => {
      home().then(
        (shared) => {
          if (shown.current) page.set({ ...shared, followed: shown.current.followed })
        },
        // what is shown stays; the next turn asks again
        () => undefined,
      )
    }, FRESH)
  })
  useDidHide(() => clearInterval(timer.current))
  usePullDownRefresh(() => {
    void page.again().finally(() => Taro.stopPullDownRefresh())
  })
  return (
    <Screen>
      <View className="home-head">
        <Text className="home-name">{texts.app.name}</Text>
        <Text className="home-line">{texts.app.line}</Text>
      </View>
      <View className="page-pad">
        <Tap wide className="home-search" onTap={() => go('search')}>
          <Icon name="search" />
          <Text>{t.search}</Text>
        </Tap>
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

function Filled({ data, onRefresh }: { data: Feed; onRefresh: () => void }) {
  const { live, upcoming, followed, shelf, next } = data
  const list = useGoOn({ rows: shelf, next }, shelfAfter)
  useReachBottom(list.more)
  if (live.length + upcoming.length + shelf.length === 0)
    return <Empty title={t.nothing} hint={t.nothingHint} act={texts.common.refresh} onAct={onRefresh} />
  const above = new Set(followed.map((c) => c.id))
  const below = (list.rows ?? []).filter((c) => !above.has(c.id))
  return (
    <View>
      <View className="section home-first">
        <View className="section-head">
          <Text className="section-title">{t.live}</Text>
          <Tap look="quiet" className="home-calendar" onTap={() => go('calendar')}>
            {t.calendar}
            <Icon name="next" />
          </Tap>
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
              <LiveCard key={s.id} session={s} wide={i === 0} aside={<FollowKey shop={s.shop} over />} />
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
            <SessionRow key={s.id} session={s} aside={<FollowKey shop={s.shop} />} />
          ))}
        </View>
      ) : null}
      {followed.length > 0 ? (
        <View className="section">
          <View className="section-head">
            <Text className="section-title">{t.followed}</Text>
          </View>
          <TeaGrid teas={followed} />
        </View>
      ) : null}
      <View className="section">
        <View className="section-head">
          <Text className="section-title">{t.shelf}</Text>
        </View>
        {below.length === 0 ? <Text className="hint">{t.noShelf}</Text> : <TeaGrid teas={below} />}
        <View className="list-foot">
          {list.trouble ? <Text className="hint">{list.trouble}</Text> : null}
          {list.over ? (
            below.length > 0 ? (
              <Text className="hint">{t.end}</Text>
            ) : null
          ) : (
            <Tap look="quiet" busy={list.busy} onTap={list.more}>
              {list.busy ? texts.common.loading : list.trouble ? texts.common.retry : texts.common.more}
            </Tap>
          )}
        </View>
        <Text className="hint home-order">{t.order}</Text>
      </View>
    </View>
  )
}
