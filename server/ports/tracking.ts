/** Tracking 物流跟踪: where parcels are, as their couriers tell it. Owner: the shipping module. */
import type { ParcelStage, TrackPoint } from '../../shared/shipping/track.ts'

export interface FollowAsk {
  courier: string
  trackingNo: string
  /** The last four digits of the receiver's number: some couriers want them. */
  phoneTail: string
  /** Where news of this parcel is sent, and the secret that signs it. */
  callbackUrl: string
  salt: string
}

export interface ParcelNews {
  stage: ParcelStage
  /** All that is known so far, in any order; the same again with the next news. */
  points: TrackPoint[]
  /** No more news will come of this asking. */
  over: boolean
}

/** News that its sender did not sign. */
export class ForgedNews extends Error {
  override name = 'ForgedNews'
}

export interface TrackingPort {
  /** Asks to be told of a parcel; the same again is as good as once. `off`: nobody is asked in this house. OutsideTrouble when it was not taken. */
  follow(ask: FollowAsk): Promise<'followed' | 'off'>
  /** Reads news as they came (the exact body). Throws ForgedNews. Null for news without anything in it. */
  readNews(body: string, salt: string): ParcelNews | null
  /** What the sender wants to read when its news were taken in, and when they were not. */
  readonly answers: { taken: string; later: string }
}
