/**
 * The live picture in a browser: HTTP-FLV through mpegts.js, loaded when a room is opened; HLS by the browser itself where that cannot be.
 * It begins muted, because nothing else may begin by itself, and a tap brings the sound.
 */
import type Mpegts from 'mpegts.js'
import { useEffect, useRef, useState } from 'react'
import { Icon } from '../icon'
import { type LiveVideoProps, retryWait, type VideoState } from './props'

/** Behind the live edge by more than this, s, playback runs a little faster; by more than JUMP, it jumps. */
const BEHIND = 1.6
const JUMP = 6
/** No new picture for so long, ms: the line is taken as dead and opened again. */
const STALLED = 6_000

export function LiveVideo({ play, onState, label, unmuteWords }: LiveVideoProps) {
  const box = useRef<HTMLVideoElement>(null)
  const still = useRef<HTMLCanvasElement>(null)
  const [muted, setMuted] = useState(true)
  const [playing, setPlaying] = useState(false)
  const { flv, hls } = play
  const tell = useRef<(state: VideoState) => void>(() => undefined)
  tell.current = (state) => {
    setPlaying(state === 'playing')
    onState?.(state)
  }

  useEffect(() => {
    const video = box.current
    if (!video) return
    let over = false
    let failures = 0
    let player: Mpegts.Player | null = null
    let retry: ReturnType<typeof setTimeout> | undefined
    let movedAt = Date.now()
    let lastTime = 0

    /** Keeps the last picture in sight while there is none. */
    const keepStill = () => {
      const canvas = still.current
      if (!canvas || video.videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return
      canvas.width = video.videoWidth
      canvas.height = video.videoHeight
      canvas.getContext('2d')?.drawImage(video, 0, 0)
    }
    const drop = () => {
      const gone = player
      player = null
      if (!gone) return
      try {
        gone.destroy()
      } catch {
        // a player that failed while it was starting cannot always be taken apart; the next one takes the element anyway
      }
    }
    const lost = () => {
      if (over || retry !== undefined) return
      tell.current('waiting')
      keepStill()
      video.classList.add('live-video-off')
      drop()
      retry = setTimeout(() => {
        retry = undefined
        void start()
      }, retryWait(failures++))
    }
    const start = async () => {
      movedAt = Date.now()
      const mpegts = await import('mpegts.js').then(
        (m) => m.default,
        () => null,
      )
      if (over) return
      if (mpegts?.getFeatureList().mseLivePlayback) {
        mpegts.LoggingControl.enableAll = false
        player = mpegts.createPlayer(
          { type: 'flv', isLive: true, url: flv },
          { enableStashBuffer: false, autoCleanupSourceBuffer: true, lazyLoad: false, enableWorker: false },
        )
        player.on(mpegts.Events.ERROR, lost)
        player.on(mpegts.Events.LOADING_COMPLETE, lost)
        player.attachMediaElement(video)
        player.load()
      } else if (hls && video.canPlayType('application/vnd.apple.mpegurl')) {
        video.src = hls
      } else {
        tell.current('unable')
        return
      }
      Promise.resolve(video.play()).catch(() => undefined)
    }
    const moving = () => {
      if (video.currentTime === lastTime) return
      lastTime = video.currentTime
      movedAt = Date.now()
      failures = 0
    }
    const moves = () => {
      video.classList.remove('live-video-off')
      tell.current('playing')
    }
    const chase = setInterval(() => {
      if (over) return
      if (Date.now() - movedAt > STALLED && !document.hidden) {
        movedAt = Date.now()
        lost()
        return
      }
      const { buffered } = video
      if (!player || buffered.length === 0) return
      const behind = buffered.end(buffered.length - 1) - video.currentTime
      if (behind > JUMP) video.currentTime = buffered.end(buffered.length - 1) - 0.5
      video.playbackRate = behind > BEHIND ? 1.15 : 1
    }, 1000)
    const back = () => {
      movedAt = Date.now()
      if (!document.hidden) Promise.resolve(video.play()).catch(() => undefined)
    }
    video.addEventListener('timeupdate', moving)
    video.addEventListener('playing', moves)
    video.addEventListener('error', lost)
    video.addEventListener('ended', lost)
    document.addEventListener('visibilitychange', back)
    void start()
    return () => {
      over = true
      clearInterval(chase)
      clearTimeout(retry)
      video.removeEventListener('timeupdate', moving)
      video.removeEventListener('playing', moves)
      video.removeEventListener('error', lost)
      video.removeEventListener('ended', lost)
      document.removeEventListener('visibilitychange', back)
      drop()
      video.removeAttribute('src')
      video.load()
    }
  }, [flv, hls])

  const unmute = () => {
    const video = box.current
    if (!video) return
    video.muted = false
    Promise.resolve(video.play()).catch(() => undefined)
    setMuted(false)
  }
  return (
    <div className="live-video">
      <canvas ref={still} className="live-video-box" aria-hidden />
      <video ref={box} className="live-video-box" muted={muted} autoPlay playsInline aria-label={label} />
      {muted && playing ? (
        <button type="button" className="live-video-sound" onClick={unmute}>
          <Icon name="sound" />
          <span>{unmuteWords}</span>
        </button>
      ) : null}
    </div>
  )
}
