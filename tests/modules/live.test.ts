import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Publisher, publishClip } from '../../server/launch/publish-clip.ts'
import { mediaHooks } from '../../server/modules/live/callbacks.ts'
import { sessionForOrder } from '../../server/modules/live/index.ts'
import { runDueJobs } from '../../server/platform/jobs.ts'
import type { LiveSessionId } from '../../shared/ids.ts'
import { fen } from '../../shared/money.ts'
import { after, DAY, HOUR, MINUTE } from '../../shared/time.ts'
import { announced, type Farmer, onAir, pushes, stopsPushing, streamOf, tea } from '../kit/broadcast.ts'
import { type House, refusalFrom, startHouse, until } from '../kit/house.ts'
import { noiseFilm } from '../media/kit.ts'

let house: House
let farmer: Farmer
let stranger: Farmer

beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  stranger = await house.farmer()
})
afterAll(() => house.stop())

const ask = (stream: string, publisherId = 'push-1') => mediaHooks(house.app).mayPublish({ stream, publisherId, addr: '127.0.0.1' })
const stateOf = async (sessionId: LiveSessionId) => (await house.guest.buyer.live.session.query({ sessionId })).state
/** Past the two seconds for which a shared answer may be kept. */
const later = () => house.clock.advance(2_001)

describe('an announcement', () => {
  test('is for the next thirty days, in words that may be shown', async () => {
    const schedule = (startsAt: number, title = '春茶专场') =>
      farmer.trpc.shop.live.schedule.mutate({ shopId: farmer.shopId, title, startsAt })
    const now = house.clock.now()
    expect((await refusalFrom(schedule(now - HOUR))).code).toBe('sessionTime')
    expect((await refusalFrom(schedule(now + 31 * DAY))).code).toBe('sessionTime')
    expect((await refusalFrom(schedule(now + HOUR, '喝了降血脂的春茶'))).code).toBe('wordsRefused')
    expect((await refusalFrom(schedule(now + HOUR, ''))).code).toBe('badInput')
    const { sessionId } = await schedule(now + HOUR)
    expect(await stateOf(sessionId)).toBe('scheduled')
  })

  test('with a host made by a machine says so on every page of it, before, during and after', async () => {
    const { sessionId } = await farmer.trpc.shop.live.schedule.mutate({
      ...{ shopId: farmer.shopId, title: '春茶专场', startsAt: after(house.clock.now(), HOUR), aiHost: true },
    })
    later()
    const page = () => house.guest.buyer.live.session.query({ sessionId })
    expect((await page()).aiHost).toBe(true)
    await pushes(house, sessionId)
    later()
    expect(await page()).toMatchObject({ state: 'live', aiHost: true })
    await farmer.trpc.shop.live.end.mutate({ shopId: farmer.shopId, sessionId })
    await house.deliver()
    later()
    expect(await page()).toMatchObject({ state: 'ended', aiHost: true })
  })

  test('is not made by a clerk, by a stranger, or with a foreign picture', async () => {
    const clerk = await house.member(farmer.shopId, 'clerk')
    const one = { shopId: farmer.shopId, title: '春茶专场', startsAt: after(house.clock.now(), HOUR) }
    expect((await refusalFrom(clerk.trpc.shop.live.schedule.mutate(one))).code).toBe('roleNeeded')
    expect((await refusalFrom(stranger.trpc.shop.live.schedule.mutate(one))).code).toBe('notFound')
    const { listingId } = await tea(house, stranger.shopId)
    const [row] = await house.sql<{ id: string }>('select id from assets where shop_id = ?', [stranger.shopId])
    expect(listingId).toBeTruthy()
    expect((await refusalFrom(farmer.trpc.shop.live.schedule.mutate({ ...one, coverId: row?.id as never }))).code).toBe('notFound')
  })

  test('is taken back by its shop until it begins, and then no more', async () => {
    const sessionId = await announced(house, farmer)
    const one = { shopId: farmer.shopId, sessionId }
    expect((await refusalFrom(stranger.trpc.shop.live.cancel.mutate({ shopId: stranger.shopId, sessionId }))).code).toBe('notFound')
    expect(await farmer.trpc.shop.live.cancel.mutate(one)).toEqual({ state: 'cancelled' })
    expect((await refusalFrom(farmer.trpc.shop.live.cancel.mutate(one))).code).toBe('stale')
    const begun = await onAir(house, farmer)
    expect((await refusalFrom(farmer.trpc.shop.live.cancel.mutate({ shopId: farmer.shopId, sessionId: begun }))).code).toBe('stale')
  })

  test('that nobody followed is put away after twelve hours', async () => {
    const sessionId = await announced(house, farmer)
    await house.pass(13 * HOUR - MINUTE)
    expect(await stateOf(sessionId)).toBe('scheduled')
    await house.pass(5 * MINUTE)
    later()
    const page = await house.guest.buyer.live.session.query({ sessionId })
    expect([page.state, page.endedBecause]).toEqual(['cancelled', '主播没有开播，预告已自动取消'])
  })
})

