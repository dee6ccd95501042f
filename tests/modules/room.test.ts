import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket, { WebSocketServer } from 'ws'
import { type RoomNews, spread } from '../../server/modules/room/news.ts'
import { Viewer } from '../../server/modules/room/viewer.ts'
import { textFrame } from '../../server/modules/room/wire.ts'
import { runDueJobs } from '../../server/platform/jobs.ts'
import { startApi } from '../../server/roles/api.ts'
import type { BagItemId, ChatId, LiveSessionId } from '../../shared/ids.ts'
import { fen } from '../../shared/money.ts'
import type { ChatLine } from '../../shared/room/feed.ts'
import { DAY, instant, SECOND } from '../../shared/time.ts'
import { announced, type Farmer, onAir, pushes, stopsPushing, tea, type Watcher, watch } from '../kit/broadcast.ts'
import { clientOf, type House, type Person, refusalFrom, startHouse, until } from '../kit/house.ts'

let house: House
let farmer: Farmer
let stranger: Farmer
let said = 0

beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  stranger = await house.farmer()
})
afterAll(() => house.stop())

const clientId = () => `tap-${String(++said).padStart(8, '0')}`
const say = (who: Person, sessionId: LiveSessionId, text: string, id = clientId()) =>
  who.trpc.buyer.room.say.mutate({ sessionId, clientId: id, text })
/** A chat as another node would have put it on the bus. */
const chat = (n: number, text = `第 ${n} 句`): ChatLine => ({
  id: `cht_${String(n).padStart(26, '0')}` as ChatId,
  nickname: '茶友',
  text,
  at: house.clock.now(),
  by: 'buyer',
  userKey: 'k',
})
const tell = (sessionId: LiveSessionId, news: RoomNews) => spread(house.app, sessionId, news)
const numbers = (w: Watcher) => w.of('chat').map((m) => Number(m.chat.id.slice(4)))

