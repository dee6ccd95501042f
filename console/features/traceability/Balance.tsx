import { netWords } from '@shared/catalogue/units.ts'
import { texts } from '@/lib/texts.ts'
import './traces.css'

const t = texts.traces
const per = (part: number, whole: number): string => `${whole === 0 ? 0 : Math.min(100, (part / whole) * 100)}%`

/** What a plot's years have given, each against what a year may give. */
export function PlotBalance({
  plot,
}: {
  plot: { name: string; grantedGrams: number; years: readonly { year: number; takenGrams: number }[] }
}) {
  if (plot.years.length === 0) return <span className="hint small">{t.yearsNone}</span>
  return (
    <div className="stack-s">
      {plot.years.map(({ year, takenGrams }) => (
        <div key={year}>
          <div className="trace-bar" aria-hidden>
            <span className="trace-bar-taken" style={{ width: per(takenGrams, plot.grantedGrams) }} />
          </div>
          <span className="small">{t.yearTaken(year, netWords(takenGrams), netWords(plot.grantedGrams))}</span>
        </div>
      ))}
    </div>
  )
}

/** What a batch has given: to skus, to blends, and what is left. */
export function BatchBalance({ batch }: { batch: { madeGrams: number; listedGrams: number; usedGrams: number } }) {
  const { madeGrams: made, listedGrams: listed, usedGrams: used } = batch
  return (
    <div>
      <div className="trace-bar" aria-hidden>
        <span className="trace-bar-taken" style={{ width: per(listed, made) }} />
        <span className="trace-bar-used" style={{ width: per(used, made) }} />
      </div>
      <span className="small">{t.batchAccount(netWords(made), netWords(listed), netWords(used), netWords(made - listed - used))}</span>
    </div>
  )
}
