import type { BagItemId, LiveSessionId, ShopId } from '@shared/ids.ts'
import type { ChatLine } from '@shared/room/feed.ts'
import { ANSWER_MAX } from '@shared/room/limits.ts'
import { clockTime } from '@shared/time.ts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Button, Input, Space } from 'antd'
import { useState } from 'react'
import { newKey } from '@/lib/keys.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { type Outputs, trpc } from '@/lib/trpc.ts'
import { Answer, Bones, Empty } from '@/ui/states.tsx'
import { useAct } from '@/ui/useAct.ts'

const t = texts.room.questions
const EVERY = 5_000
type Question = Outputs['shop']['room']['questions']['open'][number]

/** What waits for an answer in a room, and what was answered. */
export const questionsOptions = (shopId: ShopId, sessionId: LiveSessionId) =>
  queryOptions({
    queryKey: ['room', shopId, sessionId, 'questions'],
    queryFn: ({ signal }) => trpc.shop.room.questions.query({ shopId, sessionId }, { signal }),
    refetchInterval: EVERY,
    staleTime: 0,
  })

/** The queue of questions, asked by most first; each is answered aloud with one key, or in words that all can read. */
export function Questions({
  shopId,
  sessionId,
  mayAnswer,
  numberOf,
  onSaid,
}: {
  shopId: ShopId
  sessionId: LiveSessionId
  mayAnswer: boolean
  /** The number in the bag of what was explained. */
  numberOf: (id: BagItemId) => number | undefined
  onSaid: (chat: ChatLine) => void
}) {
  const list = useQuery(questionsOptions(shopId, sessionId))
  return (
    <div className="questions">
      <Answer query={list} bones={<Bones rows={3} />}>
        {({ open, answered }) =>
          open.length + answered.length === 0 ? (
            <Empty title={t.empty[0]} hint={t.empty[1]} />
          ) : (
            <ul className="stack">
              {open.map((one) => (
                <Open
                  key={one.id}
                  shopId={shopId}
                  sessionId={sessionId}
                  one={one}
                  number={one.bagItemId ? numberOf(one.bagItemId) : undefined}
                  mayAnswer={mayAnswer}
                  onSaid={onSaid}
                />
              ))}
              {answered.map((one) => (
                <li key={one.id} className="hint">
                  {one.text}
                  <br />
                  <span className="small">
                    {t.answered(clockTime(one.endedAt ?? one.askedAt))}
                    {one.reply ? `：${one.reply}` : ''}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </div>
  )
}

function Open({
  shopId,
  sessionId,
  one,
  number,
  mayAnswer,
  onSaid,
}: {
  shopId: ShopId
  sessionId: LiveSessionId
  one: Question
  number: number | undefined
  mayAnswer: boolean
  onSaid: (chat: ChatLine) => void
}) {
  const [reply, setReply] = useState('')
  const [key] = useState(newKey)
  const again = () => askAgain(['room', shopId, sessionId, 'questions'])
  const answer = useAct((words: string) => trpc.shop.room.answer.mutate({ shopId, questionId: one.id, clientId: key, reply: words }), {
    after: async ({ chat }) => {
      if (chat) onSaid(chat)
      await again()
    },
    failed: again,
  })
  const pass = useAct(() => trpc.shop.room.passOver.mutate({ shopId, questionId: one.id }), { after: again, failed: again })
  const busy = answer.isPending || pass.isPending
  return (
    <li className="stack-s">
      <p className="wrap">
        <span className="strong">{one.text}</span>
        <span className="hint small">
          {' '}
          {[one.askers > 1 ? t.askers(one.askers) : '', number ? t.about(number) : ''].filter(Boolean).join(' · ')}
        </span>
      </p>
      {mayAnswer ? (
        <>
          <Space.Compact block>
            <Input
              size="small"
              aria-label={t.replyTo(one.text)}
              placeholder={t.reply}
              value={reply}
              maxLength={ANSWER_MAX}
              onChange={(e) => setReply(e.target.value)}
              onPressEnter={(e) => {
                if (!e.nativeEvent.isComposing && reply.trim() !== '' && !busy) answer.mutate(reply.trim())
              }}
            />
            <Button size="small" type="primary" disabled={busy || reply.trim() === ''} onClick={() => answer.mutate(reply.trim())}>
              {t.send}
            </Button>
          </Space.Compact>
          <div className="row">
            <Button size="small" disabled={busy} onClick={() => answer.mutate('')}>
              {t.aloud}
            </Button>
            <Button size="small" type="text" disabled={busy} onClick={() => pass.mutate()}>
              {t.passOver}
            </Button>
          </div>
        </>
      ) : null}
    </li>
  )
}
