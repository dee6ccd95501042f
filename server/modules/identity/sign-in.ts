/** Signing in: a user for an openid, a session for a user. Tokens are 256 random bits; only their hash is kept. */
import { createHash, randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { UserId } from '../../../shared/ids.ts'
import type { Instant } from '../../../shared/time.ts'
import type { App, SignedIn } from '../../platform/app.ts'
import { isDuplicate } from '../../platform/db.ts'
import { newId, type Work } from '../../platform/work.ts'
import { sessions, users } from './tables.ts'

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
export const newToken = (): string => randomBytes(32).toString('base64url')

/** The user of an openid, made at the first visit. Two first visits at once end with one user. */
export async function userFor(work: Work, openid: string, nickname: string): Promise<UserId> {
  const [have] = await work.db.select({ id: users.id }).from(users).where(eq(users.openid, openid))
  if (have) return have.id
  const id = newId('User')
  try {
    await work.db.insert(users).values({ id, openid, nickname, signedUpAt: work.now })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const [other] = await work.db.select({ id: users.id }).from(users).where(eq(users.openid, openid))
    if (!other) throw error
    return other.id
  }
  await work.tell('user.signedUp', { userId: id })
  return id
}

/** Starts a session and gives its token, which is never seen again. */
export async function startSession(
  work: Work,
  userId: UserId,
  kind: 'bearer' | 'cookie',
  device: { userAgent: string; address: string },
  endsAt: Instant,
): Promise<string> {
  const token = newToken()
  await work.db.insert(sessions).values({
    id: newId('Session'),
    userId,
    tokenHash: hashOf(token),
    kind,
    userAgent: device.userAgent,
    address: device.address,
    startedAt: work.now,
    endsAt,
  })
  return token
}

/** Who a token of this kind belongs to; null when unknown, over or revoked. */
export async function userOf(app: App, token: string, kind: 'bearer' | 'cookie'): Promise<SignedIn | null> {
  const [row] = await app.read
    .select({ userId: sessions.userId, id: sessions.id, endsAt: sessions.endsAt })
    .from(sessions)
    .where(and(eq(sessions.tokenHash, hashOf(token)), eq(sessions.kind, kind), isNull(sessions.revokedAt)))
  if (!row || row.endsAt <= app.clock.now()) return null
  return { userId: row.userId, sessionId: row.id }
}

/** Ends one session at once. */
export async function endSession(work: Work, sessionId: string): Promise<void> {
  await work.db
    .update(sessions)
    .set({ revokedAt: work.now })
    .where(and(eq(sessions.id, sessionId as never), isNull(sessions.revokedAt)))
}
