/**
 * What discounts make of a price: pure, whole fen, the same on the phone and on the server.
 *
 * Written rules (shown to buyers as 优惠规则):
 * 1. The order of the steps is fixed: flash price, bundle, shop's full reduction, shop's or room's coupon, sample credit, park's full reduction,
 *    park's coupon. Gifts cost nothing and change nothing.
 * 2. Thresholds and percentages are counted on the goods before any discount (at the flash price where one holds), so that one discount never
 *    takes another away.
 * 3. Of each kind one applies: for each shop one full reduction, one coupon; for the order one reduction and one coupon of the park. Where
 *    the buyer has not chosen, the largest.
 * 4. A flash price never makes an order dearer: where the goods cost less without it, they are priced without it.
 * 5. Each shop's part keeps at least one fen, for WeChat Pay takes no payment of nothing.
 * 6. A discount is spread over its lines by largest remainder; where it is more than they cost, the rest is spread over the lines beside them.
 * Hence: the parts add up to the whole, and a further discount never raises what is to be paid (tests/shared/promotions.test.ts).
 */
import { addFen, type Bp, type Fen, fen, prorate, rateOf, timesFen } from '../money.ts'

/** What is bought of one sku. A sku stands in one line only. */
export interface OfferedLine {
  shopId: string
  skuId: string
  batchIds: readonly string[]
  /** Of one unit, without any discount. */
  priceFen: Fen
  /** Of one unit in a running flash sale, where the buyer has a claim. */
  flashFen: Fen | null
  quantity: number
}

interface About {
  /** Of the offer, or of the coupon that a buyer has. */
  id: string
  title: string
}

/** So many of these skus together for one price. */
export interface Bundle extends About {
  kind: 'bundle'
  shopId: string
  items: readonly { skuId: string; count: number }[]
  bundleFen: Fen
}

/** 满减: who buys for so much gets so much off; the highest step reached counts. `shopId` null: the park's, over all shops. */
export interface Reduction extends About {
  kind: 'reduction'
  shopId: string | null
  steps: readonly { overFen: Fen; offFen: Fen }[]
  /** The skus that count and are reduced; null: all. */
  skuIds: readonly string[] | null
}

/** A coupon that the buyer has. `shopId` null: the park's. */
export interface HeldCoupon extends About {
  kind: 'coupon'
  shopId: string | null
  overFen: Fen
  off: { kind: 'sum'; fen: Fen } | { kind: 'rate'; bp: Bp; capFen: Fen }
  skuIds: readonly string[] | null
}

/** The price of a sample bought before, credited once to tea of the same batch. */
export interface SampleCredit extends About {
  kind: 'credit'
  shopId: string
  batchId: string
  creditFen: Fen
  /** The sample itself is not paid by a sample. */
  sampleSkuIds: readonly string[]
}

/** 满赠: who buys for so much from a shop gets something on top. */
export interface Gift extends About {
  kind: 'gift'
  shopId: string
  overFen: Fen
  skuId: string
  count: number
}

export type Offer = Bundle | Reduction | HeldCoupon | SampleCredit | Gift
export type DiscountStep = 'flash' | 'bundle' | 'shopReduction' | 'shopCoupon' | 'credit' | 'parkReduction' | 'parkCoupon'

/** The buyer's own choice of coupons: an id, null for none; what is not named is chosen for them. */
export interface Choice {
  shop?: Readonly<Record<string, string | null>>
  park?: string | null
}

/** One discount as it fell: how much in all and on each line (skus without a share are left out). */
export interface Discount {
  step: DiscountStep
  offerId: string
  title: string
  offFen: Fen
  shares: { skuId: string; offFen: Fen }[]
}

export interface DiscountedLine extends OfferedLine {
  /** Quantity times the price without any discount. */
  listFen: Fen
  /** What is paid for the line: listFen less all its shares. */
  paidFen: Fen
}

export interface DiscountedPrice {
  lines: DiscountedLine[]
  /** In the order in which they were taken off. */
  discounts: Discount[]
  gifts: { shopId: string; offerId: string; title: string; skuId: string; count: number }[]
  shops: { shopId: string; listFen: Fen; discountFen: Fen; paidFen: Fen }[]
  listFen: Fen
  discountFen: Fen
  paidFen: Fen
}

