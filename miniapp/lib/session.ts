/** Who we are to the server: the token of this phone, kept over restarts. Guests have none, and browse and watch all the same. */
import Taro from '@tarojs/taro'

const NAME = 'session'

interface Kept {
  token: string
  expiresAt: number
}

let kept: Kept | null | undefined
const listeners = new Set<() => void>()

const read = (): Kept | null => {
  if (kept === undefined) {
    const stored = Taro.getStorageSync(NAME) as Kept | ''
    kept = stored && typeof stored.token === 'string' ? stored : null
  }
  return kept
}

/** The token to send, or null for a guest. */
export const token = (): string | null => {
  const k = read()
  return k && k.expiresAt > Date.now() ? k.token : null
}

/** Keeps what a log-in gave. */
export const keepToken = (next: Kept): void => {
  kept = next
  Taro.setStorageSync(NAME, next)
  for (const hear of listeners) hear()
}

/** Forgets who we were. */
export const dropToken = (): void => {
  kept = null
  Taro.removeStorageSync(NAME)
  for (const hear of listeners) hear()
}

/** Calls `hear` whenever somebody logs in or out; gives back the way to stop it. */
export const onSession = (hear: () => void): (() => void) => {
  listeners.add(hear)
  return () => listeners.delete(hear)
}
