/** Where a parcel is 物流轨迹, in the words of its courier. */
import type { Instant } from '../time.ts'

export const parcelStages = {
  moving: '运输中',
  collected: '已揽收',
  trouble: '疑难件',
  signed: '已签收',
  returned: '已退回签收',
  delivering: '派送中',
  returning: '退回中',
  forwarded: '转投中',
  customs: '清关中',
  refused: '已拒收',
} as const
export type ParcelStage = keyof typeof parcelStages

export interface TrackPoint {
  at: Instant
  words: string
  stage: ParcelStage
}

/** Words of a point that people may read: a courier's free text, no longer than this. */
export const TRACK_WORDS = 300
