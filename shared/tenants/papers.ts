/**
 * Papers 证照 of a tenant: kinds as data. What a kind asks for, in which order, how its number is proved and what it speaks for stands in
 * `paperForms` and nowhere else; the phone's form, the console's form, the door and the reviewer's sheet are drawn from it.
 *   the kind's fields in order: `paperForms[kind].fields`; each by `name`, with its `words`, `hint`, `is` (how it is asked) and `must`;
 *   what is missing or wrong: `missingInPaper(draft, today)`, by the same names.
 */
import type { AssetId, BatchId } from '../ids.ts'
import { cmaFault, creditFault, oldLicenceFault, scFault, tradeFault } from './check-digits.ts'

export const paperKinds = [
  'businessLicence',
  'foodBusinessLicence',
  'prepackFiling',
  'productionLicence',
  'workshopRegistration',
  'selfGrownStatement',
  'qualityCertificate',
  'giUse',
  'labReport',
  'treeSurvey',
  'plotEvidence',
] as const
export type PaperKind = (typeof paperKinds)[number]

export const paperWords: Record<PaperKind, string> = {
  businessLicence: '营业执照',
  foodBusinessLicence: '食品经营许可证',
  prepackFiling: '仅销售预包装食品备案',
  productionLicence: '食品生产许可证',
  workshopRegistration: '小作坊登记证',
  selfGrownStatement: '自产自销声明',
  qualityCertificate: '承诺达标合格证',
  giUse: '地理标志专用标志使用核准',
  labReport: '检验报告',
  treeSurvey: '古树普查证明',
  plotEvidence: '地块权属证明',
}

/** The product classes a paper may be narrowed to; the same names as a listing's class. */
export const paperScopes = ['puer', 'maocha', 'workshopTea', 'rice', 'coffee', 'dish'] as const
export type PaperScope = (typeof paperScopes)[number]
export const paperScopeWords: Record<PaperScope, string> = {
  puer: '普洱茶',
  maocha: '晒青毛茶',
  workshopTea: '小作坊茶',
  rice: '墨江紫米',
  coffee: '咖啡',
  dish: '鲜食菜品',
}

/** One line of a lab report. */
export interface LabRow {
  item: string
  value: string
  limit: string
  passed: boolean
}

/** What a shop writes of a paper: everything may still be empty, and nothing speaks for the shop until the park has verified it. */
export interface PaperDraft {
  kind: PaperKind
  number: string
  /** The office, the standards body or the laboratory that gave it; the tenant itself for statements. */
  issuer: string
  /** What it covers, as it stands on the paper. */
  scope: string
  /** For which classes it speaks; empty: for all. */
  classes: PaperScope[]
  /** First and last day it holds, YYYY-MM-DD; without a last day it holds until it is withdrawn. */
  validFrom: string | null
  validUntil: string | null
  pictures: AssetId[]
  /** The batches it speaks for, and for no other; a lab report has exactly one. */
  batchIds: BatchId[]
  /** Of a lab report: the laboratory's CMA number, the standard it tested by, the sample's own batch as printed, its rows. */
  cmaNumber: string
  method: string
  sampleBatch: string
  results: LabRow[]
}

export type PaperField = Exclude<keyof PaperDraft, 'kind'>

export const emptyPaper = (kind: PaperKind): PaperDraft => ({
  kind,
  number: '',
  issuer: '',
  scope: '',
  classes: [],
  validFrom: null,
  validUntil: null,
  pictures: [],
  batchIds: [],
  cmaNumber: '',
  method: '',
  sampleBatch: '',
  results: [],
})

/** How a field is asked. */
export type PaperInput = 'line' | 'text' | 'day' | 'pictures' | 'classes' | 'batches' | 'results'

export interface PlacedPaperField {
  name: PaperField
  words: string
  hint: string
  is: PaperInput
  must: boolean
}