describe('the feed', () => {
  test('two hundred viewers, coming while it is said, get the same row of messages, none missing and none twice', async () => {
    const sessionId = await onAir(house, farmer)
    let n = 0
    let talking = true
    const talk = (async () => {
      while (talking) {
        for (let i = 0; i < 3; i++) await tell(sessionId, { type: 'chat', chat: chat(++n) })
        // a slow machine takes long to let everyone in: what is said meanwhile must not grow into what cuts slow viewers
        await new Promise((done) => setTimeout(done, n < 300 ? 5 : 60))
      }
    })()
    const viewers: Watcher[] = []
    for (let i = 0; i < 10; i++) viewers.push(...(await Promise.all(Array.from({ length: 20 }, () => watch(house, sessionId)))))
    talking = false
    await talk
    // who came last may have the last message from the snapshot
    const shown = (v: Watcher) => [...(v.snapshot?.chats ?? []).map((c) => Number(c.id.slice(4))), ...numbers(v)]
    await until(() => viewers.every((v) => shown(v).at(-1) === n), 10_000)
    const last = new Set(viewers.map((v) => v.seq))
    expect(last.size).toBe(1)
    for (const v of viewers) {
      expect(v.breaks).toEqual([])
      // what the snapshot showed and what came after join without a gap or an overlap
      const had = shown(v)
      expect(had).toEqual(Array.from({ length: had.length }, (_, i) => n - had.length + 1 + i))
    }
    expect(n).toBeGreaterThan(100)
    for (const v of viewers) v.leave()
  }, 60_000)

  test('who is cut and comes back gets exactly what was missed', async () => {
    const sessionId = await onAir(house, farmer)
    const stays = await watch(house, sessionId)
    const cut = await watch(house, sessionId)
    for (let i = 1; i <= 10; i++) await tell(sessionId, { type: 'chat', chat: chat(i) })
    await until(() => numbers(cut).length === 10)
    cut.leave()
    for (let i = 11; i <= 400; i++) await tell(sessionId, { type: 'chat', chat: chat(i) })
    await until(() => numbers(stays).length === 400)
    const back = await watch(house, sessionId, { since: cut.seq })
    await until(() => numbers(back).length === 390)
    expect(back.snapshot).toBeNull()
    expect(back.breaks).toEqual([])
    expect([...numbers(cut), ...numbers(back)]).toEqual(Array.from({ length: 400 }, (_, i) => i + 1))
    const again = await watch(house, sessionId, { since: back.seq })
    await tell(sessionId, { type: 'chat', chat: chat(401) })
    await until(() => numbers(again).length === 1)
    expect(again.snapshot).toBeNull()
    expect(again.breaks).toEqual([])
    for (const v of [stays, back, again]) v.leave()
  })

  test('who was away for too long, or brings a number that is none, gets the room as it is', async () => {
    const sessionId = await onAir(house, farmer)
    const stays = await watch(house, sessionId)
    const { seq } = stays
    for (let i = 1; i <= 600; i++) await tell(sessionId, { type: 'chat', chat: chat(i) })
    await until(() => numbers(stays).length === 600)
    for (const since of [seq, 0, 1, stays.seq + 1, 9e15]) {
      const back = await watch(house, sessionId, { since })
      expect(back.snapshot?.chats.map((c) => c.id)).toEqual(Array.from({ length: 30 }, (_, i) => chat(571 + i).id))
      expect(back.seq).toBe(stays.seq)
      back.leave()
    }
    stays.leave()
  })

  test('the same chat from the bus twice is one message', async () => {
    const sessionId = await onAir(house, farmer)
    const viewer = await watch(house, sessionId)
    await tell(sessionId, { type: 'chat', chat: chat(1) })
    await tell(sessionId, { type: 'chat', chat: chat(1) })
    await tell(sessionId, { type: 'chat', chat: chat(2) })
    await until(() => numbers(viewer).includes(2))
    expect(numbers(viewer)).toEqual([1, 2])
    viewer.leave()
  })

  test('what is said together goes down in one frame', async () => {
    const sessionId = await onAir(house, farmer)
    const viewer = await watch(house, sessionId)
    const before = viewer.frames.length
    for (let i = 1; i <= 50; i++) await tell(sessionId, { type: 'chat', chat: chat(i) })
    await until(() => numbers(viewer).length === 50)
    expect(viewer.frames.length - before).toBeLessThanOrEqual(3)
    viewer.leave()
  })

  test('a room opened again goes on above its old numbers, also when the clock has stood still', async () => {
    const own = await startHouse()
    const theirs = await own.farmer()
    const sessionId = await onAir(own, theirs)
    const first = await watch(own, sessionId)
    for (let i = 1; i <= 5; i++) await spread(own.app, sessionId, { type: 'chat', chat: chat(i) })
    await until(() => numbers(first).length === 5)
    await own.api.stop()
    await until(() => first.closed !== null)
    own.api = await startApi(own.app)
    own.origin = `http://127.0.0.1:${own.api.port}`
    own.app.settings.http.publicOrigin = own.origin
    own.guest = clientOf(own.origin, null)
    const back = await watch(own, sessionId, { since: first.seq - 1 })
    expect(back.snapshot).not.toBeNull()
    expect(back.seq).toBeGreaterThan(first.seq)
    back.leave()
    await own.api.stop()
    await own.stop()
  })
})

