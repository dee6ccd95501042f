/** Time as the server counts it: a phone's clock may be hours off. */
import { useEffect, useState } from 'react'

/** Server time minus phone time, ms, from an answer that carried the server's now. */
export const clockOffset = (serverNow: number): number => serverNow - Date.now()

/** Milliseconds left until `at` by the server's clock, once a second; never below 0. Stands still when `at` is null. */
export const useCountdown = (at: number | null, offset: number): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (at === null) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [at])
  return at === null ? 0 : Math.max(0, at - offset - now)
}
