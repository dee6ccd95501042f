/**
 * Product classes 商品类别: forms as data. Everything that differs between a pressed cake and a bag of coffee stands in these tables and
 * nowhere else: which fields a class asks for, in which groups and order, which of them must be filled, how a field is called there, which
 * papers gate its publishing, its return rule and the lines of its legal block.
 *
 * Who draws a form, draws this:
 *   1. the class itself, from `productClasses` with `classForms[c].words` and `.sentence`; set it with `inClass(draft, c)`, which loses nothing;
 *   2. for each of `classForms[c].groups`: a heading (`words`) and its `fields` in order. For each field f:
 *        its label   `labelOf(form, f.name)`       its hint   `f.hint`, empty where there is none
 *        its input   `inputs[f.name]` (a tagged union: draw by `is`; `choice` carries its options, `f.options` narrows them)
 *        must it?    `mustFill(draft, f)`: mark it; whether it is missing is said by `missing()` of complete.ts, never by the form
 *   3. what is missing or contradicts itself: `missing(draft, today, known)`. Every entry has `field` (to jump to) and `path` (the exact input:
 *      'title', 'skus.1.priceFen', 'label.netContent', 'pack.1', 'presale.shipBy'); refusals of the server name the same paths, with 'draft.' before
 *      them where the whole call is refused.
 *   4. for the reviewer's sheet and the page: the same groups, and `legalBlock` of legal.ts.
 * A field that a class does not have is kept while one types (whoever changes the class back finds it) and is emptied when the listing is
 * submitted: `onlyOfClass`.
 */
import type { PaperKind } from '../tenants/papers.ts'
import {
  blends,
  emptyDraft,
  type Form,
  forms,
  grades,
  kinds,
  type LabelFields,
  type ListingDraft,
  type PackUnit,
  type ProductClass,
  packUnits,
  processes,
  roasts,
  seasons,
  treeClasses,
} from './draft.ts'
import { listingLimits as limits } from './limits.ts'
import {
  blendWords,
  classWords,
  fieldWords,
  formWords,
  gradeWords,
  kindWords,
  processWords,
  roastWords,
  seasonWords,
  treeClassWords,
} from './words.ts'

/** What a form asks of a seller: all of the draft but its class, which comes first, and the captions, which stand under their pictures. */
export type FieldName = Exclude<keyof ListingDraft, 'productClass' | 'captions'>

export interface Option {
  value: string
  words: string
}

/** How a field is asked. */
export type FieldInput =
  /** One line. */
  | { is: 'line'; max: number }
  /** Several lines. */
  | { is: 'text'; max: number }
  /** One of few, or none. */
  | { is: 'choice'; options: readonly Option[] }
  /** A whole number with its unit behind it. */
  | { is: 'whole'; min: number; max: number; unit: string }
  /** A day of the calendar, never after today. */
  | { is: 'day' }
  /** Two days. */
  | { is: 'period' }
  /** A hill of the registry (hills.ts), or none. */
  | { is: 'hill' }
  /** Up to `max` photos, the first is the cover; a caption of up to `caption` characters under each (`draft.captions`). */
  | { is: 'pictures'; max: number; caption: number }
  /** One photo. */
  | { is: 'picture' }
  /** The label panel: the typed words of the label (`classForms[c].label`) beside the label's photo. */
  | { is: 'label'; max: number }
  /** The pack tree: a base unit, then how many of it make the next. */
  | { is: 'pack'; units: readonly PackUnit[] }
  /** Rows of name, level, price, struck price, stock and batches. */
  | { is: 'skus' }
  /** Sold before it is made, with the day by which it ships; or not. */
  | { is: 'presale' }
  /** Grams, degrees, millilitres and the seconds of each infusion; or nothing. */
  | { is: 'brew' }

const choice = <V extends string>(values: readonly V[], said: Record<V, string>): FieldInput => ({
  is: 'choice',
  options: values.map((value) => ({ value, words: said[value] })),
})

