import { and, desc, eq, lte } from 'drizzle-orm'
import type { LiveSessionId, ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { ChatLine } from '../../../shared/room/feed.ts'
import { chatFlow } from '../../../shared/room/flow.ts'
import { CHAT_EVERY, SAME_WORDS_WITHIN } from '../../../shared/room/limits.ts'
import { sameWords } from '../../../shared/room/moderation.ts'
import { instant, SECOND } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { isDuplicate, matched } from '../../platform/db.ts'
import { type Actor, newId, tryAdvance, type Work } from '../../platform/work.ts'
import { type SessionFacts, sessionOf, shownSession, talks } from '../live/index.ts'
import { checkWords } from '../moderation/index.ts'
import { spread } from './news.ts'
import { chatLines } from './queries.ts'
import { noteQuestion } from './questions.ts'
import { roomsOf } from './rooms.ts'
import { mayTalk, paceOf, standingOf } from './standing.ts'
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
 * Refuses `notFound` (a buyer also while the shop is suspended), `notNow` (not on air yet), `sessionOver`, `tooFast` (one per person in the room's pace),
 * `saidAlready` (the same words again), `muted` and `blocked` (somebody of the shop or the park said so).
 */
export async function say(app: App, by: Actor, saying: Saying): Promise<ChatLine> {
  const { chat, fresh } = await app.work(by, (work) => write(work, saying))
  const [line] = (await chatLines(app, [chat])) as [ChatLine]
  if (!fresh) return line
  const { sessionId, userId, text } = saying
  if ((await checkWords(app, { text, scene: 'comment', userId })) === 'hold') return line
  const shown = await app.work(by, async (work) => {
    const moved = await tryAdvance(work, chats, chat.id, chatFlow, 'show')
    if (moved && chat.speaker === 'buyer') await noteQuestion(work, chat)
    return moved
  })
  if (!shown) return line
  roomsOf(app).count(sessionId, { chats: 1 })
  await spread(app, sessionId, { type: 'chat', chat: line })
  return line
}

const mine = (saying: Saying) =>
  and(eq(chats.sessionId, saying.sessionId), eq(chats.userId, saying.userId), eq(chats.clientId, saying.clientId))

async function write(work: Work, saying: Saying): Promise<{ chat: ChatRow; fresh: boolean }> {
  const { sessionId, userId, clientId, text } = saying
  const session = mustTalk(await (saying.shopId === null ? shownSession : sessionOf)(work.db, sessionId), saying.shopId)
  const [before] = await work.db.select().from(chats).where(mine(saying))
  if (before) return { chat: before, fresh: false }
  const every = saying.shopId === null ? await everyMs(work, { sessionId, userId, shopId: session.shopId }) : CHAT_EVERY
  if (saying.shopId === null) await mustBeNew(work, saying)
  if (!(await takeTurn(work, sessionId, userId, every))) {
    // the same words may have been written by the retry that went ahead of this one
    const [meanwhile] = await work.db.select().from(chats).where(mine(saying))
    if (meanwhile) return { chat: meanwhile, fresh: false }
    throw refuse('tooFast', { seconds: every / SECOND })
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

/** How long a buyer waits between two chats here; refuses `muted` and `blocked`. */
async function everyMs(work: Work, of: { sessionId: LiveSessionId; userId: UserId; shopId: ShopId }): Promise<number> {
  mayTalk(await standingOf(work.db, of, work.now))
  return (await paceOf(work.db, of.sessionId)) * SECOND
}

/** Refuses `saidAlready` what the same person has said here just now. */
async function mustBeNew(work: Work, { sessionId, userId, clientId, text }: Saying): Promise<void> {
  const [last] = await work.db
    .select({ text: chats.text, at: chats.at, clientId: chats.clientId })
    .from(chats)
    .where(and(eq(chats.userId, userId), eq(chats.sessionId, sessionId)))
    .orderBy(desc(chats.id))
    .limit(1)
  if (last && last.clientId !== clientId && work.now - last.at < SAME_WORDS_WITHIN && sameWords(last.text) === sameWords(text))
    throw refuse('saidAlready')
}

function mustTalk(session: SessionFacts | null, shopId: ShopId | null): SessionFacts {
  if (!session || (shopId !== null && session.shopId !== shopId)) throw refuse('notFound')
  if (talks(session.state)) return session
  throw refuse(session.state === 'scheduled' ? 'notNow' : 'sessionOver')
}

/** Takes one's turn to speak: one UPDATE that matches only when the last turn is long enough ago. */
async function takeTurn(work: Work, sessionId: LiveSessionId, userId: UserId, every: number): Promise<boolean> {
  const taken = await work.db
    .update(talkers)
    .set({ spokeAt: work.now })
    .where(and(eq(talkers.sessionId, sessionId), eq(talkers.userId, userId), lte(talkers.spokeAt, instant(work.now - every))))
  if (matched(taken) === 1) return true
  try {
    await work.db.insert(talkers).values({ sessionId, userId, spokeAt: work.now })
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}
