/** The Chinese words of traceability: states, acts, crops, papers, fields. */
import type { ActOf } from '../flow.ts'
import type { BatchDraft, Crop, PlotDraft, ProofKind, YieldState } from './draft.ts'
import type { BatchState, batchFlow, PlotState, plotFlow } from './flow.ts'

export const plotWords: Record<PlotState, string> = { draft: '草稿', inReview: '核验中', verified: '已核验', rejected: '未通过' }
export const plotActWords: Record<ActOf<typeof plotFlow>, string> = {
  submit: '提交核验',
  recall: '撤回',
  verify: '核验通过',
  reject: '驳回',
  amend: '修改',
  revoke: '撤销核验',
}

export const batchWords: Record<BatchState, string> = {
  draft: '草稿',
  inReview: '核验中',
  verified: '已核验',
  rejected: '未通过',
  frozen: '已冻结',
}
export const batchActWords: Record<ActOf<typeof batchFlow>, string> = {
  submit: '提交核验',
  recall: '撤回',
  verify: '核验通过',
  reject: '驳回',
  amend: '修改',
  freeze: '冻结',
  thaw: '解除冻结',
}

export const cropWords: Record<Crop, string> = { tea: '茶', rice: '紫米', coffee: '咖啡' }
/** What a yield is weighed as, by crop. */
export const yieldWords: Record<Crop, Record<YieldState, string>> = {
  tea: { fresh: '鲜叶', dry: '晒青毛茶' },
  rice: { fresh: '稻谷', dry: '紫米' },
  coffee: { fresh: '鲜果', dry: '生豆' },
}
export const proofWords: Record<ProofKind, string> = {
  plotEvidence: '地块权属证明',
  treeSurvey: '古树普查证明',
  labReport: '检验报告',
  qualityCertificate: '承诺达标合格证',
}

export const plotFieldWords: Record<keyof PlotDraft, string> = {
  name: '地块名',
  crop: '作物',
  hill: '山头',
  village: '村寨',
  grower: '管护人',
  areaTenths: '面积',
  trees: '株数',
  treeClass: '树龄类型',
  treeBasis: '树龄依据',
  altitudeMetres: '海拔',
  yieldState: '产量口径',
  yearlyGrams: '年产量',
  proofs: '证明材料',
}
export const batchFieldWords: Record<keyof BatchDraft, string> = {
  code: '批号',
  productClass: '商品类别',
  kind: '生茶 / 熟茶',
  season: '采摘季节',
  materialYear: '原料年份',
  village: '产地',
  makerName: '生产者',
  makerAddress: '生产者地址',
  scNumber: '许可或登记编号',
  standardCode: '产品标准号',
  productionDate: '生产日期',
  pressingDate: '压制日期',
  storedSince: '入仓日期',
  madeGrams: '成品重量',
  parts: '原料构成',
  proofs: '证明材料',
}
