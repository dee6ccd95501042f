/** Which shops this phone's person follows: asked once after a log-in, shared by every key on every page. */
import type { ShopId } from '@shared/ids.ts'
import { useEffect, useState } from 'react'
import { onSession, token } from '../../lib/session'
import { follow, following, unfollow } from './calls'

let known: ReadonlySet<ShopId> | null = null
let asking: Promise<void> | null = null
const listeners = new Set<() => void>()

const know = (next: ReadonlySet<ShopId> | null) => {
  known = next
  for (const hear of listeners) hear()
}

const ask = (): Promise<void> => {
  asking ??= following()
    .then(
      (ids) => know(new Set(ids)),
      // a key that does not know says 关注: tapping it twice does no harm
      () => undefined,
    )
    .finally(() => {
      asking = null
    })
  return asking
}

onSession(() => {
  know(null)
  if (token() !== null && listeners.size > 0) void ask()
})

/** Asks for them, if somebody is signed in and they are not known: a page that begins with it has them in the same request as the rest. */
export const knowFollows = (): Promise<void> => (known === null && token() !== null ? ask() : Promise.resolve())

/** Whether a shop is followed; false for guests and until it is known. */
export const useFollowing = (shopId: ShopId): boolean => {
  const [is, set] = useState(() => known?.has(shopId) ?? false)
  useEffect(() => {
    const hear = () => set(known?.has(shopId) ?? false)
    listeners.add(hear)
    hear()
    void knowFollows()
    return () => {
      listeners.delete(hear)
    }
  }, [shopId])
  return is
}

/** Follows a shop, or no more; answers how many follow it now. Signs in silently where nobody is. Rejects with words to read. */
export const turnFollow = async (shopId: ShopId, on: boolean): Promise<number> => {
  const { followers } = await (on ? follow : unfollow)(shopId)
  // what was asked before may not know of it yet
  if (asking) await asking
  const next = new Set(known ?? [])
  if (on) next.add(shopId)
  else next.delete(shopId)
  know(next)
  return followers
}
