/** The live picture in WeChat: `live-player` for FLV, or `video` for HLS where the operator's category allows no live-player. */
import { LivePlayer, Video } from '@tarojs/components'
import { useEffect, useRef, useState } from 'react'
import { type LiveVideoProps, retryWait } from './props'

/** State codes of live-player: 2003 first picture, 2004 playing; 2007 loading; below zero and 2103 the line is gone. */
const PLAYING = new Set([2003, 2004, 2009])
const WAITING = new Set([2007, 2103, 2105, 3001, 3002, 3003, 3005])

export function LiveVideo({ play, playback, onState }: LiveVideoProps) {
  const [attempt, setAttempt] = useState(0)
  const failures = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => () => clearTimeout(timer.current), [])
  const lost = () => {
    onState?.('waiting')
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setAttempt((n) => n + 1), retryWait(failures.current++))
  }
  const playing = () => {
    failures.current = 0
    clearTimeout(timer.current)
    onState?.('playing')
  }
  if (playback === 'hls' && play.hls)
    return (
      <Video
        key={attempt}
        className="live-video"
        src={play.hls}
        autoplay
        controls={false}
        showCenterPlayBtn={false}
        objectFit="cover"
        onPlay={playing}
        onWaiting={() => onState?.('waiting')}
        onError={lost}
        onEnded={lost}
      />
    )
  return (
    <LivePlayer
      key={attempt}
      className="live-video"
      src={play.flv}
      mode="live"
      autoplay
      minCache={0.6}
      maxCache={2}
      objectFit="fillCrop"
      onStateChange={(event) => {
        const code = Number((event.detail as { code: number }).code)
        if (PLAYING.has(code)) playing()
        else if (code < 0) lost()
        else if (WAITING.has(code)) onState?.('waiting')
      }}
      onError={lost}
    />
  )
}
