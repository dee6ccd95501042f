import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rebuild } from '../../server/modules/search/index.ts'
import type { ListingId } from '../../shared/ids.ts'
import { fen } from '../../shared/money.ts'
import { type Facet, searchLimits, yieldedWords } from '../../shared/search/facets.ts'
import { SECOND } from '../../shared/time.ts'
import { batchOf } from '../kit/batches.ts'
import { type House, type Person, refusalFrom, startHouse } from '../kit/house.ts'
import { type DraftChange, type Farmer, listingOnShelf, type OnShelf } from '../kit/listings.ts'

let house: House
let farmer: Farmer
let other: Farmer
let reviewer: Person
/** A tea on the shelf that is sold from a batch of what it says it is, which is what facets and words go by. */
const listingOfOwnBatch = async (who: Farmer, change: DraftChange): Promise<OnShelf> => {
  const productClass = change.productClass ?? 'puer'
  const { kind = 'raw', materialYear = 2025, season = 'spring', hill = 'mojiang-fenghuangwo' } = change
  const batch = await batchOf(house, who.shopId, { productClass, kind, materialYear, season, hill })
  return listingOnShelf(house, who, reviewer, { ...change, batchIds: [batch] })
}
/** Five teas: what each is called in the tests. */
const teas = {} as Record<'phoenix' | 'ripe' | 'pearl' | 'loose' | 'midi', OnShelf>

beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer({ name: '新华茶坊', village: '景星镇新华村' })
  other = await house.farmer({ name: '界牌人家', village: '新抚镇界牌村' })
  reviewer = await house.staff('reviewer')
  const up = (who: Farmer, change: DraftChange) => listingOfOwnBatch(who, change)
  teas.phoenix = await up(farmer, { title: '凤凰窝古树生普饼茶' })
  teas.ripe = await up(farmer, {
    ...{
      title: '一口糯香熟茶砖',
      kind: 'ripe',
      form: 'brick',
      netGrams: 250,
      hill: null,
      materialYear: 2014,
      productionDate: '2016-03-01',
    },
    priceFen: fen(4000),
  })
  teas.pearl = await up(farmer, {
    ...{ title: '景星龙珠八颗装', form: 'dragonBall', netGrams: 64, materialYear: 2023, productionDate: '2023-05-01', hill: null },
    priceFen: fen(9900),
  })
  teas.loose = await up(other, {
    ...{
      title: '界牌散茶口粮',
      productClass: 'maocha',
      pack: [{ unit: 'bag', count: 1 }],
      ...{ scNumber: '', standardCode: '', ingredients: '' },
      form: 'loose',
      netGrams: 500,
      materialYear: 2022,
      productionDate: '2022-11-02',
      hill: null,
    },
    ...{ village: '新抚镇界牌村', season: 'autumn', priceFen: fen(6000) },
  })
  teas.midi = await up(other, { title: '迷帝春茶', hill: 'mojiang-midi', village: '新抚镇界牌村', priceFen: fen(120_000) })
  await house.deliver()
})
afterAll(() => house?.stop())

type Ask = Parameters<House['guest']['buyer']['search']['find']['query']>[0]
const find = (text = '', more: Omit<NonNullable<Ask>, 'text'> = {}) => house.guest.buyer.search.find.query({ text, ...more })
const idsOf = async (text = '', more: Omit<NonNullable<Ask>, 'text'> = {}) => (await find(text, more)).rows.map((r) => r.id)
const valuesOf = async (facet: Facet, text = '', more: Omit<NonNullable<Ask>, 'text'> = {}) =>
  Object.fromEntries((await find(text, more)).facets?.find((f) => f.facet === facet)?.values.map((v) => [v.value, v.count]) ?? [])