/** Bundles of a shop that are tried together, and how often one is taken in an order: the search over them is complete within these. */
export const MOST_BUNDLES = 4
export const MOST_SETS = 5

/** Prices goods with everything that may be taken off. Throws a RangeError for a sku in two lines or a quantity that is none. */
export function discountedPrice(lines: readonly OfferedLine[], offers: readonly Offer[], choice: Choice = {}): DiscountedPrice {
  if (new Set(lines.map((l) => l.skuId)).size !== lines.length) throw new RangeError('a sku stands in two lines')
  if (lines.some((l) => !Number.isSafeInteger(l.quantity) || l.quantity < 1)) throw new RangeError('not a quantity')
  const plain = priced(lines, offers, choice, false)
  if (lines.every((l) => l.flashFen === null)) return plain
  const flash = priced(lines, offers, choice, true)
  return flash.paidFen <= plain.paidFen ? flash : plain
}

/** The fen that stay on each line while discounts are taken off one after the other. */
interface Till {
  rest: Map<string, number>
  lines: readonly (OfferedLine & { baseFen: Fen })[]
  discounts: Discount[]
}

function priced(given: readonly OfferedLine[], offers: readonly Offer[], choice: Choice, withFlash: boolean): DiscountedPrice {
  const lines = given.map((l) => ({ ...l, baseFen: timesFen(withFlash ? least(l.flashFen, l.priceFen) : l.priceFen, l.quantity) }))
  const till: Till = { rest: new Map(lines.map((l) => [l.skuId, l.baseFen])), lines, discounts: flashDiscounts(lines) }
  const shopIds = [...new Set(lines.map((l) => l.shopId))]
  const gifts: DiscountedPrice['gifts'] = []
  for (const shopId of shopIds) {
    const ours = offers.filter((o) => o.shopId === shopId)
    const own = lines.filter((l) => l.shopId === shopId)
    for (const found of bestSets(own, ours.filter(is('bundle')))) takeOff(till, own, { step: 'bundle', ...found })
    takeBest(till, own, 'shopReduction', ours.filter(is('reduction')), reductionOff)
    takeBest(till, own, 'shopCoupon', chosen(ours.filter(is('coupon')), choice.shop?.[shopId]), couponOff)
    for (const credit of ours.filter(is('credit'))) takeCredit(till, own, credit)
    const spent = addFen(...own.map((l) => l.baseFen))
    const [gift] = ours
      .filter(is('gift'))
      .filter((g) => spent >= g.overFen)
      .sort((a, b) => b.overFen - a.overFen || byId(a, b))
    if (gift) gifts.push({ shopId, offerId: gift.id, title: gift.title, skuId: gift.skuId, count: gift.count })
  }
  const parks = offers.filter((o) => o.shopId === null)
  takeBest(till, lines, 'parkReduction', parks.filter(is('reduction')), reductionOff)
  takeBest(till, lines, 'parkCoupon', chosen(parks.filter(is('coupon')), choice.park), couponOff)
  return summed(given, shopIds, till, gifts)
}

const is =
  <K extends Offer['kind']>(kind: K) =>
  (offer: Offer): offer is Extract<Offer, { kind: K }> =>
    offer.kind === kind

const byId = (a: About, b: About): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
const least = (a: Fen | null, b: Fen): Fen => (a !== null && a < b ? a : b)

/** A flash price is shown as the discount that it is; the lines begin at it. */
const flashDiscounts = (lines: Till['lines']): Discount[] =>
  lines.flatMap((l) => {
    const offFen = fen(l.priceFen * l.quantity - l.baseFen)
    return offFen === 0 ? [] : [{ step: 'flash' as const, offerId: '', title: '', offFen, shares: [{ skuId: l.skuId, offFen }] }]
  })

const chosen = (coupons: HeldCoupon[], wish: string | null | undefined): HeldCoupon[] =>
  wish === undefined ? coupons : coupons.filter((c) => c.id === wish)

const countsFor = (line: OfferedLine, skuIds: readonly string[] | null): boolean => skuIds === null || skuIds.includes(line.skuId)

