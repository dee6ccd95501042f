/**
 * The first live sale, through the doors, with the clock in hand: a farmer lists a cake, the park approves, real video comes in by RTMP, a
 * buyer watches and buys in the room, pays over WeChat's wire, the parcel goes out and comes in, and the money is settled.
 */
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishClip } from '../../server/launch/publish-clip.ts'
import { startMedia } from '../../server/roles/media.ts'
import type { LiveSessionId, SkuId } from '../../shared/ids.ts'
import { after, HOUR, MINUTE, SECOND } from '../../shared/time.ts'
import { watch } from '../kit/broadcast.ts'
import { askFor, openSheet, type Shopper, shopper, tapPay } from '../kit/buying.ts'
import { type House, type Person, post, refusalFrom, startHouse, until } from '../kit/house.ts'
import { type Farmer, type OnShelf, sendPicture, uploadPicture, wholeDraft } from '../kit/listings.ts'
import { isKey, watch as watchVideo } from '../media/kit.ts'

const CLIP = path.resolve('server/seed/clip.flv')

let house: House
let farmer: Farmer
let reviewer: Person
let buyer: Shopper
let media: { stop(): Promise<void> }
let tea: OnShelf
let sessionId: LiveSessionId
let pushing: ReturnType<typeof publishClip> | null = null

beforeAll(async () => {
  house = await startHouse()
  media = await startMedia(house.app)
  farmer = await house.farmer()
  reviewer = await house.staff('reviewer')
  buyer = await shopper(house)
})
afterAll(async () => {
  await pushing?.stop()
  await media.stop()
  await house.stop()
})

const page = () => house.guest.buyer.live.session.query({ sessionId })
/** Shared answers are kept until an event drops them: what the media server tells is heard by itself, the rest is delivered. */
const becomes = (state: string) =>
  until(async () => {
    await house.deliver()
    house.clock.advance(10)
    return (await page()).state === state
  })

/** Pushes the clip to an address and tells the first thing that the publisher had to say. */
async function whatHappensTo(url: string): Promise<string> {
  const said: string[] = []
  const publisher = publishClip({ file: CLIP, url, log: (line) => void said.push(line), retryMs: 60_000 })
  publisher.started.catch(() => {})
  await until(() => said.length > 0)
  await publisher.stop()
  return said[0] ?? ''
}

