/** The legal block 法定信息: what the law wants beside the price, in the order of the class (classes.ts). The form previews it, the page prints it. */
import type { AssetId } from '../ids.ts'
import { type Fen, yuan } from '../money.ts'
import { classForms, type LegalLine, returnWords } from './classes.ts'
import type { ListingDraft, PackLevel, ProductClass, SkuDraft } from './draft.ts'
import { hillOf } from './hills.ts'
import { gramsAt, packWords, per100g, priceWords } from './units.ts'
import { formWords, gradeWords, kindWords, processWords, roastWords, seasonWords } from './words.ts'

export interface WholeSku extends SkuDraft {
  priceFen: Fen
}

/** A draft in which nothing is missing. */
export interface WholeListing extends ListingDraft {
  productClass: ProductClass
  netGrams: number
  pack: [PackLevel, ...PackLevel[]]
  skus: [WholeSku, ...WholeSku[]]
  pictures: [AssetId, ...AssetId[]]
}

/** A draft as a whole listing. Throws a RangeError where something is missing: what was approved had nothing missing and never changes. */
export const wholeOf = (draft: ListingDraft): WholeListing => {
  const { productClass, netGrams } = draft
  const [picture, ...pictures] = draft.pictures
  const [base, ...levels] = draft.pack
  const [sku, ...skus] = draft.skus.map((s) => {
    if (s.priceFen === null || gramsAt(draft, s.level) === null) throw new RangeError('a sku without price or weight')
    return { ...s, priceFen: s.priceFen }
  })
  if (productClass === null || netGrams === null || !picture || !base || !sku) throw new RangeError('not a whole listing')
  return { ...draft, productClass, netGrams, pack: [base, ...levels], skus: [sku, ...skus], pictures: [picture, ...pictures] }
}

export interface LegalFact {
  key: LegalLine
  label: string
  value: string
}

/** Label and value of each line for one of its skus. `batchCodes`: of the batches it is sold from, in order. */
export const legalBlock = (listing: WholeListing, skuAt = 0, batchCodes: readonly string[] = []): LegalFact[] => {
  const form = classForms[listing.productClass]
  const sku = listing.skus[skuAt] ?? listing.skus[0]
  const unit = (listing.pack[sku.level] ?? listing.pack[0]).unit
  const grams = gramsAt(listing, sku.level) ?? listing.netGrams
  const hill = hillOf(listing.hill)
  const { kind, form: shape, season, roast, process } = listing
  const kindAndShape = [kind && kindWords[kind], roast && roastWords[roast], process && processWords[process], shape && formWords[shape]]
  const year = listing.materialYear === null ? '' : `${listing.materialYear} 年${season ? seasonWords[season] : ''}`
  const lines: Record<LegalLine, readonly [label: string, value: string]> = {
    price: ['售价', priceWords(sku.priceFen, unit)],
    per100g: ['每 100 克', `¥${yuan(per100g(sku.priceFen, grams))}`],
    net: ['净含量', packWords(listing, sku.level)],
    name: ['品名', [form.legalName, ...kindAndShape.filter(Boolean)].join(' · ')],
    scNumber: ['生产许可证编号', listing.scNumber],
    farmProduce: ['生产许可', '自产晒青毛茶，按食用农产品销售，不需生产许可'],
    permitNumber: [form.class === 'workshopTea' ? '小作坊登记证编号' : '食品经营许可证编号', listing.permitNumber],
    maker: ['生产者', listing.makerName],
    makerAddress: ['生产者地址', listing.makerAddress],
    entrustedBy: ['委托方', listing.entrustedBy],
    standardCode: ['产品标准号', listing.standardCode],
    productionDate: ['生产日期', listing.productionDate ?? ''],
    batches: [batchCodes.length > 1 ? '批次（混批）' : '批次', batchCodes.join('、')],
    material: ['原料', [year, listing.variety].filter((w) => w !== '').join(' · ')],
    origin: ['产地', hill ? `${hill.county}${hill.town ?? ''} · ${hill.name}` : ''],
    village: ['村寨', listing.village],
    grade: ['等级', listing.grade ? gradeWords[listing.grade] : ''],
    ingredients: ['配料', listing.ingredients],
    allergens: ['过敏原提示', listing.allergens],
    shelfLife: ['保质期', listing.shelfLife],
    storage: ['贮存条件', listing.storage],
    howTo: ['食用方法', listing.howTo],
    shipBy: ['预售发货', listing.presale ? `最晚 ${listing.presale.shipBy} 发货，逾期自动退款` : ''],
    returnRule: ['退货规则', returnWords[form.returnRule]],
  }
  return form.legal.flatMap((key) => {
    const [label, value] = lines[key]
    return value === '' ? [] : [{ key, label, value }]
  })
}
