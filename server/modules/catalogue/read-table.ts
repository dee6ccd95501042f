/** Reads a table that somebody made at home: xlsx or csv, bounded before it is believed. What it holds is text; formulas are marked, macros are never opened. */
import { parse } from 'csv-parse/sync'
import { Unzip, UnzipInflate } from 'fflate'
import { SaxesParser } from 'saxes'
import { type Cell, importLimits, type SheetRow } from '../../../shared/catalogue/import.ts'
import { refuse } from '../../../shared/refusals.ts'

/** What an xlsx may unpack to, altogether: five hundred rows of text are a tenth of it. */
const MOST_UNPACKED = 8 << 20
const MOST_ENTRIES = 200
/** Fed in so small pieces that not even the densest bomb can fill the memory with one. */
const PIECE = 4 << 10
/** A table program's widest sheet; ours have some forty columns. */
const MOST_COLUMNS = 200

/** The rows of the table's first sheet, the header first; empty ones are left out. Refuses `importKind`, `importTooBig`, `importTooMany`. */
export function readTable(bytes: Buffer): SheetRow[] {
  if (bytes.length > importLimits.megabytes << 20) throw tooBig(`文件超过 ${importLimits.megabytes} MB`)
  const rows = bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4])) ? readXlsx(bytes) : readCsv(bytes)
  return rows.filter((row) => row.cells.some((cell) => cell.isFormula || cell.text.trim() !== ''))
}

const tooBig = (what: string) => refuse('importTooBig', { what })
const tooMany = () => refuse('importTooMany', { most: importLimits.rows })

/** One more row than may be there is read, so that it can be refused. The header does not count. */
const MOST_ROWS = importLimits.rows + 1

const readCsv = (bytes: Buffer): SheetRow[] => {
  // nothing that is text begins or goes on like this: old xls, pictures, programs
  if (bytes.includes(0)) throw refuse('importKind')
  const text = decoded(bytes)
  let rows: string[][]
  try {
    rows = parse(text, { relaxColumnCount: true, relaxQuotes: true, skipEmptyLines: false, maxRecordSize: 200_000, to: MOST_ROWS + 1 })
  } catch {
    throw refuse('importKind')
  }
  if (rows.length > MOST_ROWS) throw tooMany()
  return rows.map((cells, i) => ({
    no: i + 1,
    cells: cells.slice(0, MOST_COLUMNS).map((value) => ({ text: value, isFormula: /^\s*=/.test(value) })),
  }))
}

/** UTF-8, with a mark or without, or the Chinese table programs' own GB18030. */
const decoded = (bytes: Buffer): string => {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // not in this one
    }
  }
  throw refuse('importKind')
}

/** The parts of an xlsx that are read. What is not named here is never unpacked. */
const WANTED = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[\w.-]{1,60}\.xml)$/

