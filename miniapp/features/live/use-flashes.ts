/** The flash sales of a room, asked anew whenever the room says that the bag has changed; what is over by the server's clock is gone by itself. */
import type { LiveSessionId, SkuId } from '@shared/ids.ts'
import { useEffect, useState } from 'react'
import { clockOffset } from '../../lib/countdown'
import { type Flash, flashesIn } from './calls'

/** A flash sale and how far the phone's clock is behind the server's, ms. */
export type Running = Flash & { offset: number }

const none: ReadonlyMap<SkuId, Running> = new Map()

export const useFlashes = (sessionId: LiveSessionId, onAir: boolean, turn: number): ReadonlyMap<SkuId, Running> => {
  const [found, setFound] = useState(none)
  useEffect(() => {
    if (!onAir) return setFound(none)
    let over = false
    flashesIn(sessionId).then(
      ({ flashes, serverNow }) => {
        const offset = clockOffset(serverNow)
        if (!over) setFound(new Map(flashes.filter((f) => f.left > 0).map((f) => [f.skuId, { ...f, offset }])))
      },
      () => undefined,
    )
    return () => {
      over = true
    }
  }, [sessionId, onAir, turn])
  // one timer to the next end, none while nothing runs
  useEffect(() => {
    const ends = [...found.values()].map((f) => f.endsAt - f.offset - Date.now())
    if (ends.length === 0) return
    const timer = setTimeout(
      () => setFound((now) => new Map([...now].filter(([, f]) => f.endsAt - f.offset > Date.now()))),
      Math.max(0, Math.min(...ends)) + 50,
    )
    return () => clearTimeout(timer)
  }, [found])
  return found
}
