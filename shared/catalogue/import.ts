/**
 * Many listings from one table 批量导入: the columns of a class, drawn from the same tables as its form, and how a row becomes a draft. Photos, labels'
 * photos, presales and brew cards are added in the form.
 */
import type { BatchId } from '../ids.ts'
import { readYuan } from '../money.ts'
import {
  baseUnitOf,
  type ClassForm,
  classForms,
  type FieldName,
  fieldsOfClass,
  inClass,
  inputs,
  labelOf,
  type PlacedField,
} from './classes.ts'
import { isDay } from './complete.ts'
import { emptyDraft, emptySku, type LabelFields, type ListingDraft, type PackUnit, type ProductClass } from './draft.ts'
import { hills } from './hills.ts'
import { listingLimits as limits } from './limits.ts'
import { skuNameAt } from './units.ts'
import { labelWords, packUnitWords } from './words.ts'

/** Bytes, rows and letters of a cell that one table may have. */
export const importLimits = { megabytes: 2, rows: 500, cell: 2_500 } as const

/** A cell as it was written; a formula is none of our words and is refused. */
export interface Cell {
  text: string
  isFormula: boolean
}

export interface SheetRow {
  /** As the table counts: the header is row 1. */
  no: number
  cells: readonly Cell[]
}

/** A column of the table. */
export interface Column {
  /** What stands in the header, word for word. */
  words: string
  must: boolean
  hint: string
}

/** What is wrong in a row, at which column. */
export interface RowFault {
  column: string
  words: string
}

interface Reader extends Column {
  /** Writes what the cell says into the draft, or says what is wrong with it. An empty cell is not asked. */
  read(draft: ListingDraft, text: string, known: { batches: ReadonlyMap<string, BatchId> }): ListingDraft | string
}

const CHOOSE = (words: readonly string[]): string => `请写其中一个：${words.join('、')}`

/** A whole number as people write it in tables: 2,025 and 2025.0 and ２０２５. */
const wholeOf = (text: string): number | null => {
  const plain = text.normalize('NFKC').replace(/[,，\s]/g, '')
  return /^\d{1,9}(\.0+)?$/.test(plain) ? Number(plain) : null
}

/** A day in the usual spellings, or as a table program keeps it (days since 1899-12-30). */
export const dayOf = (text: string): string | null => {
  const plain = text.normalize('NFKC').trim()
  const m = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s|T|$)/.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  if (m) {
    const day = `${m[1]}-${(m[2] ?? '').padStart(2, '0')}-${(m[3] ?? '').padStart(2, '0')}`
    return isDay(day) ? day : null
  }
  const serial = /^(\d{5})(\.\d+)?$/.exec(plain)?.[1]
  return serial === undefined ? null : new Date(Date.UTC(1899, 11, 30) + Number(serial) * 86_400_000).toISOString().slice(0, 10)
}

const withSku = (draft: ListingDraft, change: Partial<ListingDraft['skus'][number]>): ListingDraft => ({
  ...draft,
  skus: [{ ...(draft.skus[0] ?? emptySku('s1')), ...change }],
})

const tooLong = (max: number): string => `最多 ${max} 个字`

const fieldReader = (form: ClassForm, field: PlacedField): Reader[] => {
  const { name, must, hint } = field
  const input = inputs[name]
  const column = { words: labelOf(form, name), must, hint }
  const set = (draft: ListingDraft, value: unknown): ListingDraft => ({ ...draft, [name]: value })
  switch (input.is) {
    case 'line':
    case 'text':
      return [
        {
          ...column,
          read: (draft, text) => {
            const line = input.is === 'line' ? text.replace(/\s*[\r\n]+\s*/g, ' ') : text
            return [...line].length > input.max ? tooLong(input.max) : set(draft, line)
          },
        },
      ]
    case 'whole':
      return [
        {
          ...column,
          words: `${column.words}（${input.unit}）`,
          read: (draft, text) => {
            const n = wholeOf(text.replace(new RegExp(`${input.unit}$`), ''))
            if (n === null) return '请写整数'
            return n < input.min || n > input.max ? `请写 ${input.min} 到 ${input.max}` : set(draft, n)
          },
        },
      ]
    case 'choice': {
      const options = input.options.filter((o) => field.options === null || field.options.includes(o.value))
      const words = options.map((o) => o.words)
      return [
        {
          ...column,
          hint: hint || CHOOSE(words),
          read: (draft, text) => {
            const found = options.find((o) => o.words === text || o.words.replace(/（.*）/, '') === text)
            return found ? set(draft, found.value) : CHOOSE(words)
          },
        },
      ]
    }
    case 'hill':
      return [
        {
          ...column,
          read: (draft, text) => {
            const found = hills.filter((h) => h.name === text || h.name.replace(/（.*）/, '') === text)
            if (found.length === 1) return set(draft, found[0]?.id)
            return found.length > 1 ? CHOOSE(found.map((h) => h.name)) : '名录里没有这个山头，请照名录写或留空'
          },
        },
      ]
    case 'day':
      return [{ ...column, hint: hint || '写作 2026-03-25', read: (draft, text) => dayOr(draft, set, text) }]
    case 'label':
      return (Object.keys(labelWords) as (keyof LabelFields)[]).map((key) => ({
        words: `标签上的${labelWords[key]}`,
        must: form.label.includes(key),
        hint: '照标签逐字录入',
        read: (draft, text) => ([...text].length > input.max ? tooLong(input.max) : { ...draft, label: { ...draft.label, [key]: text } }),
      }))
    case 'pack': {
      const units = input.units.filter((u) => field.options === null || field.options.includes(u))
      const words = units.map((u) => packUnitWords[u])
      return [
        {
          words: '最小单位',
          must,
          hint: CHOOSE(words),
          read: (draft, text) => {
            const unit = units.find((u) => packUnitWords[u] === text)
            if (!unit) return CHOOSE(words)
            return { ...draft, pack: [{ unit, count: 1 }], netGrams: unit === 'gram' ? 1 : draft.netGrams }
          },
        },
      ]
    }
    case 'skus':
      return [
        {
          ...{ words: '规格名称', must: false, hint: '不写就用最小单位' },
          read: (draft, text) => ([...text].length > limits.skuName ? tooLong(limits.skuName) : withSku(draft, { name: text })),
        },
        {
          ...{ words: '售价（元）', must: true, hint: '每个最小单位多少元，最多两位小数' },
          read: (draft, text) => {
            const price = readYuan(text.normalize('NFKC').replace(/[¥￥,\s元]/g, ''))
            if (price === null) return '请写金额，如 168 或 168.50'
            return price < limits.priceFen.min || price > limits.priceFen.max ? '售价超出范围' : withSku(draft, { priceFen: price })
          },
        },
        {
          ...{ words: '首批库存', must: true, hint: '整数，按最小单位数' },
          read: (draft, text) => {
            const n = wholeOf(text)
            if (n === null) return '请写整数'
            return n < limits.stock.min || n > limits.stock.max
              ? `请写 ${limits.stock.min} 到 ${limits.stock.max}`
              : withSku(draft, { stock: n })
          },
        },
        {
          ...{ words: '批次', must: true, hint: '已核验批次的批号，几个用「、」隔开' },
          read: (draft, text, { batches }) => {
            const codes = [...new Set(text.split(/[、,，;；\s]+/).filter(Boolean))]
            const unknown = codes.filter((code) => !batches.has(code))
            if (unknown.length > 0) return `没有已核验的批次 ${unknown.join('、')}`
            if (codes.length > limits.batches.max) return `最多 ${limits.batches.max} 个批次`
            return withSku(draft, { batchIds: codes.map((code) => batches.get(code) as BatchId) })
          },
        },
      ]
    default:
      return []
  }
}

