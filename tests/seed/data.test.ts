import { describe, expect, test } from 'vitest'
import { assistant, buyers, parkStaff } from '../../server/seed/data/people.ts'
import { reviews } from '../../server/seed/data/reviews.ts'
import { orders } from '../../server/seed/data/sales.ts'
import { announced, onAirNow, past } from '../../server/seed/data/shows.ts'
import { teas } from '../../server/seed/data/teas.ts'
import { tenants } from '../../server/seed/data/tenants.ts'
import { creditCode, teaLicence } from '../../server/seed/numbers.ts'
import { canPrint } from '../../server/seed/pictures/index.ts'
import { draftOf, lastSpring, teasOf } from '../../server/seed/shelf.ts'
import { creditOf } from '../../server/seed/shops.ts'
import { classForms } from '../../shared/catalogue/classes.ts'
import { missing } from '../../shared/catalogue/complete.ts'
import { type ListingDraft, productClasses } from '../../shared/catalogue/draft.ts'
import { hillOf } from '../../shared/catalogue/hills.ts'
import { listingLimits } from '../../shared/catalogue/limits.ts'
import type { AssetId, BatchId } from '../../shared/ids.ts'
import { SESSION_TITLE_MAX } from '../../shared/live/limits.ts'
import { readClaims } from '../../shared/moderation/claims.ts'
import { DETAIL_MAX, NAME_MAX, NOTE_MAX, PHONE } from '../../shared/orders/limits.ts'
import { creditCheck, mod1110Check } from '../../shared/tenants/check-digits.ts'
import { after, businessDay, DAY, type Instant } from '../../shared/time.ts'

/** Every text of the data, with where it stands. */
const textsIn = (what: unknown, where: string): { where: string; text: string }[] => {
  if (typeof what === 'string') return [{ where, text: what }]
  if (typeof what !== 'object' || what === null) return []
  return Object.entries(what).flatMap(([key, value]) => textsIn(value, `${where}.${key}`))
}
const texts = textsIn({ tenants, teas, buyers, parkStaff, assistant, orders, reviews, announced, onAirNow, past }, 'data')

const picture = 'ast_01M85J5R46GHAV3YAHA3T2TE97' as AssetId
const batch = 'bat_01M85J5R46GHAV3YAHA3T2TE97' as BatchId
/** With its pictures and batches, which only a house has. */
const whole = (draft: ListingDraft): ListingDraft => ({
  ...draft,
  pictures: [picture],
  labelPicture: picture,
  skus: draft.skus.map((s) => ({ ...s, batchIds: [batch] })),
})
const drafts = (day: string) =>
  tenants.flatMap((tenant, place) =>
    teasOf({ tenant }).map((tea, nth) => ({
      tenant,
      tea,
      draft: whole(draftOf({ tenant, place }, tea, nth, lastSpring(day), day)),
    })),
  )

