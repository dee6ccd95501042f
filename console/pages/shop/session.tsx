import type { LiveSessionId } from '@shared/ids.ts'
import { notOver } from '@shared/live/flow.ts'
import { dayAndTime } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link, useNavigate, useParams } from 'react-router'
import { AfterShow } from '@/features/live/AfterShow.tsx'
import { BagEditor } from '@/features/live/BagEditor.tsx'
import { Preflight } from '@/features/live/Preflight.tsx'
import { PushAddress } from '@/features/live/PushAddress.tsx'
import { deskOptions } from '@/features/live/queries.ts'
import { Replay } from '@/features/live/Replay.tsx'
import { SessionMark } from '@/features/live/words.tsx'
import { onTheSet } from '@/lib/may.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { Page } from '@/ui/Page.tsx'
import { Answer, Bones } from '@/ui/states.tsx'

/** Before the broadcast: the bag and the push address. */
export function Component() {
  const { shopId, role } = useShop()
  const sessionId = useParams().sessionId as LiveSessionId
  const navigate = useNavigate()
  const desk = useQuery({ ...deskOptions(shopId, sessionId), refetchInterval: 10_000 })
  return (
    <Answer
      query={desk}
      bones={
        <div className="page">
          <Bones rows={3} height={140} />
        </div>
      }
    >
      {({ session }) => {
        const open = (notOver as readonly string[]).includes(session.state)
        return (
          <Page
            title={session.title}
            aside={
              <span className="row">
                <SessionMark state={session.state} />
                <span className="hint">{dayAndTime(session.startedAt ?? session.startsAt)}</span>
              </span>
            }
            acts={
              <>
                <Link to={`/shop/${shopId}/sessions`}>{texts.desk.back}</Link>
                {open ? (
                  <Button type="primary" onClick={() => void navigate(`/shop/${shopId}/sessions/${sessionId}/desk`)}>
                    {texts.today.openDesk}
                  </Button>
                ) : null}
              </>
            }
          >
            <div className="stack">
              {open ? null : (
                <p className="notice">
                  {session.endedBecause ?? texts.desk.ended}
                  {session.endedAt ? ` · ${texts.desk.endedAt(dayAndTime(session.endedAt))}` : ''}
                  {session.stopReason ? (
                    <>
                      <br />
                      {texts.desk.stopReason}：{session.stopReason}
                    </>
                  ) : null}
                </p>
              )}
              {session.state === 'scheduled' ? <Preflight shopId={shopId} sessionId={sessionId} /> : null}
              {session.state === 'ended' && onTheSet(role) ? <AfterShow shopId={shopId} sessionId={sessionId} /> : null}
              {session.state === 'ended' ? <Replay shopId={shopId} sessionId={sessionId} /> : null}
              <BagEditor shopId={shopId} sessionId={sessionId} bag={session.bag} editable={open && onTheSet(role)} />
              {open && onTheSet(role) ? (
                <section className="card">
                  <div className="card-head">
                    <h2>{texts.push.title}</h2>
                  </div>
                  <PushAddress shopId={shopId} sessionId={sessionId} />
                </section>
              ) : null}
            </div>
          </Page>
        )
      }}
    </Answer>
  )
}
