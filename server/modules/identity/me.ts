/** Who I am and where I may sit. */
import { eq } from 'drizzle-orm'
import type { UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import { users } from './tables.ts'

/** A user as they see themselves, with every desk they may sit at. */
export async function me(app: App, userId: UserId) {
  const [row] = await app.read.select({ id: users.id, nickname: users.nickname }).from(users).where(eq(users.id, userId))
  if (!row) throw refuse('notFound')
  return { ...row, ...(await app.gate.desksOf(app, userId)) }
}
