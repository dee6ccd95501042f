import { and, eq, lte } from 'drizzle-orm'
import type { LiveSessionId, ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { ChatLine } from '../../../shared/room/feed.ts'
import { chatFlow } from '../../../shared/room/flow.ts'
import { CHAT_EVERY } from '../../../shared/room/limits.ts'
import { instant, SECOND } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { isDuplicate, matched } from '../../platform/db.ts'
import { type Actor, newId, tryAdvance, type Work } from '../../platform/work.ts'
import { type SessionFacts, sessionOf, shownSession, talks } from '../live/index.ts'
import { checkWords } from '../moderation/index.ts'
import { spread } from './news.ts'
import { chatLines } from './queries.ts'
import { roomsOf } from './rooms.ts'
import { chats, talkers } from './tables.ts'

export interface Saying {
  sessionId: LiveSessionId
  userId: UserId
  /** Made by the phone: the same on every retry, so that the same words are said once. */
  clientId: string
  text: string
  /** The shop the words are said for; null for a buyer's own. */
  shopId: ShopId | null
}

type ChatRow = typeof chats.$inferSelect

/**
 * Says something. It is written first, as held; then checked; and shown to all only when the check has found nothing, so that a crash in
 * between shows too little rather than too much. The sender sees it in any case.
 * Refuses `notFound` (a buyer also while the shop is suspended), `notNow` (not on air yet), `sessionOver`, `tooFast` (one in two seconds per person).
 */
export async function say(app: App, by: Actor, saying: Saying): Promise<ChatLine> {
  const { chat, fresh } = await app.work(by, (work) => write(work, saying))
  const [line] = (await chatLines(app, [chat])) as [ChatLine]
  if (!fresh) return line
  const { sessionId, userId, text } = saying
  if ((await checkWords(app, { text, scene: 'comment', userId })) === 'hold') return line
  const shown = await app.work(by, (work) => tryAdvance(work, chats, chat.id, chatFlow, 'show'))
  if (!shown) return line
  roomsOf(app).count(sessionId, { chats: 1 })
  await spread(app, sessionId, { type: 'chat', chat: line })
  return line
}

const mine = (saying: Saying) =>
  and(eq(chats.sessionId, saying.sessionId), eq(chats.userId, saying.userId), eq(chats.clientId, saying.clientId))

async function write(work: Work, saying: Saying): Promise<{ chat: ChatRow; fresh: boolean }> {
  const { sessionId, userId, clientId, text } = saying
  mustTalk(await (saying.shopId === null ? shownSession : sessionOf)(work.db, sessionId), saying.shopId)
  const [before] = await work.db.select().from(chats).where(mine(saying))
  if (before) return { chat: before, fresh: false }
  if (!(await takeTurn(work, sessionId, userId))) {
    // the same words may have been written by the retry that went ahead of this one
    const [meanwhile] = await work.db.select().from(chats).where(mine(saying))
    if (meanwhile) return { chat: meanwhile, fresh: false }
    throw refuse('tooFast', { seconds: CHAT_EVERY / SECOND })
  }
  const chat: ChatRow = {
    id: newId('Chat'),
    sessionId,
    userId,
    clientId,
    speaker: saying.shopId ? 'streamer' : 'buyer',
    text,
    state: 'held',
    at: work.now,
  }
  await work.db.insert(chats).values(chat)
  return { chat, fresh: true }
}

function mustTalk(session: SessionFacts | null, shopId: ShopId | null): void {
  if (!session || (shopId !== null && session.shopId !== shopId)) throw refuse('notFound')
  if (talks(session.state)) return
  throw refuse(session.state === 'scheduled' ? 'notNow' : 'sessionOver')
}

/** Takes one's turn to speak: one UPDATE that matches only when the last turn is long enough ago. */
async function takeTurn(work: Work, sessionId: LiveSessionId, userId: UserId): Promise<boolean> {
  const taken = await work.db
    .update(talkers)
    .set({ spokeAt: work.now })
    .where(and(eq(talkers.sessionId, sessionId), eq(talkers.userId, userId), lte(talkers.spokeAt, instant(work.now - CHAT_EVERY))))
  if (matched(taken) === 1) return true
  try {
    await work.db.insert(talkers).values({ sessionId, userId, spokeAt: work.now })
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}
