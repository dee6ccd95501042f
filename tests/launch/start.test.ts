import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../kit/house.ts'
import { familyOf, freeRow, type Launcher, launch, leftOf, processes, type Ready, untilReady } from './kit.ts'

let data: string
let first: number
let running: Launcher
let ready: Ready
const launched: Launcher[] = []

const begin = (more: string[] = [], env: Record<string, string> = {}): Launcher => {
  const one = launch(data, ['--first-port', String(first), ...more], env)
  launched.push(one)
  return one
}

beforeAll(async () => {
  data = fs.mkdtempSync(path.join(os.tmpdir(), 'chashan-launch-'))
  first = await freeRow()
  running = begin()
  ready = await untilReady(running, data)
})

afterAll(async () => {
  // what a failed test left: the launchers with their families, and a database whose launcher is gone
  const left = [
    ...launched.flatMap((one) => (one.child.pid ? familyOf(one.child.pid) : [])),
    ...processes().filter((one) => one.command.includes(data)),
  ]
  for (const { pid } of leftOf(left)) killNow(pid)
  fs.rmSync(data, { recursive: true, force: true })
})

const killNow = (pid: number) => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it went by itself
  }
}

const served = async (): Promise<boolean> => (await fetch(`${ready.urls.buyer}readyz`).catch(() => null))?.status === 200
const simAnswers = async (): Promise<boolean> =>
  (await fetch(`${ready.urls.wechatSim}/__sim/calls`, { method: 'POST', body: '{}' }).catch(() => null))?.status === 200
const databaseLog = () => fs.readFileSync(path.join(data, 'db', 'db.log'), 'utf8')
const childOf = (script: string) => familyOf(running.child.pid as number).find((one) => one.command.includes(script))

test('an empty data directory becomes a house that serves, with its secrets for its owner only', async () => {
  expect(await served()).toBe(true)
  expect(new URL(ready.urls.buyer).port).toBe(String(first))
  expect(await simAnswers()).toBe(true)
  for (const file of ['house.json', 'keys.json', 'wechat.json', 'ready.json'])
    expect((fs.statSync(path.join(data, file)).mode & 0o077).toString(8), file).toBe('0')
})

test('a second copy on the same data directory refuses in one sentence and harms nothing', async () => {
  const second = begin()
  expect(await second.exit).toMatchObject({ code: 1 })
  expect(second.said().trim()).toBe(`Another copy (process ${running.child.pid}) is already running on ${data}; stop it first.`)
  expect(await served()).toBe(true)
  expect(fs.existsSync(path.join(data, 'ready.json'))).toBe(true)
})

test('a house, a played WeChat or a database that dies is back within seconds, at its old address', async () => {
  for (const script of ['server/main.ts', 'server/standins/wechat/main.ts', '--datadir=']) {
    const before = childOf(script)
    process.kill(before?.pid as number, 'SIGKILL')
    await until(() => {
      const now = childOf(script)
      return now && now.pid !== before?.pid
    })
  }
  await until(async () => (await served()) && (await simAnswers()), 20_000)
  expect(running.said()).toContain('the house ended by itself')
})

test('SIGTERM, even twice, ends everything: no process is left, the database is shut down, and the table is gone', async () => {
  const family = familyOf(running.child.pid as number)
  const kinds = ['server/launch/start.ts', 'server/main.ts', 'server/media/main.ts', 'server/standins/wechat/main.ts', '--datadir=']
  for (const kind of kinds) expect(family.map((one) => one.command).join('\n')).toContain(kind)
  running.child.kill('SIGTERM')
  running.child.kill('SIGTERM')
  expect(await running.exit).toEqual({ code: 0, signal: null })
  expect(leftOf(family)).toEqual([])
  expect(databaseLog()).toMatch(/Shutdown complete\s*$/)
  expect(fs.existsSync(path.join(data, 'ready.json'))).toBe(false)
})

test('a taken port gives way to the next free one, and every address follows', async () => {
  const squatter = net.createServer().listen(first, '127.0.0.1')
  try {
    running = begin()
    ready = await untilReady(running, data)
    // the seven above it are wanted by the others
    expect(new URL(ready.urls.buyer).port).toBe(String(first + 8))
    expect(await served()).toBe(true)
    const { http } = JSON.parse(fs.readFileSync(path.join(data, 'house.json'), 'utf8')) as { http: { publicOrigin: string } }
    expect(`${http.publicOrigin}/`).toBe(ready.urls.buyer)
  } finally {
    squatter.close()
  }
})

test('a launcher killed without a word takes its children along, and the next start takes the database over', async () => {
  const family = familyOf(running.child.pid as number)
  const orphan = childOf('--datadir=')
  process.kill(running.child.pid as number, 'SIGKILL')
  await running.exit
  await until(() => leftOf(family).every((one) => one.pid === orphan?.pid))
  running = begin()
  ready = await untilReady(running, data)
  expect(leftOf(orphan ? [orphan] : [])).toEqual([])
  expect(await served()).toBe(true)
  const now = familyOf(running.child.pid as number)
  running.child.kill('SIGINT')
  expect(await running.exit).toEqual({ code: 0, signal: null })
  expect(leftOf(now)).toEqual([])
})

test('a port that a person named must be free', async () => {
  const squatter = net.createServer().listen(first, '127.0.0.1')
  try {
    const refused = begin([], { PORT: String(first) })
    expect(await refused.exit).toMatchObject({ code: 1 })
    expect(refused.said()).toContain(`Port ${first} is taken by another program`)
  } finally {
    squatter.close()
  }
})