/** How each field is asked, the same in every class. */
export const inputs: Readonly<Record<FieldName, FieldInput>> = {
  title: { is: 'line', max: limits.title.max },
  pictures: { is: 'pictures', max: limits.pictures.max, caption: limits.caption },
  kind: choice(kinds, kindWords),
  form: choice(forms, formWords),
  materialYear: { is: 'whole', ...limits.materialYear, unit: '年' },
  season: choice(seasons, seasonWords),
  picking: { is: 'period' },
  blend: choice(blends, blendWords),
  shares: { is: 'line', max: limits.shares },
  grade: choice(grades, gradeWords),
  recipeCode: { is: 'line', max: limits.recipeCode },
  variety: { is: 'line', max: limits.variety },
  roast: choice(roasts, roastWords),
  process: choice(processes, processWords),
  ingredients: { is: 'line', max: limits.ingredients },
  allergens: { is: 'line', max: limits.allergens },
  howTo: { is: 'text', max: limits.howTo },
  hill: { is: 'hill' },
  village: { is: 'line', max: limits.village },
  altitudeMetres: { is: 'whole', ...limits.altitudeMetres, unit: '米' },
  treeClass: choice(treeClasses, treeClassWords),
  treeBasis: { is: 'line', max: limits.treeBasis },
  netGrams: { is: 'whole', ...limits.netGrams, unit: '克' },
  pack: { is: 'pack', units: packUnits },
  labelPicture: { is: 'picture' },
  label: { is: 'label', max: limits.label },
  makerName: { is: 'line', max: limits.makerName },
  makerAddress: { is: 'line', max: limits.makerAddress },
  entrustedBy: { is: 'line', max: limits.entrustedBy },
  scNumber: { is: 'line', max: limits.scNumber },
  permitNumber: { is: 'line', max: limits.permitNumber },
  standardCode: { is: 'line', max: limits.standardCode },
  productionDate: { is: 'day' },
  shelfLife: { is: 'line', max: limits.shelfLife },
  storage: { is: 'line', max: limits.storage },
  skus: { is: 'skus' },
  presale: { is: 'presale' },
  brew: { is: 'brew' },
  story: { is: 'text', max: limits.story },
}

/** A field in its place on a class's form. */
export interface PlacedField {
  name: FieldName
  must: boolean
  /** What this class calls it; null: as fieldWords does. */
  words: string | null
  hint: string
  /** Narrows a choice to these values, or a pack tree to these base units; null: all. */
  options: readonly string[] | null
}

export interface FieldGroup {
  key: 'photos' | 'what' | 'from' | 'pack' | 'label' | 'sale' | 'brew' | 'story'
  words: string
  fields: readonly PlacedField[]
}

/** Papers of which one must be held, verified and valid on the day of publishing. */
export interface PaperNeed {
  anyOf: readonly PaperKind[]
  /** Why, as the seller reads it. */
  why: string
}

export type ReturnRule = 'sevenDays' | 'perishable'

export type LegalLine =
  | 'price'
  | 'per100g'
  | 'net'
  | 'name'
  | 'scNumber'
  | 'farmProduce'
  | 'permitNumber'
  | 'maker'
  | 'makerAddress'
  | 'entrustedBy'
  | 'standardCode'
  | 'productionDate'
  | 'batches'
  | 'material'
  | 'origin'
  | 'village'
  | 'grade'
  | 'ingredients'
  | 'allergens'
  | 'shelfLife'
  | 'storage'
  | 'howTo'
  | 'shipBy'
  | 'returnRule'

export interface ClassForm {
  class: ProductClass
  words: string
  /** What belongs here, in one sentence, for who must choose. */
  sentence: string
  groups: readonly FieldGroup[]
  /** What every ware of the class is, whoever sells it; set by `inClass` and not asked. */
  fixed: Partial<Pick<ListingDraft, 'kind' | 'form'>>
  /** What must be typed off the label; the rest of the panel may stay empty. */
  label: readonly (keyof LabelFields)[]
  /** The first three digits of its production licence; null where none is asked for. */
  scPrefix: string | null
  papers: readonly PaperNeed[]
  returnRule: ReturnRule
  legal: readonly LegalLine[]
  /** What it is called in law, before kind and form. */
  legalName: string
}

