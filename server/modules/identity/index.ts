/**
 * Identity: who someone is, on a phone by WeChat, at a desk by a code scanned with that phone.
 * Promises: a token is known by its hash only; ending a session ends it for the next call.
 * Leaves to others: what someone may do (tenants), what they are told (notices).
 */
import { eq, inArray } from 'drizzle-orm'
import type { UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { ParkRole } from '../../../shared/tenants/roles.ts'
import type { App } from '../../platform/app.ts'
import type { Db } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { parkStaff, users } from './tables.ts'

export { startSession, userFor, userOf } from './sign-in.ts'

/** Nicknames by user id, one query. */
export async function people(db: Db, ids: readonly UserId[]): Promise<Map<UserId, { nickname: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: users.id, nickname: users.nickname })
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]))
  return new Map(rows.map((r) => [r.id, { nickname: r.nickname }]))
}

/** WeChat's name for a user. Refuses `notFound`. */
export async function openidOf(db: Db, userId: UserId): Promise<string> {
  const [row] = await db.select({ openid: users.openid }).from(users).where(eq(users.id, userId))
  if (!row) throw refuse('notFound')
  return row.openid
}

/** The park role of a user, or null. */
export async function parkRole(app: App, userId: UserId): Promise<ParkRole | null> {
  const [row] = await app.read.select({ role: parkStaff.role }).from(parkStaff).where(eq(parkStaff.id, userId))
  return row?.role ?? null
}

/** Gives a user a role at the park's desk. */
export async function appointStaff(work: Work, userId: UserId, role: ParkRole): Promise<void> {
  await work.db.insert(parkStaff).values({ id: userId, role, since: work.now }).onDuplicateKeyUpdate({ set: { role } })
}

/** Everyone at the park's desk. */
export async function staff(db: Db): Promise<{ userId: UserId; role: ParkRole }[]> {
  return db.select({ userId: parkStaff.id, role: parkStaff.role }).from(parkStaff)
}
