import type { BatchState, PlotState } from '@shared/traceability/flow.ts'
import { batchWords, plotWords } from '@shared/traceability/words.ts'
import { Mark, type Tone } from '@/ui/Mark.tsx'

const tones: Record<PlotState | BatchState, Tone> = {
  draft: 'plain',
  inReview: 'liquor',
  verified: 'leaf',
  rejected: 'alarm',
  frozen: 'alarm',
}

/** A plot's state in words. */
export const PlotMark = ({ state }: { state: PlotState }) => <Mark tone={tones[state]}>{plotWords[state]}</Mark>

/** A batch's state in words. */
export const BatchMark = ({ state }: { state: BatchState }) => <Mark tone={tones[state]}>{batchWords[state]}</Mark>
