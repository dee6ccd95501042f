/**
 * What a listing still lacks, and where it contradicts itself, before it may be submitted: the form shows it while one types, the server asks
 * the same before a review. What must be filled is in classes.ts; here stands what must agree with what.
 */
import type { BatchId } from '../ids.ts'
import { type Fen, yuan } from '../money.ts'
import { type ClassForm, classForms, type FieldInput, type FieldName, fieldsOfClass, inputs, labelOf, mustFill } from './classes.ts'
import type { Form, Kind, ListingDraft, ProductClass, Season } from './draft.ts'
import { fault, type Missing } from './fault.ts'
import { hillOf } from './hills.ts'
import { labelFaults } from './label-faults.ts'
import { listingLimits as limits } from './limits.ts'
import { baseUnitsAt, gramsAt, netWords } from './units.ts'
import { classWords, packUnitWords, seasonWords } from './words.ts'

export type { Missing } from './fault.ts'

/** A batch as far as a listing must agree with it. */
export interface KnownBatch {
  id: BatchId
  code: string
  productClass: ProductClass
  state: string
}

/** What is known beyond the draft itself; what is not given is not checked. The server gives all of it. */
export interface Known {
  /** The shop's own batches. */
  batches?: readonly KnownBatch[]
  /** By the key of a sku: the only price that may be struck there, or null where none may (struckProof of price.ts). */
  struck?: Readonly<Record<string, Fen | null>>
  /** The wording that is sold now: what stands in lots cannot change its weight any more. */
  approved?: Pick<ListingDraft, 'productClass' | 'netGrams' | 'pack'> | null
  /** Keys of skus that were approved once: their stock is counted in lots and not asked any more. */
  opened?: readonly string[]
}

/** A real day of the calendar written YYYY-MM-DD. */
export const isDay = (text: string): boolean => {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!m) return false
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  return year >= 1950 && days !== undefined && day >= 1 && day <= days
}

/** The months of a season's picking: nothing of it can be made before, nothing of it picked outside (domain notes; 农时以云南为准). */
const seasonMonths: Record<Season, readonly [number, number]> = { spring: [2, 5], summer: [5, 8], autumn: [8, 11] }

interface Asked {
  form: ClassForm
  today: string | undefined
  known: Known
}

/**
 * What is missing or contradicts itself, in the order of the form; empty when the listing may be submitted. `today` (YYYY-MM-DD in Shanghai)
 * also refuses days that have not come yet. Without a class only the class is missing: nobody knows yet what else.
 */
export const missing = (draft: ListingDraft, today?: string, known: Known = {}): Missing[] => {
  if (draft.productClass === null) return [fault('productClass', '请先选择商品类别')]
  const form = classForms[draft.productClass]
  const found: Missing[] = []
  if (known.approved && known.approved.productClass !== draft.productClass)
    found.push(
      fault('productClass', `这件商品是按「${classWords[known.approved.productClass ?? draft.productClass]}」上架的，换类别请另建商品`),
    )
  for (const field of fieldsOfClass(form)) {
    const { name } = field
    if (isEmpty(draft[name])) {
      if (mustFill(draft, field)) found.push(fault(name, lackWords(labelOf(form, name), inputs[name])))
    } else found.push(...(faultsOf[name]?.(draft, { form, today, known }) ?? []))
  }
  return found
}

const isEmpty = (value: unknown): boolean => value === null || value === '' || (Array.isArray(value) && value.length === 0)

const lackWords = (label: string, input: FieldInput): string => {
  if (input.is === 'choice') return `请选择${label}`
  if (input.is === 'pictures') return '至少放一张照片'
  if (input.is === 'picture') return `请拍一张${label.replace(/照片$/, '')}照片，字要看得清`
  if (input.is === 'pack') return '请写明包装：最小单位是什么'
  if (input.is === 'skus') return '至少写一个规格'
  return `请填写${label}`
}

type Faults = (draft: ListingDraft, asked: Asked) => Missing[]
const when = (is: boolean, what: () => Missing): Missing[] => (is ? [what()] : [])
const length = (text: string): number => [...text].length

