import { onAir } from '@shared/live/flow.ts'
import { STOP_REASON_MAX } from '@shared/live/limits.ts'
import { clockTime, dayAndTime, span } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Modal } from 'antd'
import { useMemo, useState } from 'react'
import { Past } from '@/features/live/Past.tsx'
import { Findings } from '@/features/live/Preflight.tsx'
import { SessionMark } from '@/features/live/words.tsx'
import { Appeals } from '@/features/room/Appeals.tsx'
import { Comments } from '@/features/room/Comments.tsx'
import { parkDoors } from '@/features/room/doors.ts'
import { type Doing, MeasureDialog } from '@/features/room/MeasureDialog.tsx'
import { Measures } from '@/features/room/Measures.tsx'
import { mayAllow, mayStop } from '@/lib/may.ts'
import { askAgain } from '@/lib/query.ts'
import { useParkRole } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { type Outputs, trpc } from '@/lib/trpc.ts'
import { Page } from '@/ui/Page.tsx'
import { Player } from '@/ui/Player.tsx'
import { ReasonDialog } from '@/ui/ReasonDialog.tsx'
import { Answer, Bones, Empty } from '@/ui/states.tsx'
import './patrol.css'

type Room = Outputs['park']['live']['list'][number]

const EVERY = 10_000
const TALK_EVERY = 3_000

/** Every session on air or announced; each can be looked at and stopped. */
export function Component() {
  const role = useParkRole()
  const { message } = App.useApp()
  const rooms = useQuery({
    queryKey: ['patrol'],
    queryFn: ({ signal }) => trpc.park.live.list.query({}, { signal }),
    refetchInterval: EVERY,
  })
  const alarms = useQuery({
    queryKey: ['patrol', 'alarms'],
    queryFn: ({ signal }) => trpc.park.room.alarms.query(undefined, { signal }),
    refetchInterval: EVERY,
  })
  const heldIn = new Map(alarms.data?.map((one) => [one.sessionId, one.held]))
  const [stopping, setStopping] = useState<Room | null>(null)
  const [watching, setWatching] = useState<Room | null>(null)
  const [checking, setChecking] = useState<Room | null>(null)
  const stop = async (room: Room, reason: string): Promise<void> => {
    await trpc.park.live.stop.mutate({ sessionId: room.id, reason })
    message.success(isOnAir(room) ? texts.patrol.stopped : texts.patrol.cancelled)
    setWatching(null)
    await askAgain(['patrol'])
  }
  return (
    <Page title={texts.patrol.title} aside={<span className="hint">{texts.patrol.hint}</span>}>
      <div className="stack">
        {mayStop(role) ? <Appeals /> : null}
        <Answer query={rooms} bones={<Bones rows={3} height={180} />}>
          {(list) =>
            list.length === 0 ? (
              <Empty title={texts.patrol.empty[0]} hint={texts.patrol.empty[1]} />
            ) : (
              <ul className="patrol">
                {list.map((room) => (
                  <li key={room.id} className="card patrol-one">
                    <div className="patrol-cover">
                      {room.cover ? <img src={room.cover.card} alt="" loading="lazy" /> : null}
                      {room.state === 'live' ? <Snapshot room={room} /> : null}
                      <span className="patrol-state">
                        <SessionMark state={room.state} />
                        {room.aiHost ? <strong className="small"> {texts.sessions.aiMark}</strong> : null}
                      </span>
                    </div>
                    <div className="patrol-body">
                      <h2 className="clip2">{room.title}</h2>
                      <p className="hint">{room.shop.name}</p>
                      <p className="row small">
                        {isOnAir(room) ? (
                          <>
                            <span>{texts.patrol.viewers(room.viewers)}</span>
                            <span className={room.health?.publishing ? '' : 'field-wrong'}>
                              {room.health?.publishing
                                ? texts.patrol.signal(room.health.videoKbps, room.health.fps)
                                : texts.patrol.noSignal}
                            </span>
                            {(heldIn.get(room.id) ?? 0) > 0 ? (
                              <span className="field-wrong">{texts.patrol.held(heldIn.get(room.id) ?? 0)}</span>
                            ) : null}
                            {room.startedAt === null ? null : <span>{texts.patrol.onFor(span(Date.now() - room.startedAt))}</span>}
                          </>
                        ) : (
                          <span>{texts.patrol.startsAt(dayAndTime(room.startsAt))}</span>
                        )}
                      </p>
                      <div className="row patrol-acts">
                        {isOnAir(room) ? (
                          <Button onClick={() => setWatching(room)}>{texts.patrol.watch}</Button>
                        ) : (
                          <Button onClick={() => setChecking(room)}>{texts.preflight.title}</Button>
                        )}
                        {mayStop(role) ? (
                          <Button danger onClick={() => setStopping(room)}>
                            {isOnAir(room) ? texts.patrol.stop : texts.patrol.cancelPlan}
                          </Button>
                        ) : null}
                      </div>
                    </div>
                  </li>
                ))}
              </ul>
            )
          }
        </Answer>
        <Past />
      </div>
      {watching ? (
        <Watch room={watching} onClose={() => setWatching(null)} onStop={mayStop(role) ? () => setStopping(watching) : null} />
      ) : null}
      {checking ? <Check room={checking} mayAllow={mayAllow(role)} onClose={() => setChecking(null)} /> : null}
      {stopping ? (
        <ReasonDialog
          title={(isOnAir(stopping) ? texts.patrol.stopTitle : texts.patrol.cancelTitle)(stopping.title, stopping.shop.name)}
          hint={isOnAir(stopping) ? texts.patrol.stopHint : texts.patrol.cancelHint}
          act={isOnAir(stopping) ? texts.patrol.stopDo : texts.patrol.cancelDo}
          quick={texts.patrol.quick}
          most={STOP_REASON_MAX}
          onAct={(reason) => stop(stopping, reason)}
          onClose={() => setStopping(null)}
        />
      ) : null}
    </Page>
  )
}