describe('the first live sale', () => {
  it('1. the farmer writes a listing, and what is missing is said at the field', async () => {
    const { shopId } = farmer
    const picture = await uploadPicture(house, farmer)
    expect(picture.width).toBeGreaterThan(0)
    const started = await farmer.trpc.shop.catalogue.saveDraft.mutate({
      shopId,
      draft: { ...wholeDraft(picture.id), scNumber: '', standardCode: '' },
    })
    expect(started.missing.map((m) => m.field).sort()).toEqual(['scNumber', 'standardCode'])
    const early = await refusalFrom(farmer.trpc.shop.catalogue.submit.mutate({ shopId, listingId: started.listingId }))
    expect(early.code).toBe('incomplete')
    expect(Object.keys(early.fields).sort()).toEqual(['scNumber', 'standardCode'])
    const saved = await farmer.trpc.shop.catalogue.saveDraft.mutate({
      shopId,
      listingId: started.listingId,
      draft: wholeDraft(picture.id, { stock: 5 }),
    })
    expect(saved.missing).toEqual([])
    tea = { listingId: saved.listingId, revisionId: saved.revisionId, skuId: '' as SkuId }
  })

  it('2. only after the park has approved it can it be seen and bought', async () => {
    expect((await refusalFrom(house.guest.buyer.catalogue.listing.query({ listingId: tea.listingId }))).code).toBe('notFound')
    await farmer.trpc.shop.catalogue.submit.mutate({ shopId: farmer.shopId, listingId: tea.listingId })
    const queue = await reviewer.trpc.park.moderation.queue.query({ state: 'open' })
    expect(queue.rows[0]).toMatchObject({ title: '凤凰窝春茶饼 2025', subject: 'listing' })
    const opened = await reviewer.trpc.park.moderation.one.query({ caseId: queue.rows[0]!.id })
    expect(opened.shop.id).toBe(farmer.shopId)
    expect(opened.changes.length).toBeGreaterThan(5)
    await reviewer.trpc.park.moderation.decide.mutate({ caseId: opened.id, verdict: 'approved' })
    await house.deliver()
    const shown = await house.guest.buyer.catalogue.listing.query({ listingId: tea.listingId })
    expect(shown).toMatchObject({ onSale: true, priceFen: 16800, left: 5, per100gFen: 4706 })
    tea = { ...tea, skuId: shown.skuId }
    expect(shown.legal.map((l) => l.label).length).toBeGreaterThan(6)
  })

  it('3. the farmer schedules a session, fills the bag, and goes live by pushing real RTMP', async () => {
    const { shopId } = farmer
    const scheduled = await farmer.trpc.shop.live.schedule.mutate({
      shopId,
      title: '凤凰窝春茶开汤',
      startsAt: after(house.clock.now(), HOUR),
    })
    sessionId = scheduled.sessionId
    const bag = await farmer.trpc.shop.live.addToBag.mutate({ shopId, sessionId, listingIds: [tea.listingId] })
    expect(bag).toMatchObject([{ number: 1, skuId: tea.skuId, left: 5, onSale: true }])
    const before = await page()
    expect(before).toMatchObject({ state: 'scheduled', play: null })
    const address = await farmer.trpc.shop.live.pushAddress.mutate({ shopId, sessionId })
    pushing = publishClip({ file: CLIP, url: address.url, log: () => {} })
    await becomes('live')
    const home = await house.guest.buyer.live.home.query({})
    expect(home.live.map((s) => s.id)).toContain(sessionId)
  })

  it('a wrong key, and a second publisher beside the first, are refused', async () => {
    const address = await farmer.trpc.shop.live.pushAddress.mutate({ shopId: farmer.shopId, sessionId })
    expect(await whatHappensTo(address.url.replace(/txSecret=..../, 'txSecret=0000'))).toMatch(/off air.*Denied/)
    expect(await whatHappensTo(address.url)).toMatch(/off air.*BadName/)
    expect((await page()).state).toBe('live')
  })

  it('4. the buyer sees moving pictures, talks in the room, and sees the pinned card', async () => {
    const { play, bag } = await page()
    const video = await watchVideo(play!.flv)
    await until(() => video.tags.filter(isKey).length >= 2)
    const bodies = new Set(video.tags.filter((t) => t.type === 9 && t.body.length > 200).map((t) => t.body.toString('base64')))
    expect(bodies.size).toBeGreaterThan(10)
    video.leave()

    const viewer = await watch(house, sessionId)
    expect(viewer.snapshot).toMatchObject({ state: 'live', pinned: null })
    await until(() => viewer.of('viewers').at(-1)?.count === 1)
    await buyer.trpc.buyer.room.say.mutate({ sessionId, clientId: 'c-0000000000000001', text: '这饼是哪年的？' })
    await farmer.trpc.shop.room.say.mutate({ shopId: farmer.shopId, sessionId, clientId: 'c-0000000000000002', text: '2025 年春茶' })
    await until(() => viewer.of('chat').length === 2)
    expect(viewer.of('chat').map((m) => [m.chat.by, m.chat.text])).toEqual([
      ['buyer', '这饼是哪年的？'],
      ['streamer', '2025 年春茶'],
    ])
    await farmer.trpc.shop.room.pin.mutate({ shopId: farmer.shopId, sessionId, bagItemId: bag[0]!.id })
    await until(() => viewer.of('pin').at(-1)?.bagItemId === bag[0]!.id)
    const late = await watch(house, sessionId)
    expect(late.snapshot?.pinned).toBe(bag[0]!.id)
    expect(viewer.breaks).toEqual([])
    viewer.leave()
    late.leave()
  })

  it('5. the buyer buys in the room and pays over WeChat’s wire; the room sees the stock move', async () => {
    const viewer = await watch(house, sessionId)
    const ask = askFor(buyer, [tea], undefined, sessionId)
    const { orderId } = await buyer.trpc.buyer.orders.place.mutate(ask)
    await house.deliver()
    await until(() => viewer.of('stock').at(-1)?.left === 4)
    expect(await tapPay(house, await openSheet(buyer, orderId))).toMatchObject({ result: 'ok' })
    await house.wechat.settled()
    await house.deliver()
    await until(() => viewer.of('bought').length === 1)
    expect(viewer.of('bought')[0]?.nickname).toBe('茶**')
    expect((await buyer.trpc.buyer.orders.one.query({ orderId })).subOrders[0]?.state).toBe('toShip')
    const desk = await farmer.trpc.shop.live.desk.query({ shopId: farmer.shopId, sessionId })
    expect(desk.figures).toMatchObject({ orders: 1, paidFen: 16800 })
    expect(desk.health?.publishing).toBe(true)
    viewer.leave()
  })

  it('6. the parcel goes out and comes in, and paid = shop + commission + held for both to see', async () => {
    const { shopId } = farmer
    const todo = await farmer.trpc.shop.orders.list.query({ shopId, state: 'toShip' })
    const subOrderId = todo.rows[0]!.id
    await farmer.trpc.shop.shipping.ship.mutate({ shopId, subOrderId, courier: 'YTO', trackingNo: 'YT0012345678' })
    await buyer.trpc.buyer.orders.receive.mutate({ subOrderId })
    await house.deliver()
    const own = await farmer.trpc.shop.settlement.summary.query({ shopId })
    expect(own).toEqual({
      paidFen: 16800,
      heldFen: 0,
      dueFen: 15960,
      earnedFen: 0,
      commissionFen: 840,
      channelFeeFen: 0,
      refundedFen: 0,
      suspenseFen: 0,
    })
    const finance = await house.staff('finance')
    const all = await finance.trpc.park.settlement.overview.query()
    expect(all.paidFen).toBe(
      all.heldFen + all.dueFen + all.earnedFen + all.commissionFen + all.channelFeeFen + all.refundedFen + all.suspenseFen,
    )
    expect(all.byShop.find((s) => s.shop.id === shopId)?.dueFen).toBe(15960)
    expect((await farmer.trpc.shop.settlement.entries.query({ shopId })).rows.map((r) => r.account).sort()).toEqual([
      'commissionDue',
      'held',
      'held',
      'shopDue',
    ])
  })

  it('7. an order that is not paid gives its tea back; money that comes after that is returned', async () => {
    const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea], undefined, sessionId))
    const prepayId = await openSheet(buyer, orderId)
    await post(house.wechat.sim, '/__sim/callbacks', { hold: true, times: 1 })
    await tapPay(house, prepayId)
    await house.sql("update payments set check_at = '2099-01-01' where order_id = ?", [orderId])
    house.clock.advance(15 * MINUTE + SECOND)
    await buyer.trpc.buyer.orders.cancel.mutate({ orderId })
    await post(house.wechat.sim, '/__sim/callbacks/release', {})
    await house.pass(SECOND)
    await house.pass(30 * SECOND)
    const order = await buyer.trpc.buyer.orders.one.query({ orderId })
    expect(order.state).toBe('closed')
    expect(order.refunds).toMatchObject([{ amountFen: 16800, state: 'done' }])
    expect((await house.guest.buyer.catalogue.listing.query({ listingId: tea.listingId })).left).toBe(4)
  })

  it('the state follows the stream: cut is interrupted, back is live, ended takes no more pictures', async () => {
    pushing!.cut()
    await becomes('interrupted')
    await becomes('live')
    const { shopId } = farmer
    await farmer.trpc.shop.live.end.mutate({ shopId, sessionId })
    await becomes('ended')
    expect((await page()).play).toBeNull()
    await pushing!.stop()
    const [row] = await house.sql<{ stream_name: string }>('select stream_name from live_sessions where id = ?', [sessionId])
    const address = house.app.ports.media.pushAddress(row!.stream_name, after(house.clock.now(), HOUR))
    expect(await whatHappensTo(address.url)).toMatch(/off air.*Denied/)
    expect((await refusalFrom(buyer.trpc.buyer.room.say.mutate({ sessionId, clientId: 'c-0000000000000009', text: '还在吗' }))).code).toBe(
      'sessionOver',
    )
  })

  it('bad input on the way: an unknown kind of picture, a 30 MB photo, a foreign shop’s id', async () => {
    const kind = await sendPicture(house, farmer, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
    expect(kind.status).toBe(400)
    expect(await kind.json()).toMatchObject({ error: { refusal: 'pictureKind' } })
    const big = await sendPicture(house, farmer, Buffer.alloc(30 << 20, 0xff))
    expect(big.status).toBe(413)
    const stranger = await house.farmer()
    expect((await refusalFrom(stranger.trpc.shop.live.desk.query({ shopId: farmer.shopId, sessionId }))).code).toBe('notFound')
    expect((await refusalFrom(stranger.trpc.shop.live.desk.query({ shopId: stranger.shopId, sessionId }))).code).toBe('notFound')
    expect((await refusalFrom(stranger.trpc.shop.catalogue.get.query({ shopId: stranger.shopId, listingId: tea.listingId }))).code).toBe(
      'notFound',
    )
  })

  it('nothing went wrong inside while all this happened', () => {
    expect(house.logged.filter((l) => JSON.parse(l).level >= 50)).toEqual([])
  })
})
