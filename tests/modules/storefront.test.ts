import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ShopId } from '../../shared/ids.ts'
import { profileLimits } from '../../shared/storefront/profile.ts'
import { FOLLOWS_MAX } from '../../shared/tenants/limits.ts'
import { DAY, HOUR, MINUTE } from '../../shared/time.ts'
import { announced, type Farmer, onAir } from '../kit/broadcast.ts'
import { type House, type Person, refusalFrom, startHouse } from '../kit/house.ts'
import { listingOnShelf, uploadPicture } from '../kit/listings.ts'

let house: House
let reviewer: Person
let buyer: Person

beforeAll(async () => {
  house = await startHouse()
  reviewer = await house.staff('reviewer')
  buyer = await house.buyer()
})
afterAll(() => house.stop())

const store = () => buyer.trpc.buyer.storefront
const later = (ms = 3_000) => house.clock.advance(ms)

describe('following a shop', () => {
  test('is done and undone as often as one likes, and counts people, not taps', async () => {
    const { shopId } = await house.farmer()
    const other = await house.buyer()
    expect(await store().follow.mutate({ shopId })).toEqual({ following: true, followers: 1 })
    expect(await store().follow.mutate({ shopId })).toEqual({ following: true, followers: 1 })
    // a double tap on two lines
    const both = await Promise.all([1, 2].map(() => other.trpc.buyer.storefront.follow.mutate({ shopId })))
    expect(both.map((b) => b.followers)).toEqual([2, 2])
    expect(await store().unfollow.mutate({ shopId })).toEqual({ following: false, followers: 1 })
    expect(await store().unfollow.mutate({ shopId })).toEqual({ following: false, followers: 1 })
    later()
    expect((await house.guest.buyer.storefront.front.query({ shopId })).shop.followers).toBe(1)
  })

  test('is for those who are signed in, and of a shop that is none it is not found', async () => {
    const { shopId } = await house.farmer()
    expect((await refusalFrom(house.guest.buyer.storefront.follow.mutate({ shopId }))).code).toBe('signIn')
    expect((await refusalFrom(house.guest.buyer.storefront.follows.query({}))).code).toBe('signIn')
    const none = `shp_${'0'.repeat(26)}` as ShopId
    expect((await refusalFrom(store().follow.mutate({ shopId: none }))).code).toBe('notFound')
    expect((await refusalFrom(store().unfollow.mutate({ shopId: none }))).code).toBe('notFound')
  })

  test('gives a list of one’s own, the latest first, page by page', async () => {
    const who = await house.buyer()
    const shops: ShopId[] = []
    for (let i = 0; i < 3; i++) {
      const { shopId } = await house.farmer()
      shops.push(shopId)
      later(1_000)
      await who.trpc.buyer.storefront.follow.mutate({ shopId })
    }
    const first = await who.trpc.buyer.storefront.follows.query({ limit: 2 })
    const rest = await who.trpc.buyer.storefront.follows.query({ limit: 2, cursor: first.next })
    expect([...first.rows, ...rest.rows].map((r) => r.id)).toEqual([...shops].reverse())
    expect(rest.next).toBeNull()
    expect((await who.trpc.buyer.storefront.following.query()).sort()).toEqual([...shops].sort())
    // following again moves nothing
    await who.trpc.buyer.storefront.follow.mutate({ shopId: shops[0] as ShopId })
    expect((await who.trpc.buyer.storefront.follows.query({})).rows.map((r) => r.id)).toEqual([...shops].reverse())
  })

  test('ends at a number that lists can carry; what is followed already stays so', async () => {
    const who = await house.buyer()
    const { shopId } = await house.farmer()
    const { shopId: more } = await house.farmer()
    await who.trpc.buyer.storefront.follow.mutate({ shopId })
    // as many tenants with shops as it takes, written straight into the tables
    const numbers = Array.from({ length: FOLLOWS_MAX - 1 }, (_, i) => String(i).padStart(26, '0'))
    const { tenant_id: tenant } = (await house.sql<{ tenant_id: string }>('select tenant_id from shops where id = ?', [shopId]))[0] ?? {}
    await house.sql(
      `insert into tenants (id, kind, name, address, admitted_at) select t.id, 'farmer', '某农户', '墨江', utc_timestamp(3) from json_table(?, '$[*]' columns (id varchar(30) path '$')) t`,
      [JSON.stringify(numbers.map((n) => `ten_${n}`))],
    )
    await house.sql(
      `insert into shops (id, tenant_id, name, story, village, picture_ids, state, sub_merchant, commission_bp, opened_at)
       select concat('shp_', right(t.id, 26)), t.id, '某店', '', '', '[]', 'open', '1900000000', 0, utc_timestamp(3) from tenants t
       where t.name = '某农户' and t.id <> ?`,
      [tenant],
    )
    await house.sql(`insert into follows (user_id, shop_id, since_at) select ?, id, utc_timestamp(3) from shops where name = '某店'`, [
      who.userId,
    ])
    expect((await refusalFrom(who.trpc.buyer.storefront.follow.mutate({ shopId: more }))).code).toBe('tooManyFollows')
    expect(await who.trpc.buyer.storefront.follow.mutate({ shopId })).toMatchObject({ following: true })
  })
})