const dayOr = (draft: ListingDraft, set: (draft: ListingDraft, value: unknown) => ListingDraft, text: string): ListingDraft | string => {
  const day = dayOf(text)
  return day === null ? '日期看不懂，请写作 2026-03-25' : set(draft, day)
}

const readersOf = (productClass: ProductClass): Reader[] => {
  const form = classForms[productClass]
  const fixed = new Set(Object.keys(form.fixed) as FieldName[])
  return fieldsOfClass(form)
    .filter((f) => !fixed.has(f.name))
    .flatMap((f) => fieldReader(form, f))
}

/** The columns of a class's table, in the order of its form. */
export const columnsOf = (productClass: ProductClass): Column[] =>
  readersOf(productClass).map(({ words, must, hint }) => ({ words, must, hint }))

/** A header without the star of what must be filled. */
const bare = (header: string): string => header.normalize('NFKC').replace(/[*\s]/g, '')

/** Where each column stands in this table; what the table lacks of what must be there, and what it has that nobody reads. */
export const columnsIn = (productClass: ProductClass, header: readonly Cell[]) => {
  const at = new Map(header.map((cell, i) => [bare(cell.text), i]))
  const columns = columnsOf(productClass)
  const known = new Set(columns.map((c) => bare(c.words)))
  return {
    at: new Map(columns.flatMap((c) => (at.has(bare(c.words)) ? [[c.words, at.get(bare(c.words)) as number]] : []))),
    lacking: columns.filter((c) => c.must && !at.has(bare(c.words))).map((c) => c.words),
    ignored: header.map((cell) => cell.text.trim()).filter((words) => words !== '' && !known.has(bare(words))),
  }
}

/** Letters that turn the writing round, hide in it, or are no letters at all. */
const HIDDEN = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u

/** A row as a draft, and what is wrong in it. What is merely not written yet is no fault: it can be added in the form. */
export const readRow = (
  productClass: ProductClass,
  row: SheetRow,
  at: ReadonlyMap<string, number>,
  known: { batches: ReadonlyMap<string, BatchId> },
): { draft: ListingDraft; faults: RowFault[] } => {
  let draft: ListingDraft = inClass(emptyDraft(), productClass)
  const faults: RowFault[] = []
  for (const reader of readersOf(productClass)) {
    const place = at.get(reader.words)
    const cell = place === undefined ? undefined : row.cells[place]
    const text = cell?.text.trim() ?? ''
    const wrong = (words: string): void => void faults.push({ column: reader.words, words })
    if (cell?.isFormula) wrong('这是公式，请改成粘贴为数值')
    else if (text === '') continue
    else if ([...text].length > importLimits.cell) wrong(tooLong(importLimits.cell))
    else if (HIDDEN.test(text.replace(/[\r\n\t]/g, ''))) wrong('有看不见的字符，请重新打一遍')
    else {
      const read = reader.read(draft, text, known)
      if (typeof read === 'string') wrong(read)
      else draft = read
    }
  }
  if (draft.title === '' && !faults.some((f) => f.column === '标题')) faults.push({ column: '标题', words: '请写标题' })
  return { draft: named(draft), faults }
}

/** The draft with what follows from it: the usual unit of its form, and a name for its sku. */
const named = (draft: ListingDraft): ListingDraft => {
  const unit: PackUnit | null = draft.form === null ? null : baseUnitOf[draft.form]
  const pack = draft.pack.length > 0 || unit === null ? draft.pack : [{ unit, count: 1 }]
  const skus = draft.skus.map((s) => (s.name === '' && pack.length > 0 ? { ...s, name: skuNameAt(pack, 0) } : s))
  return { ...draft, pack, skus }
}
