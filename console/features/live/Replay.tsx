import type { LiveSessionId, ShopId } from '@shared/ids.ts'
import { type Moment, recordingStateWords } from '@shared/live/replay.ts'
import { dayAndTime, span } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { texts } from '@/lib/texts.ts'
import { type Outputs, trpc } from '@/lib/trpc.ts'
import { Mark } from '@/ui/Mark.tsx'
import { Answer, Bones } from '@/ui/states.tsx'
import './Replay.css'

const t = texts.replay
const WHILE_MAKING = 10_000
type Page = Outputs['shop']['live']['replay']

/** What was recorded of a broadcast, with a chapter for each tea; without a shop by the park's door. */
export function Replay({ shopId, sessionId }: { shopId: ShopId | null; sessionId: LiveSessionId }) {
  const replay = useQuery({
    queryKey: ['live', shopId ?? 'park', sessionId, 'replay'],
    queryFn: ({ signal }) =>
      shopId === null
        ? trpc.park.live.replay.query({ sessionId }, { signal })
        : trpc.shop.live.replay.query({ shopId, sessionId }, { signal }),
    refetchInterval: ({ state }) => (state.data?.recordings.some((r) => r.state === 'raw' || r.state === 'running') ? WHILE_MAKING : false),
  })
  return (
    <Answer query={replay} bones={<Bones rows={2} height={200} />}>
      {(page) => (
        <section className="card stack">
          <div className="card-head">
            <h2>{t.title}</h2>
            <span className="hint">{t.kept}</span>
          </div>
          {page.recordings.length === 0 ? <p className="hint">{t.none}</p> : null}
          {page.films.length > 0 ? <Films page={page} /> : null}
          <ul className="stack-s">
            {page.recordings.map((one) => (
              <li key={one.beganAt} className="row">
                <Mark tone={one.state === 'ready' ? 'leaf' : 'plain'}>{recordingStateWords[one.state]}</Mark>
                <span className="hint">
                  {dayAndTime(one.beganAt)}
                  {one.endedAt === null ? '' : ` – ${dayAndTime(one.endedAt)}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Answer>
  )
}

function Films({ page }: { page: Page }) {
  const [here, setHere] = useState<Moment & { turn: number }>({ ...(page.chapters[0] ?? { film: 0, offsetMs: 0 }), turn: 0 })
  const box = useRef<HTMLVideoElement>(null)
  const film = page.films[here.film]
  useEffect(() => {
    const video = box.current
    if (!video) return
    const go = (): void => {
      video.currentTime = here.offsetMs / 1000
      if (here.turn > 0) video.play().catch(() => undefined)
    }
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) return go()
    video.addEventListener('loadedmetadata', go, { once: true })
    return () => video.removeEventListener('loadedmetadata', go)
  }, [here])
  if (!film) return null
  return (
    <div className="replay">
      <video
        ref={box}
        className="replay-film"
        src={film.url}
        controls
        playsInline
        preload="metadata"
        aria-label={t.label(page.session.title)}
        onEnded={() => {
          if (page.films[here.film + 1]) setHere({ film: here.film + 1, offsetMs: 0, turn: here.turn + 1 })
        }}
      />
      <ol className="replay-chapters stack-s">
        {page.chapters.length === 0 ? <li className="hint">{t.noChapters}</li> : null}
        {page.chapters.map((chapter) => (
          <li key={chapter.at} className="row row-apart">
            <span className="grow">
              <span className="strong">{chapter.item ? `${chapter.item.number} 号 ${chapter.item.title}` : t.wareGone}</span>
              <br />
              <span className="hint small">
                {dayAndTime(chapter.at)} · {t.lasts(span(chapter.ms))}
              </span>
            </span>
            <Button size="small" onClick={() => setHere({ film: chapter.film, offsetMs: chapter.offsetMs, turn: here.turn + 1 })}>
              {t.play}
            </Button>
          </li>
        ))}
      </ol>
    </div>
  )
}
