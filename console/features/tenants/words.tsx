import { type PaperState, paperStateWords } from '@shared/tenants/paper-flow.ts'
import { texts } from '@/lib/texts.ts'
import { Mark, type Tone } from '@/ui/Mark.tsx'

const tones: Record<PaperState, Tone> = {
  draft: 'plain',
  inReview: 'liquor',
  rejected: 'alarm',
  verified: 'leaf',
  expired: 'alarm',
  withdrawn: 'plain',
}

export const PaperMark = ({ state }: { state: PaperState }) => <Mark tone={tones[state]}>{paperStateWords[state]}</Mark>

/** When a paper ends, and how soon. */
export function Ending({ row }: { row: { state: PaperState; validUntil: string | null; daysLeft: number | null; isOld: boolean } }) {
  const { state, validUntil, daysLeft, isOld } = row
  if (isOld) return <span className="field-wrong">{texts.papers.old}</span>
  if (validUntil === null || daysLeft === null) return <span>{texts.papers.forever}</span>
  const soon = state === 'verified' && daysLeft <= 60
  return (
    <span className={soon || daysLeft < 0 ? 'field-wrong' : undefined}>
      {validUntil}
      {soon ? ` · ${texts.papers.daysLeft(daysLeft)}` : ''}
    </span>
  )
}
