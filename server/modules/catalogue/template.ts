import { classForms } from '../../../shared/catalogue/classes.ts'
import type { ProductClass } from '../../../shared/catalogue/draft.ts'
import { columnsOf } from '../../../shared/catalogue/import.ts'
import { workbook } from '../../platform/xlsx.ts'

/** An empty table of a class as xlsx (ECMA-376): the header, and a second sheet that says what each column wants. All cells are text, so that dates and numbers stay as typed. */
export function importTemplate(productClass: ProductClass): Uint8Array {
  const columns = columnsOf(productClass)
  const header = columns.map((c) => (c.must ? `${c.words}*` : c.words))
  const notes = [
    ['列', '要写吗', '怎么写'],
    ...columns.map((c) => [c.words, c.must ? '要写' : '选填', c.hint]),
    ['', '', '一行一件商品；照片、标签照片、预售和冲泡建议导入后在草稿里补。不写公式，带 * 的可以先空着，提交审核前补齐。'],
  ]
  return workbook([
    { name: classForms[productClass].words, rows: [header], widths: [18] },
    { name: '说明', rows: notes, widths: [18, 18, 70] },
  ])
}