describe('a shop’s front', () => {
  test('shows who sells, what they say, where the tea grows, the shows and the shelf', async () => {
    const farmer = await house.farmer({ village: '景星镇新华村' })
    const { shopId } = farmer
    await listingOnShelf(house, farmer, reviewer)
    await listingOnShelf(house, farmer, reviewer, { hill: null })
    const soon = await announced(house, farmer, 3 * HOUR)
    const live = await onAir(house, farmer)
    const over = await onAir(house, farmer)
    await farmer.trpc.shop.live.end.mutate({ shopId, sessionId: over })
    const { shop, shows, shelf } = await house.guest.buyer.storefront.front.query({ shopId })
    expect(shop.tenant.licences.map((l) => l.name)).toContain('食品经营许可证')
    expect([shop.township, shop.hills.map((h) => [h.id, h.township])]).toEqual(['jingxing', [['mojiang-fenghuangwo', 'jingxing']]])
    expect(shows.coming.map((s) => s.id).sort()).toEqual([soon, live].sort())
    expect(shows.past.map((s) => s.id)).toEqual([over])
    expect(shelf.rows).toHaveLength(2)
  })

  test('has a shelf in three orders, each page after page with nothing twice and nothing missed', async () => {
    const farmer = await house.farmer()
    const prices = [5000, 3000, 5000, 8000, 1000]
    const ids: string[] = []
    for (const price of prices) {
      ids.push((await listingOnShelf(house, farmer, reviewer, { priceFen: price as never })).listingId)
      later(1_000)
    }
    const walk = async (sort: 'newest' | 'priceUp' | 'priceDown') => {
      const rows: { id: string; priceFen: number }[] = []
      let cursor: string | null = null
      do {
        const page: { rows: { id: string; priceFen: number }[]; next: string | null } = await house.guest.buyer.storefront.shelf.query({
          shopId: farmer.shopId,
          sort,
          limit: 2,
          cursor,
        })
        rows.push(...page.rows)
        cursor = page.next
      } while (cursor)
      return rows
    }
    expect((await walk('newest')).map((r) => r.id)).toEqual([...ids].reverse())
    for (const [sort, sign] of [
      ['priceUp', 1],
      ['priceDown', -1],
    ] as const) {
      const rows = await walk(sort)
      expect(rows.map((r) => r.priceFen)).toEqual([...prices].sort((a, b) => sign * (a - b)))
      expect(new Set(rows.map((r) => r.id)).size).toBe(5)
    }
    const wrong = await refusalFrom(house.guest.buyer.storefront.shelf.query({ shopId: farmer.shopId, sort: 'paid' as never }))
    expect([wrong.code, Object.keys(wrong.fields)]).toEqual(['badInput', ['sort']])
    // a cursor that is none begins anew
    const anew = await house.guest.buyer.storefront.shelf.query({ shopId: farmer.shopId, sort: 'priceUp', limit: 2, cursor: "1' or 1=1" })
    expect(anew.rows[0]?.priceFen).toBe(1000)
  })
})