/** What is to be seen in the room, fresh every ten seconds; the cover stays under it while nothing comes. */
function Snapshot({ room }: { room: Room }) {
  const shot = useQuery({
    queryKey: ['patrol', 'snapshot', room.id],
    queryFn: ({ signal }) => trpc.park.live.snapshot.query({ sessionId: room.id }, { signal }),
    refetchInterval: EVERY,
    staleTime: 0,
  })
  return shot.data?.image ? <img className="patrol-shot" src={shot.data.image} alt={texts.patrol.shot(clockTime(shot.data.at))} /> : null
}

const isOnAir = (room: Room): boolean => (onAir as readonly string[]).includes(room.state)

function Watch({ room, onClose, onStop }: { room: Room; onClose: () => void; onStop: (() => void) | null }) {
  const page = useQuery({
    queryKey: ['patrol', 'watch', room.id],
    queryFn: ({ signal }) => trpc.buyer.live.session.query({ sessionId: room.id }, { signal }),
    refetchInterval: EVERY,
    staleTime: 0,
  })
  return (
    <Modal
      open
      title={`${room.shop.name} · ${room.title}`}
      width={960}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{texts.common.close}</Button>
          {onStop ? (
            <Button danger onClick={onStop}>
              {texts.patrol.stop}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="patrol-both">
        <Answer query={page} bones={<Bones rows={1} height={360} />}>
          {(session) => (
            <div className="patrol-watch">
              <Player play={session.play}>{session.play ? undefined : <span>{session.endedBecause ?? texts.desk.ended}</span>}</Player>
            </div>
          )}
        </Answer>
        <Talk room={room} mayAct={onStop !== null} />
      </div>
    </Modal>
  )
}

/** What is said in the room that is being watched, with what was held and hidden, and what may be done about it. */
function Talk({ room, mayAct }: { room: Room; mayAct: boolean }) {
  const doors = useMemo(() => parkDoors(room.id), [room.id])
  const [doing, setDoing] = useState<Doing | null>(null)
  const [book, setBook] = useState(false)
  const chats = useQuery({
    queryKey: [...doors.key, 'chats'],
    queryFn: ({ signal }) => doors.chats(signal),
    refetchInterval: TALK_EVERY,
    staleTime: 0,
  })
  const inOrder = useMemo(() => [...(chats.data ?? [])].reverse(), [chats.data])
  return (
    <section className="patrol-talk" aria-label={texts.patrol.talk}>
      <div className="row row-apart">
        <h3>{texts.patrol.talk}</h3>
        <Button size="small" onClick={() => setBook(true)}>
          {texts.room.book}
        </Button>
      </div>
      <Comments chats={inOrder} onAct={mayAct ? (measure, chat) => setDoing({ measure, chat }) : undefined} />
      {doing ? <MeasureDialog doors={doors} doing={doing} onClose={() => setDoing(null)} /> : null}
      {book ? <Measures doors={doors} onClose={() => setBook(false)} /> : null}
    </section>
  )
}

/** The check before an announced broadcast, and the park's word against it. */
function Check({ room, mayAllow, onClose }: { room: Room; mayAllow: boolean; onClose: () => void }) {
  const { message } = App.useApp()
  const [asking, setAsking] = useState(false)
  const queryKey = ['patrol', 'check', room.id]
  const check = useQuery({
    queryKey,
    queryFn: ({ signal }) => trpc.park.live.preflight.query({ sessionId: room.id }, { signal }),
    staleTime: 0,
  })
  return (
    <Modal
      open
      title={`${room.shop.name} · ${room.title}`}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{texts.common.close}</Button>
          {mayAllow && check.data?.blocked ? (
            <Button danger onClick={() => setAsking(true)}>
              {texts.preflight.allow}
            </Button>
          ) : null}
        </>
      }
    >
      <Answer query={check} bones={<Bones rows={3} />}>
        {(found) => <Findings found={found} />}
      </Answer>
      {asking ? (
        <ReasonDialog
          title={texts.preflight.allowTitle(room.title)}
          hint={texts.preflight.allowHint}
          act={texts.preflight.allow}
          quick={texts.preflight.quick}
          most={STOP_REASON_MAX}
          onAct={async (reason) => {
            await trpc.park.live.allow.mutate({ sessionId: room.id, reason })
            message.success(texts.preflight.allowDone)
            await askAgain(queryKey)
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Modal>
  )
}
