import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProductClass } from '../../shared/catalogue/draft.ts'
import { productClasses } from '../../shared/catalogue/draft.ts'
import { columnsOf, dayOf, importLimits } from '../../shared/catalogue/import.ts'
import { batchOf } from '../kit/batches.ts'
import { type House, refusalFrom, startHouse } from '../kit/house.ts'
import type { Farmer } from '../kit/listings.ts'

let house: House
let farmer: Farmer

beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  await batchOf(house, farmer.shopId, { code: 'MJ2504-77' })
  await batchOf(house, farmer.shopId, { code: 'MJ2504-78', state: 'draft' })
})
afterAll(() => house?.stop())

interface Answer {
  rows: { no: number; title: string; state: string; faults: { column: string; words: string }[]; listingId: string | null }[]
  ignored: string[]
  lacking: string[]
  error?: { refusal: string; message: string }
}

const send = async (bytes: Uint8Array, { run = false, as = farmer, of = 'puer' as ProductClass | 'nothing' } = {}): Promise<Answer> => {
  const { url } = await as.trpc.shop.catalogue.importTicket.mutate({ shopId: as.shopId })
  const answer = await fetch(`${house.origin}${url}&class=${of}${run ? '&run=1' : ''}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes as never,
  })
  return (await answer.json()) as Answer
}
const csv = (rows: readonly (readonly string[])[]): Uint8Array =>
  strToU8(rows.map((r) => r.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')).join('\n'))

const HEAD = [
  '标题*',
  '生茶 / 熟茶',
  '形态',
  '原料年份（年）',
  '采摘季节',
  '山头',
  '最小单位净含量（克）',
  '生产日期',
  '售价（元）',
  '首批库存',
  '批次',
]
const GOOD = ['凤凰窝春茶饼 2025 表格', '生茶', '饼茶', '2025', '春茶', '凤凰窝（墨江）', '357', '2025-04-20', '168.50', '20', 'MJ2504-77']
const change = (column: number, text: string): string[] => GOOD.map((c, i) => (i === column ? text : c))

/** A workbook of one sheet, as table programs write it: text in the shared table, numbers bare. */
const xlsx = (cells: string, more: Record<string, string> = {}): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries({
        'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="rId7"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>',
        'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${cells}</sheetData></worksheet>`,
        ...more,
      }).map(([name, xml]) => [name, strToU8(xml)]),
    ),
  )
const inline = (rows: readonly (readonly string[])[]): string =>
  rows.map((r, i) => `<row r="${i + 1}">${r.map((c) => `<c t="inlineStr"><is><t>${c}</t></is></c>`).join('')}</row>`).join('')
const drafts = () =>
  house.sql<{ title: string }>('select r.title from listings l join revisions r on r.id = l.working_revision_id where l.shop_id = ?', [
    farmer.shopId,
  ])