describe('what the room is told of', () => {
  test('pins go to everyone at once, count up, and are in the snapshot of whoever comes later', async () => {
    const [a, b] = [await tea(house, farmer.shopId), await tea(house, farmer.shopId)]
    const sessionId = await onAir(house, farmer, [a.listingId, b.listingId])
    const bag = await house.guest.buyer.live.bag.query({ sessionId })
    const [one, two] = bag.map((i) => i.id) as [BagItemId, BagItemId]
    const viewer = await watch(house, sessionId)
    const pin = (bagItemId: BagItemId | null) => farmer.trpc.shop.room.pin.mutate({ shopId: farmer.shopId, sessionId, bagItemId })
    expect(await pin(one)).toEqual({ pinned: one, seq: 1 })
    await until(() => viewer.of('pin').length === 1)
    expect(await pin(one)).toEqual({ pinned: one, seq: 1 })
    expect(await pin(two)).toEqual({ pinned: two, seq: 2 })
    // the event tells it a second time; the count makes that nothing
    await house.deliver()
    expect(await pin(null)).toEqual({ pinned: null, seq: 3 })
    expect(await pin(two)).toEqual({ pinned: two, seq: 4 })
    await until(() => viewer.of('pin').length >= 4)
    await house.deliver()
    expect(viewer.of('pin').map((p) => [p.bagItemId, p.seq])).toEqual([
      [one, 1],
      [two, 2],
      [null, 3],
      [two, 4],
    ])
    const later = await watch(house, sessionId)
    expect(later.snapshot?.pinned).toBe(two)
    expect((await house.guest.buyer.live.session.query({ sessionId })).pinned).toBe(two)
    await farmer.trpc.shop.live.removeFromBag.mutate({ shopId: farmer.shopId, sessionId, bagItemId: two })
    await house.deliver()
    await until(() => later.of('pin').length === 1 && later.of('bag').length === 1)
    expect(later.of('pin')[0]).toMatchObject({ bagItemId: null, seq: 5 })
    for (const v of [viewer, later]) v.leave()
  })

  test('a pin is refused before the broadcast, after it, for an item of another session, and to anyone who is not on the set', async () => {
    const { listingId } = await tea(house, farmer.shopId)
    const early = await announced(house, farmer)
    const [item] = await farmer.trpc.shop.live.addToBag.mutate({ shopId: farmer.shopId, sessionId: early, listingIds: [listingId] })
    const bagItemId = item?.id as BagItemId
    const pin = (who: Farmer | Person, sessionId: LiveSessionId, shopId = farmer.shopId) =>
      refusalFrom(who.trpc.shop.room.pin.mutate({ shopId, sessionId, bagItemId })).then((r) => r.code)
    expect(await pin(farmer, early)).toBe('notNow')
    const other = await onAir(house, farmer)
    expect(await pin(farmer, other)).toBe('notFound')
    await pushes(house, early)
    expect(await pin(stranger, early, stranger.shopId)).toBe('notFound')
    expect(await pin(await house.member(farmer.shopId, 'clerk'), early)).toBe('roleNeeded')
    expect(await pin(await house.buyer(), early)).toBe('notFound')
    await farmer.trpc.shop.live.end.mutate({ shopId: farmer.shopId, sessionId: early })
    expect(await pin(farmer, early)).toBe('notNow')
  })

  test('the state, the stock and who bought, each as it is in the database', async () => {
    const { listingId, skuId } = await tea(house, farmer.shopId, { stock: 3 })
    const sessionId = await onAir(house, farmer, [listingId])
    const buyer = await house.buyer('李爱茶')
    const viewer = await watch(house, sessionId)
    expect(viewer.snapshot).toMatchObject({ state: 'live', stock: [{ skuId, left: 3 }] })
    await stopsPushing(house, sessionId)
    await house.deliver()
    await until(() => viewer.of('state').length === 1)
    await pushes(house, sessionId, 'push-2')
    await house.deliver()
    await until(() => viewer.of('state').length === 2)
    await tell(sessionId, { type: 'state' })
    await farmer.trpc.shop.catalogue.changeStock.mutate({ shopId: farmer.shopId, skuId, delta: -3, key: 'k'.repeat(20), reason: '盘点' })
    await house.deliver()
    await until(() => viewer.of('stock').length === 1)
    expect(viewer.of('stock')).toEqual([{ type: 'stock', skuId, left: 0 }])
    await house.app.work({ kind: 'clock', job: 'tests' }, (work) =>
      work.tell('order.paid', {
        orderId: `ord_${'7'.repeat(26)}` as never,
        buyerId: buyer.userId,
        totalFen: fen(16_800),
        skuIds: [skuId],
        subOrders: [],
        liveSessionId: sessionId,
      }),
    )
    await house.deliver()
    const bought = (await until(() => viewer.of('bought')[0])) as { nickname: string }
    expect(bought.nickname).toBe('李**')
    expect(JSON.stringify(viewer.frames)).not.toContain('爱茶')
    await farmer.trpc.shop.catalogue.takeOff.mutate({ shopId: farmer.shopId, listingId })
    await house.deliver()
    await until(() => viewer.of('bag').length === 1)
    await farmer.trpc.shop.live.end.mutate({ shopId: farmer.shopId, sessionId })
    await house.deliver()
    await until(() => viewer.of('state').at(-1)?.state === 'ended')
    // knocked once more while nothing had changed, nobody was told
    expect(viewer.of('state').map((s) => s.state)).toEqual(['interrupted', 'live', 'ended'])
    expect(viewer.breaks).toEqual([])
    viewer.leave()
  })

  test('viewers are counted truly: by person, not by socket; desks not at all; and for thirty seconds after they left', async () => {
    const sessionId = await onAir(house, farmer)
    const buyer = await house.buyer()
    const guest = await watch(house, sessionId)
    const twice = [await watch(house, sessionId, { as: buyer }), await watch(house, sessionId, { as: buyer })]
    const { path } = await farmer.trpc.shop.room.ticket.mutate({ shopId: farmer.shopId, sessionId })
    const desk = await watch(house, sessionId, { path })
    const count = () => desk.of('viewers').at(-1)?.count ?? desk.snapshot?.viewers
    await until(() => count() === 2)
    guest.leave()
    await until(() => guest.closed !== null)
    // the phone brings its key back and is the same viewer
    const back = await watch(house, sessionId, { viewerKey: guest.viewerKey })
    expect(back.viewerKey).toBe(guest.viewerKey)
    back.leave()
    for (const v of twice) v.leave()
    await until(() => [back, ...twice].every((v) => v.closed !== null))
    const figures = async () => (await farmer.trpc.shop.live.desk.query({ shopId: farmer.shopId, sessionId })).figures.viewers
    house.clock.advance(29 * SECOND)
    const fourth = await watch(house, sessionId)
    await until(() => count() === 3)
    await until(async () => (await figures()) === 3)
    house.clock.advance(2 * SECOND)
    await until(() => count() === 1)
    fourth.leave()
    await until(() => fourth.closed !== null)
    house.clock.advance(30 * SECOND)
    await until(() => count() === 0)
    await until(async () => (await figures()) === 0)
    desk.leave()
  })

  test('likes are summed and told, and more than a thumb can do are not counted', async () => {
    const sessionId = await onAir(house, farmer)
    const viewer = await watch(house, sessionId)
    const [one, two] = [await house.buyer(), await house.buyer()]
    const like = (who: Person, count: number) => who.trpc.buyer.room.like.mutate({ sessionId, count })
    await Promise.all([like(one, 30), like(two, 12)])
    await until(() => viewer.of('likes').at(-1)?.total === 42)
    for (let i = 0; i < 10; i++) await like(one, 50)
    await until(() => viewer.of('likes').at(-1)?.total === 112)
    expect((await refusalFrom(like(one, 51))).code).toBe('badInput')
    expect((await refusalFrom(like(one, 0))).code).toBe('badInput')
    const late = await watch(house, sessionId)
    expect(late.snapshot?.likes).toBe(112)
    for (const v of [viewer, late]) v.leave()
  })
})