const reductionOff = (offer: Reduction, spent: Fen): Fen =>
  fen(Math.max(0, ...offer.steps.filter((s) => spent >= s.overFen && spent > 0).map((s) => s.offFen)))

const couponOff = (coupon: HeldCoupon, spent: Fen): Fen => {
  if (spent < coupon.overFen || spent === 0) return fen(0)
  const { off } = coupon
  return off.kind === 'sum' ? off.fen : least(off.capFen, rateOf(spent, off.bp))
}

/** The largest of several; of equals the one with the smaller id, so that every machine chooses alike. */
function takeBest<O extends Reduction | HeldCoupon>(
  till: Till,
  scope: Till['lines'],
  step: DiscountStep,
  offers: readonly O[],
  offOf: (offer: O, spent: Fen) => Fen,
): void {
  const [best] = offers
    .map((offer) => {
      const lines = scope.filter((l) => countsFor(l, offer.skuIds))
      return { offer, lines, off: offOf(offer, addFen(...lines.map((l) => l.baseFen))) }
    })
    .sort((a, b) => b.off - a.off || byId(a.offer, b.offer))
  if (!best) return
  const weights = new Map(best.lines.map((l) => [l.skuId, till.rest.get(l.skuId) ?? 0]))
  takeOff(till, scope, { step, offerId: best.offer.id, title: best.offer.title, offFen: best.off, weights })
}

function takeCredit(till: Till, scope: Till['lines'], credit: SampleCredit): void {
  const lines = scope.filter((l) => l.batchIds.includes(credit.batchId) && !credit.sampleSkuIds.includes(l.skuId))
  const off = least(credit.creditFen, addFen(...lines.map((l) => l.baseFen)))
  const weights = new Map(lines.map((l) => [l.skuId, till.rest.get(l.skuId) ?? 0]))
  takeOff(till, scope, { step: 'credit', offerId: credit.id, title: credit.title, offFen: off, weights })
}

interface Wanted {
  step: DiscountStep
  offerId: string
  title: string
  offFen: Fen
  /** By how much of it each line would bear. */
  weights: ReadonlyMap<string, number>
}

/** Takes a discount off: first from the lines it is for, what they cannot bear from the others in scope; one fen stays for every shop. */
function takeOff(till: Till, scope: Till['lines'], wanted: Wanted): void {
  const room = roomOf(till, scope)
  const offFen = Math.min(wanted.offFen, sum(room.values()))
  if (offFen <= 0) return
  const shares = new Map<string, number>()
  const spread = (amount: number, weights: ReadonlyMap<string, number>): number => {
    const can = scope.flatMap((l) => {
      const left = (room.get(l.skuId) ?? 0) - (shares.get(l.skuId) ?? 0)
      const weight = weights.get(l.skuId) ?? 0
      return left > 0 && weight > 0 ? [{ skuId: l.skuId, left, weight }] : []
    })
    const bearable = Math.min(
      amount,
      can.reduce((a, c) => a + c.left, 0),
    )
    const parts =
      bearable > 0
        ? prorate(
            fen(bearable),
            can.map((c) => c.weight),
          )
        : []
    // whoever would bear more than it has gives the rest on, once: the second round below has the room's own weights
    let given = 0
    for (const [i, c] of can.entries()) {
      const part = Math.min(parts[i] ?? 0, c.left)
      shares.set(c.skuId, (shares.get(c.skuId) ?? 0) + part)
      given += part
    }
    return given
  }
  let open = offFen - spread(offFen, wanted.weights)
  const inside = () => new Map([...room].flatMap(([id, r]) => (wanted.weights.has(id) ? [[id, r - (shares.get(id) ?? 0)] as const] : [])))
  if (open > 0) open -= spread(open, inside())
  if (open > 0) open -= spread(open, new Map([...room].map(([id, r]) => [id, r - (shares.get(id) ?? 0)])))
  for (const [skuId, part] of shares) till.rest.set(skuId, (till.rest.get(skuId) ?? 0) - part)
  till.discounts.push({
    step: wanted.step,
    offerId: wanted.offerId,
    title: wanted.title,
    offFen: fen(offFen),
    shares: [...shares].filter(([, part]) => part > 0).map(([skuId, part]) => ({ skuId, offFen: fen(part) })),
  })
}

