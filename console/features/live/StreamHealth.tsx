import { span } from '@shared/time.ts'
import { texts } from '@/lib/texts.ts'
import { Mark } from '@/ui/Mark.tsx'
import type { Health } from './queries.ts'

const WEAK_KBPS = 600

/** How the stream arrives. */
export function StreamHealth({ health }: { health: Health | null }) {
  if (!health?.publishing) return <p className="desk-health hint">{texts.desk.healthNone}</p>
  const weak = health.videoKbps < WEAK_KBPS
  return (
    <div className="desk-health stack-s">
      <dl className="facts">
        <dt>{texts.desk.bitrate}</dt>
        <dd>
          <Mark tone={weak ? 'alarm' : 'leaf'}>{texts.desk.kbps(health.videoKbps)}</Mark>
        </dd>
        <dt>{texts.desk.fps}</dt>
        <dd>{health.fps}</dd>
        <dt>{texts.desk.size}</dt>
        <dd>
          {health.width} × {health.height}
        </dd>
        <dt>{texts.desk.since}</dt>
        <dd>{span(health.sinceMs)}</dd>
      </dl>
      {weak ? <p className="field-wrong">{texts.desk.weak}</p> : null}
    </div>
  )
}
