import { strToU8, zipSync } from 'fflate'
import { classForms } from '../../../shared/catalogue/classes.ts'
import type { ProductClass } from '../../../shared/catalogue/draft.ts'
import { columnsOf } from '../../../shared/catalogue/import.ts'

const escaped = (text: string): string =>
  text.replace(/[<>&"]/g, (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[c] ?? '')
const row = (no: number, cells: readonly string[]): string =>
  `<row r="${no}">${cells.map((text) => `<c t="inlineStr" s="1"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`).join('')}</row>`
const sheet = (rows: readonly (readonly string[])[], widths: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols>${widths}</cols><sheetData>${rows.map((cells, i) => row(i + 1, cells)).join('')}</sheetData></worksheet>`

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PKG = 'http://schemas.openxmlformats.org/package/2006'

/** An empty table of a class as xlsx (ECMA-376): the header, and a second sheet that says what each column wants. All cells are text, so that dates and numbers stay as typed. */
export function importTemplate(productClass: ProductClass): Uint8Array {
  const columns = columnsOf(productClass)
  const header = columns.map((c) => (c.must ? `${c.words}*` : c.words))
  const notes = [
    ['列', '要写吗', '怎么写'],
    ...columns.map((c) => [c.words, c.must ? '要写' : '选填', c.hint]),
    ['', '', '一行一件商品；照片、标签照片、预售和冲泡建议导入后在草稿里补。不写公式，带 * 的可以先空着，提交审核前补齐。'],
  ]
  const text = `<col min="1" max="${columns.length}" width="18" style="1" customWidth="1"/>`
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="${PKG}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
    '_rels/.rels': `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${PKG}/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets><sheet name="${escaped(classForms[productClass].words)}" sheetId="1" r:id="rId1"/><sheet name="说明" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${PKG}/relationships"><Relationship Id="rId1" Type="${REL}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${REL}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${REL}/styles" Target="styles.xml"/></Relationships>`,
    // style 1 is text (built-in format 49): what looks like a date stays what was typed
    'xl/styles.xml': `<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': sheet([header], text),
    'xl/worksheets/sheet2.xml': sheet(
      notes,
      '<col min="1" max="2" width="18" customWidth="1"/><col min="3" max="3" width="70" customWidth="1"/>',
    ),
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])))
}