const sum = (parts: Iterable<number>): number => {
  let all = 0
  for (const part of parts) all += part
  return all
}

/** What each line in scope may still give; the fen that a shop keeps stays on its largest line. */
function roomOf(till: Till, scope: Till['lines']): Map<string, number> {
  const room = new Map(scope.map((l) => [l.skuId, till.rest.get(l.skuId) ?? 0]))
  for (const shopId of new Set(scope.map((l) => l.shopId))) {
    const [largest] = scope.filter((l) => l.shopId === shopId).sort((a, b) => (room.get(b.skuId) ?? 0) - (room.get(a.skuId) ?? 0))
    if (largest) room.set(largest.skuId, Math.max(0, (room.get(largest.skuId) ?? 0) - 1))
  }
  return room
}

/** The sets that save most, by trying all within the bounds; of equals the first tried. */
function bestSets(lines: Till['lines'], bundles: readonly Bundle[]): Omit<Wanted, 'step'>[] {
  const unit = new Map(lines.map((l) => [l.skuId, l.baseFen / l.quantity]))
  const tried = [...bundles]
    .sort(byId)
    .map((bundle) => ({ bundle, saves: sum(bundle.items.map((i) => (unit.get(i.skuId) ?? 0) * i.count)) - bundle.bundleFen }))
    .filter(({ bundle, saves }) => saves > 0 && bundle.items.every((i) => unit.has(i.skuId)))
    .slice(0, MOST_BUNDLES)
  let best: { saved: number; times: number[] } = { saved: 0, times: [] }
  const tryFrom = (nth: number, left: ReadonlyMap<string, number>, times: number[], saved: number): void => {
    const one = tried[nth]
    if (!one) {
      if (saved > best.saved) best = { saved, times }
      return
    }
    const most = Math.min(MOST_SETS, ...one.bundle.items.map((i) => Math.floor((left.get(i.skuId) ?? 0) / i.count)))
    for (let n = most; n >= 0; n--) {
      const then = new Map(left)
      for (const i of one.bundle.items) then.set(i.skuId, (then.get(i.skuId) ?? 0) - i.count * n)
      tryFrom(nth + 1, then, [...times, n], saved + one.saves * n)
    }
  }
  tryFrom(0, new Map(lines.map((l) => [l.skuId, l.quantity])), [], 0)
  return tried.flatMap(({ bundle, saves }, nth) => {
    const times = best.times[nth] ?? 0
    if (times === 0) return []
    const weights = new Map(bundle.items.map((i) => [i.skuId, (unit.get(i.skuId) ?? 0) * i.count * times]))
    return [{ offerId: bundle.id, title: bundle.title, offFen: fen(saves * times), weights }]
  })
}

function summed(given: readonly OfferedLine[], shopIds: string[], till: Till, gifts: DiscountedPrice['gifts']): DiscountedPrice {
  const lines = given.map((l) => ({ ...l, listFen: timesFen(l.priceFen, l.quantity), paidFen: fen(till.rest.get(l.skuId) ?? 0) }))
  const of = (some: readonly DiscountedLine[]) => {
    const listFen = addFen(...some.map((l) => l.listFen))
    const paidFen = addFen(...some.map((l) => l.paidFen))
    return { listFen, discountFen: fen(listFen - paidFen), paidFen }
  }
  const shops = shopIds.map((shopId) => ({ shopId, ...of(lines.filter((l) => l.shopId === shopId)) }))
  return { lines, discounts: till.discounts, gifts, shops, ...of(lines) }
}

/**
 * What goes back for `units` of a line after `done` of its `quantity` have gone back already. Over any order of parts the sums add up to
 * what was paid. Throws a RangeError for more units than there are.
 */
export function refundForUnits(paid: Fen, quantity: number, done: number, units: number): Fen {
  if (![quantity, done, units].every(Number.isSafeInteger) || done < 0 || units < 1 || done + units > quantity)
    throw new RangeError('not that many units')
  const upTo = (n: number): number => Number((BigInt(paid) * BigInt(n)) / BigInt(quantity))
  return fen(upTo(done + units) - upTo(done))
}
