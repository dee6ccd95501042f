/** The label against the form: what is printed on the ware must be what is said of it. Where they differ, both are quoted. */
import type { LabelFields, ListingDraft } from './draft.ts'
import { fault, type Missing } from './fault.ts'
import { gramsAt, netWords, readNet } from './units.ts'
import { labelWords } from './words.ts'

const at = (name: keyof LabelFields, words: string): Missing => fault('label', words, name)

/** The same word whatever its width, spaces, case and punctuation. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s.。，,、:：;；()（）\-—_/]/g, '')
    .toUpperCase()

/** A day however a label writes it: 2025.04.20, 2025年4月20日, 20250420. Null where it is none. */
export const dayOnLabel = (text: string): string | null => {
  const m = /(\d{4})\s*[-./年]?\s*(\d{1,2})\s*[-./月]?\s*(\d{1,2})/.exec(text.normalize('NFKC'))
  return m ? `${m[1]}-${m[2]?.padStart(2, '0')}-${m[3]?.padStart(2, '0')}` : null
}

/** The fields that are compared as words, and what the form says of each. */
const saidInForm: Partial<Record<keyof LabelFields, (draft: ListingDraft) => string>> = {
  scNumber: (d) => d.scNumber,
  standardCode: (d) => d.standardCode,
  shelfLife: (d) => d.shelfLife,
  maker: (d) => d.makerName,
}

/** What the label lacks of what it must show (`musts`), and where it says something else than the form. */
export const labelFaults = (draft: ListingDraft, musts: readonly (keyof LabelFields)[]): Missing[] => {
  const { label } = draft
  const found: Missing[] = []
  for (const name of musts) if (label[name] === '') found.push(at(name, `请照标签录入${labelWords[name]}`))
  for (const [name, said] of Object.entries(saidInForm) as [keyof LabelFields, (d: ListingDraft) => string][]) {
    const entered = said(draft)
    if (label[name] !== '' && entered !== '' && plain(label[name]) !== plain(entered))
      found.push(at(name, differ(name, label[name], entered)))
  }
  const other = draft.kind === 'raw' ? '熟' : '生'
  if (draft.kind !== null && label.name.includes(`${other}茶`))
    found.push(at('name', differ('name', label.name, draft.kind === 'raw' ? '生茶' : '熟茶')))
  if (label.productionDate !== '' && draft.productionDate !== null && dayOnLabel(label.productionDate) !== draft.productionDate)
    found.push(at('productionDate', differ('productionDate', label.productionDate, draft.productionDate)))
  if (label.netContent !== '') found.push(...netFaults(draft))
  return found
}

const differ = (name: keyof LabelFields, onLabel: string, entered: string): string =>
  `${labelWords[name]}：标签上是「${onLabel}」，填写的是「${entered}」，请核对`

const netFaults = (draft: ListingDraft): Missing[] => {
  const text = draft.label.netContent
  const net = readNet(text)
  if (!net) return [at('netContent', `读不出净含量「${text}」，请写作 357克 或 2.499千克`)]
  const { grams, each, count, inGrams } = net
  if (each !== null && count !== null && each * count !== grams)
    return [at('netContent', `标签上 ${netWords(each)} × ${count} 是 ${netWords(each * count)}，不是 ${netWords(grams)}，请核对`)]
  if (grams > 1000 && inGrams) return [at('netContent', `超过 1000 克的净含量，标签须用千克：${netWords(grams)}（JJF 1070）`)]
  const levels = draft.pack.map((_, i) => gramsAt(draft, i))
  if (levels.length === 0 || levels.includes(null) || levels.includes(grams)) return []
  const own = levels.map((n) => netWords(n ?? 0)).join('、')
  return [at('netContent', `净含量：标签上是「${text}」，填写的包装是 ${own}，请核对`)]
}