describe('talk', () => {
  test('reaches everyone in the order of the server, under a key that tells people apart without naming them', async () => {
    const sessionId = await onAir(house, farmer)
    const [a, b] = [await house.buyer('茶友甲'), await house.buyer('茶友乙')]
    const viewer = await watch(house, sessionId)
    const first = await say(a, sessionId, '这饼是哪年的？')
    const second = await say(b, sessionId, '多少钱一饼')
    house.clock.advance(2 * SECOND)
    const third = await say(a, sessionId, '谢谢')
    await until(() => viewer.of('chat').length === 3)
    expect(viewer.of('chat').map((m) => m.chat)).toEqual([first.chat, second.chat, third.chat])
    expect(first.chat.userKey).toBe(third.chat.userKey)
    expect(first.chat.userKey).not.toBe(second.chat.userKey)
    expect(JSON.stringify(viewer.frames)).not.toContain(a.userId)
    expect((await house.guest.buyer.room.recent.query({ sessionId })).chats).toEqual([first.chat, second.chat, third.chat])
    const late = await watch(house, sessionId)
    expect(late.snapshot?.chats).toEqual([first.chat, second.chat, third.chat])
    for (const v of [viewer, late]) v.leave()
  })

  test('is one chat in two seconds per person, also when twenty come at once', async () => {
    const sessionId = await onAir(house, farmer)
    const buyer = await house.buyer()
    const tried = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => say(buyer, sessionId, `第 ${i} 句`)))
    expect(tried.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
    const refused = await refusalFrom(say(buyer, sessionId, '再说一句'))
    expect([refused.code, refused.status]).toEqual(['tooFast', 429])
    house.clock.advance(1_999)
    expect((await refusalFrom(say(buyer, sessionId, '再说一句'))).code).toBe('tooFast')
    house.clock.advance(1)
    await say(buyer, sessionId, '再说一句')
    const other = await onAir(house, farmer)
    await say(buyer, other, '在另一间说')
    expect((await house.guest.buyer.room.recent.query({ sessionId })).chats).toHaveLength(2)
  })

  test('said again with the same key is the same chat, however often and however close together', async () => {
    const sessionId = await onAir(house, farmer)
    const buyer = await house.buyer()
    const viewer = await watch(house, sessionId)
    const id = clientId()
    const tried = await Promise.all(Array.from({ length: 20 }, () => say(buyer, sessionId, '想要两饼', id)))
    expect(new Set(tried.map((t) => t.chat.id)).size).toBe(1)
    const other = await house.buyer()
    house.clock.advance(2 * SECOND)
    expect((await say(buyer, sessionId, '想要两饼', id)).chat.id).toBe(tried[0]?.chat.id)
    await say(other, sessionId, '我也要', id)
    await until(() => viewer.of('chat').length === 2)
    expect(viewer.of('chat').map((m) => m.chat.text)).toEqual(['想要两饼', '我也要'])
    viewer.leave()
  })

  test('that may not be shown is seen by its sender and by nobody else', async () => {
    const sessionId = await onAir(house, farmer)
    const [seller, reader] = [await house.buyer(), await house.buyer()]
    const viewer = await watch(house, sessionId)
    const held = await say(seller, sessionId, '加微信便宜卖')
    const shown = await say(reader, sessionId, '口感顺滑')
    await until(() => viewer.of('chat').length === 1)
    expect(viewer.of('chat')[0]?.chat).toEqual(shown.chat)
    const recent = async (who: House['guest']) => (await who.buyer.room.recent.query({ sessionId })).chats.map((c) => c.text)
    expect(await recent(seller.trpc)).toEqual([held.chat.text, '口感顺滑'])
    expect(await recent(reader.trpc)).toEqual(['口感顺滑'])
    expect(await recent(house.guest)).toEqual(['口感顺滑'])
    expect((await watch(house, sessionId)).snapshot?.chats).toEqual([shown.chat])
    viewer.leave()
  })

  test('from the set is marked as such, and only of the set of this session', async () => {
    const sessionId = await onAir(house, farmer)
    const viewer = await watch(house, sessionId)
    const assistant = await house.member(farmer.shopId, 'assistant')
    const clerk = await house.member(farmer.shopId, 'clerk')
    const from = (who: Person, shopId = farmer.shopId) =>
      who.trpc.shop.room.say.mutate({ shopId, sessionId, clientId: clientId(), text: '今天 18 点前下单当天发货' })
    expect((await from(assistant)).chat.by).toBe('streamer')
    await until(() => viewer.of('chat')[0]?.chat.by === 'streamer')
    expect((await refusalFrom(from(clerk))).code).toBe('roleNeeded')
    expect((await refusalFrom(from(stranger, stranger.shopId))).code).toBe('notFound')
    const ticket = stranger.trpc.shop.room.ticket.mutate({ shopId: stranger.shopId, sessionId })
    expect((await refusalFrom(ticket)).code).toBe('notFound')
    viewer.leave()
  })

  test('wants somebody signed in, words of one to a hundred characters, and a broadcast', async () => {
    const sessionId = await onAir(house, farmer)
    const buyer = await house.buyer()
    const guest = house.guest.buyer.room.say.mutate({ sessionId, clientId: clientId(), text: '你好' })
    expect((await refusalFrom(guest)).code).toBe('signIn')
    expect((await refusalFrom(say(buyer, sessionId, ''))).code).toBe('badInput')
    expect((await refusalFrom(say(buyer, sessionId, '茶'.repeat(101)))).code).toBe('badInput')
    expect((await refusalFrom(say(buyer, sessionId, '好​茶'))).code).toBe('badInput')
    expect((await refusalFrom(say(buyer, sessionId, '好茶', '短'))).code).toBe('badInput')
    await say(buyer, sessionId, '茶'.repeat(100))
    const none = `liv_${'0'.repeat(26)}` as LiveSessionId
    expect((await refusalFrom(say(buyer, none, '好茶'))).code).toBe('notFound')
    const early = await announced(house, farmer)
    expect((await refusalFrom(say(buyer, early, '好茶'))).code).toBe('notNow')
    await farmer.trpc.shop.live.end.mutate({ shopId: farmer.shopId, sessionId })
    house.clock.advance(2 * SECOND)
    expect((await refusalFrom(say(buyer, sessionId, '好茶'))).code).toBe('sessionOver')
    expect((await refusalFrom(buyer.trpc.buyer.room.like.mutate({ sessionId, count: 1 }))).code).toBe('sessionOver')
  })
})

