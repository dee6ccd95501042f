import type { ShopId } from '@shared/ids.ts'
import { sessionActWords, sessionStateWords } from '@shared/live/words.ts'
import { dayAndTime } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { useDidShow, useReachBottom, useRouter } from '@tarojs/taro'
import { useRef } from 'react'
import { cancelSession, type OurSession, ourSessions } from '../../../features/live/shop-calls'
import { go } from '../../../lib/go'
import { useAct, usePages } from '../../../lib/load'
import { confirm, say, wordsOf } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { farmerTexts } from '../../../texts/farmer'
import { Empty } from '../../../ui/empty'
import { Growing } from '../../../ui/growing'
import { Screen } from '../../../ui/screen'
import { Tag } from '../../../ui/tag'
import { Tap } from '../../../ui/tap'

const t = farmerTexts.sessions

export default function Sessions() {
  const shopId = (useRouter().params.shop ?? '') as ShopId
  const list = usePages<OurSession>((cursor) => ourSessions(shopId, cursor), [shopId])
  const first = useRef(true)
  useDidShow(() => {
    if (!first.current) void list.again()
    first.current = false
  })
  useReachBottom(list.more)
  return (
    <Screen>
      <Growing
        of={list}
        className="page-pad stack"
        empty={<Empty icon="video" title={t.empty} hint={t.emptyHint} act={t.schedule} onAct={() => go('sessionForm', { shop: shopId })} />}
        row={(s) => <Row key={s.id} shopId={shopId} session={s} onDone={() => void list.again()} />}
      />
      <View className="bar-space" />
      <View className="bar">
        <Tap look="main" onTap={() => go('sessionForm', { shop: shopId })}>
          {t.schedule}
        </Tap>
      </View>
    </Screen>
  )
}

function Row({ shopId, session: s, onDone }: { shopId: ShopId; session: OurSession; onDone: () => void }) {
  const [busy, act] = useAct()
  const over = s.state === 'ended' || s.state === 'cancelled'
  const cancel = () =>
    act(async () => {
      if (!(await confirm(t.cancelTitle, t.cancelHint, sessionActWords.cancel))) return
      try {
        await cancelSession({ shopId, sessionId: s.id })
        say(t.cancelled)
      } catch (error) {
        say(wordsOf(error))
      }
      onDone()
    })
  return (
    <View className="card stack">
      <View className="between">
        <Text className="strong grow">{s.title}</Text>
        <Tag tone={s.state === 'live' ? 'live' : 'quiet'}>{sessionStateWords[s.state]}</Tag>
      </View>
      <Text className="soft">{`${dayAndTime(s.startsAt)} · ${texts.home.bag(s.bagCount)}`}</Text>
      <View className="wrap">
        {over ? (
          <Tap onTap={() => go('liveRoom', { id: s.id })}>{t.look}</Tap>
        ) : (
          <>
            <Tap look="main" onTap={() => go('desk', { shop: shopId, id: s.id })}>
              {t.desk}
            </Tap>
            <Tap onTap={() => go('bag', { shop: shopId, id: s.id })}>{t.bag}</Tap>
          </>
        )}
        {(s.acts as string[]).includes('cancel') ? (
          <Tap look="quiet" busy={busy} onTap={() => void cancel()}>
            {sessionActWords.cancel}
          </Tap>
        ) : null}
      </View>
    </View>
  )
}
