/** What keeps me silent or out of a room, and one word to the park about it; a page of its own, for few ever need it. */
import type { LiveSessionId } from '@shared/ids.ts'
import { appealStateWords, ROOM_WORDS_MAX } from '@shared/room/moderation.ts'
import { dayAndTime } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { appealTo, type Standing, standingIn } from '../../../features/room/calls'
import { useDraft } from '../../../lib/draft'
import { useAct, useLoad } from '../../../lib/load'
import { say, wordsOf } from '../../../lib/trouble'
import { shopTexts } from '../../../texts/shop'
import { LongField } from '../../../ui/field'
import { Loading } from '../../../ui/loading'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tap } from '../../../ui/tap'

const t = shopTexts.standing

export default function StandingPage() {
  const sessionId = (useRouter().params.id ?? '') as LiveSessionId
  const standing = useLoad(() => standingIn(sessionId), [sessionId])
  return (
    <Screen>
      <View className="page-pad">
        <Loading of={standing} skeleton={<Skeleton kind="rows" count={2} />}>
          {(one) => (one === null ? <Text>{t.free}</Text> : <Ask one={one} onDone={() => void standing.again()} />)}
        </Loading>
      </View>
    </Screen>
  )
}

function Ask({ one, onDone }: { one: Standing; onDone: () => void }) {
  const draft = useDraft('room.appeal', { text: '' })
  const [busy, act] = useAct()
  const send = () =>
    act(async () => {
      try {
        await appealTo(one.measureId, draft.value.text.trim())
        draft.set({ text: '' })
        draft.clear()
        say(t.sent)
        onDone()
      } catch (error) {
        say(wordsOf(error))
      }
    })
  return (
    <View className="stack">
      <Text className="strong">{one.measure === 'block' ? t.blocked : t.muted(one.endsAt === null ? null : dayAndTime(one.endsAt))}</Text>
      <Text className="soft">{t.reason(one.reason)}</Text>
      {one.appeal === 'none' ? (
        <>
          <LongField
            label={t.words}
            value={draft.value.text}
            max={ROOM_WORDS_MAX}
            placeholder={t.placeholder}
            onChange={(text) => draft.set({ text })}
          />
          <Tap look="main" busy={busy} disabled={draft.value.text.trim().length < 2} onTap={() => void send()}>
            {t.send}
          </Tap>
        </>
      ) : (
        <Text className="hint">{appealStateWords[one.appeal]}</Text>
      )}
    </View>
  )
}
