/** `npm start` as the tests call it: the launcher as a process, on a data directory and ports of its own, with nothing built and nobody seeded. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { childEnvironment } from '../../config/settings.ts'
import { isFree } from '../../server/launch/machine.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Ready {
  ready: true
  pid: number
  urls: { buyer: string; console: string; api: string; flv: string; rtmp: string; wechatSim: string }
}

export interface Launcher {
  child: ChildProcess
  /** All it has said so far. */
  said(): string
  exit: Promise<{ code: number | null; signal: string | null }>
}

/** Starts the launcher. `env` is laid over an environment without any of the house's names. */
export const launch = (data: string, more: string[] = [], env: Record<string, string> = {}): Launcher => {
  const child = spawn(process.execPath, ['server/launch/start.ts', '--data', data, '--no-web', '--no-seed', ...more], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: childEnvironment(env, 'settings') as NodeJS.ProcessEnv,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => (said += bytes))
  const exit = once(child, 'close').then(([code, signal]) => ({ code, signal }))
  return { child, said: () => said, exit }
}

/** Waits for the launcher's ready.json; fails with its words when it ends before. */
export async function untilReady(one: Launcher, data: string): Promise<Ready> {
  const file = path.join(data, 'ready.json')
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    if (one.child.exitCode !== null) throw new Error(`the launcher ended:\n${one.said()}`)
    if (fs.existsSync(file)) {
      const ready = JSON.parse(fs.readFileSync(file, 'utf8')) as Ready
      if (ready.pid === one.child.pid) return ready
    }
    await new Promise((done) => setTimeout(done, 25))
  }
  throw new Error(`not ready in time:\n${one.said()}`)
}

export interface Proc {
  pid: number
  ppid: number
  command: string
}

/** Every process of this machine. */
export const processes = (): Proc[] =>
  fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8')
        const [state, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        if (state === 'Z') return []
        return [{ pid: Number(name), ppid: Number(ppid), command: fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') }]
      } catch {
        return []
      }
    })

/** A process and all below it. */
export const familyOf = (pid: number): Proc[] => {
  const all = processes()
  const family = all.filter((one) => one.pid === pid)
  for (let i = 0; i < family.length; i++) family.push(...all.filter((one) => one.ppid === family[i]?.pid))
  return family
}

/** Those of them that still live. */
export const leftOf = (family: Proc[]): Proc[] => {
  const now = new Map(processes().map((one) => [one.pid, one.command]))
  return family.filter((one) => now.get(one.pid) === one.command)
}

/** The first of eight ports in a row that nobody uses, away from those that the system hands out. */
export async function freeRow(): Promise<number> {
  for (let first = 20_000 + (process.pid % 800) * 12; first < 32_000; first += 12) {
    const row = await Promise.all(Array.from({ length: 8 }, (_, i) => isFree('127.0.0.1', first + i)))
    if (row.every(Boolean)) return first
  }
  throw new Error('no free ports')
}
