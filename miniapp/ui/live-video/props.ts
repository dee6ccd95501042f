export type VideoState = 'playing' | 'waiting' | 'unable'

/** What both twins of LiveVideo take. */
export interface LiveVideoProps {
  /** HTTP-FLV and HLS addresses of the stream; HLS where the deployment makes it. */
  play: { flv: string; hls: string | null }
  /** How the deployment wants WeChat to play. */
  playback: 'livePlayer' | 'hls'
  /** `playing` once pictures move, `waiting` when they stopped and are being fetched again, `unable` where this host cannot play the stream. */
  onState?: (state: VideoState) => void
  label: string
  /** Words of the key that turns the sound on, where the host began muted. */
  unmuteWords: string
}

/** The wait before the n-th new try, ms: half of it is chance, so that a room does not come back in one breath. */
export const retryWait = (failures: number): number => {
  const ceiling = Math.min(8_000, 600 * 2 ** failures)
  return ceiling / 2 + Math.random() * (ceiling / 2)
}