export const returnWords: Record<ReturnRule, string> = {
  sevenDays: '签收后 7 天无理由退货（未拆封、不影响再次销售，运费由买家承担；质量问题由卖家承担）',
  perishable: '鲜活易腐商品，不适用 7 天无理由退货（消费者权益保护法第二十五条）；质量问题照常退赔',
}

/** The base unit that a form of tea is usually counted in: what a form proposes when the tea's form is chosen. */
export const baseUnitOf: Record<Form, PackUnit> = {
  cake: 'cake',
  brick: 'brick',
  tuo: 'tuo',
  loose: 'bag',
  dragonBall: 'box',
  melon: 'melon',
}

type More = Partial<Pick<PlacedField, 'words' | 'hint' | 'options'>>
const placed = (name: FieldName, must: boolean, more: More): PlacedField => ({ name, must, words: null, hint: '', options: null, ...more })
const must = (name: FieldName, more: More = {}): PlacedField => placed(name, true, more)
const may = (name: FieldName, more: More = {}): PlacedField => placed(name, false, more)

const photos: FieldGroup = {
  key: 'photos',
  words: '照片',
  fields: [must('pictures', { hint: '第一张作封面；自然光，看得清茶面、茶汤和叶底' })],
}
const title = must('title', { hint: '山头、年份、季节和形态，不写功效和「第一」' })
const story = (hint: string): FieldGroup => ({ key: 'story', words: '故事', fields: [may('story', { hint })] })
const sale: FieldGroup = {
  key: 'sale',
  words: '规格与价格',
  fields: [
    must('skus', { hint: '每个规格写明价格、首批库存和批次；划线价须是三十天内真实卖过的最低价' }),
    may('presale', { hint: '还没有做好的茶可以先卖：写明最晚发货日，逾期自动退款' }),
  ],
}
const pack = (hint: string, options: readonly PackUnit[]): FieldGroup => ({
  key: 'pack',
  words: '包装与净含量',
  fields: [must('netGrams', { hint }), must('pack', { hint: '从最小单位往上写：7 饼一提，6 提一件', options })],
})
const brew: FieldGroup = { key: 'brew', words: '冲泡', fields: [may('brew', { hint: '投茶、水温、水量和每泡秒数' })] }
const teaOrigin: FieldGroup = {
  key: 'from',
  words: '产地',
  fields: [
    may('hill', { hint: '只能选名录里的山头；没有就不写' }),
    must('village'),
    may('altitudeMetres'),
    may('treeClass'),
    may('treeBasis', { hint: '写古树须有依据，如某年普查；没有普查证明不写树龄年数' }),
  ],
}
const leaf: readonly PlacedField[] = [
  must('materialYear', { hint: '鲜叶采摘的年份，不是压制的年份' }),
  must('season'),
  may('picking'),
  may('blend'),
  may('shares', { hint: '拼配须写明各原料和比例' }),
]
const made: readonly PlacedField[] = [must('makerName'), must('makerAddress')]
const kept: readonly PlacedField[] = [must('shelfLife', { hint: '照标签写' }), must('storage')]

const teaLabel = (makers: readonly PlacedField[], day: string, ...more: PlacedField[]): FieldGroup => ({
  key: 'label',
  words: '标签与生产者',
  fields: [
    must('labelPicture', { hint: '拍平、拍清，字要看得见' }),
    must('label', { hint: '照标签逐字录入，和填写的内容不一致时会指出来' }),
    ...makers,
    must('productionDate', { hint: day }),
    ...more,
    ...kept,
  ],
})

