import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import mysql from 'mysql2/promise'
import { expect, inject, test } from 'vitest'

const folder = path.join(import.meta.dirname, '../../server/migrations')
const files = fs
  .readdirSync(folder)
  .filter((f) => f.endsWith('.sql'))
  .sort()
const move = files.findIndex((f) => f.includes('papers-replace-licences'))

test('every licence of a house that is already running becomes a verified paper, and none is lost', async () => {
  const first = new URL(inject('databaseUrl'))
  const name = `chashan_${randomBytes(6).toString('hex')}`
  const db = await mysql.createConnection({ uri: first.href, multipleStatements: true, timezone: 'Z', dateStrings: true })
  const run = (file: string) => db.query(fs.readFileSync(path.join(folder, file), 'utf8').replaceAll('--> statement-breakpoint', ''))
  try {
    await db.query(`create database ${name} character set utf8mb4 collate utf8mb4_unicode_ci; use ${name}`)
    for (const file of files.slice(0, move)) await run(file)
    await db.query(`insert into tenants (id, kind, name, address, admitted_at) values ('ten_1', 'cooperative', '社', '墨江', '2026-01-02 03:04:05');
      insert into shops (id, tenant_id, name, story, village, state, sub_merchant, commission_bp, opened_at, picture_ids)
        values ('shp_1', 'ten_1', '店', '', '', 'open', '1', 1, '2026-01-02 03:04:05', '[]');
      insert into licences (id, tenant_id, name, number, until_day) values
        ('lic_A', 'ten_1', '食品经营许可证', 'JY15308220000001', '2029-12-31'), ('lic_B', 'ten_1', '农产品自产自销承诺书', '墨农诺 1', null),
        ('lic_C', 'ten_1', '卫生许可证', '旧 7', null)`)
    await run(files[move] as string)
    const [rows] = await db.query(
      'select id, shop_id, kind, state, number, valid_until, reasons, cast(draft as char) as draft from papers order by id',
    )
    const read = (rows as Record<string, string>[]).map(({ draft, ...row }) => ({ ...row, draft: JSON.parse(draft ?? '') }))
    expect(read.map(({ draft: _, ...row }) => Object.values(row))).toEqual([
      ['ppr_A', 'shp_1', 'foodBusinessLicence', 'verified', 'JY15308220000001', '2029-12-31', ''],
      ['ppr_B', 'shp_1', 'selfGrownStatement', 'verified', '墨农诺 1', null, ''],
      ['ppr_C', 'shp_1', 'businessLicence', 'withdrawn', '旧 7', null, '原名：卫生许可证'],
    ])
    expect(read[0]?.draft).toMatchObject({
      kind: 'foodBusinessLicence',
      validUntil: '2029-12-31',
      pictures: [],
      batchIds: [],
      results: [],
      validFrom: null,
    })
    expect((await db.query("show tables like 'licences'"))[0]).toEqual([])
  } finally {
    await db.query(`drop database if exists ${name}`)
    await db.end()
  }
})