describe('a table of listings', () => {
  test('is tried first and makes nothing; run, it makes a draft of each row; again, nothing twice', async () => {
    const file = csv([HEAD, GOOD, change(0, '凤凰窝春茶饼 2025 第二款')])
    const tried = await send(file)
    expect(tried.rows.map((r) => [r.no, r.state, r.faults])).toEqual([
      [2, 'ready', []],
      [3, 'ready', []],
    ])
    expect(tried.lacking).toContain('配料')
    expect(await drafts()).toEqual([])
    const ran = await send(file, { run: true })
    expect(ran.rows.map((r) => r.state)).toEqual(['done', 'done'])
    expect((await send(file, { run: true })).rows.map((r) => [r.state, r.listingId])).toEqual(ran.rows.map((r) => ['had', r.listingId]))
    expect(await drafts()).toHaveLength(2)
    const { revision } = await farmer.trpc.shop.catalogue.get.query({ shopId: farmer.shopId, listingId: ran.rows[0]?.listingId as never })
    expect(revision.draft).toMatchObject({
      ...{ productClass: 'puer', kind: 'raw', form: 'cake', materialYear: 2025, hill: 'mojiang-fenghuangwo', netGrams: 357 },
      ...{ productionDate: '2025-04-20', pack: [{ unit: 'cake', count: 1 }] },
    })
    expect(revision.draft.skus).toMatchObject([{ name: '单饼', priceFen: 16850, stock: 20, batchIds: [expect.stringMatching(/^bat_/)] }])
  })

  test('a faulty row says where and why, and keeps no other from being imported', async () => {
    const rows = [
      change(0, '  '),
      change(1, '绿茶'),
      change(3, '前年'),
      change(3, '1900'),
      change(5, '冰岛二号'),
      change(7, '2025-02-30'),
      change(8, '一百六'),
      change(8, '-5'),
      change(9, '2.5'),
      change(10, 'MJ2504-78'),
      change(0, '凤\u202E凰窝春茶'),
      change(0, '茶'.repeat(41)),
      change(8, '=1+1'),
      change(0, '唯一好的一行 2025'),
    ]
    const { rows: said } = await send(csv([HEAD, ...rows]), { run: true })
    expect(said.map((r) => [r.no, r.state, r.faults.map((f) => `${f.column}：${f.words}`).join()])).toEqual([
      [2, 'faulty', '标题：请写标题'],
      [3, 'faulty', '生茶 / 熟茶：请写其中一个：生茶、熟茶'],
      [4, 'faulty', '原料年份（年）：请写整数'],
      [5, 'faulty', '原料年份（年）：请写 1950 到 2100'],
      [6, 'faulty', '山头：名录里没有这个山头，请照名录写或留空'],
      [7, 'faulty', '生产日期：日期看不懂，请写作 2026-03-25'],
      [8, 'faulty', '售价（元）：请写金额，如 168 或 168.50'],
      [9, 'faulty', '售价（元）：请写金额，如 168 或 168.50'],
      [10, 'faulty', '首批库存：请写整数'],
      [11, 'faulty', '批次：没有已核验的批次 MJ2504-78'],
      [12, 'faulty', '标题：有看不见的字符，请重新打一遍'],
      [13, 'faulty', '标题：最多 40 个字'],
      [14, 'faulty', '售价（元）：这是公式，请改成粘贴为数值'],
      [15, 'done', ''],
    ])
    expect((await drafts()).map((d) => d.title)).toContain('唯一好的一行 2025')
  })

  test('reads what table programs make: shared and split text, bare numbers, dates as days, gaps, and marks formulas', async () => {
    const strings = ['标题', '生产日期', '原料年份（年）', '售价（元）', '首批库存', '凤凰窝']
    const shared = `<sst>${strings.map((s) => `<si><t>${s}</t></si>`).join('')}<si><r><t>凤凰窝</t></r><r><t>春茶 表</t></r><rPh><t>feng</t></rPh></si></sst>`
    const cells =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="E1" t="s"><v>3</v></c><c r="F1" t="s"><v>4</v></c></row>' +
      '<row r="4"><c r="A4" t="s"><v>6</v></c><c r="B4"><v>45767</v></c><c r="C4"><v>2025</v></c><c r="E4"><v>168.10000000000002</v></c><c r="F4"><v>20</v></c></row>' +
      '<row r="5"><c r="A5" t="s"><v>6</v></c><c r="E5"><f>SUM(E4)</f><v>168</v></c></row>'
    const { rows } = await send(xlsx(cells, { 'xl/sharedStrings.xml': shared }), { run: true })
    expect(rows.map((r) => [r.no, r.title, r.state])).toEqual([
      [4, '凤凰窝春茶 表', 'done'],
      [5, '凤凰窝春茶 表', 'faulty'],
    ])
    expect(rows[1]?.faults).toEqual([{ column: '售价（元）', words: '这是公式，请改成粘贴为数值' }])
    const { revision } = await farmer.trpc.shop.catalogue.get.query({ shopId: farmer.shopId, listingId: rows[0]?.listingId as never })
    expect(revision.draft).toMatchObject({ productionDate: '2025-04-20', materialYear: 2025, skus: [{ priceFen: 16810 }] })
  })

  test('csv in UTF-8 with its mark and in GB18030 says the same', async () => {
    const text = `${HEAD.join()}\n${GOOD.join()}`
    // 标题 in GB18030, the rest of the letters likewise
    const gb = Buffer.from('b1eacce22acabbb2e82ccadbbcdb', 'hex')
    expect((await send(Buffer.concat([Buffer.from('efbbbf', 'hex'), Buffer.from(text)]))).rows[0]?.state).toBe('ready')
    const words = new TextDecoder('gb18030').decode(gb)
    expect(words).toContain('标题*')
    const two = Buffer.concat([Buffer.from('b1eacce2', 'hex'), Buffer.from('\n'), Buffer.from('b7efbbcbced1b4bab2e8', 'hex')])
    expect((await send(two)).rows).toMatchObject([{ title: '凤凰窝春茶', state: 'ready' }])
  })

  test('columns that nobody reads and columns that are lacking are named; without a title column it is refused', async () => {
    const answer = await send(
      csv([
        ['标题', '我的备注'],
        ['凤凰窝春茶饼', '给老王留'],
      ]),
    )
    expect(answer.ignored).toEqual(['我的备注'])
    expect(answer.lacking).toContain('售价（元）')
    expect((await send(csv([['品名'], ['茶']]))).error?.refusal).toBe('importHeader')
    expect((await send(csv([HEAD]))).error?.refusal).toBe('importEmpty')
  })
})