export const classForms: Readonly<Record<ProductClass, ClassForm>> = {
  puer: {
    class: 'puer',
    words: classWords.puer,
    sentence: '有生产许可的预包装普洱茶：饼、砖、沱、龙珠、金瓜，也有装好袋的散茶',
    groups: [
      photos,
      {
        key: 'what',
        words: '茶',
        fields: [
          title,
          must('kind'),
          must('form'),
          ...leaf,
          may('grade', { hint: '紧压茶不分级' }),
          may('recipeCode', { hint: '如 7542；唛号里的年份是配方年份' }),
          must('ingredients', { hint: '如：云南大叶种晒青茶；普洱茶不得使用添加剂' }),
        ],
      },
      teaOrigin,
      pack('一饼、一砖、一沱或一袋的克数', ['cake', 'brick', 'tuo', 'melon', 'ball', 'bag', 'box', 'tin']),
      teaLabel(
        [
          ...made,
          may('entrustedBy', { hint: '委托加工时写委托方' }),
          must('scNumber', { hint: 'SC 加 14 位数字，茶叶以 SC114 开头' }),
          must('standardCode', { hint: '如 GB/T 22111' }),
        ],
        '压制或装袋的日子，照标签',
      ),
      sale,
      brew,
      story('怎样采、怎样做、怎样存；不写功效'),
    ],
    fixed: {},
    label: ['name', 'netContent', 'scNumber', 'productionDate'],
    scPrefix: 'SC114',
    papers: [
      { anyOf: ['businessLicence'], why: '经营者要有营业执照' },
      {
        anyOf: ['foodBusinessLicence', 'prepackFiling', 'productionLicence'],
        why: '卖预包装食品要有食品经营许可证、预包装食品备案或生产许可证',
      },
    ],
    returnRule: 'sevenDays',
    legal: [
      'price',
      'per100g',
      'net',
      'name',
      'scNumber',
      'maker',
      'makerAddress',
      'entrustedBy',
      'standardCode',
      'productionDate',
      'batches',
      'material',
      'grade',
      'ingredients',
      'origin',
      'village',
      'shelfLife',
      'storage',
      'shipBy',
      'returnRule',
    ],
    legalName: '普洱茶',
  },
  maocha: {
    class: 'maocha',
    words: classWords.maocha,
    sentence: '自家茶地采、自家晒的散茶，按食用农产品卖，不需要生产许可',
    groups: [
      photos,
      { key: 'what', words: '茶', fields: [title, ...leaf, may('grade', { options: ['special', '2', '4', '6', '8', '10'] })] },
      teaOrigin,
      pack('按克卖写 1，按袋卖写一袋的克数', ['gram', 'bag', 'box', 'tin']),
      {
        key: 'label',
        words: '合格证与生产者',
        fields: [
          must('labelPicture', { words: '承诺达标合格证', hint: '拍一张合格证的照片' }),
          ...made,
          must('productionDate', { words: '晒干日期' }),
          ...kept,
        ],
      },
      sale,
      brew,
      story('怎样采、怎样晒、怎样存；不写功效'),
    ],
    fixed: { kind: 'raw', form: 'loose' },
    label: [],
    scPrefix: null,
    papers: [
      { anyOf: ['selfGrownStatement', 'businessLicence'], why: '自产自销要有声明（电子商务法第十条），否则要有营业执照' },
      { anyOf: ['qualityCertificate'], why: '食用农产品要有承诺达标合格证' },
    ],
    returnRule: 'sevenDays',
    legal: [
      'price',
      'per100g',
      'net',
      'name',
      'farmProduce',
      'maker',
      'makerAddress',
      'productionDate',
      'batches',
      'material',
      'grade',
      'origin',
      'village',
      'shelfLife',
      'storage',
      'shipBy',
      'returnRule',
    ],
    legalName: '晒青毛茶',
  },
  workshopTea: {
    class: 'workshopTea',
    words: classWords.workshopTea,
    sentence: '登记的小作坊压制或装袋的茶；须在登记证写明的范围内销售',
    groups: [
      photos,
      {
        key: 'what',
        words: '茶',
        fields: [
          title,
          must('kind'),
          must('form'),
          ...leaf,
          may('grade', { hint: '紧压茶不分级' }),
          must('ingredients', { hint: '如：云南大叶种晒青茶' }),
        ],
      },
      teaOrigin,
      pack('一饼、一砖、一沱或一袋的克数', ['cake', 'brick', 'tuo', 'melon', 'ball', 'bag', 'box', 'tin']),
      teaLabel(
        [...made, must('permitNumber', { words: '小作坊登记证编号', hint: '照登记证写' }), may('standardCode')],
        '压制或装袋的日子，照标签',
      ),
      sale,
      brew,
      story('怎样采、怎样做、怎样存；不写功效'),
    ],
    fixed: {},
    label: ['name', 'netContent', 'productionDate'],
    scPrefix: null,
    papers: [{ anyOf: ['workshopRegistration'], why: '小作坊要有登记证' }],
    returnRule: 'sevenDays',
    legal: [
      'price',
      'per100g',
      'net',
      'name',
      'permitNumber',
      'maker',
      'makerAddress',
      'standardCode',
      'productionDate',
      'batches',
      'material',
      'grade',
      'ingredients',
      'origin',
      'village',
      'shelfLife',
      'storage',
      'shipBy',
      'returnRule',
    ],
    legalName: '茶（小作坊产品）',
  },
  rice: {
    class: 'rice',
    words: classWords.rice,
    sentence: '墨江产的紫米，装好袋的；写「墨江紫米」须有地理标志使用核准',
    groups: [
      photos,
      {
        key: 'what',
        words: '紫米',
        fields: [
          title,
          must('materialYear', { words: '收获年份' }),
          must('variety', { hint: '如：墨紫一号' }),
          must('ingredients', { hint: '如：紫糯米' }),
        ],
      },
      { key: 'from', words: '产地', fields: [must('village'), may('altitudeMetres')] },
      pack('一袋的克数', ['bag', 'box', 'tin']),
      teaLabel(
        [...made, must('scNumber', { hint: 'SC 加 14 位数字，粮食加工品以 SC101 开头' }), must('standardCode', { hint: '照标签写' })],
        '碾米装袋的日子，照标签',
      ),
      sale,
      { key: 'story', words: '吃法与故事', fields: [may('howTo'), may('story', { hint: '不写补血、接骨之类的功效' })] },
    ],
    fixed: {},
    label: ['name', 'netContent', 'scNumber', 'productionDate'],
    scPrefix: 'SC101',
    papers: [
      { anyOf: ['businessLicence'], why: '经营者要有营业执照' },
      {
        anyOf: ['foodBusinessLicence', 'prepackFiling', 'productionLicence'],
        why: '卖预包装食品要有食品经营许可证、预包装食品备案或生产许可证',
      },
      { anyOf: ['giUse'], why: '「墨江紫米」是地理标志，用它要有核准' },
    ],
    returnRule: 'sevenDays',
    legal: [
      'price',
      'per100g',
      'net',
      'name',
      'scNumber',
      'maker',
      'makerAddress',
      'standardCode',
      'productionDate',
      'batches',
      'material',
      'ingredients',
      'village',
      'shelfLife',
      'storage',
      'howTo',
      'shipBy',
      'returnRule',
    ],
    legalName: '墨江紫米',
  },
  coffee: {
    class: 'coffee',
    words: classWords.coffee,
    sentence: '烘好的咖啡豆或咖啡粉',
    groups: [
      photos,
      {
        key: 'what',
        words: '咖啡',
        fields: [
          title,
          must('variety', { hint: '如：卡蒂姆、铁皮卡' }),
          must('process'),
          must('roast'),
          must('materialYear', { words: '产季年份' }),
          must('ingredients', { hint: '如：咖啡豆' }),
        ],
      },
      { key: 'from', words: '产地', fields: [must('village', { words: '产地村寨' }), may('altitudeMetres')] },
      pack('一袋的克数', ['bag', 'box', 'tin']),
      teaLabel(
        [...made, must('scNumber', { hint: 'SC 加 14 位数字，焙烤咖啡以 SC120 开头' }), must('standardCode', { hint: '照标签写' })],
        '烘焙的日子，照标签',
      ),
      sale,
      { key: 'brew', words: '冲煮', fields: [may('brew', { words: '冲煮建议', hint: '粉量、水温、水量和每段秒数' })] },
      story('怎样种、怎样处理、怎样烘'),
    ],
    fixed: {},
    label: ['name', 'netContent', 'scNumber', 'productionDate'],
    scPrefix: 'SC120',
    papers: [
      { anyOf: ['businessLicence'], why: '经营者要有营业执照' },
      {
        anyOf: ['foodBusinessLicence', 'prepackFiling', 'productionLicence'],
        why: '卖预包装食品要有食品经营许可证、预包装食品备案或生产许可证',
      },
    ],
    returnRule: 'sevenDays',
    legal: [
      'price',
      'per100g',
      'net',
      'name',
      'scNumber',
      'maker',
      'makerAddress',
      'standardCode',
      'productionDate',
      'batches',
      'material',
      'ingredients',
      'village',
      'shelfLife',
      'storage',
      'shipBy',
      'returnRule',
    ],
    legalName: '焙烤咖啡',
  },
  dish: {
    class: 'dish',
    words: classWords.dish,
    sentence: '现做现发的菜品：紫米粑粑、哈尼风味；鲜活易腐，不适用七天无理由',
    groups: [
      photos,
      {
        key: 'what',
        words: '菜品',
        fields: [
          title,
          must('ingredients', { hint: '从多到少写' }),
          must('allergens', { hint: '如：含花生；没有写「无」' }),
          must('howTo', { hint: '怎样加热、怎样吃' }),
        ],
      },
      { key: 'from', words: '产地', fields: [must('village', { words: '制作地' })] },
      pack('一份的克数', ['serving', 'box', 'bag']),
      {
        key: 'label',
        words: '制作者',
        fields: [
          ...made,
          must('permitNumber', { words: '食品经营许可证编号', hint: 'JY 加 14 位数字' }),
          must('productionDate', { words: '制作日期', hint: '本批的制作日' }),
          ...kept,
        ],
      },
      sale,
      story('谁做的、怎样做'),
    ],
    fixed: {},
    label: [],
    scPrefix: null,
    papers: [{ anyOf: ['foodBusinessLicence'], why: '做菜品要有食品经营许可证' }],
    returnRule: 'perishable',
    legal: [
      'price',
      'per100g',
      'net',
      'name',
      'permitNumber',
      'maker',
      'makerAddress',
      'productionDate',
      'batches',
      'ingredients',
      'allergens',
      'village',
      'shelfLife',
      'storage',
      'howTo',
      'shipBy',
      'returnRule',
    ],
    legalName: '鲜食菜品',
  },
}

