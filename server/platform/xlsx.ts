/**
 * Tables as xlsx (ECMA-376). A cell is text or a number and never a formula, whatever was typed into it: text goes in as an inline string, which a
 * spreadsheet shows and does not calculate.
 */
import { strToU8, zipSync } from 'fflate'

export interface Sheet {
  name: string
  /** The first row is the header. */
  rows: readonly (readonly (string | number)[])[]
  /** Of the columns, in characters; the last one goes for those beyond. */
  widths: readonly number[]
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PKG = 'http://schemas.openxmlformats.org/package/2006'
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what XML does not allow
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const escaped = (text: string): string =>
  text.replace(unwritable, '').replace(/[<>&"]/g, (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[c] ?? '')

const cell = (value: string | number, head: boolean): string =>
  typeof value === 'number'
    ? `<c s="2"><v>${Number.isFinite(value) ? value : 0}</v></c>`
    : `<c t="inlineStr" s="${head ? 3 : 1}"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`

const sheetXml = ({ rows, widths }: Sheet): string => {
  const columns = Math.max(1, ...rows.map((r) => r.length))
  const cols = Array.from({ length: columns }, (_, i) => {
    const width = widths[Math.min(i, widths.length - 1)] ?? 16
    // what is typed below the rows is text too: what looks like a date stays what was typed
    return `<col min="${i + 1}" max="${i + 1}" width="${width}" style="1" customWidth="1"/>`
  })
  const body = rows.map((cells, i) => `<row r="${i + 1}">${cells.map((value) => cell(value, i === 0)).join('')}</row>`)
  return `${HEAD}<worksheet xmlns="${MAIN}"><cols>${cols.join('')}</cols><sheetData>${body.join('')}</sheetData></worksheet>`
}

/** A workbook of these sheets. Names are cut to what a sheet may be called (31 characters, none of : \ / ? * [ ]). */
export function workbook(sheets: readonly Sheet[]): Uint8Array {
  const names = sheets.map((s) => escaped(s.name.replace(/[:\\/?*[\]]/g, ' ').slice(0, 31)))
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PKG}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${sheets.map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PKG}/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PKG}/relationships">${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${REL}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${REL}/styles" Target="styles.xml"/></Relationships>`,
    // 1: text (format 49), 2: two decimals (format 4), 3: text in bold
    'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyFont="1" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet)])),
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])))
}

/** Fen as the yuan of a number cell: exact to the fen below 2^53. */
export const yuanCell = (fenAmount: number): number => fenAmount / 100
