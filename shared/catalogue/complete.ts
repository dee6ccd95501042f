/** What a listing still lacks before it may be submitted: the phone shows it while one types, the server asks the same before a review. */
import { isFarmProduce, type ListingDraft, type Season } from './draft.ts'
import { hillOf } from './hills.ts'
import { listingLimits as limits } from './limits.ts'
import { seasonWords } from './words.ts'

export interface Missing {
  field: keyof ListingDraft
  words: string
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

/** The month in which a season's picking begins: nothing of it can be made earlier in the same year. */
const seasonBegins: Record<Season, number> = { spring: 2, summer: 5, autumn: 8 }

const length = (text: string): number => [...text].length

/**
 * What is missing or contradicts itself, in the order of the form; empty when the listing may be submitted. `today` (YYYY-MM-DD in
 * Shanghai) also refuses days that have not come yet.
 */
export const missing = (draft: ListingDraft, today?: string): Missing[] => {
  const found: Missing[] = []
  const lacks = (field: keyof ListingDraft, when: boolean, words: string) => {
    if (when) found.push({ field, words })
  }
  const farmProduce = isFarmProduce(draft)
  lacks('title', length(draft.title) < limits.title.min, `标题至少写 ${limits.title.min} 个字`)
  lacks('pictures', draft.pictures.length < limits.pictures.min, '至少放一张茶的照片')
  lacks('kind', draft.kind === null, '请选择生茶或熟茶')
  lacks('form', draft.form === null, '请选择形态')
  lacks('netGrams', draft.netGrams === null, '请填写每件净含量（克）')
  lacks('priceFen', draft.priceFen === null, '请填写售价')
  lacks('stock', draft.stock === null, '请填写首批库存')
  lacks('materialYear', draft.materialYear === null, '请填写原料年份')
  lacks('season', draft.season === null, '请选择采摘季节')
  lacks('productionDate', draft.productionDate === null, '请填写生产日期')
  found.push(...timeFaults(draft, today))
  found.push(...originFaults(draft))
  lacks('makerName', draft.makerName === '', '请填写生产者名称')
  lacks('makerAddress', draft.makerAddress === '', '请填写生产者地址')
  if (!farmProduce) found.push(...licenceFaults(draft))
  lacks('shelfLife', draft.shelfLife === '', '请照标签填写保质期')
  lacks('storage', draft.storage === '', '请填写贮存条件')
  lacks('labelPicture', draft.labelPicture === null, farmProduce ? '请拍一张承诺达标合格证的照片' : '请拍一张标签照片，字要看得清')
  return found
}

const timeFaults = (draft: ListingDraft, today: string | undefined): Missing[] => {
  const { productionDate, materialYear, season } = draft
  const found: Missing[] = []
  if (today !== undefined && materialYear !== null && materialYear > Number(today.slice(0, 4)))
    found.push({ field: 'materialYear', words: '原料年份还没有到' })
  if (productionDate === null) return found
  if (today !== undefined && productionDate > today) found.push({ field: 'productionDate', words: '生产日期还没有到' })
  if (materialYear === null) return found
  const year = Number(productionDate.slice(0, 4))
  if (materialYear > year) found.push({ field: 'materialYear', words: `原料年份 ${materialYear} 晚于生产日期 ${productionDate}，请核对` })
  if (season !== null && materialYear === year && Number(productionDate.slice(5, 7)) < seasonBegins[season])
    found.push({ field: 'season', words: `${productionDate} 还采不到当年的${seasonWords[season]}，请核对季节或日期` })
  return found
}

const originFaults = (draft: ListingDraft): Missing[] => {
  if (draft.hill === null) return []
  const hill = hillOf(draft.hill)
  if (!hill) return [{ field: 'hill', words: '这个山头不在园区名录里，请从名录选择' }]
  if (draft.village === '') return [{ field: 'village', words: `写了山头就要写明村寨（${hill.town ?? hill.county}）` }]
  if (hill.places.length > 0 && !hill.places.some((place) => draft.village.includes(place)))
    return [{ field: 'village', words: `${draft.village}不在${hill.name}（${hill.places.join('、')}）一带，请核对` }]
  return []
}

/** SC and 14 digits; the first three name the class of food, 114 is tea (食品生产许可管理办法). */
const licenceFaults = (draft: ListingDraft): Missing[] => {
  const found: Missing[] = []
  const sc = draft.scNumber
  if (sc === '') found.push({ field: 'scNumber', words: '请填写生产许可证编号（SC 加 14 位数字）' })
  else if (!/^SC\d{14}$/.test(sc)) found.push({ field: 'scNumber', words: '生产许可证编号应是 SC 加 14 位数字，请照标签核对' })
  else if (!sc.startsWith('SC114')) found.push({ field: 'scNumber', words: '这不是茶叶类许可（茶叶的编号以 SC114 开头），请核对' })
  if (draft.standardCode === '') found.push({ field: 'standardCode', words: '请填写产品标准号，如 GB/T 22111' })
  return found
}
