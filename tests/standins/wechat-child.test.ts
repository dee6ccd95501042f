import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Standin } from '../../server/standins/wechat/index.ts'
import { combineOrder, type Ear, keys, Merchant, openEar } from './wechat-kit.ts'

let folder: string
let ear: Ear
const children: ChildProcess[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wechat-standin-'))
  ear = await openEar()
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await ear.close()
  rmSync(folder, { recursive: true, force: true })
})

const run = async () => {
  const config = join(folder, 'options.json')
  writeFileSync(config, JSON.stringify({ ...keys, stateFile: join(folder, 'state.json'), retryScale: 0.001 }))
  const main = new URL('../../server/standins/wechat/main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [main, config], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  let said = ''
  for await (const chunk of child.stdout!) {
    said += chunk
    if (said.includes('\n')) break
  }
  const ready = JSON.parse(said) as { ready: true; api: string; pay: string; sim: string }
  expect(ready.ready).toBe(true)
  const merchant = new Merchant({ ...ready, now: Date.now } as unknown as Standin, Date.now)
  return { child, merchant }
}

test('as a child it remembers people, prepay ids and unanswered callbacks over a restart, and ends with its parent', async () => {
  const first = await run()
  const { userKey, openid } = await first.merchant.sim('users', { key: 'buyer' })
  const order = combineOrder(openid, ear.url, [100], { time_expire: new Date(Date.now() + 1800_000).toISOString() })
  const held = combineOrder(openid, ear.url, [200], { time_expire: new Date(Date.now() + 1800_000).toISOString() })
  const { json: prepay } = await first.merchant.post('/v3/combine-transactions/jsapi', order)
  const { json: paid } = await first.merchant.post('/v3/combine-transactions/jsapi', held)
  await first.merchant.sim('callbacks', { delayMs: 3600_000, times: 1 })
  await first.merchant.sim('pay', paid)
  first.child.kill('SIGTERM')
  expect(await once(first.child, 'exit')).toEqual([0, null])
  expect(ear.heard).toHaveLength(0)

  const second = await run()
  expect((await second.merchant.sim('login', { userKey })).userKey).toBe(userKey)
  expect(await second.merchant.sim('pay', prepay)).toMatchObject({ result: 'ok' })
  await second.merchant.sim('clock', { advanceMs: 3600_000 })
  await expect.poll(() => ear.heard.length, { timeout: 5000 }).toBe(2)
  second.child.stdin!.end()
  expect(await once(second.child, 'exit')).toEqual([0, null])
})

test('without options it says how it is used, and with wrong ones what is wrong', async () => {
  const main = new URL('../../server/standins/wechat/main.ts', import.meta.url).pathname
  const config = join(folder, 'wrong.json')
  writeFileSync(config, JSON.stringify({ ...keys, apiV3Key: 'short' }))
  const child = spawn(process.execPath, [main, config], { stdio: ['pipe', 'ignore', 'pipe'] })
  children.push(child)
  let words = ''
  for await (const chunk of child.stderr!) words += chunk
  expect(words).toContain('apiV3Key has exactly 32 bytes')
})