const unpack = (bytes: Buffer): Map<string, Buffer> => {
  const parts = new Map<string, Buffer[]>()
  let [entries, unpacked] = [0, 0]
  let trouble: Error | null = null
  const unzip = new Unzip((file) => {
    entries++
    if (entries > MOST_ENTRIES) trouble ??= tooBig('压缩包里的文件太多')
    if (!WANTED.test(file.name) || parts.has(file.name) || trouble) return
    const chunks: Buffer[] = []
    parts.set(file.name, chunks)
    file.ondata = (error, chunk) => {
      if (error) trouble ??= refuse('importKind')
      unpacked += chunk?.length ?? 0
      if (unpacked > MOST_UNPACKED) trouble ??= tooBig('展开后太大')
      if (trouble) file.terminate()
      else chunks.push(Buffer.from(chunk))
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length && !trouble; at += PIECE) unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
  } catch {
    trouble ??= refuse('importKind')
  }
  if (trouble) throw trouble
  return new Map([...parts].map(([name, chunks]) => [name, Buffer.concat(chunks)]))
}

type Attributes = Record<string, string>
interface Hearer {
  open?(name: string, attributes: Attributes): void
  text?(text: string): void
  close?(name: string): void
}

/** Ends a reading that has all it wants. */
const ENOUGH = new Error('enough')

/** Reads XML from front to end. A DOCTYPE, and with it every entity that could grow, is refused. */
const readXml = (xml: Buffer, hear: Hearer): void => {
  const parser = new SaxesParser({ xmlns: false })
  const local = (name: string): string => name.replace(/^\w+:/, '')
  parser.on('doctype', () => {
    throw refuse('importKind')
  })
  parser.on('error', () => {
    throw refuse('importKind')
  })
  parser.on('opentag', (tag) => hear.open?.(local(tag.name), tag.attributes as Attributes))
  parser.on('text', (text) => hear.text?.(text))
  parser.on('closetag', (tag) => hear.close?.(local(tag.name)))
  try {
    parser.write(xml.toString('utf8')).close()
  } catch (error) {
    if (error !== ENOUGH) throw error
  }
}

/** Where the first sheet is. */
const firstSheet = (parts: ReadonlyMap<string, Buffer>): Buffer => {
  const [book, rels] = [parts.get('xl/workbook.xml'), parts.get('xl/_rels/workbook.xml.rels')]
  let id: string | null = null
  const targets = new Map<string, string>()
  const name = (tag: string, a: Attributes): void => {
    if (tag === 'sheet' && id === null) id = a['r:id'] ?? null
  }
  const point = (tag: string, a: Attributes): void => {
    if (tag === 'Relationship' && a.Id && a.Target) targets.set(a.Id, a.Target)
  }
  if (book) readXml(book, { open: name })
  if (rels) readXml(rels, { open: point })
  const target = id === null ? undefined : targets.get(id)
  const sheet = target && parts.get(`xl/${target.replace(/^\/?(xl\/)?/, '')}`)
  if (!sheet) throw refuse('importKind')
  return sheet
}

const sharedStrings = (xml: Buffer | undefined): string[] => {
  const strings: string[] = []
  let [inside, phonetic, now] = [false, false, '']
  if (xml)
    readXml(xml, {
      open: (name) => {
        if (name === 'si') now = ''
        else if (name === 'rPh') phonetic = true
        else if (name === 't') inside = !phonetic
      },
      text: (text) => {
        if (inside) now += text
      },
      close: (name) => {
        if (name === 'si') strings.push(now)
        else if (name === 'rPh') phonetic = false
        else if (name === 't') inside = false
      },
    })
  return strings
}

/** "BC12" → 54: the column from 0. */
const columnAt = (reference: string): number =>
  [...(/^[A-Z]{1,3}/.exec(reference)?.[0] ?? '')].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1

const readXlsx = (bytes: Buffer): SheetRow[] => {
  const parts = unpack(bytes)
  const strings = sharedStrings(parts.get('xl/sharedStrings.xml'))
  const rows: SheetRow[] = []
  let [no, at, kind, value, inside, isFormula] = [0, -1, '', '', false, false]
  let cells: Cell[] = []
  readXml(firstSheet(parts), {
    open: (name, a) => {
      if (name === 'row') {
        no = Number(a.r) || no + 1
        at = -1
        cells = []
      } else if (name === 'c') {
        at = a.r ? columnAt(a.r) : at + 1
        ;[kind, value, isFormula] = [a.t ?? 'n', '', false]
      } else if (name === 'f') isFormula = true
      else if (name === 'v' || name === 't') inside = true
    },
    text: (text) => {
      if (inside) value += text
    },
    close: (name) => {
      if (name === 'v' || name === 't') inside = false
      else if (name === 'c' && at >= 0 && at < MOST_COLUMNS) {
        const text = kind === 's' ? (strings[Number(value)] ?? '') : kind === 'e' ? '' : value
        while (cells.length < at) cells.push({ text: '', isFormula: false })
        cells[at] = { text: kind === 'n' ? plainNumber(text) : text, isFormula }
      } else if (name === 'row') {
        rows.push({ no, cells })
        if (rows.length > MOST_ROWS) throw tooMany()
      } else if (name === 'sheetData') throw ENOUGH
    },
  })
  return rows
}

/** A number as people would write it: table programs keep 168.5 as 168.5 and 0.1 + 0.2 as 0.30000000000000004. */
const plainNumber = (text: string): string => {
  const n = Number(text)
  return text === '' || !Number.isFinite(n) ? text : String(Math.round(n * 1e6) / 1e6)
}