describe('what a shop says of itself', () => {
  const STORY = '我家三代做茶，春天上山采，晚上在自家院子里炒，一道一道都有人守着。'
  const write = (farmer: Farmer, change: object = {}) =>
    farmer.trpc.shop.storefront.saveProfile.mutate({ shopId: farmer.shopId, story: STORY, avatar: null, pictures: [], ...change })
  const submit = (farmer: Farmer) => farmer.trpc.shop.storefront.submitProfile.mutate({ shopId: farmer.shopId })
  const own = (farmer: Farmer) => farmer.trpc.shop.storefront.profile.query({ shopId: farmer.shopId })
  const front = async (farmer: Farmer) => (await house.guest.buyer.storefront.front.query({ shopId: farmer.shopId })).shop
  const caseOf = async ({ shopId }: Farmer) => {
    const [row] = await house.sql<{ id: string }>(`select id from moderation_cases where subject_id = ? and state = 'open'`, [shopId])
    return row?.id as never
  }
  const decide = async (farmer: Farmer, verdict: 'approved' | 'rejected', reasons = '') => {
    await reviewer.trpc.park.moderation.decide.mutate({ caseId: await caseOf(farmer), verdict, reasons })
    await house.deliver()
  }

  test('is read by buyers when the desk has approved it, and not before; the next wording waits beside it', async () => {
    const farmer = await house.farmer({ story: '一家三代做茶。' })
    const { id } = await uploadPicture(house, farmer)
    await write(farmer, { avatar: id, pictures: [id] })
    await submit(farmer)
    expect((await own(farmer)).newest).toMatchObject({ state: 'inReview', acts: ['recall'], no: 1 })
    expect((await front(farmer)).story).toBe('一家三代做茶。')
    expect((await refusalFrom(write(farmer))).code).toBe('inReviewAlready')
    expect((await refusalFrom(submit(farmer))).code).toBe('inReviewAlready')
    const read = await reviewer.trpc.park.moderation.one.query({ caseId: await caseOf(farmer) })
    expect([read.subject, read.now.fields[0]?.value, read.now.pictures.length]).toEqual(['shopProfile', STORY, 2])
    await decide(farmer, 'approved')
    const shown = await front(farmer)
    expect([shown.story, shown.avatar?.id, shown.pictures.map((p) => p.id)]).toEqual([STORY, id, [id]])

    await write(farmer, { story: `${STORY}今年开始做熟茶。` })
    await submit(farmer)
    await decide(farmer, 'rejected', '请补上熟茶是在哪里发酵的')
    expect((await own(farmer)).newest).toMatchObject({ no: 2, state: 'rejected', reasons: '请补上熟茶是在哪里发酵的' })
    expect((await front(farmer)).story).toBe(STORY)
    await write(farmer, { story: `${STORY}今年在县城发酵熟茶。` })
    await submit(farmer)
    await decide(farmer, 'approved')
    expect([(await front(farmer)).story, (await front(farmer)).pictures]).toEqual([`${STORY}今年在县城发酵熟茶。`, []])
    const states = await house.sql<{ state: string }>('select state from profiles where shop_id = ? order by no', [farmer.shopId])
    expect(states.map((s) => s.state)).toEqual(['superseded', 'rejected', 'approved'])
  })

  test('is taken back as long as nobody has decided; what was submitted once is not written over', async () => {
    const farmer = await house.farmer()
    expect((await refusalFrom(submit(farmer))).code).toBe('notNow')
    await write(farmer)
    await submit(farmer)
    const recall = () => farmer.trpc.shop.storefront.recallProfile.mutate({ shopId: farmer.shopId })
    expect(await recall()).toEqual({ state: 'draft' })
    expect((await refusalFrom(recall())).code).toBe('notNow')
    await write(farmer, { story: `${STORY}改过。` })
    const rows = await house.sql<{ no: number; state: string }>('select no, state from profiles where shop_id = ? order by no', [
      farmer.shopId,
    ])
    expect(rows).toEqual([
      { no: 1, state: 'superseded' },
      { no: 2, state: 'draft' },
    ])
    await submit(farmer)
    await reviewer.trpc.park.moderation.decide.mutate({ caseId: await caseOf(farmer), verdict: 'approved' })
    // decided, and not yet heard
    expect((await refusalFrom(recall())).code).toBe('stale')
    await house.deliver()
    expect((await front(farmer)).story).toBe(`${STORY}改过。`)
  })

  test('is marked where it claims what may not be claimed', async () => {
    const farmer = await house.farmer()
    await write(farmer, { story: `${STORY}常喝能降血脂、治失眠。` })
    await submit(farmer)
    const read = await reviewer.trpc.park.moderation.one.query({ caseId: await caseOf(farmer) })
    expect(read.findings.length).toBeGreaterThan(0)
  })

  test('is refused field by field: too short, too long, hidden signs, foreign pictures, and by those who may not write', async () => {
    const farmer = await house.farmer()
    const { id } = await uploadPicture(house, await house.farmer())
    await write(farmer, { story: '太短了' })
    expect((await refusalFrom(submit(farmer))).fields).toHaveProperty('story')
    expect((await refusalFrom(write(farmer, { story: '长'.repeat(profileLimits.story.max + 1) }))).fields).toHaveProperty('story')
    expect((await refusalFrom(write(farmer, { story: `${STORY}\u202e` }))).fields).toHaveProperty('story')
    expect((await refusalFrom(write(farmer, { pictures: [id] }))).code).toBe('notFound')
    expect((await refusalFrom(write(farmer, { avatar: id }))).code).toBe('notFound')
    const many = Array.from({ length: profileLimits.pictures + 1 }, () => id)
    expect((await refusalFrom(write(farmer, { pictures: many }))).fields).toHaveProperty('pictures')
    const clerk = await house.member(farmer.shopId, 'clerk')
    expect((await refusalFrom(write({ ...clerk, shopId: farmer.shopId }))).code).toBe('roleNeeded')
    expect((await refusalFrom(write({ ...buyer, shopId: farmer.shopId }))).code).toBe('notFound')
  })
})