describe('on air', () => {
  test('a session follows its stream: live, interrupted, live again, and ends when its shop says so', async () => {
    const sessionId = await announced(house, farmer)
    const one = { shopId: farmer.shopId, sessionId }
    const seen = async () => {
      later()
      const page = await house.guest.buyer.live.session.query({ sessionId })
      return [page.state, page.play === null] as const
    }
    expect((await refusalFrom(farmer.trpc.shop.live.end.mutate(one))).code).toBe('stale')
    expect(await seen()).toEqual(['scheduled', true])
    await pushes(house, sessionId)
    expect(await seen()).toEqual(['live', false])
    await stopsPushing(house, sessionId)
    expect(await seen()).toEqual(['interrupted', false])
    await pushes(house, sessionId, 'push-2')
    expect(await seen()).toEqual(['live', false])
    expect(await farmer.trpc.shop.live.end.mutate(one)).toEqual({ state: 'ended' })
    expect(await seen()).toEqual(['ended', true])
    const told = await house.sql<{ facts: { state: string } }>(
      "select facts from events where name = 'session.changed' and json_value(facts, '$.sessionId') = ? order by id",
      [sessionId],
    )
    expect(told.map((t) => t.facts.state)).toEqual(['live', 'interrupted', 'live', 'ended'])
  })

  test('the end of a push that was already replaced changes nothing', async () => {
    const sessionId = await onAir(house, farmer)
    await pushes(house, sessionId, 'push-2')
    await stopsPushing(house, sessionId, 'push-1')
    expect(await stateOf(sessionId)).toBe('live')
    await stopsPushing(house, sessionId, 'push-2')
    later()
    expect(await stateOf(sessionId)).toBe('interrupted')
  })

  test('the same news of a push twice is one move', async () => {
    const sessionId = await onAir(house, farmer)
    await pushes(house, sessionId)
    await stopsPushing(house, sessionId)
    await stopsPushing(house, sessionId)
    const [row] = await house.sql<{ n: number }>(
      "select count(*) n from events where name = 'session.changed' and json_value(facts, '$.sessionId') = ?",
      [sessionId],
    )
    expect(row?.n).toBe(2)
  })

  test('a picture that is gone for a minute ends nothing; one gone for five ends the session, once', async () => {
    const sessionId = await onAir(house, farmer)
    await stopsPushing(house, sessionId)
    await house.pass(MINUTE)
    expect(await stateOf(sessionId)).toBe('interrupted')
    await pushes(house, sessionId, 'push-2')
    await stopsPushing(house, sessionId, 'push-2')
    await house.pass(4 * MINUTE + 55_000)
    expect(await stateOf(sessionId)).toBe('interrupted')
    await house.pass(6_000)
    await house.pass(6_000)
    later()
    const page = await house.guest.buyer.live.session.query({ sessionId })
    expect([page.state, page.endedBecause]).toEqual(['ended', '信号中断太久，直播已自动结束'])
    const [row] = await house.sql<{ n: number }>(
      "select count(*) n from events where name = 'session.changed' and json_value(facts, '$.sessionId') = ? and json_value(facts, '$.state') = 'ended'",
      [sessionId],
    )
    expect(row?.n).toBe(1)
  })

  test('a session that counts as live while the media server knows no push is interrupted', async () => {
    const sessionId = await onAir(house, farmer)
    await house.pass(16_000)
    later()
    expect(await stateOf(sessionId)).toBe('interrupted')
  })

  test('the park stops a session with a reason that the shop reads and viewers do not', async () => {
    const sessionId = await onAir(house, farmer)
    const patrol = await house.staff('patrol')
    const service = await house.staff('finance')
    const stop = { sessionId, reason: '主播离开镜头超过十分钟' }
    expect((await refusalFrom(farmer.trpc.park.live.stop.mutate(stop))).code).toBe('notFound')
    expect((await refusalFrom(service.trpc.park.live.stop.mutate(stop))).code).toBe('notFound')
    expect((await patrol.trpc.park.live.list.query()).find((s) => s.id === sessionId)).toMatchObject({ state: 'live', acts: ['end'] })
    expect(await patrol.trpc.park.live.stop.mutate(stop)).toEqual({ state: 'ended' })
    expect((await refusalFrom(patrol.trpc.park.live.stop.mutate(stop))).code).toBe('stale')
    const desk = await farmer.trpc.shop.live.desk.query({ shopId: farmer.shopId, sessionId })
    expect(desk.session.stopReason).toBe(stop.reason)
    later()
    const page = await house.guest.buyer.live.session.query({ sessionId })
    expect(page.endedBecause).toBe('园区已停止这场直播')
    expect(JSON.stringify(page)).not.toContain(stop.reason)
  })

  test('the park takes an announcement down as well', async () => {
    const sessionId = await announced(house, farmer)
    const patrol = await house.staff('patrol')
    expect(await patrol.trpc.park.live.stop.mutate({ sessionId, reason: '证照今日到期' })).toEqual({ state: 'cancelled' })
  })
})

