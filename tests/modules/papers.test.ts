import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { admitTenant, labReportsOf, mustHold } from '../../server/modules/tenants/index.ts'
import type { AssetId, BatchId, PaperId, SkuId } from '../../shared/ids.ts'
import { bp } from '../../shared/money.ts'
import { emptyPaper, type PaperDraft, type PaperKind } from '../../shared/tenants/papers.ts'
import { businessDay, DAY, HOUR } from '../../shared/time.ts'
import { emptyBatch } from '../../shared/traceability/draft.ts'
import { askFor, shopper } from '../kit/buying.ts'
import { type House, type Person, refusalFrom, startHouse, TEST_USCC } from '../kit/house.ts'
import { approve, type Farmer, listingOnShelf, uploadPicture, wholeDraft } from '../kit/listings.ts'

let house: House
let reviewer: Person
let farmer: Farmer
let picture: AssetId

beforeAll(async () => {
  house = await startHouse()
  reviewer = await house.staff('reviewer')
  farmer = await house.farmer({ papers: [] })
  picture = (await uploadPicture(house, farmer)).id
  for (const code of ['FHW-1', 'FHW-2', 'FHW-3']) batches.push(await makeBatch(farmer, code))
})
afterAll(() => house.stop())

/** Three batches of the farmer's. */
const batches: BatchId[] = []
const batch = (n: number) => batches[n - 1] as BatchId
const makeBatch = async (who: Farmer, code: string): Promise<BatchId> => {
  const draft = { ...emptyBatch('maocha'), code }
  return (await who.trpc.shop.traceability.saveBatch.mutate({ shopId: who.shopId, draft })).batchId
}
const licence = (change: Partial<PaperDraft> = {}): PaperDraft => ({
  ...emptyPaper('foodBusinessLicence'),
  number: 'JY15308220000001',
  issuer: '墨江县市场监督管理局',
  scope: '预包装食品销售',
  validFrom: '2024-12-31',
  validUntil: '2029-12-30',
  pictures: [picture],
  ...change,
})
const report = (change: Partial<PaperDraft> = {}): PaperDraft => ({
  ...licence({
    kind: 'labReport',
    number: 'A2250012345',
    issuer: '云南省产品质量监督检验研究院',
    validUntil: null,
    validFrom: '2026-05-06',
  }),
  cmaNumber: '230012345678',
  method: 'GB/T 22111-2008',
  sampleBatch: 'FHW-2026-01',
  batchIds: [batch(1)],
  results: [{ item: '水分', value: '9.8 %', limit: '≤ 13.0 %', passed: true }],
  ...change,
})

const doorsOf = (who: Farmer) => who.trpc.shop.tenants
const save = (draft: PaperDraft, who = farmer, paperId?: PaperId) =>
  doorsOf(who).savePaper.mutate({ shopId: who.shopId, draft, ...(paperId ? { paperId } : {}) })
const handIn = async (draft: PaperDraft, who = farmer) => {
  const { paperId } = await save(draft, who)
  await doorsOf(who).submitPaper.mutate({ shopId: who.shopId, paperId })
  return paperId
}
const verify = async (paperId: PaperId, desk = reviewer) => {
  const { version } = await desk.trpc.park.tenants.paper.query({ paperId })
  return desk.trpc.park.tenants.decidePaper.mutate({ paperId, version, verdict: 'verify' })
}
const stateOf = async (paperId: PaperId, who = farmer) => (await doorsOf(who).paper.query({ shopId: who.shopId, paperId })).state
const publicNames = async (who: Farmer) =>
  (await doorsOf(who).shop.query({ shopId: who.shopId })).tenant.licences.map((l) => `${l.name} ${l.number}`)
const holds = (kind: PaperKind, who: Farmer) =>
  house.app.work({ kind: 'guest' }, (work) =>
    mustHold(work, who.shopId, [{ anyOf: [kind], why: '要有这张证照' }], 'puer', businessDay(work.now)),
  )

