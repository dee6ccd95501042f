/** Reads of the room. */
import { and, desc, eq, gt, type SQL } from 'drizzle-orm'
import type { LiveSessionId, UserId } from '../../../shared/ids.ts'
import type { ChatLine } from '../../../shared/room/feed.ts'
import { RECENT_CHATS } from '../../../shared/room/limits.ts'
import type { App } from '../../platform/app.ts'
import { people } from '../identity/index.ts'
import { userKey } from './keys.ts'
import { chats } from './tables.ts'

type ChatRow = typeof chats.$inferSelect

/** Chats as the room shows them, in the order given. */
export async function chatLines(app: App, rows: readonly ChatRow[]): Promise<ChatLine[]> {
  const names = await people(
    app.read,
    rows.map((r) => r.userId),
  )
  return rows.map((r) => ({
    id: r.id,
    nickname: names.get(r.userId)?.nickname ?? '茶友',
    text: r.text,
    at: r.at,
    by: r.speaker,
    userKey: userKey(app.settings.secret, r.sessionId, r.userId),
  }))
}

/** The last chats of a session, oldest first: those shown to all and, for `me`, my own that were held. */
export async function recentChats(app: App, sessionId: LiveSessionId, me: UserId | null): Promise<ChatLine[]> {
  const last = (also: SQL | undefined) =>
    app.read
      .select()
      .from(chats)
      .where(and(eq(chats.sessionId, sessionId), also))
      .orderBy(desc(chats.id))
      .limit(RECENT_CHATS)
  const shown = await last(eq(chats.state, 'shown'))
  const oldest = shown.length === RECENT_CHATS ? shown.at(-1)?.id : undefined
  const held = me ? await last(and(eq(chats.userId, me), eq(chats.state, 'held'), oldest ? gt(chats.id, oldest) : undefined)) : []
  const all = [...shown, ...held].sort((a, b) => (a.id < b.id ? -1 : 1))
  return chatLines(app, all)
}