describe('found by words', () => {
  test.each([
    ['characters', '凤凰窝'],
    ['sound', 'fenghuangwo'],
    ['initials', 'fhw'],
    ['sounds run together', 'fenghuangwogushu'],
    ['a sound that is only begun', 'fenghuang'],
    ['a slip in a letter', 'fenghuanwo'],
    ['two letters swapped', 'fenghuangow'],
    ['characters of the same sound', '凤皇窝'],
    ['a slip among known words', '古树凤黄窝饼茶'],
    ['wide letters and capitals', 'ＦＨＷ'],
    ['words in any order', '饼茶 凤凰窝'],
  ])('by %s: %s', async (_, text) => {
    expect((await idsOf(text))[0]).toBe(teas.phoenix.listingId)
  })

  test('a kind is found by what people call it, whatever the title says', async () => {
    for (const text of ['熟普', 'shupu', '熟茶', 'sp熟普']) expect(await idsOf(text)).toContain(teas.ripe.listingId)
    expect(await idsOf('shupu')).toEqual([teas.ripe.listingId])
    expect(await idsOf('生普 龙珠')).toEqual([teas.pearl.listingId])
  })

  test('a slip is named with what was looked for instead', async () => {
    expect((await find('凤皇窝')).corrected).toEqual([{ from: '凤皇窝', to: '凤凰窝' }])
    expect((await find('景新')).corrected[0]?.to).toBe('景星')
    expect((await find('凤凰窝')).corrected).toEqual([])
  })

  test('the shop, its village and the maker find it too', async () => {
    expect((await idsOf('界牌人家')).sort()).toEqual([teas.loose.listingId, teas.midi.listingId].sort())
    expect(await idsOf('新抚镇 散茶')).toEqual([teas.loose.listingId])
  })

  test('words that go on from what is typed, with how many teas each finds', async () => {
    const words = (await house.guest.buyer.search.suggest.query({ text: 'fh' })).words
    expect(words[0]).toEqual({ word: '凤凰窝', count: 1 })
    expect((await house.guest.buyer.search.suggest.query({ text: '凤' })).words.map((w) => w.word)).toContain('凤凰窝')
    expect((await house.guest.buyer.search.suggest.query({ text: '古树 longz' })).words[0]?.word).toBe('古树 龙珠')
    expect((await house.guest.buyer.search.suggest.query({ text: '' })).words).toEqual([])
  })
})

describe('facets', () => {
  test('count what is there, and a facet’s own choice does not narrow its own counts', async () => {
    expect(await valuesOf('kind')).toEqual({ raw: 4, ripe: 1 })
    expect(await valuesOf('form')).toEqual({ cake: 2, brick: 1, loose: 1, dragonBall: 1 })
    expect(await valuesOf('village')).toEqual({ 景星镇新华村: 3, 新抚镇界牌村: 2 })
    expect(await valuesOf('productClass')).toEqual({ puer: 4, maocha: 1 })
    const chosen = { kind: ['raw'], form: ['cake'] }
    expect(await valuesOf('form', '', { chosen })).toEqual({ cake: 2, loose: 1, dragonBall: 1 })
    expect(await valuesOf('kind', '', { chosen })).toEqual({ raw: 2 })
    expect(await valuesOf('hill', '', { chosen })).toEqual({ 'mojiang-fenghuangwo': 1, 'mojiang-midi': 1 })
    for (const { facet, values } of (await find()).facets ?? [])
      for (const { value, count } of values)
        expect([facet, value, (await find('', { chosen: { [facet]: [value] } })).total]).toEqual([facet, value, count])
  })

  test('values of one facet join by or, facets by and', async () => {
    expect((await idsOf('', { chosen: { form: ['brick', 'loose'] } })).sort()).toEqual([teas.ripe.listingId, teas.loose.listingId].sort())
    expect(await idsOf('', { chosen: { form: ['brick', 'loose'], kind: ['raw'] } })).toEqual([teas.loose.listingId])
    expect(await idsOf('', { chosen: { band: ['b20'] } })).toEqual(expect.arrayContaining([teas.ripe.listingId, teas.loose.listingId]))
  })

  test('a title that boasts gives no facet', async () => {
    const boast = await listingOfOwnBatch(farmer, { title: '迷帝不是这款 2018 砖茶', hill: null, materialYear: 2025 })
    expect(await valuesOf('hill', '迷帝')).toEqual({ 'mojiang-midi': 1 })
    expect(await valuesOf('year', '迷帝')).toEqual({ 2025: 2 })
    await farmer.trpc.shop.catalogue.takeOff.mutate({ shopId: farmer.shopId, listingId: boast.listingId })
    await house.deliver()
  })
})