/** What cannot be known of a ware that is not made yet: not asked of a presale. */
export const notYetKnown: readonly FieldName[] = ['productionDate', 'labelPicture', 'label']

/** Whether this draft must fill the field. */
export const mustFill = (draft: Pick<ListingDraft, 'presale'>, field: PlacedField): boolean =>
  field.must && !(draft.presale !== null && notYetKnown.includes(field.name))

/** All fields of a class, in the order of its form. */
export const fieldsOfClass = (form: ClassForm): readonly PlacedField[] => form.groups.flatMap((g) => g.fields)

/** What this class calls a field. */
export const labelOf = (form: ClassForm, name: FieldName): string =>
  fieldsOfClass(form).find((f) => f.name === name)?.words ?? fieldWords[name]

/** The draft in this class: what was typed stays, what every ware of the class is, is set. */
export const inClass = (draft: ListingDraft, productClass: ProductClass): ListingDraft => ({
  ...draft,
  productClass,
  ...classForms[productClass].fixed,
})

/** The draft with what its class does not ask for emptied: so it is submitted. Without a class it stays as it is. */
export const onlyOfClass = (draft: ListingDraft): ListingDraft => {
  if (draft.productClass === null) return draft
  const form = classForms[draft.productClass]
  const has = new Set<keyof ListingDraft>(['productClass', 'captions', ...fieldsOfClass(form).map((f) => f.name)])
  const kept = Object.fromEntries(Object.entries(draft).filter(([name]) => has.has(name as keyof ListingDraft)))
  return { ...emptyDraft(), ...kept, ...form.fixed }
}
