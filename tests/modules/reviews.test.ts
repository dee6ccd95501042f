import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../server/platform/work.ts'
import type { AssetId, ListingId, OrderId, OrderLineId, ReviewId, SubOrderId } from '../../shared/ids.ts'
import { figuresOf } from '../../shared/reviews/draft.ts'
import { brewLine, removalReasons } from '../../shared/reviews/words.ts'
import { DAY, HOUR } from '../../shared/time.ts'
import { askFor, pay, type Shopper, shopper } from '../kit/buying.ts'
import { type House, type Person, refusalFrom, startHouse } from '../kit/house.ts'
import { type Farmer, jpeg, listingOnShelf, type OnShelf } from '../kit/listings.ts'

let house: House
let farmer: Farmer
let reviewer: Person
let tea: OnShelf

beforeAll(async () => {
  house = await startHouse()
  reviewer = await house.staff('reviewer')
  farmer = await house.farmer()
  tea = await listingOnShelf(house, farmer, reviewer)
})
afterAll(() => house?.stop())

interface Received {
  buyer: Shopper
  orderId: OrderId
  subOrderId: SubOrderId
  orderLineId: OrderLineId
}

/** Somebody who has bought a tea, and received it unless said. */
async function bought(of: OnShelf = tea, received = true): Promise<Received> {
  const buyer = await shopper(house, '王小满')
  const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [of]))
  await pay(house, buyer, orderId)
  const [part] = (await buyer.trpc.buyer.orders.one.query({ orderId })).subOrders
  const subOrderId = part?.id as SubOrderId
  const { shopId } = farmer
  await farmer.trpc.shop.shipping.ship.mutate({ shopId, subOrderId, courier: 'SF', trackingNo: 'SF1234567890' })
  if (received) await buyer.trpc.buyer.orders.receive.mutate({ subOrderId })
  return { buyer, orderId, subOrderId, orderLineId: part?.lines[0]?.id as OrderLineId }
}

const words = (orderLineId: OrderLineId, text = '汤色透亮，第三泡开始回甘。', pictures: AssetId[] = []) => ({
  ...{ orderLineId, text, pictures },
  brew: null,
})
const write = (r: Received, stars = 5, text?: string, pictures?: AssetId[]) =>
  r.buyer.trpc.buyer.reviews.write.mutate({ ...words(r.orderLineId, text, pictures), stars })
const of = (listingId: ListingId = tea.listingId, more: object = {}) => house.guest.buyer.reviews.of.query({ listingId, ...more })

/** A review that everyone reads. */
async function shown(stars = 5, text?: string, listing: OnShelf = tea): Promise<Received & { reviewId: ReviewId }> {
  const got = await bought(listing)
  const { reviewId } = await write(got, stars, text)
  await house.deliver()
  return { ...got, reviewId }
}

/** The case that waits for this review. */
async function caseOf(reviewId: ReviewId, revision: 'written' | 'report') {
  const [row] = await house.sql<{ id: string }>(
    `select id from moderation_cases where subject_id = ? and revision = ? and state = 'open'`,
    [reviewId, revision],
  )
  return row?.id as never
}

async function sendOwn(buyer: Person): Promise<AssetId> {
  const { url } = await buyer.trpc.buyer.assets.ticket.mutate()
  const answer = await fetch(house.origin + url, {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg' },
    body: (await jpeg()) as never,
  })
  return ((await answer.json()) as { asset: { id: AssetId } }).asset.id
}

