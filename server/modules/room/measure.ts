/** Hiding words, silencing and keeping out people, slowing a room down: each with a reason and a name, each to be taken back. */
import { and, eq, gt, isNull, or, type SQL } from 'drizzle-orm'
import type { ChatId, LiveSessionId, MeasureId, ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { chatFlow } from '../../../shared/room/flow.ts'
import {
  appealFlow,
  type MuteSpan,
  measureFlow,
  muteSpans,
  type Pace,
  type RoomMeasure,
  type RoomReason,
} from '../../../shared/room/moderation.ts'
import { after } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { matched } from '../../platform/db.ts'
import { type Actor, newId, tryAdvance, type Work } from '../../platform/work.ts'
import { sessionOf, sessionsOnAir } from '../live/index.ts'
import { viewerKeyOf } from './keys.ts'
import { spread } from './news.ts'
import { chatLines } from './queries.ts'
import { dropQuestionOf } from './questions.ts'
import { paceOf } from './standing.ts'
import { chats, roomMeasures, roomTickets, talkers } from './tables.ts'

/** Who does it: somebody of the shop, for its own rooms, or somebody of the park, for any. */
export type Hand = { side: 'shop'; shopId: ShopId; userId: UserId } | { side: 'park'; userId: UserId }

export type MeasureAsk = { sessionId: LiveSessionId; reason: RoomReason; words: string } & (
  | { measure: 'hide' | 'block'; chatId: ChatId }
  | { measure: 'mute'; chatId: ChatId; span: MuteSpan }
  | { measure: 'slow'; pace: Pace }
)

type Row = typeof roomMeasures.$inferSelect

/**
 * Does something about a chat, the person who said it, or the room's pace. A second time is the first again, or makes it last as long as it now should.
 * Refuses `notFound` for another shop's session or a chat that is not of it, `notNow` for what was not shown or was said for the shop,
 * and wants words for the reason `other`.
 */
export async function measure(app: App, by: Actor, hand: Hand, ask: MeasureAsk): Promise<{ measureId: MeasureId }> {
  if (ask.reason === 'other' && ask.words === '') throw refuse('badInput', { what: '请写明原因' }, { words: '请写明原因' })
  const measureId = await app.work(by, async (work) => {
    const session = await sessionOf(work.db, ask.sessionId)
    if (!session || (hand.side === 'shop' && session.shopId !== hand.shopId)) throw refuse('notFound')
    const id =
      ask.measure === 'slow'
        ? await write(app, work, hand, session.shopId, ask, null)
        : await aboutChat(app, work, hand, session.shopId, ask)
    await work.tell('room.measured', { measureId: id, sessionId: ask.sessionId })
    return id
  })
  await tellRoom(app, measureId)
  return { measureId }
}

async function aboutChat(
  app: App,
  work: Work,
  hand: Hand,
  shopId: ShopId,
  ask: Exclude<MeasureAsk, { measure: 'slow' }>,
): Promise<MeasureId> {
  const [chat] = await work.db
    .select()
    .from(chats)
    .where(and(eq(chats.id, ask.chatId), eq(chats.sessionId, ask.sessionId)))
  if (!chat) throw refuse('notFound')
  if (chat.speaker === 'streamer' && ask.measure !== 'hide') throw refuse('notNow')
  if (ask.measure === 'hide') {
    if (await tryAdvance(work, chats, chat.id, chatFlow, 'hide')) {
      await dropQuestionOf(work, chat.id, hand.userId)
      return write(app, work, hand, shopId, ask, chat.userId)
    }
    const before = await hiddenBy(work, chat.id)
    if (before.length === 0) throw refuse('notNow')
    // what the shop hid and the park hides too is from now on the park's: the shop must not bring it back
    const same = before.find((row) => row.side === 'park' || hand.side === 'shop')
    return same ? same.id : write(app, work, hand, shopId, ask, chat.userId)
  }
  // one after another for one person: two hands at once must not write two
  await work.db
    .select({ userId: talkers.userId })
    .from(talkers)
    .where(and(eq(talkers.sessionId, ask.sessionId), eq(talkers.userId, chat.userId)))
    .for('update')
  const mine = and(eq(roomMeasures.userId, chat.userId), eq(roomMeasures.shopId, shopId), eq(roomMeasures.side, hand.side))
  const before = await inForce(work, ask.measure === 'mute' ? and(mine, eq(roomMeasures.sessionId, ask.sessionId)) : mine, ask.measure)
  const span = ask.measure === 'mute' ? muteSpans[ask.span].ms : null
  const endsAt = span === null ? null : after(work.now, span)
  if (before) {
    await work.db.update(roomMeasures).set({ endsAt }).where(eq(roomMeasures.id, before.id))
    return before.id
  }
  return write(app, work, hand, shopId, ask, chat.userId, endsAt)
}

/** What keeps a chat hidden, read as it stands. */
const hiddenBy = (work: Work, chatId: ChatId): Promise<Row[]> =>
  work.db
    .select()
    .from(roomMeasures)
    .where(and(eq(roomMeasures.chatId, chatId), eq(roomMeasures.measure, 'hide'), eq(roomMeasures.state, 'inForce')))
    .for('update')

/** A measure that still holds at this instant: one that has run out is history, and the next one a measure of its own. */
async function inForce(work: Work, which: SQL | undefined, measure: RoomMeasure): Promise<Row | undefined> {
  const [row] = await work.db
    .select()
    .from(roomMeasures)
    .where(
      and(
        which,
        eq(roomMeasures.measure, measure),
        eq(roomMeasures.state, 'inForce'),
        or(isNull(roomMeasures.endsAt), gt(roomMeasures.endsAt, work.now)),
      ),
    )
    .limit(1)
  return row
}

async function write(
  app: App,
  work: Work,
  hand: Hand,
  shopId: ShopId,
  ask: MeasureAsk,
  userId: UserId | null,
  endsAt: Row['endsAt'] = null,
): Promise<MeasureId> {
  const id = newId('Measure')
  await work.db.insert(roomMeasures).values({
    id,
    shopId,
    sessionId: ask.sessionId,
    measure: ask.measure,
    chatId: ask.measure === 'slow' ? null : ask.chatId,
    userId,
    pace: ask.measure === 'slow' ? ask.pace : null,
    reason: ask.reason,
    words: ask.words,
    side: hand.side,
    actorId: hand.userId,
    at: work.now,
    endsAt,
    state: 'inForce',
    appeal: 'none',
    appealWords: '',
  })
  if (ask.measure === 'block' && userId)
    // a ticket that was given out before must not open the room afterwards
    for (const sessionId of await sessionsOnAir(work.db, shopId))
      await work.db
        .delete(roomTickets)
        .where(
          and(
            eq(roomTickets.sessionId, sessionId),
            eq(roomTickets.viewerKey, keyOf(app, sessionId, userId)),
            isNull(roomTickets.redeemedBy),
          ),
        )
  return id
}

const keyOf = (app: App, sessionId: LiveSessionId, userId: UserId): string =>
  viewerKeyOf(app.settings.secret, sessionId, { kind: 'buyer', userId })

/**
 * Takes a measure back; a second time changes nothing. What the park did the park alone takes back. Refuses `notFound` for another shop's, `parksMeasure`.
 */
export async function undoMeasure(app: App, by: Actor, hand: Hand, measureId: MeasureId): Promise<{ undone: true }> {
  await app.work(by, async (work) => {
    const [row] = await work.db.select().from(roomMeasures).where(eq(roomMeasures.id, measureId))
    if (!row || (hand.side === 'shop' && row.shopId !== hand.shopId)) throw refuse('notFound')
    if (hand.side === 'shop' && row.side === 'park') throw refuse('parksMeasure')
    await takeBack(work, row, hand.userId)
  })
  await tellRoom(app, measureId)
  return { undone: true }
}

async function takeBack(work: Work, row: Row, userId: UserId): Promise<void> {
  const hidden = row.measure === 'hide' ? row.chatId : null
  // two who take back at once must not each leave the chat to the other
  if (hidden) await work.db.select({ id: chats.id }).from(chats).where(eq(chats.id, hidden)).for('update')
  if (!(await tryAdvance(work, roomMeasures, row.id, measureFlow, 'undo', { undoneAt: work.now, undoneBy: userId }))) return
  if (hidden && (await hiddenBy(work, hidden)).length === 0) await tryAdvance(work, chats, hidden, chatFlow, 'restore')
  await work.tell('room.measured', { measureId: row.id, sessionId: row.sessionId })
}

/** Somebody asks the park whether what keeps them silent or out is right; once. Refuses `notFound` for what is not about them, `notNow`. */
export async function appeal(app: App, by: Actor, userId: UserId, measureId: MeasureId, words: string): Promise<{ appeal: 'asked' }> {
  await app.work(by, async (work) => {
    const [row] = await work.db
      .select()
      .from(roomMeasures)
      .where(and(eq(roomMeasures.id, measureId), eq(roomMeasures.userId, userId)))
    if (!row) throw refuse('notFound')
    const moved = await work.db
      .update(roomMeasures)
      .set({ appeal: appealFlow.next('none', 'appeal') ?? 'asked', appealWords: words, appealedAt: work.now })
      .where(and(eq(roomMeasures.id, measureId), eq(roomMeasures.appeal, 'none'), eq(roomMeasures.state, 'inForce')))
    if (matched(moved) === 1) await work.tell('room.appealed', { measureId, shopId: row.shopId })
    else if (row.appeal !== 'asked') throw refuse('notNow')
  })
  return { appeal: 'asked' }
}

/** The park decides an appeal: the measure is taken back or stays. Refuses `notFound`, `ownMeasure` for whoever did it, `stale`. */
export async function decideAppeal(
  app: App,
  by: Actor,
  userId: UserId,
  measureId: MeasureId,
  verdict: 'grant' | 'uphold',
): Promise<{ appeal: 'granted' | 'upheld' }> {
  const to = verdict === 'grant' ? 'granted' : 'upheld'
  await app.work(by, async (work) => {
    const [row] = await work.db.select().from(roomMeasures).where(eq(roomMeasures.id, measureId))
    if (!row) throw refuse('notFound')
    if (row.side === 'park' && row.actorId === userId) throw refuse('ownMeasure')
    const moved = await work.db
      .update(roomMeasures)
      .set({ appeal: to, appealEndedAt: work.now, appealEndedBy: userId })
      .where(and(eq(roomMeasures.id, measureId), eq(roomMeasures.appeal, 'asked')))
    if (matched(moved) === 0) throw refuse('stale')
    if (verdict === 'grant') await takeBack(work, row, userId)
  })
  await tellRoom(app, measureId)
  return { appeal: to }
}

/** Lets the sockets know how things stand after a measure was taken or taken back; safe to repeat. */
export async function tellRoom(app: App, measureId: MeasureId): Promise<void> {
  const [row] = await app.read.select().from(roomMeasures).where(eq(roomMeasures.id, measureId))
  if (!row) return
  const { sessionId, shopId, chatId, userId } = row
  if (row.measure === 'slow') return spread(app, sessionId, { type: 'pace', seconds: await paceOf(app.read, sessionId) })
  if (row.measure === 'hide' && chatId) {
    const [chat] = await app.read.select().from(chats).where(eq(chats.id, chatId))
    if (chat?.state === 'hidden') return spread(app, sessionId, { type: 'gone', chatId })
    const [line] = chat?.state === 'shown' ? await chatLines(app, [chat]) : []
    if (line) await spread(app, sessionId, { type: 'chat', chat: line })
  }
  if (row.measure !== 'block' || !userId) return
  for (const id of await sessionsOnAir(app.read, shopId)) {
    const viewerKey = keyOf(app, id, userId)
    await spread(app, id, row.state === 'inForce' ? { type: 'cut', viewerKey } : { type: 'letIn', viewerKey })
  }
}