export interface PaperForm {
  kind: PaperKind
  /** When one needs it, in one sentence. */
  sentence: string
  fields: readonly PlacedPaperField[]
  /** What is wrong with its number, in words; null when nothing is. */
  numberFault: (number: string) => string | null
  /** Stands on the shop's public page: name, number and last day (E-Commerce Law art. 15). Never its pictures. */
  isPublic: boolean
  /** Flagged as old this many days after `validFrom`; null: never. */
  oldAfterDays: number | null
}

const basic: Record<PaperField, Omit<PlacedPaperField, 'name' | 'must'>> = {
  number: { words: '编号', hint: '照证照逐字填写', is: 'line' },
  issuer: { words: '发证机关', hint: '', is: 'line' },
  scope: { words: '许可范围', hint: '照证照上的经营范围或许可明细填写', is: 'text' },
  classes: { words: '适用商品类别', hint: '不选就是都适用', is: 'classes' },
  validFrom: { words: '发证日期', hint: '', is: 'day' },
  validUntil: { words: '有效期至', hint: '长期有效的不填', is: 'day' },
  pictures: { words: '证照照片', hint: '四角拍全、字看得清；只有园区和本店看得到', is: 'pictures' },
  batchIds: { words: '对应批次', hint: '', is: 'batches' },
  cmaNumber: { words: 'CMA 编号', hint: '报告封面 CMA 标志下的 12 位数字', is: 'line' },
  method: { words: '检验依据', hint: '如 GB/T 22111、GB 2763', is: 'line' },
  sampleBatch: { words: '样品批号', hint: '照报告上的样品批号或生产日期填写', is: 'line' },
  results: { words: '检验项目', hint: '每项写明结果、限量和是否合格', is: 'results' },
}

type More = Partial<Pick<PlacedPaperField, 'words' | 'hint'>>
const must = (name: PaperField, more: More = {}): PlacedPaperField => ({ name, ...basic[name], ...more, must: true })
const may = (name: PaperField, more: More = {}): PlacedPaperField => ({ name, ...basic[name], ...more, must: false })
const free = (): null => null

/** The number of a business licence is a credit code; what was given before 2015 may still carry 15 digits. */
const licenceFault = (number: string): string | null => (/^\d{15}$/.test(number) ? oldLicenceFault(number) : creditFault(number))

type Row = Omit<PaperForm, 'kind' | 'isPublic' | 'numberFault' | 'oldAfterDays'> &
  Partial<Pick<PaperForm, 'isPublic' | 'numberFault' | 'oldAfterDays'>>