describe('order and pages', () => {
  test('by price of 100 g, both ways, and by age', async () => {
    const cheapest = [teas.loose, teas.ripe, teas.phoenix, teas.pearl, teas.midi].map((t) => t.listingId)
    expect(await idsOf('', { sort: 'cheapest' })).toEqual(cheapest)
    expect(await idsOf('', { sort: 'dearest' })).toEqual([...cheapest].reverse())
    expect((await idsOf('', { sort: 'newest' }))[0]).toBe(teas.midi.listingId)
  })

  test.each(['relevance', 'newest', 'cheapest', 'dearest', 'sold'] as const)(
    'pages of %s put together are the whole, each tea once',
    async (sort) => {
      const whole = await idsOf('', { sort })
      const pages: ListingId[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<typeof find>> = await find('', { sort, limit: 2, cursor })
        pages.push(...page.rows.map((r) => r.id))
        expect(page.total).toBe(5)
        expect(page.facets === null).toBe(cursor !== null)
        cursor = page.next
      } while (cursor)
      expect(pages).toEqual(whole)
      expect(whole).toHaveLength(5)
    },
  )

  test('what was sold counts once it has been paid, with the next round', async () => {
    await house.sql(
      `insert into reservations (id, order_id, sku_id, lot_id, base_units, state, held_at)
       select 'rsv_01JZZZZZZZZZZZZZZZZZZZZZZZ', 'ord_01JZZZZZZZZZZZZZZZZZZZZZZZ', sku_id, lot_id, 7, 'sold', now(3) from offer_lots where sku_id = ? limit 1`,
      [teas.ripe.skuId],
    )
    await house.pass(30 * SECOND)
    expect((await idsOf('', { sort: 'sold' }))[0]).toBe(teas.ripe.listingId)
    await house.sql(`delete from reservations where base_units = 7`)
  })
})

describe('where nothing fits', () => {
  test('the nearest year that has some stands instead', async () => {
    const found = await find('熟茶 2012')
    expect(found.yielded).toEqual({ what: 'year', wanted: 2012, nearest: 2014 })
    expect(yieldedWords(found.yielded as never)).toBe('没有 2012 年的，最近的是 2014 年')
    expect(found.rows.map((r) => r.id)).toEqual([teas.ripe.listingId])
    expect((await find('熟茶', { chosen: { year: ['2012'] } })).yielded).toEqual(found.yielded)
  })

  test('the wish that is left aside is named', async () => {
    const found = await find('凤凰窝', { chosen: { kind: ['ripe'] } })
    expect(found.rows.map((r) => r.id)).toEqual([teas.phoenix.listingId])
    expect(yieldedWords(found.yielded as never)).toBe('没有全部符合的茶，下面没有限定「熟茶」')
    const odd = await find('冰岛 凤凰窝')
    expect(odd.rows.map((r) => r.id)).toEqual([teas.phoenix.listingId])
    expect(odd.yielded).toEqual({ what: 'wishes', left: ['冰岛'] })
  })

  test('and when it is nothing at all, the newest', async () => {
    const found = await find('拖拉机')
    expect(found.yielded).toEqual({ what: 'all', asked: '拖拉机' })
    expect(found.rows).toHaveLength(5)
  })
})

