/** What a plot or a batch still lacks, or where it contradicts itself; empty when it may be submitted. The server asks the same, and more. */
import { isDay } from '../catalogue/complete.ts'
import { hillOf } from '../catalogue/hills.ts'
import { netWords } from '../catalogue/units.ts'
import { dryGrams, materialOf, originRules } from './balance.ts'
import type { BatchDraft, PlotDraft, Proof, ProofKind } from './draft.ts'
import { batchFieldWords, plotFieldWords } from './words.ts'

export interface Lack<Field extends string> {
  field: Field
  words: string
}

export type PlotLack = Lack<keyof PlotDraft>
export type BatchLack = Lack<keyof BatchDraft>

const proves = (proofs: readonly Proof[], kind: ProofKind): boolean =>
  proofs.some((p) => p.kind === kind && p.number !== '' && p.pictureId !== null)

/** Words that give trees an age: a number (or 百, 千) of years. A year of the calendar (2021年普查) is none. */
const saysAge = (text: string): boolean =>
  [...text.matchAll(/([\d〇一二三四五六七八九十百千]+)\s*(余|多)?\s*年(生|以上|树龄)?/g)].some(([, n]) => !/^(19|20)\d\d$/.test(n ?? ''))

const fault = <F extends string>(field: F, words: string): Lack<F> => ({ field, words })

/** What a plot lacks, in the order in which it is asked. */
export const plotLacks = (plot: PlotDraft): PlotLack[] => {
  const found: PlotLack[] = []
  for (const field of ['name', 'village'] as const) if (plot[field] === '') found.push(fault(field, `请填写${plotFieldWords[field]}`))
  for (const field of ['areaTenths', 'yearlyGrams'] as const)
    if (plot[field] === null) found.push(fault(field, `请填写${plotFieldWords[field]}`))
  const hill = hillOf(plot.hill)
  if (plot.hill !== null && plot.crop !== 'tea') found.push(fault('hill', '只有茶地写山头'))
  if (hill && plot.village !== '' && hill.places.length > 0 && !hill.places.some((place) => plot.village.includes(place)))
    found.push(fault('village', `${plot.village}不在${hill.name}（${hill.places.join('、')}）一带，请核对`))
  const height = hill?.altitudeMetres
  if (height && plot.altitudeMetres !== null && (plot.altitudeMetres < height[0] || plot.altitudeMetres > height[1]))
    found.push(fault('altitudeMetres', `${hill.name}在海拔 ${height[0]}–${height[1]} 米之间，请核对`))
  if (hill?.areaMu && plot.areaTenths !== null && plot.areaTenths > hill.areaMu[1] * 10)
    found.push(fault('areaTenths', `${hill.name}名录面积至多 ${hill.areaMu[1]} 亩，请核对`))
  const most = hill?.yearlyGrams?.[1]
  if (hill && most !== undefined && plot.yearlyGrams !== null && dryGrams(plot.crop, plot.yieldState, plot.yearlyGrams) > most)
    found.push(fault('yearlyGrams', `${hill.name}一年至多出晒青毛茶 ${netWords(most)}，请核对`))
  if (plot.treeClass !== null && plot.crop !== 'tea') found.push(fault('treeClass', '只有茶地写树龄类型'))
  const surveyed = proves(plot.proofs, 'treeSurvey')
  if (plot.treeClass === 'ancient' && plot.treeBasis === '') found.push(fault('treeBasis', '写古树须有依据，如某年普查'))
  if (plot.treeClass === 'ancient' && !surveyed) found.push(fault('proofs', '写古树须附古树普查证明（编号和照片）'))
  if (!surveyed && saysAge(plot.treeBasis)) found.push(fault('treeBasis', '没有普查证明，不写树龄年数'))
  if (!proves(plot.proofs, 'plotEvidence')) found.push(fault('proofs', '请附地块权属证明（编号和照片）'))
  return found
}

/** What a batch lacks. `today` (YYYY-MM-DD in Shanghai): nothing is made, pressed or stored on a day that has not come. */
export const batchLacks = (batch: BatchDraft, today: string): BatchLack[] => {
  const found: BatchLack[] = []
  const rule = originRules[batch.productClass]
  for (const field of ['code', 'makerName', 'makerAddress'] as const)
    if (batch[field] === '') found.push(fault(field, `请填写${batchFieldWords[field]}`))
  for (const field of ['madeGrams', 'productionDate'] as const)
    if (batch[field] === null) found.push(fault(field, `请填写${batchFieldWords[field]}`))
  const asksKind = batch.productClass === 'puer' || batch.productClass === 'workshopTea'
  if (asksKind && batch.kind === null) found.push(fault('kind', '请选择生茶或熟茶'))
  if (batch.productClass === 'maocha' && batch.kind === 'ripe') found.push(fault('kind', '晒青毛茶是生茶'))
  if (rule.crop === 'tea' && batch.season === null) found.push(fault('season', '请选择采摘季节'))
  if (batch.parts.length === 0) {
    if (rule.must) found.push(fault('parts', '请写明原料来自哪块地的哪一年，或哪一批'))
    if (batch.village === '') found.push(fault('village', '请填写产地'))
    if (rule.crop !== null && batch.materialYear === null) found.push(fault('materialYear', '请填写原料年份'))
  } else if (materialOf(batch.productClass, batch.kind) === null && !asksKind) found.push(fault('parts', '这类商品不写原料构成'))
  for (const field of ['productionDate', 'pressingDate', 'storedSince'] as const) {
    const day = batch[field]
    if (day === null) continue
    if (!isDay(day)) found.push(fault(field, '日期应写作 2026-03-25'))
    else if (day > today) found.push(fault(field, `${batchFieldWords[field]}还没有到，请核对`))
  }
  const made = batch.productionDate
  if (made !== null && batch.pressingDate !== null && batch.pressingDate > made)
    found.push(fault('pressingDate', '压制日期晚于生产日期，请核对'))
  if (made !== null && batch.storedSince !== null && batch.storedSince < made)
    found.push(fault('storedSince', '入仓日期早于生产日期，请核对'))
  const years = batch.parts.length === 0 ? [batch.materialYear] : batch.parts.map((p) => ('plotId' in p ? p.year : null))
  if (made !== null && years.some((year) => year !== null && year > Number(made.slice(0, 4))))
    found.push(fault(batch.parts.length === 0 ? 'materialYear' : 'parts', '原料年份晚于生产日期，请核对'))
  const named = batch.parts.map((p) => ('plotId' in p ? `${p.plotId} ${p.year}` : p.batchId))
  if (new Set(named).size !== named.length) found.push(fault('parts', '同一块地的同一年、同一批只写一行'))
  return found
}
