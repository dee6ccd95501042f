/** One private MariaDB for a whole test run, gone afterwards; and the keys of a make-believe WeChat, made once. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPrivateDatabase } from '../../server/launch/mariadb.ts'
import { makeDemoKeys } from '../../server/standins/wechat/index.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    databaseUrl: string
    schemaFile: string
    wechatKeys: ReturnType<typeof makeDemoKeys>
  }
}

export default async function setup(project: TestProject) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'chashan-test-'))
  const database = await startPrivateDatabase(path.join(dir, 'db'), {
    durable: false,
    password: 'test-only',
    say: (line) => console.log(line),
  })
  const out = path.resolve('server/migrations')
  const schemaFile = path.join(dir, 'schema.sql')
  const files = fs
    .readdirSync(out)
    .filter((f) => f.endsWith('.sql'))
    .sort()
  fs.writeFileSync(
    schemaFile,
    files.map((f) => fs.readFileSync(path.join(out, f), 'utf8').replaceAll('--> statement-breakpoint', '')).join('\n'),
  )
  project.provide('databaseUrl', await database.urlOf('chashan_first'))
  project.provide('schemaFile', schemaFile)
  project.provide('wechatKeys', makeDemoKeys())
  return async () => {
    await database.stop()
    fs.rmSync(dir, { recursive: true, force: true })
  }
}
