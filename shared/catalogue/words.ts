/** The Chinese words of the catalogue: states, acts, kinds, forms, units, seasons and the fields of the form. */
import type { ActOf } from '../flow.ts'
import type { Form, Kind, ListingDraft, ProductClass, Season, TreeClass } from './draft.ts'
import type { listingFlow, ReservationState, RevisionState, reservationFlow, revisionFlow, ShelfState } from './flow.ts'

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

export const reservationActWords: Record<ActOf<typeof reservationFlow>, string> = { sell: '售出', release: '释放' }

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

export const kindWords: Record<Kind, string> = { raw: '生茶', ripe: '熟茶' }
export const formWords: Record<Form, string> = {
  cake: '饼茶',
  brick: '砖茶',
  tuo: '沱茶',
  loose: '散茶',
  dragonBall: '龙珠',
  melon: '金瓜',
}

/** What one unit is called: 168 元 / 饼. */
export const unitWords: Record<Form, string> = { cake: '饼', brick: '砖', tuo: '沱', loose: '袋', dragonBall: '盒', melon: '个' }
export const seasonWords: Record<Season, string> = { spring: '春茶', summer: '夏茶（雨水茶）', autumn: '秋茶（谷花茶）' }

export const treeClassWords: Record<TreeClass, string> = { ancient: '古树', arbor: '乔木', terrace: '台地' }

export const classWords: Record<ProductClass, string> = {
  puer: '普洱茶',
  maocha: '晒青毛茶',
  workshopTea: '小作坊茶',
  rice: '墨江紫米',
  coffee: '咖啡',
  dish: '鲜食菜品',
}

/** Every field of the form by the name that farmers and reviewers read. */
export const fieldWords: Record<keyof ListingDraft, string> = {
  title: '标题',
  kind: '生茶 / 熟茶',
  form: '形态',
  netGrams: '净含量',
  materialYear: '原料年份',
  productionDate: '生产日期',
  season: '采摘季节',
  hill: '山头',
  village: '村寨',
  makerName: '生产者',
  makerAddress: '生产者地址',
  scNumber: '生产许可证编号',
  standardCode: '产品标准号',
  shelfLife: '保质期',
  storage: '贮存条件',
  priceFen: '售价',
  stock: '首批库存',
  pictures: '照片',
  labelPicture: '标签照片',
  story: '茶的故事',
}