describe('the door of the socket', () => {
  const refused = (sessionId: LiveSessionId, path: string, origin?: string) =>
    watch(house, sessionId, { path, ...(origin ? { origin } : {}) }).then(
      (w) => {
        w.leave()
        return 'let in'
      },
      (error: Error) => error.message,
    )

  test('opens once for a ticket, within half a minute, for its own session, and not at all without one', async () => {
    const [sessionId, other] = [await onAir(house, farmer), await onAir(house, farmer)]
    const ticket = async () => (await house.guest.buyer.room.ticket.mutate({ sessionId })).path
    const once = await ticket()
    expect(await refused(sessionId, once)).toBe('let in')
    expect(await refused(sessionId, once)).toBe('refused: 401')
    expect(await refused(sessionId, (await ticket()).replace(sessionId, other))).toBe('refused: 401')
    expect(await refused(sessionId, `/room?ticket=${'A'.repeat(22)}`)).toBe('refused: 401')
    expect(await refused(sessionId, '/room')).toBe('refused: 401')
    expect(await refused(sessionId, '/room?ticket=%00&ticket=x')).toBe('refused: 401')
    expect(await refused(sessionId, '/elsewhere')).toBe('refused: 404')
    const old = await ticket()
    house.clock.advance(31 * SECOND)
    expect(await refused(sessionId, old)).toBe('refused: 401')
    const none = house.guest.buyer.room.ticket.mutate({ sessionId: `liv_${'0'.repeat(26)}` as LiveSessionId })
    expect((await refusalFrom(none)).code).toBe('notFound')
  })

  test('lets one in of fifty who come with the same ticket at the same moment', async () => {
    const sessionId = await onAir(house, farmer)
    const { path } = await house.guest.buyer.room.ticket.mutate({ sessionId })
    const tried = await Promise.all(Array.from({ length: 50 }, () => refused(sessionId, path)))
    expect(tried.filter((t) => t === 'let in')).toHaveLength(1)
    expect(tried.filter((t) => t === 'refused: 401')).toHaveLength(49)
  })

  test('a foreign page is refused and does not use the ticket up; our own page and a mini-program are let in', async () => {
    const sessionId = await onAir(house, farmer)
    const ticket = async () => (await house.guest.buyer.room.ticket.mutate({ sessionId })).path
    const path = await ticket()
    for (const origin of ['https://evil.example', 'null', `${house.origin}.evil.example`, 'http://servicewechat.com'])
      expect(await refused(sessionId, path, origin)).toBe('refused: 401')
    expect(await refused(sessionId, path, house.origin)).toBe('let in')
    expect(await refused(sessionId, await ticket(), 'https://servicewechat.com')).toBe('let in')
  })

  test('no ticket stands in the database as it was given', async () => {
    const sessionId = await onAir(house, farmer)
    const { ticket } = await house.guest.buyer.room.ticket.mutate({ sessionId })
    const rows = await house.sql('select * from room_tickets')
    expect(JSON.stringify(rows)).not.toContain(ticket)
    house.clock.advance(DAY)
    await runDueJobs(house.app)
    expect(await house.sql('select * from room_tickets')).toEqual([])
  })
})

