/** Before a broadcast: what keeps it from going on air, with where it is put right; and the park's word against it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mediaHooks } from '../../server/modules/live/callbacks.ts'
import type { LiveSessionId } from '../../shared/ids.ts'
import { preflight } from '../../shared/live/preflight.ts'
import { announced, type Farmer, pushes, streamOf, tea } from '../kit/broadcast.ts'
import { type House, type Person, refusalFrom, startHouse } from '../kit/house.ts'

let house: House
let farmer: Farmer
let reviewer: Person
beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  reviewer = await house.staff('reviewer')
})
afterAll(() => house.stop())

const one = (sessionId: LiveSessionId) => ({ shopId: farmer.shopId, sessionId })
const mayPush = async (sessionId: LiveSessionId) =>
  mediaHooks(house.app).mayPublish({ stream: await streamOf(house, sessionId), publisherId: 'push-1', addr: '127.0.0.1' })
const check = (sessionId: LiveSessionId) => farmer.trpc.shop.live.preflight.query(one(sessionId))
/** An announced session with one tea in its bag. */
const prepared = async () => {
  const { listingId } = await tea(house, farmer.shopId)
  const sessionId = await announced(house, farmer)
  await farmer.trpc.shop.live.addToBag.mutate({ ...one(sessionId), listingIds: [listingId] })
  return { sessionId, listingId }
}

describe('the check', () => {
  it('names what blocks before what is only worth knowing, each with where it is put right', () => {
    const listingId = 'lst_1' as never
    const ware = { number: 1, listingId, title: '降脂茶', onSale: true, left: 3, doubts: ['降脂'] }
    const found = preflight({
      doubts: [],
      hasCover: false,
      wares: [ware, { ...ware, number: 2, onSale: false, doubts: [] }, { ...ware, number: 3, left: 0, doubts: [] }],
    })
    expect(found.map((f) => [f.code, f.blocks, f.fix])).toEqual([
      ['wareWords', true, 'listing'],
      ['wareAsleep', true, 'listing'],
      ['wareSoldOut', false, 'bag'],
      ['noCover', false, 'session'],
    ])
    expect(found[0]?.words).toContain('降脂')
  })

  it('lets a session go on air that has nothing against it', async () => {
    const { sessionId } = await prepared()
    const { blocked, findings } = await check(sessionId)
    expect([blocked, findings.map((f) => f.code)]).toEqual([false, ['noCover']])
    expect((await farmer.trpc.shop.live.pushAddress.mutate(one(sessionId))).streamKey).toContain('txSecret')
    expect(await mayPush(sessionId)).toBe(true)
  })

  it('keeps a session back whose tea has left the shelf, also when its address was taken before; once put right it goes', async () => {
    const { sessionId, listingId } = await prepared()
    await farmer.trpc.shop.live.pushAddress.mutate(one(sessionId))
    await farmer.trpc.shop.catalogue.takeOff.mutate({ shopId: farmer.shopId, listingId })
    const { blocked, findings } = await check(sessionId)
    expect(blocked).toBe(true)
    expect(findings[0]).toMatchObject({ code: 'wareAsleep', fix: 'listing', listingId })
    const refused = await refusalFrom(farmer.trpc.shop.live.pushAddress.mutate(one(sessionId)))
    expect(refused).toMatchObject({ code: 'notReady' })
    expect(refused.words).toContain(findings[0]!.words)
    expect(await mayPush(sessionId)).toBe(false)
    await farmer.trpc.shop.catalogue.putOn.mutate({ shopId: farmer.shopId, listingId })
    expect(await mayPush(sessionId)).toBe(true)
  })

  it('lets nobody be cut who is on air already: a phone that lost its network comes back', async () => {
    const { sessionId, listingId } = await prepared()
    await pushes(house, sessionId)
    await farmer.trpc.shop.catalogue.takeOff.mutate({ shopId: farmer.shopId, listingId })
    expect(await mayPush(sessionId)).toBe(true)
  })

  it('is overruled by a reviewer of the park alone, with a reason that the shop reads', async () => {
    const { sessionId, listingId } = await prepared()
    await farmer.trpc.shop.catalogue.takeOff.mutate({ shopId: farmer.shopId, listingId })
    const patrol = await house.staff('patrol')
    const reason = '茶样已到园区，证照今日补齐'
    expect((await refusalFrom(patrol.trpc.park.live.allow.mutate({ sessionId, reason }))).code).toBe('notFound')
    expect((await patrol.trpc.park.live.preflight.query({ sessionId })).blocked).toBe(true)
    await reviewer.trpc.park.live.allow.mutate({ sessionId, reason })
    await reviewer.trpc.park.live.allow.mutate({ sessionId, reason: '第二次不算' })
    expect(await check(sessionId)).toMatchObject({ blocked: false, allowed: { why: reason } })
    expect(await mayPush(sessionId)).toBe(true)
    await pushes(house, sessionId)
    const { sessionId: over } = await prepared()
    await farmer.trpc.shop.live.cancel.mutate(one(over))
    expect((await refusalFrom(reviewer.trpc.park.live.allow.mutate({ sessionId: over, reason }))).code).toBe('stale')
    const rival = await house.farmer()
    expect((await refusalFrom(rival.trpc.shop.live.preflight.query({ shopId: rival.shopId, sessionId }))).code).toBe('notFound')
  })
})
