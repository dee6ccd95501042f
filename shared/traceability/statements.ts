/** What a buyer reads of a batch: every line says on what it stands, and what is not known stands there as a gap. */
import type { ProductClass, Season, TreeClass } from '../catalogue/draft.ts'
import { hillName } from '../catalogue/hills.ts'
import { netWords } from '../catalogue/units.ts'
import { kindWords, seasonWords, treeClassWords } from '../catalogue/words.ts'
import { businessDay, type Instant } from '../time.ts'
import { originRules } from './balance.ts'
import type { Proof, ProofKind } from './draft.ts'
import { proofWords } from './words.ts'

/** `proved`: by a paper that the park has seen. `checked`: the park reckoned or compared it. `said`: the shop says so, nothing more. */
export const bases = ['proved', 'checked', 'said'] as const
export type Basis = (typeof bases)[number]
export const basisWords: Record<Basis, string> = { proved: '有证明', checked: '园区核对', said: '店铺自述' }

export interface Statement {
  label: string
  value: string
  basis: Basis
  /** The paper that proves it, with its number; null where none does. */
  paper: string | null
}

export interface StatedPlot {
  name: string
  verified: boolean
  hill: string | null
  village: string
  grower: string
  areaTenths: number | null
  treeClass: TreeClass | null
  treeBasis: string
  altitudeMetres: number | null
  grantedGrams: number
  proofs: readonly Proof[]
}

export interface StatedBatch {
  code: string
  productClass: ProductClass
  kind: 'raw' | 'ripe' | null
  season: Season | null
  materialYear: number | null
  hill: string | null
  village: string
  makerName: string
  makerAddress: string
  scNumber: string
  standardCode: string
  productionDate: string | null
  pressingDate: string | null
  storedSince: Instant | null
  madeGrams: number
  proofs: readonly Proof[]
}

const paperOf = (proofs: readonly Proof[], kind: ProofKind): string | null => {
  const proof = proofs.find((p) => p.kind === kind)
  return proof ? `${proofWords[kind]} ${proof.number}` : null
}

/** A line, if there is anything to say. A paper makes it proved. */
const line = (label: string, value: string | null, basis: Basis, paper: string | null = null): Statement[] =>
  value === null || value === '' ? [] : [{ label, value, basis: paper === null ? basis : 'proved', paper }]

/** What is stated of a plot. A plot that is not verified any more states nothing better than the shop's word. */
export const plotStatements = (plot: StatedPlot): Statement[] => {
  const land = plot.verified ? paperOf(plot.proofs, 'plotEvidence') : null
  const survey = plot.verified ? paperOf(plot.proofs, 'treeSurvey') : null
  const tree = plot.treeClass === null ? null : `${treeClassWords[plot.treeClass]}${plot.treeBasis === '' ? '' : `（${plot.treeBasis}）`}`
  return [
    ...line('山头', hillName(plot.hill), plot.verified ? 'checked' : 'said', land),
    ...line('村寨', plot.village, plot.verified ? 'checked' : 'said', land),
    ...line('面积', plot.areaTenths === null ? null : `${plot.areaTenths / 10} 亩`, 'said', land),
    ...line('管护人', plot.grower, 'said'),
    ...line('海拔', plot.altitudeMetres === null ? null : `${plot.altitudeMetres} 米`, 'said'),
    ...line('树龄类型', tree, 'said', survey),
    ...line('核定年产量', plot.verified ? netWords(plot.grantedGrams) : null, 'checked'),
  ]
}

/** What is stated of the batch itself. */
export const batchStatements = (batch: StatedBatch, traced: boolean): Statement[] => {
  const certificate = paperOf(batch.proofs, 'qualityCertificate')
  const origin: Basis = traced ? 'checked' : 'said'
  return [
    ...line('茶类', batch.kind === null ? null : kindWords[batch.kind], 'said'),
    ...line('原料年份', batch.materialYear === null ? null : `${batch.materialYear} 年`, origin),
    ...line('采摘季节', batch.season === null ? null : seasonWords[batch.season], 'said'),
    ...line('山头', hillName(batch.hill), origin),
    ...line('产地', batch.village, origin),
    ...line('成品重量', netWords(batch.madeGrams), 'checked'),
    ...line('生产者', batch.makerName, 'said', certificate),
    ...line('生产者地址', batch.makerAddress, 'said'),
    ...line('许可或登记编号', batch.scNumber, 'said'),
    ...line('产品标准号', batch.standardCode, 'said'),
    ...line('生产日期', batch.productionDate, 'said', certificate),
    ...line('压制日期', batch.pressingDate, 'said'),
    ...line('入仓日期', batch.storedSince === null ? null : businessDay(batch.storedSince), 'said'),
    ...line('检验', paperOf(batch.proofs, 'labReport'), 'said', paperOf(batch.proofs, 'labReport')),
  ]
}

/** What is not known of a batch, in words: shown as it is, not left out. `tested`: the shop holds a verified lab report for it. */
export const gapsOf = (batch: StatedBatch, plots: readonly StatedPlot[], blended: boolean, tested = false): string[] => {
  const { crop } = originRules[batch.productClass]
  const gaps: string[] = []
  if (crop !== null && plots.length === 0 && !blended) gaps.push('原料来自哪块地，没有登记')
  for (const plot of plots.filter((p) => !p.verified)) gaps.push(`地块「${plot.name}」的核验已撤销，它的产地和产量只是店铺自述`)
  if (crop === 'tea' && (plots.length > 0 || blended)) {
    if (batch.materialYear === null) gaps.push('原料不止一个年份，不标年份')
    if (batch.hill === null) gaps.push('原料不在同一个登记山头，不标山头')
  }
  if (!tested && paperOf(batch.proofs, 'labReport') === null) gaps.push('没有检验报告')
  if (crop === 'tea' && batch.storedSince === null) gaps.push('没有入仓记录，不计陈放时间')
  if (crop !== null) gaps.push('采摘、初制、压制各环节的称重没有逐次记录，只核对总量')
  return gaps
}