describe('what the demonstration says', () => {
  test('no text makes a claim that may not stand beside tea', () => {
    expect(texts.length).toBeGreaterThan(300)
    expect(texts.flatMap(({ where, text }) => readClaims(text).map((claim) => `${where}: ${claim.text}`))).toEqual([])
    // the same reader does find a claim where one is
    expect(readClaims(`${texts[0]?.text}，降血脂`)).toHaveLength(1)
  })

  test('there are enough tenants of every kind, and enough teas of every form, both kinds and many years', () => {
    expect(tenants.length).toBeGreaterThanOrEqual(14)
    expect(new Set(tenants.map((t) => t.kind))).toEqual(new Set(['enterprise', 'cooperative', 'farmer']))
    const all = Object.values(teas).flat()
    expect(all.length).toBeGreaterThanOrEqual(64)
    expect(new Set(all.map((t) => t.form))).toEqual(new Set(['cake', 'brick', 'tuo', 'loose', 'dragonBall', 'melon', null]))
    expect(new Set(all.map((t) => t.kind))).toEqual(new Set(['raw', 'ripe', null]))
    expect(new Set(drafts('2026-11-24').map(({ draft }) => draft.productClass))).toEqual(new Set(productClasses))
    expect(drafts('2026-11-24').filter(({ draft }) => draft.skus.length > 1).length).toBeGreaterThanOrEqual(8)
    expect(new Set(all.map((t) => t.age))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8]))
    for (const ends of ['draft', 'inReview', 'rejected', 'offShelf'] as const) expect(all.some((t) => t.ends === ends)).toBe(true)
    expect(Object.keys(teas).sort()).toEqual(tenants.map((t) => t.key).sort())
  })

  test.each(['2026-05-31', '2026-06-01', '2026-11-24', '2027-01-01', '2028-02-29'])(
    'begun on %s, every tea that is handed in lacks nothing and is not from the future',
    (day) => {
      const began = Date.parse(`${day}T04:00:00Z`) as Instant
      const wrong = drafts(day)
        .filter(({ tea }) => tea.ends !== 'draft')
        .flatMap(({ draft }) => missing(draft, businessDay(after(began, 11 * DAY))).map((m) => `${draft.title}: ${m.words}`))
      expect(wrong).toEqual([])
    },
  )

  test('every form keeps its bounds, and no shop has two teas of one title', () => {
    for (const { draft, tenant } of drafts('2026-11-24')) {
      expect([...draft.title].length, draft.title).toBeGreaterThanOrEqual(listingLimits.title.min)
      expect([...draft.title].length, draft.title).toBeLessThanOrEqual(listingLimits.title.max)
      expect([...draft.village].length, draft.title).toBeLessThanOrEqual(listingLimits.village)
      if (draft.hill) expect(hillOf(draft.hill), draft.title).not.toBeNull()
      const titles = drafts('2026-11-24').filter((d) => d.tenant === tenant && d.draft.title === draft.title)
      expect(titles, draft.title).toHaveLength(1)
    }
    for (const { title } of [...announced, onAirNow, ...past]) expect([...title].length).toBeLessThanOrEqual(SESSION_TITLE_MAX)
    for (const { to } of buyers) {
      expect(to.phone).toMatch(PHONE)
      expect([...to.name].length).toBeLessThanOrEqual(NAME_MAX)
      expect([...to.detail].length).toBeLessThanOrEqual(DETAIL_MAX)
    }
    for (const { note } of orders) expect([...(note ?? '')].length).toBeLessThanOrEqual(NOTE_MAX)
  })

  test('every name on a paper, a label and a badge can be printed', () => {
    const printed = Object.values(teas)
      .flat()
      .map((t) => t.print)
    expect(printed.filter((name) => !canPrint(name) || [...name].length > 8)).toEqual([])
    expect(tenants.filter((t) => !canPrint(t.badge) || [...t.badge].length !== 1)).toEqual([])
  })

  test('a farmer sells loose sun-dried tea as farm produce and has no licence; everybody else has one', () => {
    for (const { tenant, draft } of drafts('2026-11-24')) {
      const farmer = tenant.kind === 'farmer'
      expect(draft.productClass === 'maocha', draft.title).toBe(farmer)
      expect(creditOf(tenant) === null).toBe(farmer)
      if (farmer) expect([draft.kind, draft.form], draft.title).toEqual(['raw', 'loose'])
      else if (classForms[draft.productClass ?? 'puer'].scPrefix) expect(draft.scNumber).toMatch(/^SC1(14|01|20)530822\d{5}$/)
      else expect(draft.permitNumber, draft.title).not.toBe('')
    }
  })

  test('orders and broadcasts name teas that are sold', () => {
    const sold = (shop: string, place: number) => {
      const tea = teas[shop]?.[place]
      return tea !== undefined && (tea.ends === undefined || tea.ends === 'offShelf')
    }
    expect(orders.flatMap((o) => o.lines.filter(([shop, tea]) => !sold(shop, tea)))).toEqual([])
    for (const show of [...announced, onAirNow, ...past]) expect(show.bag.filter((place) => !sold(show.shop, place))).toEqual([])
    expect(onAirNow.bag).toHaveLength(8)
    expect(new Set(orders.map((o) => o.ends)).size).toBe(6)
    expect(new Set(orders.map((o) => o.key)).size).toBe(orders.length)
  })
})

describe('the numbers on papers', () => {
  test('a credit code ends with the check sign of GB 32100-2015', () => {
    // the example of the standard
    expect(creditCheck('91350100M000100Y4')).toBe('3')
    const codes = tenants.flatMap((t) => creditOf(t) ?? [])
    expect(codes.filter((c) => !/^9[13]530822[0-9A-HJ-NPQRTUWXY]{10}$/.test(c) || creditCheck(c.slice(0, 17)) !== c[17])).toEqual([])
    expect(new Set(codes).size).toBe(codes.length)
    expect(creditCode('91', '530822', 'MA6KXL31')).toHaveLength(18)
  })

  test('a licence number ends with the check digit of GB/T 17710', () => {
    // the example of ISO 7064 for MOD 11,10
    expect(mod1110Check('0794')).toBe('5')
    expect(teaLicence('530822', 31)).toMatch(/^SC114530822003\d{2}$/)
  })
})
