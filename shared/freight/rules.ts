/**
 * What sending costs: a shop's freight template 运费模板, pure, the same on the phone and on the server.
 *
 * Written rules (shown to buyers as 运费规则):
 * 1. A parcel weighs what its wares weigh by their pack trees, and the packing.
 * 2. The first zone that names the province counts, else the rule for everywhere else; to a province under 不发货 nothing is sent.
 * 3. The free line is counted on the goods before any discount, so that a discount never makes an order dearer.
 * 4. A shop without a template sends free of charge.
 */
import { type Fen, fen, yuan } from '../money.ts'
import { type Province, provinces } from './provinces.ts'

export interface FreightFee {
  firstGrams: number
  firstFen: Fen
  stepGrams: number
  /** For each begun step above the first weight. */
  stepFen: Fen
  /** Goods of so much are sent free; null: never. */
  freeOverFen: Fen | null
}

export interface FreightRules {
  /** What the packing of one parcel weighs. */
  packGrams: number
  zones: (FreightFee & { provinces: Province[] })[]
  elsewhere: FreightFee
  noShip: Province[]
}

export const freightLimits = { zones: 8, grams: 100_000, feeFen: 100_000, freeOverFen: 10_000_000, packGrams: 5_000 } as const

export interface Freight {
  freightFen: Fen
  /** How it comes about, in words. */
  why: string
}

const weight = (grams: number): string => (grams >= 1000 ? `${Number((grams / 1000).toFixed(2))} kg` : `${grams} g`)

/** What a parcel costs; null where the shop sends nothing. `province` null: nobody has said where to, the common rule counts. */
export function freightOf(rules: FreightRules | null, province: Province | null, wareGrams: number, goodsFen: Fen): Freight | null {
  if (!rules) return { freightFen: fen(0), why: '店铺包邮' }
  if (province && rules.noShip.includes(province)) return null
  const fee = (province && rules.zones.find((z) => z.provinces.includes(province))) || rules.elsewhere
  if (fee.freeOverFen !== null && goodsFen >= fee.freeOverFen) return { freightFen: fen(0), why: `满 ${yuan(fee.freeOverFen)} 元包邮` }
  const grams = wareGrams + rules.packGrams
  const steps = grams <= fee.firstGrams ? 0 : Math.ceil((grams - fee.firstGrams) / fee.stepGrams)
  const freightFen = fen(fee.firstFen + steps * fee.stepFen)
  const first = `首重 ${weight(fee.firstGrams)} ${yuan(fee.firstFen)} 元`
  const more = steps > 0 ? `，续重 ${steps} × ${yuan(fee.stepFen)} 元` : ''
  return { freightFen, why: freightFen === 0 ? '包邮' : `计重 ${weight(grams)}：${first}${more}` }
}

/** What a tea's page says of sending it: the least it costs, and from when on it is free. */
export function freightPromise(rules: FreightRules | null): string {
  if (!rules) return '包邮'
  const fees = [rules.elsewhere, ...rules.zones]
  const least = fen(Math.min(...fees.map((f) => f.firstFen)))
  const free = fees.flatMap((f) => f.freeOverFen ?? [])
  const line = free.length > 0 ? `，${free.length < fees.length ? '部分地区' : ''}满 ${yuan(fen(Math.max(...free)))} 元包邮` : ''
  return `${least === 0 ? '部分地区包邮' : `运费 ${yuan(least)} 元起`}${line}`
}

/** What is wrong with a template, by field ('zones.1.stepFen'); empty when it may be kept. */
export function freightFaults(rules: FreightRules): Record<string, string> {
  const wrong: Record<string, string> = {}
  const fee = (at: string, f: FreightFee) => {
    if (f.firstGrams < 1 || f.firstGrams > freightLimits.grams) wrong[`${at}firstGrams`] = '首重要在 1 g 到 100 kg 之间'
    if (f.stepGrams < 1 || f.stepGrams > freightLimits.grams) wrong[`${at}stepGrams`] = '续重要在 1 g 到 100 kg 之间'
    if (f.freeOverFen !== null && f.freeOverFen < 1) wrong[`${at}freeOverFen`] = '包邮金额要大于 0，不包邮请留空'
  }
  const seen = new Set<Province>()
  for (const [i, zone] of rules.zones.entries()) {
    fee(`zones.${i}.`, zone)
    if (zone.provinces.length === 0) wrong[`zones.${i}.provinces`] = '请选择地区'
    const twice = zone.provinces.find((p) => seen.has(p))
    if (twice) wrong[`zones.${i}.provinces`] = `${twice}已经在另一个地区里`
    for (const p of zone.provinces) seen.add(p)
  }
  fee('elsewhere.', rules.elsewhere)
  const both = rules.noShip.find((p) => seen.has(p))
  if (both) wrong.noShip = `${both}已有运费，不能同时不发货`
  if (rules.noShip.length >= provinces.length) wrong.noShip = '至少要有一个能发货的地区'
  return wrong
}
