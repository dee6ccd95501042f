/** A film in a browser. */
import { useEffect, useRef } from 'react'
import type { FilmProps } from './props'

export function Film({ src, at, turn, label, onTime, onEnd }: FilmProps) {
  const box = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const film = box.current
    if (!film) return
    const go = () => {
      film.currentTime = at
      // a browser may want a tap first; its own key is in sight
      film.play().catch(() => undefined)
    }
    if (film.readyState >= HTMLMediaElement.HAVE_METADATA) return go()
    film.addEventListener('loadedmetadata', go, { once: true })
    return () => film.removeEventListener('loadedmetadata', go)
  }, [src, turn])
  return (
    <video
      ref={box}
      className="film"
      src={src}
      controls
      playsInline
      preload="metadata"
      aria-label={label}
      onTimeUpdate={(e) => onTime(e.currentTarget.currentTime)}
      onEnded={onEnd}
    />
  )
}
