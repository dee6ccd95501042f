/** The live picture: FLV over HTTP through mpegts.js, HLS where the browser plays it itself; it comes back by itself after a cut. */

import { Button } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { texts } from '@/lib/texts.ts'
import './Player.css'

type Picture = 'loading' | 'playing' | 'lost' | 'unable'
const FIRST_WAIT = 800
const LONGEST_WAIT = 8_000
const SILENT_FOR = 10_000

/** Plays `play`, or shows `children` where there is nothing to play; `children` also cover a picture that stands still. */
export function Player({ play, children }: { play: { flv: string; hls: string | null } | null; children?: ReactNode }) {
  const video = useRef<HTMLVideoElement>(null)
  const [picture, setPicture] = useState<Picture>('loading')
  const [muted, setMuted] = useState(true)
  const flv = play?.flv
  const hls = play?.hls ?? null

  useEffect(() => {
    const element = video.current
    if (!element || !flv) return
    let over = false
    let tries = 0
    let waiting: number | undefined
    let stop: () => void = () => {}
    setPicture('loading')

    const again = (): void => {
      if (over) return
      stop()
      setPicture('lost')
      clearTimeout(waiting)
      waiting = window.setTimeout(() => void start(), Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries++) * (0.5 + Math.random()))
    }
    const start = async (): Promise<void> => {
      const { default: mpegts } = await import('mpegts.js').catch(() => ({ default: null }))
      if (over) return
      if (!mpegts) return again()
      if (!mpegts.isSupported()) {
        if (!hls || element.canPlayType('application/vnd.apple.mpegurl') === '') return setPicture('unable')
        element.src = hls
        stop = () => element.removeAttribute('src')
        void element.play().catch(() => {})
        return
      }
      mpegts.LoggingControl.enableAll = false
      const player = mpegts.createPlayer(
        { type: 'flv', isLive: true, url: new URL(flv, location.href).href },
        { enableWorker: false, enableStashBuffer: false, liveBufferLatencyChasing: true, lazyLoad: false },
      )
      stop = () => {
        stop = () => {}
        player.destroy()
      }
      player.on(mpegts.Events.ERROR, again)
      player.on(mpegts.Events.LOADING_COMPLETE, again)
      player.attachMediaElement(element)
      player.load()
      void Promise.resolve(player.play()).catch(() => {})
    }

    let lastTime = -1
    let movedAt = Date.now()
    const watch = window.setInterval(() => {
      if (element.currentTime !== lastTime) {
        lastTime = element.currentTime
        movedAt = Date.now()
      } else if (!element.paused && Date.now() - movedAt > SILENT_FOR) {
        movedAt = Date.now()
        again()
      }
    }, 1_000)
    const playing = (): void => {
      tries = 0
      setPicture('playing')
    }
    element.addEventListener('playing', playing)
    element.addEventListener('timeupdate', playing)
    void start()
    return () => {
      over = true
      clearTimeout(waiting)
      clearInterval(watch)
      element.removeEventListener('playing', playing)
      element.removeEventListener('timeupdate', playing)
      stop()
    }
  }, [flv, hls])

  const words =
    children ??
    (picture === 'loading'
      ? texts.desk.loadingVideo
      : picture === 'lost'
        ? texts.desk.videoLost
        : picture === 'unable'
          ? texts.desk.noVideo
          : null)
  return (
    <div className="player">
      {flv ? <video ref={video} muted={muted} autoPlay playsInline aria-label={texts.desk.video} /> : null}
      {words ? <div className="player-words">{words}</div> : null}
      {flv && !words ? (
        <span className="player-sound">
          <Button size="small" onClick={() => setMuted(!muted)}>
            {muted ? texts.desk.unmute : texts.desk.mute}
          </Button>
        </span>
      ) : null}
    </div>
  )
}
