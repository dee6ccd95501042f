import { index, mysqlTable, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { PairingState } from '../../../shared/identity/words.ts'
import type { ParkRole } from '../../../shared/tenants/roles.ts'
import { code, idOf, instantColumn, jsonColumn, stateOf, words } from '../../platform/columns.ts'

/** Whoever logs in. WeChat's openid is who they are to us; nothing more is asked before it is needed. */
export const users = mysqlTable(
  'users',
  {
    id: idOf('User', 'id').primaryKey(),
    openid: code('openid', 64).notNull(),
    nickname: words('nickname', 40).notNull(),
    signedUpAt: instantColumn('signed_up_at').notNull(),
  },
  (t) => [uniqueIndex('users_openid').on(t.openid)],
)

/** Tokens that were handed out, by their SHA-256: bearer for phones, cookie for desks. */
export const sessions = mysqlTable(
  'sessions',
  {
    id: idOf('Session', 'id').primaryKey(),
    userId: idOf('User', 'user_id')
      .notNull()
      .references(() => users.id),
    tokenHash: code('token_hash', 64).notNull(),
    kind: stateOf<'bearer' | 'cookie'>('kind').notNull(),
    userAgent: words('user_agent', 200).notNull(),
    address: code('address', 64).notNull(),
    startedAt: instantColumn('started_at').notNull(),
    endsAt: instantColumn('ends_at').notNull(),
    revokedAt: instantColumn('revoked_at'),
  },
  (t) => [uniqueIndex('sessions_token').on(t.tokenHash), index('sessions_user').on(t.userId), index('sessions_end').on(t.endsAt)],
)

/** QR codes that a console shows for logging in. */
export const pairings = mysqlTable(
  'pairings',
  {
    id: idOf('Pairing', 'id').primaryKey(),
    /** 128 bits, within the 32 characters of a WeChat code. */
    scene: code('scene', 32).notNull(),
    /** SHA-256 of the cookie that binds the code to one browser. */
    nonceHash: code('nonce_hash', 64).notNull(),
    number: code('number', 2).notNull(),
    choices: jsonColumn<string[]>('choices').notNull(),
    state: stateOf<PairingState>('state').notNull(),
    browser: words('browser', 200).notNull(),
    address: code('address', 64).notNull(),
    startedAt: instantColumn('started_at').notNull(),
    endsAt: instantColumn('ends_at').notNull(),
    userId: idOf('User', 'user_id'),
  },
  (t) => [uniqueIndex('pairings_scene').on(t.scene), index('pairings_end').on(t.endsAt)],
)

/** Who works for the park. */
export const parkStaff = mysqlTable('park_staff', {
  id: idOf('User', 'user_id')
    .primaryKey()
    .references(() => users.id),
  role: stateOf<ParkRole>('role').notNull(),
  since: instantColumn('since_at').notNull(),
})