const rows: Record<PaperKind, Row> = {
  businessLicence: {
    sentence: '企业、合作社和个体工商户开店都要有',
    fields: [
      must('pictures'),
      must('number', { words: '统一社会信用代码', hint: '18 位；旧版执照填 15 位注册号' }),
      must('issuer', { words: '登记机关' }),
      must('scope', { words: '经营范围' }),
      must('validFrom', { words: '成立或核发日期' }),
      may('validUntil', { words: '营业期限至' }),
    ],
    numberFault: licenceFault,
    isPublic: true,
  },
  foodBusinessLicence: {
    sentence: '卖散装食品、现做现卖，或经营多种食品时要有',
    fields: [
      must('pictures'),
      must('number', { words: '许可证编号', hint: 'JY 加 14 位数字' }),
      must('issuer'),
      must('scope', { words: '经营项目' }),
      may('classes'),
      must('validFrom'),
      must('validUntil'),
    ],
    numberFault: (number) => tradeFault('JY', number),
    isPublic: true,
  },
  prepackFiling: {
    sentence: '只卖预包装食品时备案即可',
    fields: [
      must('pictures'),
      must('number', { words: '备案编号', hint: 'YB 加 14 位数字' }),
      must('issuer', { words: '备案机关' }),
      may('classes'),
      must('validFrom', { words: '备案日期' }),
      may('validUntil'),
    ],
    numberFault: (number) => tradeFault('YB', number),
    isPublic: true,
  },
  productionLicence: {
    sentence: '自己生产预包装食品时要有；编号前三位 114 是茶叶',
    fields: [
      must('pictures', { hint: '正本和许可明细各一张；四角拍全、字看得清' }),
      must('number', { words: '许可证编号', hint: 'SC 加 14 位数字' }),
      must('issuer'),
      must('scope', { words: '食品类别与品种明细' }),
      may('classes'),
      must('validFrom'),
      must('validUntil'),
    ],
    numberFault: scFault,
    isPublic: true,
  },
  workshopRegistration: {
    sentence: '登记的小作坊加工并销售时要有；各省规定可以卖到哪里',
    fields: [
      must('pictures'),
      must('number', { words: '登记证编号' }),
      must('issuer'),
      must('scope', { words: '生产品种与销售范围' }),
      may('classes'),
      must('validFrom'),
      must('validUntil'),
    ],
    isPublic: true,
  },
  selfGrownStatement: {
    sentence: '农户卖自家种的农产品，不需要办营业执照（电子商务法第十条），写一份声明即可',
    fields: [
      must('pictures', { words: '签字的声明', hint: '拍清楚整张声明和签字' }),
      may('number', { words: '声明编号' }),
      must('scope', { words: '自家种什么、在哪里', hint: '如：景星镇新华村自有茶地 6 亩，晒青毛茶' }),
      may('classes'),
      must('validFrom', { words: '声明日期' }),
      may('validUntil'),
    ],
    isPublic: true,
  },
  qualityCertificate: {
    sentence: '食用农产品上市要有（农产品质量安全法第三十九条）',
    fields: [
      must('pictures'),
      may('number', { words: '合格证编号' }),
      must('issuer', { words: '开具人', hint: '生产者自己或村集体、合作社' }),
      must('scope', { words: '产品名称、数量和产地' }),
      may('batchIds', { hint: '这张合格证开给哪些批次；不选就是都适用' }),
      must('validFrom', { words: '开具日期' }),
      may('validUntil'),
    ],
    isPublic: true,
  },
  giUse: {
    sentence: '商品写「普洱茶」「墨江紫米」等地理标志并用专用标志时要有',
    fields: [
      must('pictures'),
      must('number', { words: '核准公告或批准号' }),
      must('issuer', { words: '核准机关' }),
      must('scope', { words: '核准使用的地理标志产品' }),
      may('classes'),
      must('validFrom', { words: '核准日期' }),
      may('validUntil'),
    ],
    isPublic: true,
  },
  labReport: {
    sentence: '一份报告只说明送检的那一个批次，不能用在别的批次上',
    fields: [
      must('pictures', { words: '报告照片', hint: '封面和结果页；只有园区和本店看得到' }),
      must('number', { words: '报告编号' }),
      must('issuer', { words: '检验机构' }),
      must('cmaNumber'),
      must('method'),
      must('sampleBatch'),
      must('batchIds', { hint: '送检的是哪一个批次，只能选一个' }),
      must('validFrom', { words: '签发日期' }),
      must('results'),
    ],
    oldAfterDays: 365,
  },
  treeSurvey: {
    sentence: '写古树树龄年数时要有普查或鉴定的证明',
    fields: [
      must('pictures'),
      may('number', { words: '证明或古树编号' }),
      must('issuer', { words: '普查或鉴定单位' }),
      must('scope', { words: '哪片茶地、多少棵、树龄' }),
      must('validFrom', { words: '普查日期' }),
      may('validUntil'),
    ],
  },
  plotEvidence: {
    sentence: '证明茶地由你承包、经营或自有：承包合同、林权证、村委会证明',
    fields: [
      must('pictures'),
      may('number', { words: '证号或合同号' }),
      must('issuer', { words: '发证或出具单位' }),
      must('scope', { words: '地块位置与面积' }),
      must('validFrom', { words: '签订或出具日期' }),
      may('validUntil'),
    ],
  },
}

/** What each kind asks for. */
export const paperForms = Object.fromEntries(
  paperKinds.map((kind) => [kind, { kind, isPublic: false, numberFault: free, oldAfterDays: null, ...rows[kind] }]),
) as Record<PaperKind, PaperForm>

export interface PaperMissing {
  field: PaperField
  words: string
}

const isRealDay = (text: string): boolean => {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!m) return false
  const at = new Date(`${text}T00:00:00Z`)
  return Number(m[1]) >= 1950 && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

