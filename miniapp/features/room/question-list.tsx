/** What waits for an answer: asked by most first, one key when it was answered aloud. */
import { Text, View } from '@tarojs/components'
import { useEffect } from 'react'
import { newKey } from '../../lib/device'
import { useAct, useLoad } from '../../lib/load'
import { say, wordsOf } from '../../lib/trouble'
import { roomTexts } from '../../texts/room'
import { Empty } from '../../ui/empty'
import { Loading } from '../../ui/loading'
import { Skeleton } from '../../ui/skeleton'
import { Tap } from '../../ui/tap'
import { answer, passOver, type Question, questions } from './desk-calls'

const t = roomTexts.questions
const EVERY = 5_000

export function QuestionList({ one, mayAnswer }: { one: Parameters<typeof questions>[0]; mayAnswer: boolean }) {
  const list = useLoad(() => questions(one), [one.sessionId])
  useEffect(() => {
    const timer = setInterval(() => void list.again(), EVERY)
    return () => clearInterval(timer)
  }, [list.again])
  return (
    <Loading of={list} skeleton={<Skeleton kind="rows" count={3} />}>
      {({ open }) =>
        open.length === 0 ? (
          <Empty icon="talk" title={t.empty} hint={t.emptyHint} />
        ) : (
          <View className="stack">
            {open.map((q) => (
              <One key={q.id} one={one} q={q} mayAnswer={mayAnswer} onDone={() => void list.again()} />
            ))}
          </View>
        )
      }
    </Loading>
  )
}

function One({ one, q, mayAnswer, onDone }: { one: Parameters<typeof questions>[0]; q: Question; mayAnswer: boolean; onDone: () => void }) {
  const [busy, act] = useAct()
  const end = (how: () => Promise<unknown>) =>
    void act(async () => {
      try {
        await how()
      } catch (error) {
        say(wordsOf(error))
      }
      onDone()
    })
  return (
    <View className="card stack">
      <View>
        <Text className="strong">{q.text}</Text>
        {q.askers > 1 ? <Text className="hint num">{` ${t.askers(q.askers)}`}</Text> : null}
      </View>
      {mayAnswer ? (
        <View className="between">
          <Tap look="quiet" busy={busy} onTap={() => end(() => passOver(one, q.id))}>
            {t.passOver}
          </Tap>
          <Tap look="plain" busy={busy} onTap={() => end(() => answer(one, q.id, newKey()))}>
            {t.aloud}
          </Tap>
        </View>
      ) : null}
    </View>
  )
}