describe('who may push', () => {
  test('an announced session from two hours before its time to twelve after, one on air at any time, none that is over', async () => {
    const sessionId = await announced(house, farmer, 3 * HOUR)
    const stream = await streamOf(house, sessionId)
    expect(stream).toMatch(/^s[0-9a-f]{32}$/)
    expect(await ask(stream)).toBe(false)
    house.clock.advance(HOUR)
    expect(await ask(stream)).toBe(true)
    expect(await ask(`${stream}0`)).toBe(false)
    await pushes(house, sessionId)
    house.clock.advance(20 * HOUR)
    expect(await ask(stream)).toBe(true)
    await farmer.trpc.shop.live.end.mutate({ shopId: farmer.shopId, sessionId })
    expect(await ask(stream)).toBe(false)
    const cancelled = await announced(house, farmer)
    await farmer.trpc.shop.live.cancel.mutate({ shopId: farmer.shopId, sessionId: cancelled })
    expect(await ask(await streamOf(house, cancelled))).toBe(false)
    const late = await announced(house, farmer)
    house.clock.advance(14 * HOUR)
    expect(await ask(await streamOf(house, late))).toBe(false)
  })

  test('nobody from a shop that is suspended', async () => {
    const other = await house.farmer()
    const sessionId = await announced(house, other)
    const stream = await streamOf(house, sessionId)
    expect(await ask(stream)).toBe(true)
    await house.sql("update shops set state = 'suspended' where id = ?", [other.shopId])
    expect(await ask(stream)).toBe(false)
    const home = await house.guest.buyer.live.home.query()
    expect(home.upcoming.map((s) => s.id)).not.toContain(sessionId)
  })

  test('a push that was let in just before the end is cut just after it', async () => {
    const sessionId = await announced(house, farmer)
    await farmer.trpc.shop.live.cancel.mutate({ shopId: farmer.shopId, sessionId })
    await pushes(house, sessionId)
    expect(await stateOf(sessionId)).toBe('cancelled')
  })

  test('the address is for those on the set, good until twelve hours after the plan, and gone with the session', async () => {
    const sessionId = await announced(house, farmer)
    const one = { shopId: farmer.shopId, sessionId }
    const clerk = await house.member(farmer.shopId, 'clerk')
    const streamer = await house.member(farmer.shopId, 'streamer')
    expect((await refusalFrom(clerk.trpc.shop.live.pushAddress.mutate(one))).code).toBe('roleNeeded')
    expect((await refusalFrom(stranger.trpc.shop.live.pushAddress.mutate({ ...one, shopId: stranger.shopId }))).code).toBe('notFound')
    const address = await streamer.trpc.shop.live.pushAddress.mutate(one)
    expect(address.until).toBe(house.clock.now() + 13 * HOUR)
    expect(address.url).toBe(`${address.server}/${address.streamKey}`)
    expect(address.streamKey).toContain(await streamOf(house, sessionId))
    const [row] = await house.sql<{ streamer_user_id: string }>('select streamer_user_id from live_sessions where id = ?', [sessionId])
    expect(row?.streamer_user_id).toBe(streamer.userId)
    await farmer.trpc.shop.live.cancel.mutate(one)
    expect((await refusalFrom(farmer.trpc.shop.live.pushAddress.mutate(one))).code).toBe('sessionOver')
  })
})