describe('the front page', () => {
  test('goes on air, soon, followed, newest; each card says why, and the shelf goes on page after page', async () => {
    const farmer = await house.farmer()
    const other = await house.farmer()
    const live = await onAir(house, farmer)
    const soon = await announced(house, farmer, 5 * HOUR)
    const late = await announced(house, farmer, 30 * HOUR)
    const old = await listingOnShelf(house, other, reviewer)
    later(20 * DAY)
    const fresh = await listingOnShelf(house, other, reviewer)
    await store().follow.mutate({ shopId: other.shopId })
    const followed = await buyer.trpc.buyer.live.followed.query()
    expect(followed.map((c) => [c.id, c.reason])).toEqual([[fresh.listingId, '你关注的茶坊上新']])
    const home = await house.guest.buyer.live.home.query({})
    expect(home.shelf[0]).toMatchObject({ id: fresh.listingId, reason: '新上架' })
    const all: { id: string; reason: string }[] = []
    let cursor: string | null = null
    do {
      const page: { rows: { id: string; reason: string }[]; next: string | null } = await house.guest.buyer.live.shelf.query({
        limit: 3,
        cursor,
      })
      all.push(...page.rows)
      cursor = page.next
    } while (cursor)
    expect(new Set(all.map((c) => c.id)).size).toBe(all.length)
    const [n] = await house.sql<{ n: number }>(`select count(*) as n from listings where state = 'onShelf'`)
    expect(all).toHaveLength(Number(n?.n))
    expect(all.find((c) => c.id === old.listingId)?.reason).toMatch(/^11月2\d日上架$/)
    await store().unfollow.mutate({ shopId: other.shopId })
    expect(await buyer.trpc.buyer.live.followed.query()).toEqual([])
    // twenty days ago
    expect(home.live.find((s) => s.id === live)?.reason).toBe('直播中')
    expect(home.upcoming.map((s) => s.id)).not.toContain(soon)
    expect(home.upcoming.map((s) => s.id)).not.toContain(late)
  })

  test('shows what begins within a day, and gives up on a streamer who is half an hour late', async () => {
    const farmer = await house.farmer()
    const soon = await announced(house, farmer, 2 * HOUR)
    const late = await announced(house, farmer, 30 * HOUR)
    const ids = async () => (await house.guest.buyer.live.home.query({})).upcoming.map((s) => s.id)
    expect(await ids()).toContain(soon)
    expect(await ids()).not.toContain(late)
    later(2 * HOUR + 20 * MINUTE)
    const card = (await house.guest.buyer.live.home.query({})).upcoming.find((s) => s.id === soon)
    expect(card?.reason).toContain('还没有开播')
    later(11 * MINUTE)
    expect(await ids()).not.toContain(soon)
  })

  test('what was taken off the shelf and put on again does not come back as new', async () => {
    const farmer = await house.farmer()
    const { listingId } = await listingOnShelf(house, farmer, reviewer)
    const where = { shopId: farmer.shopId, listingId }
    later(20 * DAY)
    const newer = await listingOnShelf(house, farmer, reviewer)
    await farmer.trpc.shop.catalogue.takeOff.mutate(where)
    await farmer.trpc.shop.catalogue.putOn.mutate(where)
    const { rows } = await house.guest.buyer.storefront.shelf.query({ shopId: farmer.shopId })
    expect(rows.map((r) => r.id)).toEqual([newer.listingId, listingId])
  })
})

test('the calendar has what is announced for the next two weeks, soonest first, page after page', async () => {
  const farmer = await house.farmer()
  const at = [3 * DAY, HOUR, 13 * DAY, 15 * DAY]
  const ids: string[] = []
  for (const ms of at) ids.push(await announced(house, farmer, ms))
  const rows: { id: string }[] = []
  let cursor: string | null = null
  do {
    const page: { rows: { id: string }[]; next: string | null } = await house.guest.buyer.live.calendar.query({ limit: 1, cursor })
    rows.push(...page.rows)
    cursor = page.next
  } while (cursor)
  const ours = rows.map((r) => r.id).filter((id) => ids.includes(id))
  expect(ours).toEqual([ids[1], ids[0], ids[2]])
})
