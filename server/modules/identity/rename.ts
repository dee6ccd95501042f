import { eq } from 'drizzle-orm'
import type { UserId } from '../../../shared/ids.ts'
import { readClaims } from '../../../shared/moderation/claims.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import { users } from './tables.ts'

/** Ways to lead people away from the shop do not belong into a name, nor does what may not be claimed of tea. */
const leadsAway = /https?:|www\.|\.com|\.cn|\d{7,}|微信|薇信|[vV]信/

/** May everyone in a room read this as a name? By the local list alone. */
export const isDecent = (nickname: string): boolean => !leadsAway.test(nickname) && readClaims(nickname).length === 0

/** Changes a nickname, which everyone in a room reads. Refuses `nickname`; what the machine finds doubtful is refused, too, for a name can always be another. */
export async function rename(app: App, userId: UserId, nickname: string): Promise<{ nickname: string }> {
  if (!isDecent(nickname)) throw refuse('nickname')
  const [row] = await app.read.select({ openid: users.openid }).from(users).where(eq(users.id, userId))
  const opinion = await app.ports.contentSafety.readText({ text: nickname, scene: 'profile', openid: row?.openid ?? null })
  if (opinion.suggest === 'risky') throw refuse('nickname')
  await app.work({ kind: 'buyer', userId }, (work) => work.db.update(users).set({ nickname }).where(eq(users.id, userId)))
  return { nickname }
}
