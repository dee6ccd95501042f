/** The legal block 法定信息: what the law wants beside the price, in the order in which it is shown. The form previews it, the page prints it. */
import type { AssetId } from '../ids.ts'
import { type Fen, yuan } from '../money.ts'
import { type Form, isFarmProduce, type Kind, type ListingDraft, type Season } from './draft.ts'
import { hillOf } from './hills.ts'
import { netWords, per100g, priceWords } from './units.ts'
import { formWords, kindWords, seasonWords } from './words.ts'

/** A draft in which nothing is missing. */
export interface WholeListing extends ListingDraft {
  kind: Kind
  form: Form
  netGrams: number
  materialYear: number
  productionDate: string
  season: Season
  priceFen: Fen
  stock: number
  pictures: [AssetId, ...AssetId[]]
}

/** A draft as a whole listing. Throws a RangeError where something is missing: what was approved had nothing missing and never changes. */
export const wholeOf = (draft: ListingDraft): WholeListing => {
  const { kind, form, season, netGrams, materialYear, productionDate, priceFen, stock } = draft
  const [first, ...more] = draft.pictures
  if (
    kind === null ||
    form === null ||
    season === null ||
    netGrams === null ||
    materialYear === null ||
    productionDate === null ||
    priceFen === null ||
    stock === null ||
    first === undefined
  )
    throw new RangeError('not a whole listing')
  return { ...draft, kind, form, season, netGrams, materialYear, productionDate, priceFen, stock, pictures: [first, ...more] }
}

/** Label and value of each line. */
export const legalBlock = (listing: WholeListing): { label: string; value: string }[] => {
  const hill = hillOf(listing.hill)
  const farmProduce = isFarmProduce(listing)
  return [
    { label: '售价', value: priceWords(listing.priceFen, listing.form) },
    { label: '每 100 克', value: `¥${yuan(per100g(listing.priceFen, listing.netGrams))}` },
    { label: '净含量', value: netWords(listing.netGrams) },
    { label: '品名', value: `普洱茶（${kindWords[listing.kind]}）· ${formWords[listing.form]}` },
    {
      label: '生产许可证编号',
      value: farmProduce ? '自产晒青毛茶，按食用农产品销售，不需生产许可' : listing.scNumber,
    },
    { label: '生产者', value: listing.makerName },
    { label: '生产者地址', value: listing.makerAddress },
    ...(listing.standardCode === '' ? [] : [{ label: '产品标准号', value: listing.standardCode }]),
    { label: '生产日期（批次）', value: listing.productionDate },
    { label: '原料', value: `${listing.materialYear} 年${seasonWords[listing.season]}` },
    ...(hill ? [{ label: '产地', value: `${hill.county}${hill.town ?? ''} · ${hill.name}` }] : []),
    ...(listing.village === '' ? [] : [{ label: '村寨', value: listing.village }]),
    { label: '保质期', value: listing.shelfLife },
    { label: '贮存条件', value: listing.storage },
    { label: '退货规则', value: '签收后 7 天无理由退货（未拆封、不影响再次销售，运费由买家承担；质量问题由卖家承担）' },
  ]
}