/** What may be wrong with a field that is filled in. */
const faultsOf: Partial<Record<FieldName, Faults>> = {
  title: (d) => when(length(d.title) < limits.title.min, () => fault('title', `标题至少写 ${limits.title.min} 个字`)),
  materialYear: (d, { today }) => [
    ...when(today !== undefined && d.presale === null && (d.materialYear ?? 0) > Number(today.slice(0, 4)), () =>
      fault('materialYear', '年份还没有到'),
    ),
    ...when(d.productionDate !== null && (d.materialYear ?? 0) > Number(d.productionDate.slice(0, 4)), () =>
      fault('materialYear', `原料年份 ${d.materialYear} 晚于生产日期 ${d.productionDate}，请核对`),
    ),
  ],
  season: (d) => {
    const { season, productionDate: day } = d
    if (season === null || day === null || d.materialYear !== Number(day.slice(0, 4))) return []
    return when(Number(day.slice(5, 7)) < seasonMonths[season][0], () =>
      fault('season', `${day} 还采不到当年的${seasonWords[season]}，请核对季节或日期`),
    )
  },
  picking: (d, { today }) => {
    const { picking, season } = d
    if (picking === null) return []
    if (picking.from > picking.to) return [fault('picking', '采摘结束不能早于开始', 'to')]
    if (today !== undefined && d.presale === null && picking.to > today) return [fault('picking', '采摘日期还没有到', 'to')]
    const year = Number(picking.from.slice(0, 4))
    if (d.materialYear !== null && (year !== d.materialYear || Number(picking.to.slice(0, 4)) !== year))
      return [fault('picking', `采摘日期不在原料年份 ${d.materialYear} 年里，请核对`, 'from')]
    if (d.productionDate !== null && picking.from > d.productionDate)
      return [fault('picking', `生产日期 ${d.productionDate} 早于采摘，请核对`, 'from')]
    if (season === null) return []
    const [first, last] = seasonMonths[season]
    return when(Number(picking.from.slice(5, 7)) < first || Number(picking.to.slice(5, 7)) > last, () =>
      fault('picking', `${seasonWords[season]}在 ${first} 月到 ${last} 月之间采，请核对季节或日期`, 'from'),
    )
  },
  blend: (d) => when(d.blend === 'blend' && d.shares === '', () => fault('shares', '拼配须写明各原料和比例')),
  grade: (d) => gradeFaults(d.kind, d.form, d),
  treeClass: (d) => when(d.treeClass === 'ancient' && d.treeBasis === '', () => fault('treeBasis', '写古树要有依据，如哪一年的普查')),
  ingredients: (d, { form }) =>
    when(
      form.fixed.kind !== undefined || form.legalName.includes('茶') ? /香精|色素|添加剂|甜味剂|防腐剂/.test(d.ingredients) : false,
      () => fault('ingredients', '茶叶不得使用添加剂，请核对配料'),
    ),
  hill: (d) => originFaults(d),
  netGrams: (d, { known }) => [
    ...when(d.pack[0]?.unit === 'gram' && d.netGrams !== 1, () => fault('netGrams', '按克卖的，最小单位就是 1 克')),
    ...when(known.approved != null && known.approved.netGrams !== d.netGrams, () =>
      fault('netGrams', `上架后不能改最小单位的净含量（现为 ${netWords(known.approved?.netGrams ?? 0)}），请另建商品`),
    ),
  ],
  pack: (d, { form, known }) => packFaults(d, form, known),
  label: (d, { form }) => labelFaults(d, d.presale ? [] : form.label),
  scNumber: (d, { form }) => licenceFaults(d.scNumber, form),
  permitNumber: (d, { form }) =>
    when(form.class === 'dish' && !/^JY\d{14}$/.test(d.permitNumber), () =>
      fault('permitNumber', '食品经营许可证编号应是 JY 加 14 位数字'),
    ),
  productionDate: (d, { today }) =>
    when(today !== undefined && (d.productionDate ?? '') > today, () =>
      fault('productionDate', d.presale ? '预售的茶还没有做，先不写生产日期' : '生产日期还没有到'),
    ),
  skus: skuFaults,
  presale: (d, { today }) => {
    if (d.presale === null || today === undefined) return []
    if (d.presale.shipBy <= today) return [fault('presale', '最晚发货日要在今天之后', 'shipBy')]
    const days = (Date.parse(d.presale.shipBy) - Date.parse(today)) / 86_400_000
    return when(days > limits.presaleDays, () => fault('presale', `最晚发货日最多在 ${limits.presaleDays} 天之内`, 'shipBy'))
  },
}

const gradeFaults = (kind: Kind | null, form: Form | null, { grade }: ListingDraft): Missing[] => {
  if (form === null || grade === null || grade === 'special') return []
  if (form !== 'loose') return [fault('grade', '紧压茶不分级，请不填等级')]
  const odd = Number(grade) % 2 === 1
  return when(kind !== null && odd !== (kind === 'ripe'), () =>
    fault('grade', kind === 'ripe' ? '熟散茶的等级是特、1、3、5、7、9 级' : '晒青茶的等级是特、2、4、6、8、10 级'),
  )
}