describe('what comes up the socket', () => {
  test('a ping is answered, by a frame without messages that leaves the numbers as they are', async () => {
    const sessionId = await onAir(house, farmer)
    const viewer = await watch(house, sessionId)
    const { seq } = viewer
    viewer.ws.send('{"type":"ping"}')
    await until(() => viewer.frames.some((f) => f.messages.length === 0))
    expect(viewer.seq).toBe(seq)
    expect(viewer.breaks).toEqual([])
    viewer.leave()
  })

  test('anything else is passed over twice and ends the third time, and nobody else notices', async () => {
    const sessionId = await onAir(house, farmer)
    const stays = await watch(house, sessionId)
    const deep = '['.repeat(1_500) + ']'.repeat(1_500)
    const nonsense = [
      ['{', '"ping"', 'null'],
      [Buffer.from('{"type":"ping"}'), Buffer.alloc(0), Buffer.alloc(100)],
      ['{"type":"say","text":"x"}', '{"type":"ping","more":1}', '{"type":"ping\\u0000"}'],
      [deep, '{"__proto__":{"type":"ping"}}', '[]'],
      ['{"type":"ping"}', '{"type":"ping"}', '{"type":"ping"}', '{"type":"ping"}'],
    ]
    for (const what of nonsense) {
      const viewer = await watch(house, sessionId)
      for (const one of what.slice(0, -1)) viewer.ws.send(one)
      await tell(sessionId, { type: 'chat', chat: chat(++said) })
      await until(() => viewer.of('chat').length === 1)
      expect(viewer.closed).toBeNull()
      viewer.ws.send(what.at(-1) as string)
      await until(() => viewer.closed !== null)
      expect(viewer.closed).toBe(1008)
    }
    await until(() => stays.of('chat').length === nonsense.length)
    expect(stays.breaks).toEqual([])
    stays.leave()
  })

  test('a frame above four kilobytes ends with 1009, in one piece or in many', async () => {
    const sessionId = await onAir(house, farmer)
    const whole = await watch(house, sessionId)
    whole.ws.send('x'.repeat(4_097))
    await until(() => whole.closed !== null)
    expect(whole.closed).toBe(1009)
    const pieces = await watch(house, sessionId)
    for (let i = 0; i < 5; i++) pieces.ws.send('x'.repeat(1_000), { fin: false })
    await until(() => pieces.closed !== null)
    expect(pieces.closed).toBe(1009)
  })

  test('a compressed bomb cannot be sent, for compression is not agreed', async () => {
    const sessionId = await onAir(house, farmer)
    const { path } = await house.guest.buyer.room.ticket.mutate({ sessionId })
    const ws = new WebSocket(`${house.origin.replace('http', 'ws')}${path}`, { perMessageDeflate: true })
    await once(ws, 'open')
    expect(ws.extensions).toBe('')
    ws.terminate()
  })
})