describe('in step with the shelf', () => {
  test('off the shelf it is gone, back on it is there', async () => {
    const { shopId } = farmer
    const { listingId } = teas.pearl
    await farmer.trpc.shop.catalogue.takeOff.mutate({ shopId, listingId })
    // even before anybody has heard of it
    expect(await idsOf('龙珠')).not.toContain(listingId)
    await house.deliver()
    expect((await find('龙珠')).yielded).not.toBeNull()
    expect(await valuesOf('form')).toEqual({ cake: 2, brick: 1, loose: 1 })
    await farmer.trpc.shop.catalogue.putOn.mutate({ shopId, listingId })
    await house.deliver()
    expect(await idsOf('龙珠')).toEqual([listingId])
  })

  test('sold out stands behind what can be bought', async () => {
    const change = (delta: number) =>
      farmer.trpc.shop.catalogue.changeStock.mutate({
        ...{ shopId: farmer.shopId, skuId: teas.phoenix.skuId, delta, reason: '' },
        key: `key-of-sixteen-and-${delta + 1000}`,
      })
    const first = (await idsOf('生茶'))[0]
    await change(-50)
    await house.deliver()
    expect((await idsOf('生茶')).at(-1)).toBe(teas.phoenix.listingId)
    await change(50)
    await house.deliver()
    expect((await idsOf('生茶'))[0]).toBe(first)
  })

  test('a suspended shop vanishes with all it sells, and comes back', async () => {
    const ask = { shopId: other.shopId, reason: '证照到期未补' }
    await reviewer.trpc.park.tenants.suspend.mutate(ask)
    // even before anybody has heard of it
    expect((await idsOf()).sort()).toEqual([teas.phoenix, teas.ripe, teas.pearl].map((t) => t.listingId).sort())
    await house.deliver()
    expect(await valuesOf('village')).toEqual({ 景星镇新华村: 3 })
    await reviewer.trpc.park.tenants.reopen.mutate({ ...ask, reason: '证照已补齐' })
    await house.deliver()
    expect(await valuesOf('village')).toEqual({ 景星镇新华村: 3, 新抚镇界牌村: 2 })
    expect(await idsOf()).toHaveLength(5)
  })

  test('what no event has told of is found by the round', async () => {
    await house.sql('update search_docs set shown = 0, version = version + 1, changed_at = ? where listing_id = ?', [
      new Date(house.clock.now()).toISOString().slice(0, 23).replace('T', ' '),
      teas.midi.listingId,
    ])
    house.clock.advance(3 * SECOND)
    expect((await find()).total).toBe(4)
    await house.pass(30 * SECOND)
    expect((await find()).total).toBe(5)
    await house.sql('delete from search_docs')
    expect(await rebuild(house.app)).toBe(6)
  })

  test('heard twice and late, a row is what is true now', async () => {
    const version = async () => (await house.sql('select listing_id, version from search_docs order by listing_id')) as unknown
    const was = await version()
    await house.sql(
      `update deliveries set state = 'waiting', due_at = '2026-01-01' where subscriber like 'search.%' order by event_id desc`,
    )
    await house.deliver()
    expect(await version()).toEqual(was)
  })
})

describe('questions that are no questions', () => {
  test('two hundred characters are read, one more is refused by name', async () => {
    expect((await find('凤'.repeat(searchLimits.text))).rows.length).toBeGreaterThan(0)
    expect((await find('凤凰窝的'.repeat(50))).rows[0]?.id).toBe(teas.phoenix.listingId)
    expect((await find('qwertyuiopasdfghjklzxcvbnm'.repeat(7))).rows).toHaveLength(5)
    const refused = await refusalFrom(find('凤'.repeat(searchLimits.text + 1)))
    expect([refused.code, Object.keys(refused.fields)]).toEqual(['badInput', ['text']])
  })

  test.each([
    `' or 1=1 --`,
    `"; drop table search_docs; --`,
    '%',
    '_',
    '\\',
    '#{7*7}',
    '🍵🍵🍵',
    '凤凰窝🍵',
    '<script>',
    '__proto__',
    'constructor',
    '𠮷𠮷',
  ])('harmless: %s', async (text) => {
    const found = await find(text)
    expect(found.rows.length).toBeGreaterThan(0)
    await house.guest.buyer.search.suggest.query({ text })
    expect((await house.sql('select count(*) as n from search_docs'))[0]).toEqual({ n: 6 })
  })

  test('values that are none fit nothing and are named; facets, sorts and cursors that are none are refused or begin anew', async () => {
    expect((await find('', { chosen: { hill: ["' or 1=1"] } })).yielded).toEqual({ what: 'all', asked: '' })
    for (const chosen of [{ price: ['1'] }, { __proto__x: ['1'] }, { kind: 'raw' }, { kind: Array.from({ length: 21 }, (_, i) => `${i}`) }])
      expect((await refusalFrom(find('', { chosen: chosen as never }))).code).toBe('badInput')
    expect((await refusalFrom(find('', { sort: 'random' as never }))).code).toBe('badInput')
    expect((await refusalFrom(find('', { limit: 1000 }))).code).toBe('badInput')
    expect(await idsOf('', { cursor: "1~2~lst_' or 1=1" })).toEqual(await idsOf())
  })
})