describe('the bag', () => {
  test('numbers its teas as they come, and a number once said stays with its tea', async () => {
    const teas = [await tea(house, farmer.shopId), await tea(house, farmer.shopId), await tea(house, farmer.shopId)]
    const [a, b, c] = teas.map((t) => t.listingId) as [never, never, never]
    const sessionId = await announced(house, farmer)
    const one = { shopId: farmer.shopId, sessionId }
    const first = await farmer.trpc.shop.live.addToBag.mutate({ ...one, listingIds: [b, a] })
    expect(first.map((i) => [i.number, i.listingId])).toEqual([
      [1, b],
      [2, a],
    ])
    expect(first[0]).toMatchObject({ unit: '袋', netGrams: 100, priceFen: 16_800, per100gFen: 16_800, left: 10, onSale: true })
    await farmer.trpc.shop.live.addToBag.mutate({ ...one, listingIds: [a] })
    const [itemB, itemA] = first.map((i) => i.id) as [never, never]
    await farmer.trpc.shop.live.removeFromBag.mutate({ ...one, bagItemId: itemB })
    await farmer.trpc.shop.live.removeFromBag.mutate({ ...one, bagItemId: itemB })
    const third = await farmer.trpc.shop.live.addToBag.mutate({ ...one, listingIds: [c] })
    expect(third.map((i) => [i.number, i.listingId])).toEqual([
      [2, a],
      [3, c],
    ])
    const back = await farmer.trpc.shop.live.addToBag.mutate({ ...one, listingIds: [b] })
    expect(back.map((i) => [i.number, i.listingId])).toEqual([
      [2, a],
      [3, c],
      [1, b],
    ])
    const arranged = await farmer.trpc.shop.live.arrangeBag.mutate({ ...one, bagItemIds: [itemB, itemA] })
    expect(arranged.map((i) => i.number)).toEqual([1, 2, 3])
    later()
    expect((await house.guest.buyer.live.bag.query({ sessionId })).map((i) => i.number)).toEqual([1, 2, 3])
  })

  test('holds what its own shop has on the shelf, and nothing else', async () => {
    const sessionId = await announced(house, farmer)
    const one = { shopId: farmer.shopId, sessionId }
    const theirs = await tea(house, stranger.shopId)
    const ours = await tea(house, farmer.shopId)
    const add = (listingId: typeof ours.listingId) => farmer.trpc.shop.live.addToBag.mutate({ ...one, listingIds: [listingId] })
    expect((await refusalFrom(add(theirs.listingId))).code).toBe('notFound')
    expect((await farmer.trpc.shop.live.candidates.query(one)).map((c) => c.id)).toContain(ours.listingId)
    await farmer.trpc.shop.catalogue.takeOff.mutate({ shopId: farmer.shopId, listingId: ours.listingId })
    expect((await refusalFrom(add(ours.listingId))).code).toBe('notOnSale')
    expect((await farmer.trpc.shop.live.candidates.query(one)).map((c) => c.id)).not.toContain(ours.listingId)
    await farmer.trpc.shop.catalogue.putOn.mutate({ shopId: farmer.shopId, listingId: ours.listingId })
    const [item] = await add(ours.listingId)
    expect((await farmer.trpc.shop.live.candidates.query(one)).map((c) => c.id)).not.toContain(ours.listingId)
    const foreign = { shopId: stranger.shopId, sessionId }
    expect((await refusalFrom(stranger.trpc.shop.live.addToBag.mutate({ ...foreign, listingIds: [theirs.listingId] }))).code).toBe(
      'notFound',
    )
    expect((await refusalFrom(stranger.trpc.shop.live.removeFromBag.mutate({ ...foreign, bagItemId: item?.id as never }))).code).toBe(
      'notFound',
    )
    expect((await refusalFrom(stranger.trpc.shop.live.desk.query(foreign))).code).toBe('notFound')
    await farmer.trpc.shop.live.cancel.mutate(one)
    expect((await refusalFrom(add(ours.listingId))).code).toBe('sessionOver')
  })

  test('takes a hundred and no more', async () => {
    const sessionId = await announced(house, farmer)
    const { listingId, skuId } = await tea(house, farmer.shopId)
    const filler = Array.from({ length: 100 }, (_, i) => [
      `bag_01KAFAKE${String(i).padStart(18, '0')}`,
      sessionId,
      listingId,
      `sku_01KAFAKE${String(i).padStart(18, '0')}`,
      i + 1,
      i + 1,
      1,
    ])
    await house.sql('insert into bag_items (id, session_id, listing_id, sku_id, number, position, in_bag) values ?', [filler])
    await house.sql('update live_sessions set last_number = 100 where id = ?', [sessionId])
    const add = farmer.trpc.shop.live.addToBag.mutate({ shopId: farmer.shopId, sessionId, listingIds: [listingId] })
    expect((await refusalFrom(add)).code).toBe('bagFull')
    expect(skuId).toBeTruthy()
  })

  test('two hands filling it at once give every tea a number of its own', async () => {
    const sessionId = await announced(house, farmer)
    const teas = await Promise.all(Array.from({ length: 8 }, () => tea(house, farmer.shopId)))
    await Promise.all(
      teas.map((t) => farmer.trpc.shop.live.addToBag.mutate({ shopId: farmer.shopId, sessionId, listingIds: [t.listingId] })),
    )
    later()
    const bag = await house.guest.buyer.live.bag.query({ sessionId })
    expect(bag.map((i) => i.number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })
})

describe('what is shown', () => {
  test('the front page has those on air first, then the announced, soonest first, each with the reason for its place', async () => {
    const other = await house.farmer()
    const soon = await announced(house, other, HOUR)
    const sooner = await announced(house, other, MINUTE)
    const live = await onAir(house, other)
    const broken = await onAir(house, other)
    await stopsPushing(house, broken)
    later()
    const home = await house.guest.buyer.live.home.query()
    const ids = home.live.map((s) => s.id)
    expect(ids.indexOf(live)).toBeLessThan(ids.indexOf(broken))
    const upcoming = home.upcoming.map((s) => s.id)
    expect(upcoming.indexOf(sooner)).toBeLessThan(upcoming.indexOf(soon))
    for (const card of [...home.live, ...home.upcoming]) expect(card.reason).toMatch(/\p{Script=Han}/u)
    expect(home.shelf.length).toBeGreaterThan(0)
  })

  test('a session is not found under an id that is none, and shows its seller under one that is', async () => {
    const sessionId = await announced(house, farmer)
    const none = `liv_${'0'.repeat(26)}` as LiveSessionId
    expect((await refusalFrom(house.guest.buyer.live.session.query({ sessionId: none }))).code).toBe('notFound')
    expect((await refusalFrom(house.guest.buyer.live.bag.query({ sessionId: none }))).code).toBe('notFound')
    expect((await refusalFrom(house.guest.buyer.live.session.query({ sessionId: 'x' as never }))).code).toBe('notFound')
    await expect(sessionForOrder(house.app.read, none)).rejects.toMatchObject({ code: 'notFound' })
    const page = await house.guest.buyer.live.session.query({ sessionId })
    expect(page.seller.licences.map((l) => l.number)).toContain('JY15308220000001')
    expect(page.streamer).toBe('茶农阿布')
    expect(JSON.stringify(page)).not.toContain('txSecret')
  })

  test("a shop's list is its own, newest first, page by page", async () => {
    const other = await house.farmer()
    const made: LiveSessionId[] = []
    for (let i = 0; i < 3; i++) {
      made.unshift(await announced(house, other))
      house.clock.advance(1)
    }
    const first = await other.trpc.shop.live.list.query({ shopId: other.shopId, limit: 2 })
    const second = await other.trpc.shop.live.list.query({ shopId: other.shopId, limit: 2, cursor: first.next })
    expect([...first.rows, ...second.rows].map((r) => r.id)).toEqual(made)
    expect(second.next).toBeNull()
    expect(first.rows[0]?.acts).toEqual(['cancel'])
  })

  test('the desk counts paid orders of its own shop, by ten minutes, each once', async () => {
    const sessionId = await onAir(house, farmer)
    const buyer = await house.buyer()
    const paid = (n: number, subOrders: { shopId: typeof farmer.shopId; payableFen: number }[]) =>
      house.app.work({ kind: 'clock', job: 'tests' }, (work) =>
        work.tell('order.paid', {
          orderId: `ord_${String(n).padStart(26, '0')}` as never,
          buyerId: buyer.userId,
          totalFen: fen(subOrders.reduce((sum, s) => sum + s.payableFen, 0)),
          skuIds: [],
          subOrders: subOrders.map((s) => ({ ...s, payableFen: fen(s.payableFen), subOrderId: `sub_${'0'.repeat(26)}` as never })),
          liveSessionId: sessionId,
        }),
      )
    const desk = async () => (await farmer.trpc.shop.live.desk.query({ shopId: farmer.shopId, sessionId })).figures
    await paid(1, [
      { shopId: farmer.shopId, payableFen: 16_800 },
      { shopId: stranger.shopId, payableFen: 99_900 },
    ])
    await paid(2, [{ shopId: stranger.shopId, payableFen: 5 }])
    await house.deliver()
    expect(await desk()).toMatchObject({ orders: 1, paidFen: 16_800, last10: { orders: 1, paidFen: 16_800 }, before10: { orders: 0 } })
    house.clock.advance(12 * MINUTE)
    await paid(3, [{ shopId: farmer.shopId, payableFen: 200 }])
    await house.deliver()
    expect(await desk()).toMatchObject({
      orders: 2,
      paidFen: 17_000,
      last10: { orders: 1, paidFen: 200 },
      before10: { orders: 1, paidFen: 16_800 },
    })
  })
})

test('the jobs of live may run twice', async () => {
  const sessionId = await onAir(house, farmer)
  await stopsPushing(house, sessionId)
  house.clock.advance(DAY)
  await Promise.all([runDueJobs(house.app), runDueJobs(house.app)])
  house.clock.advance(MINUTE)
  await runDueJobs(house.app)
  const told = await house.sql(
    "select id from events where name = 'session.changed' and json_value(facts, '$.sessionId') = ? and json_value(facts, '$.state') = 'ended'",
    [sessionId],
  )
  expect(told).toHaveLength(1)
})

describe('with a real stream', () => {
  const dir = mkdtempSync(join(tmpdir(), 'live-test-'))
  const film = noiseFilm(join(dir, 'noise.flv'))
  const publishers: Publisher[] = []
  const publish = (url: string) => {
    const lines: string[] = []
    const one = publishClip({ file: film, url, retryMs: 100, log: (line) => void lines.push(line) })
    publishers.push(one)
    return { ...one, lines }
  }

  beforeAll(() => house.app.ports.media.start(mediaHooks(house.app)))
  afterAll(async () => {
    await Promise.all(publishers.map((p) => p.stop()))
    await house.app.ports.media.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  test('a push makes the session live, its loss interrupts it, its return takes it up, and the end cuts it and burns the key', async () => {
    const sessionId = await announced(house, farmer)
    const one = { shopId: farmer.shopId, sessionId }
    const { url } = await farmer.trpc.shop.live.pushAddress.mutate(one)
    const state = async () => {
      later()
      return stateOf(sessionId)
    }
    const first = publish(url)
    await until(async () => (await state()) === 'live')
    const desk = await until(async () => {
      const { health } = await farmer.trpc.shop.live.desk.query(one)
      return health?.publishing && health.videoKbps > 0 ? health : null
    })
    expect(desk.sinceMs).toBeGreaterThan(0)
    const second = publish(url)
    await until(() => second.lines.some((l) => l.includes('NetStream.Publish.BadName')))
    await second.stop()
    expect(await state()).toBe('live')
    await first.stop()
    await until(async () => (await state()) === 'interrupted')
    const third = publish(url)
    await until(async () => (await state()) === 'live')
    // the figures agree with the state, so the job that follows streams leaves it alone
    house.clock.advance(MINUTE)
    await runDueJobs(house.app)
    expect(await state()).toBe('live')
    await farmer.trpc.shop.live.end.mutate(one)
    await house.deliver()
    const stream = await streamOf(house, sessionId)
    await until(async () => !(await house.app.ports.media.stats(stream))?.publishing)
    await until(() => third.lines.some((l) => l.includes('NetStream.Publish.Denied')))
    expect(await state()).toBe('ended')
  })

  test('the key of one session opens no other', async () => {
    const mine = await announced(house, farmer)
    const theirs = await announced(house, stranger)
    const { url } = await farmer.trpc.shop.live.pushAddress.mutate({ shopId: farmer.shopId, sessionId: mine })
    const stolen = publish(url.replace(await streamOf(house, mine), await streamOf(house, theirs)))
    await until(() => stolen.lines.some((l) => l.includes('NetStream.Publish.Denied')))
    await stolen.stop()
    expect(await stateOf(theirs)).toBe('scheduled')
  })

  test('a session counted as interrupted though its push goes on is live again', async () => {
    const sessionId = await announced(house, farmer)
    const { url } = await farmer.trpc.shop.live.pushAddress.mutate({ shopId: farmer.shopId, sessionId })
    publish(url)
    await until(async () => {
      later()
      return (await stateOf(sessionId)) === 'live'
    })
    const [row] = await house.sql<{ publisher_id: string }>('select publisher_id from live_sessions where id = ?', [sessionId])
    await stopsPushing(house, sessionId, row?.publisher_id)
    later()
    expect(await stateOf(sessionId)).toBe('interrupted')
    house.clock.advance(MINUTE)
    await runDueJobs(house.app)
    expect(await stateOf(sessionId)).toBe('live')
  })
})
