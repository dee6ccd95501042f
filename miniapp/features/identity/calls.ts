/** Who I am, and the calls about it. */
import type { PairingId } from '@shared/ids.ts'
import { useEffect, useState } from 'react'
import { onSession, token } from '../../lib/session'
import { type Out, trpc } from '../../lib/trpc'

export type Me = Out['buyer']['identity']['me']
export type Pairing = Out['buyer']['identity']['pairing']

const identity = trpc.buyer.identity

export const me = (): Promise<Me> => identity.me.query()
export const rename = (nickname: string) => identity.rename.mutate({ nickname })
export const logout = () => identity.logout.mutate({})
export const pairing = (scene: string) => identity.pairing.mutate({ scene })
export const confirmPairing = (pairingId: PairingId, number: string) => identity.confirmPairing.mutate({ pairingId, number })
export const refusePairing = (pairingId: PairingId) => identity.refusePairing.mutate({ pairingId })

/** Whether somebody is signed in on this phone, followed. */
export const useSignedIn = (): boolean => {
  const [is, set] = useState(() => token() !== null)
  useEffect(() => onSession(() => set(token() !== null)), [])
  return is
}

/** A code of 22 letters out of whatever was scanned: a mini-program path, an address, or the code itself; null when there is none. */
export const sceneIn = (scanned: string): string | null => {
  const text = decodeURIComponent(scanned)
  return /(?:^|scene=)([\w-]{22})(?:$|[&#])/.exec(text)?.[1] ?? null
}
