import type { ReactNode } from 'react'
import { texts } from '@/lib/texts.ts'
import { Money } from '@/ui/Money.tsx'
import type { Desk } from './queries.ts'

const words = texts.desk.figures

/** The strip of numbers: now, in all, and the last ten minutes beside the ten before. */
export function Figures({ figures, viewers, likes }: { figures: Desk['figures']; viewers: number | null; likes: number | null }) {
  const { last10, before10 } = figures
  return (
    <section className="figures" aria-label={texts.desk.numbers}>
      <Figure name={words.viewers}>{viewers ?? figures.viewers}</Figure>
      <Figure name={words.likes}>{likes ?? figures.likes}</Figure>
      <Figure name={words.orders}>{figures.orders}</Figure>
      <Figure name={words.paid} hint={words.unsettled}>
        <Money fen={figures.paidFen} />
      </Figure>
      <Pair name={words.orders} last={last10.orders} before={before10.orders} show={(n) => texts.desk.ordersCount(n)} />
      <Pair name={words.paid} last={last10.paidFen} before={before10.paidFen} show={(n) => <Money fen={n} />} />
      <Pair name={words.chats} last={last10.chats} before={before10.chats} show={(n) => texts.desk.chatsCount(n)} />
    </section>
  )
}

function Figure({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <div className="figure">
      <span className="hint small">{name}</span>
      <span className="figure-value">{children}</span>
      {hint ? <span className="hint small">{hint}</span> : null}
    </div>
  )
}

function Pair({ name, last, before, show }: { name: string; last: number; before: number; show: (n: number) => ReactNode }) {
  const most = Math.max(last, before, 1)
  return (
    <div className="figure">
      <span className="hint small">{name}</span>
      <span className="figure-pair">
        <span>{words.last}</span>
        <span className="figure-bar now" style={{ width: `${(last / most) * 100}%` }} />
        <strong>{show(last)}</strong>
        <span className="hint">{words.before}</span>
        <span className="figure-bar" style={{ width: `${(before / most) * 100}%` }} />
        <span className="hint">{show(before)}</span>
      </span>
    </div>
  )
}
