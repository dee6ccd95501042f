/** The Chinese words of the catalogue: states, acts, kinds, forms, units, seasons, the fields of the form; by them people read what the tables hold. */
import type { ActOf } from '../flow.ts'
import type { Blend, Form, Grade, LabelFields, ListingDraft, Process, Roast, Season, TreeClass } from './draft.ts'
import type { listingFlow, ReservationState, RevisionState, reservationFlow, revisionFlow, ShelfState } from './flow.ts'

export { classWords, kindWords, packUnitWords } from './ware-words.ts'

export const shelfWords: Record<ShelfState, string> = { draft: '未上架', onShelf: '在售', offShelf: '已下架' }

export const revisionWords: Record<RevisionState, string> = {
  draft: '草稿',
  inReview: '审核中',
  approved: '已通过',
  rejected: '已驳回',
  superseded: '已被新版取代',
}

export const reservationWords: Record<ReservationState, string> = { held: '占用中', sold: '已售出', released: '已释放' }

export const listingActWords: Record<ActOf<typeof listingFlow>, string> = {
  shelve: '首次上架',
  takeOff: '下架',
  sleep: '因证照下架',
  putOn: '上架',
}

export const revisionActWords: Record<ActOf<typeof revisionFlow>, string> = {
  submit: '提交审核',
  recall: '撤回',
  approve: '通过',
  reject: '驳回',
  supersede: '取代',
}

export const reservationActWords: Record<ActOf<typeof reservationFlow>, string> = { sell: '售出', release: '释放', restock: '退回库存' }

/** What a shop may do with a listing; the names are those of the procedures. */
export const shopActs = ['saveDraft', 'submit', 'recall', 'takeOff', 'putOn', 'changeStock'] as const
export type ShopAct = (typeof shopActs)[number]
export const shopActWords: Record<ShopAct, string> = {
  saveDraft: '编辑',
  submit: '提交审核',
  recall: '撤回审核',
  takeOff: '下架',
  putOn: '重新上架',
  changeStock: '改库存',
}

export const formWords: Record<Form, string> = {
  cake: '饼茶',
  brick: '砖茶',
  tuo: '沱茶',
  loose: '散茶',
  dragonBall: '龙珠',
  melon: '金瓜',
}

export const seasonWords: Record<Season, string> = { spring: '春茶', summer: '夏茶（雨水茶）', autumn: '秋茶（谷花茶）' }
export const treeClassWords: Record<TreeClass, string> = { ancient: '古树', arbor: '乔木', terrace: '台地' }
export const blendWords: Record<Blend, string> = { single: '单一原料', blend: '拼配' }
export const roastWords: Record<Roast, string> = { light: '浅烘', medium: '中烘', dark: '深烘' }
export const processWords: Record<Process, string> = { washed: '水洗', honey: '蜜处理', natural: '日晒', other: '其他处理法' }
export const gradeWords: Record<Grade, string> = {
  special: '特级',
  '1': '一级',
  '2': '二级',
  '3': '三级',
  '4': '四级',
  '5': '五级',
  '6': '六级',
  '7': '七级',
  '8': '八级',
  '9': '九级',
  '10': '十级',
}

/** Every field of the form by the name that farmers and reviewers read; a class may call one by another name (classes.ts). */
export const fieldWords: Record<keyof ListingDraft, string> = {
  productClass: '商品类别',
  title: '标题',
  pictures: '照片',
  captions: '照片说明',
  kind: '生茶 / 熟茶',
  form: '形态',
  materialYear: '原料年份',
  season: '采摘季节',
  picking: '采摘日期',
  blend: '原料构成',
  shares: '拼配说明',
  grade: '等级',
  recipeCode: '唛号',
  variety: '品种',
  roast: '烘焙度',
  process: '处理法',
  ingredients: '配料',
  allergens: '过敏原提示',
  howTo: '食用方法',
  hill: '山头',
  village: '村寨',
  altitudeMetres: '海拔',
  treeClass: '树龄类型',
  treeBasis: '树龄依据',
  netGrams: '最小单位净含量',
  pack: '包装规格',
  labelPicture: '标签照片',
  label: '标签上的字',
  makerName: '生产者',
  makerAddress: '生产者地址',
  entrustedBy: '委托方',
  scNumber: '生产许可证编号',
  permitNumber: '许可或登记编号',
  standardCode: '产品标准号',
  productionDate: '生产日期',
  shelfLife: '保质期',
  storage: '贮存条件',
  skus: '规格、价格与库存',
  presale: '预售',
  brew: '冲泡建议',
  story: '商品故事',
}

/** The fields of the label panel. */
export const labelWords: Record<keyof LabelFields, string> = {
  name: '品名',
  netContent: '净含量',
  scNumber: '生产许可证编号',
  standardCode: '产品标准号',
  productionDate: '生产日期',
  shelfLife: '保质期',
  maker: '生产者',
}