describe('a socket that does not keep up', () => {
  test('is cut when a megabyte waits for it, while the others go on', async () => {
    const sessionId = await onAir(house, farmer)
    const [good, stalled] = [await watch(house, sessionId), await watch(house, sessionId)]
    ;(stalled.ws as unknown as { _socket: Duplex })._socket.pause()
    const before = process.memoryUsage().rss
    let n = 0
    // what the kernels on both sides buffer has to be filled first
    while (stalled.closed === null && n < 1_200) {
      for (let i = 0; i < 20; i++) await tell(sessionId, { type: 'chat', chat: chat(++said, 'x'.repeat(20_000)) })
      n += 20
      await until(() => good.of('chat').length === n)
    }
    ;(stalled.ws as unknown as { _socket: Duplex })._socket.resume()
    await until(() => stalled.closed !== null)
    expect(stalled.closed).toBe(1006)
    expect(stalled.of('chat').length).toBeLessThan(n)
    expect(good.breaks).toEqual([])
    expect(process.memoryUsage().rss - before).toBeLessThan(300 << 20)
    good.leave()
  })

  test('is cut when something has waited for five seconds, and not before', async () => {
    const server = createServer()
    const door = new WebSocketServer({ noServer: true, perMessageDeflate: false })
    const entered = new Promise<Viewer>((done) =>
      server.on('upgrade', (request, raw, head) => door.handleUpgrade(request, raw, head, (ws) => done(new Viewer(ws, raw, 'g', null)))),
    )
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as { port: number }).port}`)
    await once(client, 'open')
    ;(client as unknown as { _socket: Duplex })._socket.pause()
    const viewer = await entered
    const cut = () => viewer.ws.readyState !== viewer.ws.OPEN
    const frame = textFrame('x'.repeat(30_000))
    // until the kernels take no more: then what is written waits with us
    let written = 0
    while (viewer.ws.bufferedAmount === 0 && written++ < 2_000) {
      viewer.write(frame, 1)
      await new Promise((done) => setImmediate(done))
    }
    expect(viewer.ws.bufferedAmount).toBeGreaterThan(0)
    const at = house.clock.now()
    viewer.cutIfStuck(at)
    viewer.cutIfStuck(instant(at + 5_000))
    expect(cut()).toBe(false)
    viewer.cutIfStuck(instant(at + 5_001))
    expect(cut()).toBe(true)
    client.terminate()
    server.close()
  })
})

test('a house that stops sends its viewers away to come back, and counts nobody any more', async () => {
  const own = await startHouse()
  const theirs = await own.farmer()
  const sessionId = await onAir(own, theirs)
  const viewers = await Promise.all(Array.from({ length: 5 }, () => watch(own, sessionId)))
  await until(async () => (await own.sql('select 1 from session_totals where viewers = 5'))[0])
  const buyer = await own.buyer()
  await buyer.trpc.buyer.room.like.mutate({ sessionId, count: 7 })
  await own.api.stop()
  await until(() => viewers.every((v) => v.closed !== null))
  expect(viewers.map((v) => v.closed)).toEqual([1012, 1012, 1012, 1012, 1012])
  expect(await own.sql('select viewers, likes from session_totals')).toEqual([{ viewers: 0, likes: 7 }])
  await own.stop()
})

test('frames made by hand are read by the library at every length of their header', async () => {
  const server = createServer()
  const door = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  const texts = [0, 1, 125, 126, 65_535, 65_536, 200_000].map((n) => '茶'.repeat(n / 3) + 'x'.repeat(n % 3))
  server.on('upgrade', (request, raw, head) =>
    door.handleUpgrade(request, raw, head, () => {
      for (const text of texts) raw.write(textFrame(text))
    }),
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as { port: number }).port}`)
  const heard: string[] = []
  client.on('message', (data) => heard.push(String(data)))
  await until(() => heard.length === texts.length)
  expect(heard).toEqual(texts)
  client.terminate()
  server.close()
})