describe('who may write, and when', () => {
  test('nobody before the parcel is there, and nobody else ever', async () => {
    const got = await bought(tea, false)
    expect((await refusalFrom(write(got))).code).toBe('reviewEarly')
    expect(await got.buyer.trpc.buyer.reviews.ofLine.query({ orderLineId: got.orderLineId })).toMatchObject({ turn: null, written: [] })
    await got.buyer.trpc.buyer.orders.receive.mutate({ subOrderId: got.subOrderId })
    expect(await got.buyer.trpc.buyer.reviews.ofLine.query({ orderLineId: got.orderLineId })).toMatchObject({ turn: 1 })
    const stranger = await shopper(house)
    for (const orderLineId of [got.orderLineId, newId('OrderLine')])
      expect((await refusalFrom(stranger.trpc.buyer.reviews.write.mutate({ ...words(orderLineId), stars: 1 }))).code).toBe('notFound')
    expect((await refusalFrom(stranger.trpc.buyer.reviews.ofOrder.query({ orderId: got.orderId }))).code).toBe('notFound')
    expect((await refusalFrom(house.guest.buyer.reviews.write.mutate({ ...words(got.orderLineId), stars: 1 }))).code).toBe('signIn')
  })

  test('once: the same words again are the same review, other words are refused, and of two at the same moment one stands', async () => {
    const got = await bought()
    const { reviewId } = await write(got, 4)
    expect(await write(got, 4)).toEqual({ reviewId })
    expect((await refusalFrom(write(got, 1, '改一下'))).code).toBe('reviewedAlready')
    const other = await bought()
    const both = await Promise.allSettled([write(other, 5, '一'), write(other, 1, '二')])
    expect(both.map((b) => b.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await house.sql('select 1 from reviews where order_line_id = ?', [other.orderLineId])).toHaveLength(1)
  })

  test('one follow-up, after the review and within 180 days; the review itself within 90', async () => {
    const got = await bought()
    const follow = (text = '放了一个月，苦味退了。') => got.buyer.trpc.buyer.reviews.followUp.mutate(words(got.orderLineId, text))
    expect((await refusalFrom(follow())).code).toBe('notNow')
    await write(got)
    const late = await bought()
    house.clock.advance(91 * DAY)
    expect((await refusalFrom(write(late))).words).toBe('评价要在收货后 90 天内写')
    expect(await late.buyer.trpc.buyer.reviews.ofLine.query({ orderLineId: late.orderLineId })).toMatchObject({ turn: null })
    await follow()
    expect((await refusalFrom(follow('再说一句'))).words).toBe('这件商品已经写过追评了')
    await house.deliver()
    const row = (await of()).rows.find((r) => r.followUp !== null)
    expect(row?.followUp?.text).toBe('放了一个月，苦味退了。')
    expect((await of(tea.listingId, { filter: 'followUp' })).rows.map((r) => r.id)).toEqual([row?.id])
    const slow = await shown()
    house.clock.advance(181 * DAY)
    expect((await refusalFrom(slow.buyer.trpc.buyer.reviews.followUp.mutate(words(slow.orderLineId)))).code).toBe('reviewLate')
  })
})

describe('what others read', () => {
  test('nothing before it was checked; doubtful words and photos wait for a person, and their author sees where they stand', async () => {
    const listing = await listingOnShelf(house, farmer, reviewer)
    const plain = await bought(listing)
    // an opinion is no advertising
    await write(plain, 5, '这是我喝过最好喝的。')
    expect((await of(listing.listingId)).rows).toEqual([])
    await house.deliver()
    expect((await of(listing.listingId)).rows.map((r) => r.text)).toEqual(['这是我喝过最好喝的。'])
    const doubtful = await bought(listing)
    const { reviewId } = await write(doubtful, 5, '喝了能降血压，加微信 cha12345 细聊')
    const withPhoto = await bought(listing)
    const photo = await sendOwn(withPhoto.buyer)
    const { reviewId: photoReview } = await write(withPhoto, 4, '叶底好看。', [photo])
    await house.deliver()
    const doors = async () => [
      ...(await of(listing.listingId)).rows,
      ...(await of(listing.listingId, { filter: 'pictures' })).rows,
      ...(await farmer.trpc.shop.reviews.list.query({ shopId: farmer.shopId })).rows,
    ]
    expect((await doors()).filter((r) => [reviewId, photoReview].includes(r.id))).toEqual([])
    expect((await doubtful.buyer.trpc.buyer.reviews.mine.query({})).rows[0]).toMatchObject({ id: reviewId, state: 'held' })
    await reviewer.trpc.park.moderation.decide.mutate({ caseId: await caseOf(photoReview, 'written'), verdict: 'approved' })
    await house.deliver()
    const [row] = (await of(listing.listingId, { filter: 'pictures' })).rows
    expect(row).toMatchObject({ id: photoReview, nickname: '王**', stars: 4, batches: [{ code: expect.stringMatching(/^MJ/) }] })
    expect(row?.pictures.map((p) => p.id)).toEqual([photo])
    const sheet = await reviewer.trpc.park.moderation.one.query({ caseId: await caseOf(reviewId, 'written') })
    expect(sheet.findings.map((f) => f.text).join()).toContain('降血压')
  })

  test('an average from three on, every number of stars counted, silence counted as nothing', async () => {
    const listing = await listingOnShelf(house, farmer, reviewer)
    await bought(listing)
    expect((await of(listing.listingId)).figures).toEqual(figuresOf([0, 0, 0, 0, 0], 0, 0))
    for (const stars of [5, 2]) await shown(stars, undefined, listing)
    expect((await of(listing.listingId)).figures).toMatchObject({ count: 2, average: null })
    await shown(4, undefined, listing)
    expect((await of(listing.listingId)).figures).toEqual({ count: 3, stars: [0, 1, 0, 1, 1], average: 3.7, withPictures: 0, removed: 0 })
    expect((await of(listing.listingId, { filter: 'low' })).rows.map((r) => r.stars)).toEqual([2])
  })

  test('pages put together are the whole, newest first, each once', async () => {
    const listing = await listingOnShelf(house, farmer, reviewer)
    const written: ReviewId[] = []
    for (let i = 0; i < 5; i++) {
      house.clock.advance(1_000)
      written.push((await shown(5, `第 ${i} 次买`, listing)).reviewId)
    }
    const pages: ReviewId[] = []
    for (let cursor: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof of>> = await of(listing.listingId, { cursor, limit: 2 })
      pages.push(...page.rows.map((r) => r.id))
      expect(page.figures === null).toBe(cursor !== null)
      cursor = page.next
      if (cursor === null) break
    }
    expect(pages).toEqual(written.reverse())
  })

  test('of a tea that is none, nothing', async () => {
    expect((await refusalFrom(of(newId('Listing')))).code).toBe('notFound')
  })
})

describe('the shop', () => {
  test('answers, may reword for a day, and not after', async () => {
    const { reviewId } = await shown(3, '有点潮味。')
    const { shopId } = farmer
    const answer = (text: string) => farmer.trpc.shop.reviews.answer.mutate({ shopId, reviewId, text })
    await answer('抱歉，已换新包装。')
    await answer('抱歉，已换新包装，可以给你补发。')
    expect((await of()).rows.find((r) => r.id === reviewId)?.answer).toBe('抱歉，已换新包装，可以给你补发。')
    expect((await refusalFrom(answer('加我微信 cha12345'))).code).toBe('wordsRefused')
    house.clock.advance(25 * HOUR)
    expect((await refusalFrom(answer('再改'))).code).toBe('answerStands')
    const clerk = await house.member(shopId, 'clerk')
    expect((await refusalFrom(clerk.trpc.shop.reviews.answer.mutate({ shopId, reviewId, text: '谢谢' }))).code).toBe('roleNeeded')
    const other = await house.farmer()
    for (const id of [reviewId, newId('Review')])
      expect((await refusalFrom(other.trpc.shop.reviews.answer.mutate({ shopId: other.shopId, reviewId: id, text: '谢谢' }))).code).toBe(
        'notFound',
      )
  })

  test('has no door to change, hide or delete: only to read, answer and report', async () => {
    const { appRouter } = await import('../../server/router.ts')
    const doors = Object.keys(appRouter._def.procedures).filter((name) => name.startsWith('shop.reviews.'))
    expect(doors.sort()).toEqual(['shop.reviews.answer', 'shop.reviews.list', 'shop.reviews.report'])
  })

  test('reports to the park, once; the review stays until a person has decided', async () => {
    const { reviewId } = await shown(1, '不好喝。')
    const { shopId } = farmer
    const report = (words: string) => farmer.trpc.shop.reviews.report.mutate({ shopId, reviewId, report: words })
    expect(await report('同行恶意差评')).toEqual({ reported: true })
    expect(await report('同行恶意差评')).toEqual({ reported: true })
    expect((await refusalFrom(report('换个理由'))).code).toBe('notNow')
    await house.deliver()
    expect((await of()).rows.map((r) => r.id)).toContain(reviewId)
    await reviewer.trpc.park.moderation.decide.mutate({ caseId: await caseOf(reviewId, 'report'), verdict: 'approved' })
    await house.deliver()
    expect((await of()).rows.map((r) => r.id)).toContain(reviewId)
  })
})

describe('the park', () => {
  test('takes down for a lawful reason only; author and figures say so', async () => {
    const listing = await listingOnShelf(house, farmer, reviewer)
    const bad = await shown(1, '店主家住某某路 3 号，大家去找他', listing)
    const { shopId } = farmer
    await farmer.trpc.shop.reviews.report.mutate({ shopId, reviewId: bad.reviewId, report: '写了我家住址' })
    const caseId = await caseOf(bad.reviewId, 'report')
    const decide = (reasons: string) => reviewer.trpc.park.moderation.decide.mutate({ caseId, verdict: 'rejected', reasons })
    expect((await refusalFrom(decide(''))).code).toBe('reasonNeeded')
    expect((await refusalFrom(decide('影响店铺评分'))).code).toBe('removalReason')
    await decide(`${removalReasons[2]}：写出了住址`)
    await house.deliver()
    expect((await of(listing.listingId)).rows).toEqual([])
    expect((await of(listing.listingId)).figures).toMatchObject({ count: 0, removed: 1 })
    expect((await bad.buyer.trpc.buyer.reviews.mine.query({})).rows[0]).toMatchObject({
      state: 'removed',
      reasons: `${removalReasons[2]}：写出了住址`,
    })
    const [decided] = await house.sql<{ decided_by: string; reasons: string }>(
      'select decided_by, reasons from moderation_cases where id = ?',
      [caseId],
    )
    expect(decided).toMatchObject({ decided_by: reviewer.userId, reasons: `${removalReasons[2]}：写出了住址` })
  })
})

describe('bad input', () => {
  test.each([
    ['no star', { stars: 0 }, 'stars'],
    ['six stars', { stars: 6 }, 'stars'],
    ['half a star', { stars: 4.5 }, 'stars'],
    ['no word', { text: '  ' }, 'text'],
    ['501 characters', { text: '茶'.repeat(501) }, 'text'],
    ['seven photos', { pictures: Array.from({ length: 7 }, () => newId('Asset')) }, 'pictures'],
    ['boiling at 101', { brew: { celsius: 101 } }, 'brew.celsius'],
    ['a sixth of five', { brew: { aroma: 6 } }, 'brew.aroma'],
  ])('%s is refused at its field', async (_, change, field) => {
    const empty = { grams: null, celsius: null, millilitres: null, steep: null, seconds: null, liquor: null, aroma: null, aftertaste: null }
    const { brew, ...rest } = change as { brew?: object }
    const ask = { ...words(newId('OrderLine')), stars: 5, ...rest, brew: brew ? { ...empty, ...brew } : null }
    const buyer = await house.buyer()
    expect(Object.keys((await refusalFrom(buyer.trpc.buyer.reviews.write.mutate(ask))).fields)).toEqual([field])
  })

  test('somebody else’s photo is not found, and neither is a shop’s', async () => {
    const got = await bought()
    const theirs = await sendOwn(await house.buyer())
    const [shops] = await house.sql<{ id: AssetId }>('select id from assets where shop_id is not null limit 1')
    for (const id of [theirs, shops?.id as AssetId, newId('Asset')])
      expect((await refusalFrom(write(got, 5, '好茶', [id]))).code).toBe('notFound')
  })

  test('what looks like a page stays words; what turns the writing round or hides in it is refused', async () => {
    const got = await bought()
    for (const text of ['好\u202E茶', '好\u200B茶']) expect((await refusalFrom(write(got, 5, text))).fields).toHaveProperty('text')
    const { reviewId } = await write(got, 5, '<b>好茶</b>')
    await house.deliver()
    expect((await of()).rows.find((r) => r.id === reviewId)?.text).toBe('<b>好茶</b>')
  })

  test('forty photos a day, and no more', async () => {
    const buyer = await house.buyer()
    await sendOwn(buyer)
    await house.sql(
      `insert into assets (id, user_id, storage_key, width, height, hash, bytes, stored_at, source)
       select concat('ast_', lpad(seq, 26, '0')), ?, concat('x', seq), 1, 1, 'x', 1, ?, 'album' from seq_1_to_39`,
      [buyer.userId, new Date(house.clock.now())],
    )
    const { url } = await buyer.trpc.buyer.assets.ticket.mutate()
    const answer = await fetch(house.origin + url, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
      body: (await jpeg()) as never,
    })
    expect(answer.status).toBe(429)
    expect(((await answer.json()) as { error: { message: string } }).error.message).toBe('一天最多上传 40 张照片，请明天再传')
  })
})

test('a brew note reads as one line', () => {
  expect(brewLine({ grams: 8, celsius: 95, steep: 3, seconds: 15, aroma: 4 })).toBe('投茶 8 克 · 水温 95 °C · 第 3 泡 15 秒出汤 · 香气 4/5')
  expect(brewLine({})).toBe('')
})
