/** Keys that tell people apart without saying who they are. */
import { createHmac, randomBytes } from 'node:crypto'
import type { LiveSessionId, UserId } from '../../../shared/ids.ts'

const hmac = (secret: string, about: string, length: number): string =>
  createHmac('sha256', secret).update(about).digest('base64url').slice(0, length)

/** The key beside a chat: one per person and session. */
export const userKey = (secret: string, sessionId: LiveSessionId, userId: UserId): string => hmac(secret, `chat ${sessionId} ${userId}`, 10)

/** The key a viewer is counted by: one per person, one per phone of somebody not signed in (who brings theirs back), one per desk. */
export const viewerKeyOf = (
  secret: string,
  sessionId: LiveSessionId,
  who: { kind: 'buyer'; userId: UserId } | { kind: 'guest'; before: string | undefined } | { kind: 'desk'; userId: UserId },
): string => {
  if (who.kind === 'guest') return who.before ?? `g${randomBytes(12).toString('base64url')}`
  return `${who.kind === 'buyer' ? 'b' : 'd'}${hmac(secret, `viewer ${sessionId} ${who.userId}`, 16)}`
}

export const guestKey = /^g[\w-]{16}$/

/** Whoever works at the desk is no viewer. */
export const counts = (viewerKey: string): boolean => !viewerKey.startsWith('d')
