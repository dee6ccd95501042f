/** The life of a LiveSession 直播场次. On air follows the stream, never the clock alone; the clock only puts away what was left lying. */
import { defineFlow, type StateOf } from '../flow.ts'

export const sessionFlow = defineFlow({
  scheduled: { stream: { to: 'live', by: ['media'] }, cancel: { to: 'cancelled', by: ['shop', 'park', 'clock'] } },
  live: { drop: { to: 'interrupted', by: ['media'] }, end: { to: 'ended', by: ['shop', 'park', 'clock'] } },
  interrupted: { resume: { to: 'live', by: ['media'] }, end: { to: 'ended', by: ['shop', 'park', 'clock'] } },
  ended: {},
  cancelled: {},
})

export type SessionState = StateOf<typeof sessionFlow>

/** States in which viewers are in the room with the streamer: there is talk, and something may be explained. */
export const onAir = ['live', 'interrupted'] as const satisfies readonly SessionState[]

/** States in which the bag may still change and a push may come. */
export const notOver = ['scheduled', 'live', 'interrupted'] as const satisfies readonly SessionState[]
