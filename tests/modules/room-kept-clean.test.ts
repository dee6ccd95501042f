/** Farmer and park keep a room clean: words hidden, people silenced or kept out, a pace set; each with a reason, a name, a way back and an appeal. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tellRoom } from '../../server/modules/room/measure.ts'
import type { ChatId, LiveSessionId } from '../../shared/ids.ts'
import { MINUTE, SECOND } from '../../shared/time.ts'
import { type Farmer, onAir, watch } from '../kit/broadcast.ts'
import { type House, type Person, refusalFrom, startHouse, until } from '../kit/house.ts'

let house: House
let farmer: Farmer
let rival: Farmer
let patrol: Person
let second: Person
let sessionId: LiveSessionId
let said = 0
beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  rival = await house.farmer()
  patrol = await house.staff('patrol')
  second = await house.staff('patrol')
  sessionId = await onAir(house, farmer)
})
afterAll(() => house.stop())

const clientId = () => `tap-${String(++said).padStart(8, '0')}`
const say = async (who: Person, text: string, in_ = sessionId) => {
  house.clock.advance(3 * SECOND)
  return (await who.trpc.buyer.room.say.mutate({ sessionId: in_, clientId: clientId(), text })).chat
}
const one = (chatId: ChatId) => ({ shopId: farmer.shopId, sessionId, chatId })
const recent = async (who: Person, in_ = sessionId) => (await who.trpc.buyer.room.recent.query({ sessionId: in_ })).chats.map((c) => c.text)

describe('a chat that is hidden', () => {
  test('is gone from every phone at once, also its author’s, and comes back when that is undone', async () => {
    const author = await house.buyer('说话的人')
    const viewer = await watch(house, sessionId)
    const chat = await say(author, '这家是骗子')
    await until(() => viewer.of('chat').some((m) => m.chat.id === chat.id))
    const { measureId } = await farmer.trpc.shop.room.hide.mutate({ ...one(chat.id), reason: 'abuse' })
    await until(() => viewer.of('gone').some((m) => m.chatId === chat.id))
    expect(await recent(author)).not.toContain('这家是骗子')
    const late = await watch(house, sessionId)
    expect(late.snapshot?.chats.map((c) => c.id)).not.toContain(chat.id)
    expect(await farmer.trpc.shop.room.hide.mutate({ ...one(chat.id), reason: 'abuse' })).toEqual({ measureId })
    await farmer.trpc.shop.room.undo.mutate({ shopId: farmer.shopId, measureId })
    await until(() => viewer.of('chat').filter((m) => m.chat.id === chat.id).length === 2)
    await farmer.trpc.shop.room.undo.mutate({ shopId: farmer.shopId, measureId })
    expect(await recent(author)).toContain('这家是骗子')
    expect(viewer.breaks).toEqual([])
    for (const v of [viewer, late]) v.leave()
  })

  test('is told again by the delivery when we died between writing it and saying it', async () => {
    const author = await house.buyer()
    const chat = await say(author, '去隔壁家买')
    const viewer = await watch(house, sessionId)
    const { measureId } = await farmer.trpc.shop.room.hide.mutate({ ...one(chat.id), reason: 'advert' })
    await until(() => viewer.of('gone').length === 1)
    await tellRoom(house.app, measureId)
    await until(() => viewer.of('gone').length === 2)
    viewer.leave()
  })

  test('by the shop and then by the park comes back only when the park says so', async () => {
    const author = await house.buyer()
    const chat = await say(author, '隔壁便宜')
    const shops = await farmer.trpc.shop.room.hide.mutate({ ...one(chat.id), reason: 'advert' })
    const parks = await patrol.trpc.park.room.hide.mutate({ sessionId, chatId: chat.id, reason: 'privacy' })
    expect(parks.measureId).not.toBe(shops.measureId)
    const stateOf = async () =>
      (await farmer.trpc.shop.room.chats.query({ shopId: farmer.shopId, sessionId })).rows.find((c) => c.id === chat.id)?.state
    await farmer.trpc.shop.room.undo.mutate({ shopId: farmer.shopId, measureId: shops.measureId })
    expect(await stateOf()).toBe('hidden')
    await patrol.trpc.park.room.undo.mutate({ measureId: parks.measureId })
    expect(await stateOf()).toBe('shown')
  })

  test('stands in the book with who, why and what was said, for the shop and the park', async () => {
    const author = await house.buyer('广告员')
    const chat = await say(author, '隔壁家便宜一半')
    const other = { ...one(chat.id), reason: 'other' as const }
    expect((await refusalFrom(farmer.trpc.shop.room.hide.mutate(other))).fields).toHaveProperty('words')
    await farmer.trpc.shop.room.hide.mutate({ ...other, words: '带人去别处买' })
    const [line] = (await farmer.trpc.shop.room.measures.query({ shopId: farmer.shopId, sessionId })).rows
    expect(line).toMatchObject({
      measure: 'hide',
      words: '带人去别处买',
      chat: '隔壁家便宜一半',
      person: '广告员',
      by: farmer.nickname,
      side: 'shop',
    })
    expect((await patrol.trpc.park.room.measures.query({ sessionId })).rows[0]).toEqual(line)
    const row = (await farmer.trpc.shop.room.chats.query({ shopId: farmer.shopId, sessionId })).rows.find((c) => c.id === chat.id)
    expect(row?.state).toBe('hidden')
  })
})

describe('somebody who is silenced', () => {
  test('speaks again when the time is over, and nowhere else is silent', async () => {
    const loud = await house.buyer('大嗓门')
    const chat = await say(loud, '第一句')
    await farmer.trpc.shop.room.mute.mutate({ ...one(chat.id), span: 'ten', reason: 'spam' })
    const refused = await refusalFrom(say(loud, '第二句'))
    expect(refused).toMatchObject({ code: 'muted' })
    expect(refused.words).toContain('刷屏')
    const elsewhere = await onAir(house, rival)
    await say(loud, '这里可以说', elsewhere)
    house.clock.advance(10 * MINUTE)
    await say(loud, '又能说了')
    expect(await loud.trpc.buyer.room.standing.query({ sessionId })).toBeNull()
  })

  test('twice is silenced once, for as long as was said last, whoever of the shop says it at once', async () => {
    const loud = await house.buyer()
    const chat = await say(loud, '吵')
    const helper = await house.member(farmer.shopId, 'assistant')
    const both = await Promise.all(
      [farmer, helper].map((who) => who.trpc.shop.room.mute.mutate({ ...one(chat.id), span: 'ten', reason: 'spam' })),
    )
    expect(new Set(both.map((b) => b.measureId)).size).toBe(1)
    await farmer.trpc.shop.room.mute.mutate({ ...one(chat.id), span: 'session', reason: 'spam' })
    house.clock.advance(2 * 60 * MINUTE)
    expect((await refusalFrom(say(loud, '还在吵'))).code).toBe('muted')
    await farmer.trpc.shop.room.undo.mutate({ shopId: farmer.shopId, measureId: both[0]!.measureId })
    await say(loud, '好好说')
  })

  test('again after the time was over is in the book twice, each time with its own reason', async () => {
    const loud = await house.buyer()
    const chat = await say(loud, '先是刷屏')
    const mute = (reason: 'spam' | 'abuse') => farmer.trpc.shop.room.mute.mutate({ ...one(chat.id), span: 'ten' as const, reason })
    const first = await mute('spam')
    house.clock.advance(10 * MINUTE)
    const second = await mute('abuse')
    expect(second.measureId).not.toBe(first.measureId)
    const book = (await farmer.trpc.shop.room.measures.query({ shopId: farmer.shopId, sessionId })).rows
    expect(book.find((m) => m.id === first.measureId)?.reason).toBe('spam')
    expect(book.find((m) => m.id === second.measureId)?.reason).toBe('abuse')
    expect((await refusalFrom(say(loud, '又来'))).code).toBe('muted')
  })

  test('by the park is not freed by the shop', async () => {
    const loud = await house.buyer()
    const chat = await say(loud, '违规的话')
    const { measureId } = await patrol.trpc.park.room.mute.mutate({ sessionId, chatId: chat.id, span: 'hour', reason: 'falseClaim' })
    expect((await refusalFrom(farmer.trpc.shop.room.undo.mutate({ shopId: farmer.shopId, measureId }))).code).toBe('parksMeasure')
    await patrol.trpc.park.room.undo.mutate({ measureId })
    await say(loud, '改好了')
  })

  test('may ask the park once, and somebody else than who did it decides', async () => {
    const loud = await house.buyer('被禁言的人')
    const chat = await say(loud, '茶真香')
    const { measureId } = await patrol.trpc.park.room.mute.mutate({ sessionId, chatId: chat.id, span: 'session', reason: 'abuse' })
    const standing = await loud.trpc.buyer.room.standing.query({ sessionId })
    expect(standing).toMatchObject({ measureId, measure: 'mute', reason: '辱骂攻击', appeal: 'none' })
    const stranger = await house.buyer()
    expect((await refusalFrom(stranger.trpc.buyer.room.appeal.mutate({ measureId, words: '放了他' }))).code).toBe('notFound')
    for (let i = 0; i < 2; i++) await loud.trpc.buyer.room.appeal.mutate({ measureId, words: '我只是说茶香' })
    const [open] = (await second.trpc.park.room.appeals.query()).filter((a) => a.id === measureId)
    expect(open).toMatchObject({ appealWords: '我只是说茶香', chat: '茶真香', by: patrol.nickname })
    const decide = (who: Person) => who.trpc.park.room.decideAppeal.mutate({ measureId, verdict: 'grant' })
    expect((await refusalFrom(decide(patrol))).code).toBe('ownMeasure')
    await decide(second)
    expect((await refusalFrom(decide(second))).code).toBe('stale')
    await say(loud, '谢谢')
    expect((await refusalFrom(loud.trpc.buyer.room.appeal.mutate({ measureId, words: '再来一次' }))).code).toBe('notNow')
  })
})

describe('somebody who is kept out', () => {
  test('loses the socket within two seconds, gets no ticket, and an old ticket opens nothing', async () => {
    const bad = await house.buyer('捣乱的人')
    const socket = await watch(house, sessionId, { as: bad })
    const chat = await say(bad, '大家别买')
    const old = await bad.trpc.buyer.room.ticket.mutate({ sessionId })
    const from = performance.now()
    const { measureId } = await farmer.trpc.shop.room.block.mutate({ ...one(chat.id), reason: 'abuse' })
    await until(() => socket.closed !== null, 2_000)
    expect(socket.closed).toBe(4003)
    expect(performance.now() - from).toBeLessThan(2_000)
    await expect(watch(house, sessionId, { path: old.path })).rejects.toThrow('refused: 401')
    expect((await refusalFrom(bad.trpc.buyer.room.ticket.mutate({ sessionId }))).code).toBe('blocked')
    expect((await refusalFrom(say(bad, '换个说法'))).code).toBe('blocked')
    await farmer.trpc.shop.room.undo.mutate({ shopId: farmer.shopId, measureId })
    const back = await watch(house, sessionId, { as: bad })
    await say(bad, '我回来了')
    back.leave()
  })

  test('is kept out of the shop’s next broadcast too, and of no other shop’s', async () => {
    const bad = await house.buyer()
    const chat = await say(bad, '胡说')
    await farmer.trpc.shop.room.block.mutate({ ...one(chat.id), reason: 'abuse' })
    const next = await onAir(house, farmer)
    expect((await refusalFrom(bad.trpc.buyer.room.ticket.mutate({ sessionId: next }))).code).toBe('blocked')
    const elsewhere = await watch(house, await onAir(house, rival), { as: bad })
    elsewhere.leave()
  })
})

describe('the room’s pace', () => {
  test('is kept by everyone but the shop, is told to all, and goes back when it is undone', async () => {
    const viewer = await watch(house, sessionId)
    expect(viewer.snapshot?.pace).toBe(2)
    const { measureId } = await farmer.trpc.shop.room.slow.mutate({ shopId: farmer.shopId, sessionId, pace: 30, reason: 'spam' })
    await until(() => viewer.of('pace').at(-1)?.seconds === 30)
    const talker = await house.buyer()
    await say(talker, '一')
    expect((await refusalFrom(say(talker, '二'))).words).toContain('30')
    for (const text of ['欢迎', '看茶'])
      await farmer.trpc.shop.room.say
        .mutate({ shopId: farmer.shopId, sessionId, clientId: clientId(), text })
        .then(() => house.clock.advance(3 * SECOND))
    const late = await watch(house, sessionId)
    expect(late.snapshot?.pace).toBe(30)
    await farmer.trpc.shop.room.undo.mutate({ shopId: farmer.shopId, measureId })
    await until(() => viewer.of('pace').at(-1)?.seconds === 2)
    await say(talker, '三')
    for (const v of [viewer, late]) v.leave()
  })

  test('stops the same words of one person said again and again', async () => {
    const talker = await house.buyer()
    await say(talker, '主播看我！')
    expect((await refusalFrom(say(talker, ' 主播，看我… '))).code).toBe('saidAlready')
    await say(talker, '这款多少钱')
    house.clock.advance(30 * SECOND)
    await say(talker, '主播看我！')
  })
})

describe('more words than anyone can read', () => {
  test('are sampled for viewers and counted, and the desk reads them all', async () => {
    const own = await startHouse({ settings: { chatsPerSecond: 5 } })
    try {
      const host = await own.farmer()
      const busy = await onAir(own, host)
      const viewer = await watch(own, busy)
      const people = await Promise.all(Array.from({ length: 40 }, (_, i) => own.buyer(`茶友${i}`)))
      await Promise.all(
        people.map((who, i) => who.trpc.buyer.room.say.mutate({ sessionId: busy, clientId: clientId(), text: `我要第 ${i} 款` })),
      )
      await host.trpc.shop.room.say.mutate({ shopId: host.shopId, sessionId: busy, clientId: clientId(), text: '都看到了' })
      await until(() => viewer.of('unsent').reduce((sum, m) => sum + m.count, 0) === 25, 5_000)
      // three seconds' worth of buyers' words, and the shop's own in any case
      expect(viewer.of('chat').filter((m) => m.chat.by === 'buyer')).toHaveLength(15)
      expect(viewer.of('chat').some((m) => m.chat.text === '都看到了')).toBe(true)
      expect(viewer.breaks).toEqual([])
      expect((await host.trpc.shop.room.chats.query({ shopId: host.shopId, sessionId: busy, limit: 100 })).rows).toHaveLength(41)
      viewer.leave()
    } finally {
      await own.stop()
    }
  })
})

describe('the patrol', () => {
  test('is told where chats are kept back, for ten minutes', async () => {
    const noisy = await onAir(house, farmer)
    for (const text of ['加薇信低价', '加我微信有惊喜']) await say(await house.buyer(), text, noisy)
    const held = async () => (await patrol.trpc.park.room.alarms.query()).find((a) => a.sessionId === noisy)?.held
    expect(await held()).toBe(2)
    const rows = (await patrol.trpc.park.room.chats.query({ sessionId: noisy })).rows
    expect(rows.map((c) => c.state)).toEqual(['held', 'held'])
    house.clock.advance(10 * MINUTE)
    expect(await held()).toBeUndefined()
    expect((await refusalFrom(farmer.trpc.park.room.alarms.query())).code).toBe('notFound')
  })
})

describe('the desk of another shop, and people without the duty', () => {
  test('find nothing', async () => {
    const author = await house.buyer()
    const chat = await say(author, '普通的话')
    const at = { shopId: rival.shopId, sessionId, chatId: chat.id, reason: 'abuse' as const }
    const { measureId } = await farmer.trpc.shop.room.hide.mutate({ ...one(chat.id), reason: 'abuse' })
    const clerk = await house.member(farmer.shopId, 'clerk')
    for (const call of [
      () => rival.trpc.shop.room.hide.mutate(at),
      () => rival.trpc.shop.room.block.mutate(at),
      () => rival.trpc.shop.room.slow.mutate({ shopId: rival.shopId, sessionId, pace: 60, reason: 'spam' }),
      () => rival.trpc.shop.room.chats.query({ shopId: rival.shopId, sessionId }),
      () => rival.trpc.shop.room.measures.query({ shopId: rival.shopId, sessionId }),
      () => rival.trpc.shop.room.undo.mutate({ shopId: rival.shopId, measureId }),
      () => author.trpc.park.room.appeals.query(),
    ])
      expect((await refusalFrom(call())).code).toBe('notFound')
    expect((await refusalFrom(clerk.trpc.shop.room.undo.mutate({ shopId: farmer.shopId, measureId }))).status).toBeGreaterThanOrEqual(403)
    // a chat of one room cannot be named in another
    const other = await onAir(house, farmer)
    expect((await refusalFrom(farmer.trpc.shop.room.hide.mutate({ ...one(chat.id), sessionId: other, reason: 'abuse' }))).code).toBe(
      'notFound',
    )
  })
})