describe('what is no table', () => {
  const refusal = async (bytes: Uint8Array, of?: ProductClass | 'nothing') => (await send(bytes, of ? { of } : {})).error?.refusal
  const before = async () => (await drafts()).length

  test('is refused, whatever it calls itself, and nothing is half imported', async () => {
    const had = await before()
    expect(await refusal(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('importKind')
    expect(await refusal(Buffer.from([0x50, 0x4b, 3, 4, 1, 2, 3]))).toBe('importKind')
    expect(await refusal(zipSync({ 'word/document.xml': strToU8('<w/>') }))).toBe('importKind')
    expect(await refusal(xlsx('<row><c>'))).toBe('importKind')
    const entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>'
    expect(await refusal(xlsx('', { 'xl/worksheets/sheet1.xml': entities }))).toBe('importKind')
    expect(await refusal(csv([HEAD, GOOD]), 'nothing')).toBe('importKind')
    expect(await before()).toBe(had)
  })

  test('a bomb is cut while it unpacks, and a name that climbs out of its folder is nobody’s', async () => {
    const bomb = `<sst>${' '.repeat(64 << 20)}</sst>`
    expect(await refusal(xlsx(inline([HEAD, GOOD]), { 'xl/sharedStrings.xml': bomb }))).toBe('importTooBig')
    // what is never read may be as large as it likes
    expect(
      (await send(xlsx(inline([HEAD, GOOD]), { 'xl/vbaProject.bin': ' '.repeat(64 << 20), '../../etc/passwd': 'x' }))).rows[0]?.state,
    ).toBe('ready')
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`xl/a${i}.xml`, '']))
    expect(await refusal(xlsx(inline([HEAD, GOOD]), many))).toBe('importTooBig')
    expect(await refusal(Buffer.alloc((importLimits.megabytes << 20) + 100, 'a'))).toBe('importTooBig')
  })

  test('a hundred thousand rows are refused with the number that may be there, in both kinds', async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => [`茶 ${i}`])
    for (const bytes of [xlsx(inline([['标题'], ...rows])), csv([['标题'], ...rows.map(([c]) => [c?.slice(0, 8) ?? ''])])]) {
      const { error } = await send(bytes)
      expect(error?.refusal).toBe('importTooMany')
      expect(error?.message).toContain(String(importLimits.rows))
    }
  })
})

describe('who may', () => {
  test('owners and assistants of the shop, with a ticket of the shop', async () => {
    const clerk = await house.member(farmer.shopId, 'clerk')
    expect((await refusalFrom(clerk.trpc.shop.catalogue.importTicket.mutate({ shopId: farmer.shopId }))).code).toBe('roleNeeded')
    const other = await house.farmer()
    expect((await refusalFrom(other.trpc.shop.catalogue.importTicket.mutate({ shopId: farmer.shopId }))).code).toBe('notFound')
    const { url } = await (await house.buyer()).trpc.buyer.assets.ticket.mutate()
    const answer = await fetch(`${house.origin}${url.replace('/upload', '/import')}&class=puer`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: csv([HEAD, GOOD]) as never,
    })
    expect(answer.status).toBe(403)
  })

  test('the empty table of every class has its columns and reads as what it is', async () => {
    for (const one of productClasses) {
      const answer = await fetch(`${house.origin}/import/template/${one}.xlsx`)
      expect(answer.headers.get('content-disposition')).toContain(`${one}.xlsx`)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      const sheet = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] as Uint8Array)
      for (const { words } of columnsOf(one)) expect(sheet).toContain(words.replaceAll('&', '&amp;'))
      expect((await send(bytes, { of: one })).error?.refusal).toBe('importEmpty')
    }
    expect((await fetch(`${house.origin}/import/template/none.xlsx`)).status).toBe(404)
  })
})

test('days are read in the usual spellings', () => {
  for (const text of [
    '2025-04-20',
    '2025/4/20',
    '2025.04.20',
    '2025年4月20日',
    '２０２５－０４－２０',
    '20250420',
    '45767',
    '2025-04-20 00:00:00',
  ])
    expect([text, dayOf(text)]).toEqual([text, '2025-04-20'])
  for (const text of ['20.04.2025', '2025-13-01', '昨天', '']) expect(dayOf(text)).toBeNull()
})