const originFaults = (draft: ListingDraft): Missing[] => {
  const hill = hillOf(draft.hill)
  if (!hill) return [fault('hill', '这个山头不在园区名录里，请从名录选择')]
  // an empty village is missing already
  if (draft.village === '' || hill.places.length === 0 || hill.places.some((place) => draft.village.includes(place))) return []
  return [fault('village', `${draft.village}不在${hill.name}（${hill.places.join('、')}）一带，请核对`)]
}

/** SC and 14 digits; the first three name the class of food: 114 tea, 101 grain, 120 roasted coffee (食品生产许可管理办法). */
const licenceFaults = (sc: string, form: ClassForm): Missing[] => {
  if (!/^SC\d{14}$/.test(sc)) return [fault('scNumber', '生产许可证编号应是 SC 加 14 位数字，请照标签核对')]
  return when(form.scPrefix !== null && !sc.startsWith(form.scPrefix), () =>
    fault('scNumber', `这不是${form.words}的许可（编号以 ${form.scPrefix} 开头），请核对`),
  )
}

const packFaults = (draft: ListingDraft, form: ClassForm, known: Known): Missing[] => {
  const found: Missing[] = []
  const seen = new Set<string>()
  const allowed = fieldsOfClass(form).find((f) => f.name === 'pack')?.options
  for (const [i, level] of draft.pack.entries()) {
    const said = packUnitWords[level.unit]
    if (i === 0 && level.count !== 1) found.push(fault('pack', '最小单位的数量是 1', '0'))
    if (i === 0 && allowed && !allowed.includes(level.unit)) found.push(fault('pack', `${form.words}的最小单位不能是${said}`, '0'))
    const least = limits.packCount.min
    if (i > 0 && level.count < least) found.push(fault('pack', `一${said}里至少 ${least} 个下一级`, String(i)))
    if (seen.has(level.unit)) found.push(fault('pack', `「${said}」写了两次`, String(i)))
    seen.add(level.unit)
    const grams = gramsAt(draft, i)
    if (grams !== null && grams > limits.skuGrams)
      found.push(fault('pack', `一${said}有 ${netWords(grams)}，超过上限 ${netWords(limits.skuGrams)}`, String(i)))
  }
  const [was, now] = [known.approved?.pack[0]?.unit, draft.pack[0]?.unit]
  if (was && now && was !== now) found.push(fault('pack', `上架后不能改最小单位（现为${packUnitWords[was]}），请另建商品`, '0'))
  return found
}

function skuFaults(draft: ListingDraft, { known }: Asked): Missing[] {
  const found: Missing[] = []
  const names = new Set<string>()
  const opened = new Set(known.opened)
  const batches = known.batches && new Map(known.batches.map((b) => [b.id, b]))
  for (const [i, sku] of draft.skus.entries()) {
    const lacks = (at: string, is: boolean, words: string) => {
      if (is) found.push(fault('skus', words, `${i}.${at}`))
    }
    const said = sku.name || `第 ${i + 1} 个规格`
    lacks('name', sku.name === '', '请写规格名称，如 单饼、整提')
    lacks('name', sku.name !== '' && names.has(sku.name), `有两个规格都叫「${sku.name}」`)
    names.add(sku.name)
    lacks('level', baseUnitsAt(draft.pack, sku.level) === null, `「${said}」的包装层级不在上面的包装规格里`)
    lacks('priceFen', sku.priceFen === null, `请填写「${said}」的售价`)
    if (sku.struckFen !== null && sku.priceFen !== null) {
      lacks('struckFen', sku.struckFen <= sku.priceFen, '划线价要高于售价')
      const proven = known.struck?.[sku.key]
      if (known.struck && sku.struckFen > sku.priceFen && proven !== sku.struckFen)
        lacks('struckFen', true, proven ? `划线价只能是三十天内的最低价 ${yuan(proven)} 元` : '划线价没有依据：三十天内没有卖过更高的价')
    }
    lacks('stock', sku.stock === null && !opened.has(sku.key), `请填写「${said}」的首批库存`)
    lacks('batchIds', sku.batchIds.length === 0, `请选择「${said}」从哪个批次卖`)
    lacks('batchIds', new Set(sku.batchIds).size < sku.batchIds.length, '同一个批次选了两次')
    if (!batches) continue
    for (const id of sku.batchIds) {
      const batch = batches.get(id)
      if (!batch) lacks('batchIds', true, '有一个批次不是本店的，请重新选择')
      else if (batch.productClass !== draft.productClass)
        lacks('batchIds', true, `批次 ${batch.code} 是${classWords[batch.productClass]}，和这件商品的类别不一致`)
      else if (batch.state !== 'verified') lacks('batchIds', true, `批次 ${batch.code} 还没有通过园区核验，现在不能卖`)
    }
  }
  if (new Set(draft.skus.map((s) => s.key)).size < draft.skus.length) found.push(fault('skus', '有重复的规格，请删去一个'))
  return found
}
