/** Replays 回放: what was shown can be shown again, for three years (直播电商监督管理办法: 直播视频保存不少于三年), with a chapter for each tea. */
import { type ActOf, defineFlow, type StateOf } from '../flow.ts'
import type { BagItemId } from '../ids.ts'
import { DAY, type Instant } from '../time.ts'

/**
 * The life of a Recording 录像, one for each push. `running`: the push goes on; `raw`: it is over, and waits to be made into a film that phones play;
 * `empty`: there was nothing in it; `dropped`: its three years are over.
 */
export const recordingFlow = defineFlow({
  running: { close: { to: 'raw', by: ['media'] }, void: { to: 'empty', by: ['media', 'clock'] } },
  raw: { keep: { to: 'ready', by: ['clock'] }, void: { to: 'empty', by: ['clock'] } },
  ready: { drop: { to: 'dropped', by: ['clock'] } },
  empty: {},
  dropped: {},
})
export type RecordingState = StateOf<typeof recordingFlow>
export const recordingStateWords: Record<RecordingState, string> = {
  running: '录制中',
  raw: '正在整理',
  ready: '可以回看',
  empty: '没有画面',
  dropped: '已过保存期',
}
export const recordingActWords: Record<ActOf<typeof recordingFlow>, string> = {
  close: '停止录制',
  void: '作废',
  keep: '整理完成',
  drop: '到期清理',
}

/** Kept this long after the push ended; three calendar years are never longer. */
export const RECORDING_KEPT = 1_096 * DAY

/** A film of a session: it shows what happened from `beganAt` on, for so many milliseconds. */
export interface Film {
  beganAt: Instant
  ms: number
}

/** A second of one of the films. */
export interface Moment {
  film: number
  offsetMs: number
}

/** Where an instant is to be seen: in the film that was running, or at the beginning of the next; null when all films are older. Films in their order. */
export function momentIn(films: readonly Film[], at: Instant): Moment | null {
  for (const [film, { beganAt, ms }] of films.entries()) {
    if (at < beganAt) return { film, offsetMs: 0 }
    if (at < beganAt + ms) return { film, offsetMs: at - beganAt }
  }
  return null
}

export interface Pin {
  bagItemId: BagItemId | null
  at: Instant
}

export interface Chapter extends Moment {
  bagItemId: BagItemId
  at: Instant
  /** How long it was explained, as far as the film shows it. */
  ms: number
}

/** The chapters of a session: each pin of a tea that a film shows, to the next pin or the film's end. Pins in their order. */
export function chaptersOf(films: readonly Film[], pins: readonly Pin[]): Chapter[] {
  return pins.flatMap(({ bagItemId, at }, i) => {
    const moment = bagItemId && momentIn(films, at)
    const film = moment && films[moment.film]
    if (!bagItemId || !moment || !film) return []
    const begins = film.beganAt + moment.offsetMs
    const ends = Math.min(pins[i + 1]?.at ?? Number.POSITIVE_INFINITY, film.beganAt + film.ms)
    // explained and over while no picture came
    return ends <= begins ? [] : [{ bagItemId, at, ...moment, ms: ends - begins }]
  })
}