const isEmpty = (draft: PaperDraft, name: PaperField): boolean => {
  const value = draft[name]
  return value === null || value.length === 0
}

/** What is missing or contradicts itself, in the order of the form; empty when the paper may be submitted. `today` is YYYY-MM-DD in Shanghai. */
export const missingInPaper = (draft: PaperDraft, today: string): PaperMissing[] =>
  paperForms[draft.kind].fields.flatMap(({ name, words, must, is }): PaperMissing[] => {
    if (isEmpty(draft, name)) return must ? [{ field: name, words: `${asked[is]}${words}` }] : []
    const fault = faults[name]?.(draft, today) ?? null
    return fault === null ? [] : [{ field: name, words: fault }]
  })

const asked: Record<PaperInput, string> = {
  line: '请填写',
  text: '请填写',
  day: '请选择',
  pictures: '请拍',
  classes: '请选择',
  batches: '请选择',
  results: '请填写',
}

const faults: Partial<Record<PaperField, (draft: PaperDraft, today: string) => string | null>> = {
  number: ({ kind, number }) => paperForms[kind].numberFault(number),
  cmaNumber: ({ cmaNumber }) => cmaFault(cmaNumber),
  validFrom: ({ validFrom }, today) => {
    if (validFrom === null || !isRealDay(validFrom)) return '日期应写作 2026-03-25'
    return validFrom > today ? '这个日期还没有到' : null
  },
  validUntil: ({ validFrom, validUntil }, today) => {
    if (validUntil === null || !isRealDay(validUntil)) return '日期应写作 2026-03-25'
    if (validFrom !== null && validUntil < validFrom) return `有效期至 ${validUntil} 早于发证日期 ${validFrom}，请核对`
    return validUntil < today ? `这张证照已于 ${validUntil} 到期，请上传新证` : null
  },
  batchIds: ({ kind, batchIds }) => (kind === 'labReport' && batchIds.length > 1 ? '一份检验报告只能对应一个批次，其他批次要另送检' : null),
  results: ({ results }) => (results.some((row) => row.item === '' || row.value === '') ? '每个检验项目都要写明名称和结果' : null),
}

/** Whole days from `today` to `day`, both YYYY-MM-DD; negative when it is past. */
export const daysUntil = (today: string, day: string): number =>
  Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000)

/** A lab report older than its window: it still stands, and whoever reads it is told. */
export const isOld = ({ kind, validFrom }: Pick<PaperDraft, 'kind' | 'validFrom'>, today: string): boolean => {
  const window = paperForms[kind].oldAfterDays
  return window !== null && validFrom !== null && -daysUntil(today, validFrom) > window
}

/** What a listing of a class needs: one verified paper of any of these kinds, with the reason the seller reads. */
export interface PaperNeed {
  anyOf: readonly PaperKind[]
  why: string
}

/** A verified paper as needs are measured against it. */
export interface HeldPaper {
  kind: PaperKind
  classes: readonly PaperScope[]
  validFrom: string | null
  validUntil: string | null
}

/** Whether a verified paper speaks for this class on this day. */
export const speaksFor = (paper: HeldPaper, scope: PaperScope, day: string): boolean =>
  (paper.classes.length === 0 || paper.classes.includes(scope)) &&
  (paper.validFrom === null || paper.validFrom <= day) &&
  (paper.validUntil === null || day <= paper.validUntil)

/** The needs that none of the papers meets. */
export const unmet = (held: readonly HeldPaper[], needs: readonly PaperNeed[], scope: PaperScope, day: string): PaperNeed[] =>
  needs.filter(({ anyOf }) => !held.some((paper) => anyOf.includes(paper.kind) && speaksFor(paper, scope, day)))

/** "食品经营许可证、仅销售预包装食品备案或食品生产许可证" */
export const anyOfWords = (kinds: readonly PaperKind[]): string => {
  const words = kinds.map((kind) => paperWords[kind])
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join('、')}或${words.at(-1)}`
}

/** How many days before its end a shop is told, latest first. */
export const expiryNotices = [7, 30, 60] as const