describe('the wallet', () => {
  test('keeps what is half typed, says what it lacks, and goes on another day', async () => {
    const { paperId, missing } = await save({ ...emptyPaper('foodBusinessLicence'), number: 'JY15308220000001' })
    expect(missing.map((m) => m.field)).toEqual(['pictures', 'issuer', 'scope', 'validFrom', 'validUntil'])
    const refused = await refusalFrom(doorsOf(farmer).submitPaper.mutate({ shopId: farmer.shopId, paperId }))
    expect([refused.code, Object.keys(refused.fields).sort()]).toEqual([
      'paperIncomplete',
      ['issuer', 'pictures', 'scope', 'validFrom', 'validUntil'],
    ])
    const page = await doorsOf(farmer).paper.query({ shopId: farmer.shopId, paperId })
    expect([page.draft.number, page.state, page.mayWrite]).toEqual(['JY15308220000001', 'draft', true])
    await doorsOf(farmer).discardPaper.mutate({ shopId: farmer.shopId, paperId })
    expect((await doorsOf(farmer).papers.query({ shopId: farmer.shopId })).rows.map((r) => r.id)).not.toContain(paperId)
  })

  test('speaks for the shop from the park’s word on, publicly by name and number only', async () => {
    const paperId = await handIn(licence())
    expect((await refusalFrom(save(licence(), farmer, paperId))).code).toBe('notNow')
    expect(await publicNames(farmer)).toEqual([])
    await expect(holds('foodBusinessLicence', farmer)).rejects.toMatchObject({
      code: 'paperMissing',
      message: '还缺已核验的食品经营许可证：要有这张证照。请到「证照」里添加，核验通过后再来',
    })
    const [waiting] = (await reviewer.trpc.park.tenants.papers.query({})).rows.filter((r) => r.id === paperId)
    expect([waiting?.kind, waiting?.shop.id]).toEqual(['foodBusinessLicence', farmer.shopId])
    expect(await verify(paperId)).toEqual({ state: 'verified' })
    await holds('foodBusinessLicence', farmer)
    expect(await publicNames(farmer)).toEqual(['食品经营许可证 JY15308220000001'])
    const bought = JSON.stringify(await house.guest.buyer.storefront.front.query({ shopId: farmer.shopId }))
    expect(bought).toContain('JY15308220000001')
    expect(bought).not.toContain(picture)
  })

  test('a rejection says why, and the same paper is mended and handed in again', async () => {
    const paperId = await handIn(licence({ kind: 'giUse', number: '国知公告 310', validUntil: null }))
    const { version } = await reviewer.trpc.park.tenants.paper.query({ paperId })
    const bare = await refusalFrom(reviewer.trpc.park.tenants.decidePaper.mutate({ paperId, version, verdict: 'reject' }))
    expect([bare.code, bare.fields.reasons]).toEqual(['reasonNeeded', '请写明理由'])
    await reviewer.trpc.park.tenants.decidePaper.mutate({ paperId, version, verdict: 'reject', reasons: '照片看不清' })
    const notices = await doorsOf(farmer).paperNotices.query({ shopId: farmer.shopId })
    expect(notices.find((n) => n.id === paperId)?.reasons).toBe('照片看不清')
    await save(licence({ kind: 'giUse', number: '国知公告 311', validUntil: null }), farmer, paperId)
    await doorsOf(farmer).submitPaper.mutate({ shopId: farmer.shopId, paperId })
    expect((await reviewer.trpc.park.tenants.paper.query({ paperId })).version).toBe(version + 1)
    expect(await verify(paperId)).toEqual({ state: 'verified' })
  })

  test('of two reviewers one decides, and nobody decides on what he has not seen', async () => {
    const other = await house.staff('reviewer')
    const paperId = await handIn(licence({ kind: 'treeSurvey', number: '', validUntil: null }))
    const { version } = await reviewer.trpc.park.tenants.paper.query({ paperId })
    await doorsOf(farmer).recallPaper.mutate({ shopId: farmer.shopId, paperId })
    expect((await refusalFrom(reviewer.trpc.park.tenants.paper.query({ paperId }))).code).toBe('notFound')
    await save(licence({ kind: 'treeSurvey', number: '', validUntil: null, scope: '另一片茶地' }), farmer, paperId)
    await doorsOf(farmer).submitPaper.mutate({ shopId: farmer.shopId, paperId })
    const unseen = reviewer.trpc.park.tenants.decidePaper.mutate({ paperId, version, verdict: 'verify' })
    expect((await refusalFrom(unseen)).code).toBe('stale')
    const both = await Promise.allSettled([verify(paperId), verify(paperId, other)])
    expect(both.map((b) => b.status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = both.find((b) => b.status === 'rejected')
    expect((await refusalFrom(Promise.reject(lost?.reason))).code).toBe('stale')
  })

  test.each<[string, Partial<PaperDraft> | (() => Partial<PaperDraft>), string, string]>([
    ['a number that does not check', { kind: 'productionLicence', number: 'SC11453082200012' }, 'number', '校验'],
    ['a licence of another shape', { number: 'JY1530822' }, 'number', 'JY 加 14 位'],
    ['an end that is past', { validUntil: '2026-11-19' }, 'validUntil', '到期'],
    ['somebody else’s business licence', { kind: 'businessLicence', number: '91330100799655058B', validUntil: null }, 'number', TEST_USCC],
    ['a report without its batch', () => report({ batchIds: [] }), 'batchIds', '批次'],
    ['a report for two batches', () => report({ batchIds: [batch(1), batch(2)] }), 'batchIds', '只能对应一个批次'],
  ])('%s is refused at its field', async (_, change, field, words) => {
    const { paperId } = await save({ ...licence(typeof change === 'function' ? change() : change), pictures: [picture] })
    const refused = await refusalFrom(doorsOf(farmer).submitPaper.mutate({ shopId: farmer.shopId, paperId }))
    expect([refused.code, Object.keys(refused.fields)]).toEqual(['paperIncomplete', [field]])
    expect(refused.fields[field]).toContain(words)
    await doorsOf(farmer).discardPaper.mutate({ shopId: farmer.shopId, paperId })
  })

  test.each<[string, object]>([
    ['a kind of our own', { kind: 'passport' }],
    ['a number too long', { number: '1'.repeat(61) }],
    ['a hidden letter', { issuer: '墨江\u202e县' }],
    ['a line in a line', { number: 'JY1\n2' }],
    ['too many pictures', { pictures: Array.from({ length: 7 }, (_, i) => `ast_01M85J5R46GHAV3YAHA3T2TE9${i}`) }],
    ['a picture twice', { pictures: ['ast_01M85J5R46GHAV3YAHA3T2TE91', 'ast_01M85J5R46GHAV3YAHA3T2TE91'] }],
    ['a field of somebody’s own', { state: 'verified' }],
  ])('%s is bad input', async (_, change) => {
    const refused = await refusalFrom(save({ ...licence(), ...change } as PaperDraft))
    expect([refused.code, refused.status]).toEqual(['badInput', 400])
    expect(Object.keys(refused.fields)[0]).toMatch(/^draft/)
  })

  test('the same number twice is refused, a renewal with another end is not', async () => {
    const { paperId } = await save(licence())
    expect((await refusalFrom(doorsOf(farmer).submitPaper.mutate({ shopId: farmer.shopId, paperId }))).code).toBe('paperTwice')
    await save(licence({ validUntil: '2031-12-30' }), farmer, paperId)
    await doorsOf(farmer).submitPaper.mutate({ shopId: farmer.shopId, paperId })
    await doorsOf(farmer).recallPaper.mutate({ shopId: farmer.shopId, paperId })
    await doorsOf(farmer).discardPaper.mutate({ shopId: farmer.shopId, paperId })
  })
})

describe('who may', () => {
  test('another tenant’s paper is not found, by any door, and neither is another shop’s picture', async () => {
    const other = await house.farmer({ papers: [] })
    const paperId = await handIn(licence({ kind: 'plotEvidence', number: '' }))
    const [theirs, mine] = [
      { shopId: other.shopId, paperId },
      { shopId: farmer.shopId, paperId },
    ]
    const calls = [
      () => doorsOf(other).paper.query(theirs),
      () => doorsOf(other).paper.query(mine),
      () => doorsOf(other).savePaper.mutate({ ...theirs, draft: { ...licence(), pictures: [] } }),
      () => doorsOf(other).submitPaper.mutate(theirs),
      () => doorsOf(other).recallPaper.mutate(theirs),
      () => doorsOf(other).discardPaper.mutate(theirs),
      () => doorsOf(other).papers.query({ shopId: farmer.shopId }),
      () => doorsOf(other).paperNotices.query({ shopId: farmer.shopId }),
      () => doorsOf(other).savePaper.mutate({ shopId: other.shopId, draft: licence() }),
      () => other.trpc.park.tenants.paper.query({ paperId }),
      () => other.trpc.park.tenants.papers.query({}),
      () => other.trpc.park.tenants.endingPapers.query({}),
      () => other.trpc.park.tenants.decidePaper.mutate({ paperId, version: 1, verdict: 'verify' }),
      () => other.trpc.park.tenants.withdrawPaper.mutate({ paperId, reasons: '不实' }),
    ]
    for (const call of calls) expect((await refusalFrom(call())).code, String(call)).toBe('notFound')
    expect(await stateOf(paperId)).toBe('inReview')
  })

  test('papers are the owner’s and the assistant’s; finance and patrol do not decide', async () => {
    const { shopId } = farmer
    for (const role of ['clerk', 'streamer'] as const) {
      const member = await house.member(shopId, role)
      expect((await refusalFrom(member.trpc.shop.tenants.papers.query({ shopId }))).code).toBe('roleNeeded')
      expect((await refusalFrom(member.trpc.shop.tenants.savePaper.mutate({ shopId, draft: licence() }))).code).toBe('roleNeeded')
    }
    const assistant = await house.member(shopId, 'assistant')
    expect((await assistant.trpc.shop.tenants.papers.query({ shopId })).rows.length).toBeGreaterThan(0)
    for (const role of ['finance', 'patrol', 'service'] as const) {
      const staff = await house.staff(role)
      expect((await refusalFrom(staff.trpc.park.tenants.papers.query({}))).code).toBe('notFound')
    }
  })

  test('a tenant whose numbers do not check is not admitted', async () => {
    const admission = (change: object) =>
      house.app.work({ kind: 'guest' }, (work) =>
        admitTenant(work, {
          kind: 'enterprise',
          name: '墨江某茶业有限公司',
          uscc: TEST_USCC,
          address: '墨江',
          papers: [],
          shop: { name: '店', story: '', village: '', avatarId: null, subMerchant: '1900009999', commissionBp: bp(1) },
          members: [],
          ...change,
        }),
      )
    const before = await house.sql('select id from tenants')
    await expect(admission({ uscc: '91530822MA6K000000' })).rejects.toMatchObject({
      code: 'badInput',
      fields: { uscc: expect.stringContaining('校验') },
    })
    await expect(admission({ papers: [{ kind: 'productionLicence', number: 'SC11453082200019' }] })).rejects.toMatchObject({
      fields: { 'papers.0.number': expect.stringContaining('校验') },
    })
    expect(await house.sql('select id from tenants')).toHaveLength(before.length)
  })
})

describe('a lab report', () => {
  test('speaks for its own batch of its own shop and for nothing else; an old one is flagged', async () => {
    const thief = await house.farmer({ papers: [] })
    const fresh = await handIn(report())
    const old = await handIn(report({ number: 'A2240000001', batchIds: [batch(2)], validFrom: '2025-11-19' }))
    const theirs = { ...report(), pictures: [(await uploadPicture(house, thief)).id] }
    expect((await refusalFrom(save(theirs, thief))).code).toBe('notFound')
    const stolen = await handIn({ ...theirs, batchIds: [await makeBatch(thief, 'T-1')] }, thief)
    for (const id of [fresh, old, stolen]) await verify(id)
    await house.sql('insert into paper_batches (paper_id, batch_id) values (?, ?)', [stolen, batch(1)])
    const of = (shopId = farmer.shopId) =>
      labReportsOf(
        house.app.read,
        [1, 2, 3].map((n) => ({ id: batch(n), shopId })),
        businessDay(house.clock.now()),
      )
    const found = await of()
    expect([...found].map(([id, reports]) => [id, reports.map((r) => [r.paperId, r.isOld])])).toEqual([
      [batch(1), [[fresh, false]]],
      [batch(2), [[old, true]]],
    ])
    expect(found.get(batch(1))?.[0]).toMatchObject({
      lab: '云南省产品质量监督检验研究院',
      cmaNumber: '230012345678',
      sampleBatch: 'FHW-2026-01',
    })
    // however the thief's report came to name our batch: where it is ours, it says nothing
    expect(found.get(batch(1))?.map((r) => r.paperId)).not.toContain(stolen)
    await house.sql("update batches set state = 'verified' where id = ?", [batch(1)])
    const page = () => house.guest.buyer.traceability.batch.query({ batchId: batch(1) })
    expect((await page()).labReports.map((r) => r.paperId)).toEqual([fresh])
    expect((await page()).gaps).not.toContain('没有检验报告')
    await reviewer.trpc.park.tenants.withdrawPaper.mutate({ paperId: fresh, reasons: '机构证实不是它出的报告' })
    expect((await of()).has(batch(1))).toBe(false)
  })
})

describe('time', () => {
  test('tells 60, 30 and 7 days before, each once; on the day after the last it ends, and not a day sooner', async () => {
    const shop = await house.farmer({ papers: [] })
    const mine = (await uploadPicture(house, shop)).id
    const last = businessDay((house.clock.now() + 61 * DAY) as never)
    const paperId = await handIn(licence({ validUntil: last, pictures: [mine] }), shop)
    await verify(paperId)
    const told = async () =>
      (
        await house.sql<{ name: string; facts: string | object }>(
          'select name, cast(facts as char) as facts from events where name like "paper.expir%" order by id',
        )
      )
        .map((e) => ({
          name: e.name,
          facts: (typeof e.facts === 'string' ? JSON.parse(e.facts) : e.facts) as { paperId: string; days?: number },
        }))
        .filter((e) => e.facts.paperId === paperId)
        .map((e) => [e.name, e.facts.days ?? null])
    await house.pass(HOUR)
    expect(await told()).toEqual([])
    await house.pass(12 * HOUR)
    expect(await told()).toEqual([['paper.expiring', 60]])
    const [notice] = await doorsOf(shop).paperNotices.query({ shopId: shop.shopId })
    expect(notice).toMatchObject({ id: paperId, daysLeft: 60 })
    expect((await reviewer.trpc.park.tenants.endingPapers.query({})).rows.map((r) => r.id)).toContain(paperId)
    await house.pass(30 * DAY)
    await house.pass(23 * DAY)
    await house.pass(HOUR)
    expect(await told()).toEqual([
      ['paper.expiring', 60],
      ['paper.expiring', 30],
      ['paper.expiring', 7],
    ])
    await house.pass(6 * DAY)
    await house.pass(20 * HOUR)
    expect(businessDay(house.clock.now())).toBe(last)
    await holds('foodBusinessLicence', shop)
    expect(await stateOf(paperId, shop)).toBe('verified')
    while (businessDay(house.clock.now()) === last) house.clock.advance(HOUR)
    // the day decides, also before the clock's job has come round
    await expect(holds('foodBusinessLicence', shop)).rejects.toMatchObject({ code: 'paperMissing' })
    await house.pass(0)
    expect(await stateOf(paperId, shop)).toBe('expired')
    expect(await publicNames(shop)).toEqual([])
    await house.pass(DAY)
    expect((await told()).slice(3)).toEqual([['paper.expired', null]])
    expect((await doorsOf(shop).paperNotices.query({ shopId: shop.shopId })).map((n) => [n.id, n.state])).toEqual([[paperId, 'expired']])
  })
})

describe('what is sold', () => {
  test('a tea without its papers is not submitted; sold while they hold; asleep the day after; back with one tap once a new one is verified', async () => {
    const shop = await house.farmer({ papers: [{ kind: 'businessLicence', number: TEST_USCC }] })
    const { shopId } = shop
    const [mine, buyer] = [(await uploadPicture(house, shop)).id, await shopper(house)]
    const { listingId, revisionId } = await shop.trpc.shop.catalogue.saveDraft.mutate({ shopId, draft: wholeDraft(mine) })
    const lacking = await refusalFrom(shop.trpc.shop.catalogue.submit.mutate({ shopId, listingId }))
    expect([lacking.code, lacking.words]).toEqual([
      'paperMissing',
      '还缺已核验的食品经营许可证、仅销售预包装食品备案或食品生产许可证：卖预包装食品要有食品经营许可证、预包装食品备案或生产许可证。请到「证照」里添加，核验通过后再来',
    ])
    const last = businessDay((house.clock.now() + 3 * DAY) as never)
    await verify(await handIn(licence({ validUntil: last, pictures: [mine] }), shop))
    await approve(house, shop, reviewer, listingId)
    const seen = async () => (await house.guest.buyer.storefront.shelf.query({ shopId })).rows.map((l) => l.id)
    expect(await seen()).toEqual([listingId])
    while (businessDay(house.clock.now()) !== last) await house.pass(12 * HOUR)
    expect(await seen()).toEqual([listingId])
    while (businessDay(house.clock.now()) === last) house.clock.advance(HOUR)
    await house.pass(0)
    expect(await seen()).toEqual([])
    const [row] = (await shop.trpc.shop.catalogue.list.query({ shopId })).rows
    expect([row?.shelf, row?.offBecause]).toEqual(['offShelf', '没有有效的食品经营许可证、仅销售预包装食品备案或食品生产许可证'])
    const [sku] = await house.sql<{ id: SkuId }>('select id from skus where listing_id = ?', [listingId])
    const order = () => buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [{ skuId: sku?.id as SkuId, revisionId }]))
    expect((await refusalFrom(order())).code).toBe('notOnSale')
    expect((await refusalFrom(shop.trpc.shop.catalogue.putOn.mutate({ shopId, listingId }))).code).toBe('paperMissing')
    await verify(await handIn(licence({ validUntil: '2032-12-30', pictures: [mine] }), shop))
    expect(await seen()).toEqual([])
    expect(await shop.trpc.shop.catalogue.putOn.mutate({ shopId, listingId })).toMatchObject({ shelf: 'onShelf' })
    expect(await seen()).toEqual([listingId])
    expect((await shop.trpc.shop.catalogue.list.query({ shopId })).rows[0]?.offBecause).toBeNull()
    expect((await order()).orderId).toBeTruthy()
  })

  test('what the park withdraws takes its teas off the shelf at once, and no others', async () => {
    const shop = await house.farmer({ papers: [{ kind: 'businessLicence', number: TEST_USCC }] })
    const { shopId } = shop
    const mine = (await uploadPicture(house, shop)).id
    const paperId = await handIn(licence({ pictures: [mine] }), shop)
    await verify(paperId)
    const { listingId } = await listingOnShelf(house, shop, reviewer)
    const { listingId: other } = await listingOnShelf(house, await house.farmer(), reviewer)
    await reviewer.trpc.park.tenants.withdrawPaper.mutate({ paperId, reasons: '发证机关已注销' })
    await house.deliver()
    expect((await shop.trpc.shop.catalogue.get.query({ shopId, listingId })).shelf).toBe('offShelf')
    expect(await house.guest.buyer.catalogue.listing.query({ listingId: other })).toBeTruthy()
  })
})
