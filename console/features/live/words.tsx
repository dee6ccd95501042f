import type { SessionState } from '@shared/live/flow.ts'
import { sessionStateWords } from '@shared/live/words.ts'
import { Mark, type Tone } from '@/ui/Mark.tsx'

const tones: Record<SessionState, Tone> = { scheduled: 'liquor', live: 'alarm', interrupted: 'alarm', ended: 'plain', cancelled: 'plain' }

/** Where a session stands. */
export function SessionMark({ state }: { state: SessionState }) {
  return <Mark tone={tones[state]}>{sessionStateWords[state]}</Mark>
}
