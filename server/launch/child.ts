/** A child that is kept alive: started again when it ends by itself, each time a little later, and ended with all it started when we are done. */
import { type ChildProcess, fork } from 'node:child_process'
import fs from 'node:fs'
import { root } from './prepare.ts'

export interface KeptChild {
  /** Resolves when it has said for the first time that it is ready; rejects with its last words when it ended before. */
  ready: Promise<void>
  /** Ends it and starts it again at once. */
  again(): void
  /** Asks it to end; after `graceMs` it and all it started are killed. */
  stop(graceMs: number): Promise<void>
}

export interface ChildPlan {
  name: string
  /** Path from the root. */
  script: string
  args?: string[]
  env: Record<string, string | undefined>
  /** Where its words go; null: to our own output. */
  log: string | null
  /** `message`: it sends { ready: true } over its channel; `line`: it prints a first line of JSON. */
  tells: 'message' | 'line'
  say(line: string): void
}

const FIRST_PAUSE = 300
const LONGEST_PAUSE = 10_000
/** Who lived this long has recovered. */
const GROWN_UP = 30_000
const KEEP_LOG = 8 << 20

/** The last lines of a log, for people. */
export const lastWords = (file: string | null, lines = 12): string => {
  try {
    return file ? fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : ''
  } catch {
    return ''
  }
}

/** Opens a log for appending; one that has grown large makes room, once. */
export const openLog = (file: string): number => {
  if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > KEEP_LOG) fs.renameSync(file, `${file}.1`)
  return fs.openSync(file, 'a', 0o600)
}

/** Kills a process and all that stayed in its group. */
export const killGroup = (pid: number | undefined, signal: NodeJS.Signals = 'SIGKILL'): void => {
  if (!pid) return
  try {
    process.kill(-pid, signal)
  } catch {
    // nobody is left
  }
}

/** Starts it and keeps it. */
export function keepChild(plan: ChildPlan): KeptChild {
  let child: ChildProcess | null = null
  let stopping = false
  let wanted = false
  let pause = FIRST_PAUSE
  let timer: NodeJS.Timeout | null = null
  let wasReady = false
  let settle: { resolve(): void; reject(error: Error): void }
  const ready = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject }
  })
  ready.catch(() => {})

  const isUp = () => {
    if (wasReady) plan.say(`${plan.name} is back`)
    wasReady = true
    settle.resolve()
  }
  const start = () => {
    const out = plan.log === null ? ('inherit' as const) : openLog(plan.log)
    const since = Date.now()
    let open = true
    // a group of its own: a terminal's Ctrl-C reaches us alone, and we end the children in their order
    const one = fork(plan.script, plan.args ?? [], {
      cwd: root,
      env: plan.env as NodeJS.ProcessEnv,
      execArgv: [],
      detached: true,
      stdio: ['ignore', plan.tells === 'line' ? 'pipe' : out, out, 'ipc'],
    })
    child = one
    if (plan.tells === 'message') one.on('message', (message: { ready?: boolean }) => message?.ready === true && isUp())
    else
      one.stdout?.on('data', (bytes: Buffer) => {
        if (typeof out === 'number' && open) fs.writeSync(out, bytes)
        if (one.connected && bytes.includes('"ready":true')) isUp()
      })
    one.once('error', (error) => settle.reject(error))
    one.once('exit', (code, signal) => {
      open = false
      if (typeof out === 'number') fs.closeSync(out)
      killGroup(one.pid)
      child = null
      if (stopping) return
      if (!wasReady) {
        stopping = true
        settle.reject(new Error(`${plan.name} did not start (${signal ?? code}).\n${lastWords(plan.log)}`))
        return
      }
      if (wanted) {
        wanted = false
        start()
        return
      }
      if (Date.now() - since > GROWN_UP) pause = FIRST_PAUSE
      plan.say(
        `${plan.name} ended by itself (${signal ?? code}); starting it again in ${pause / 1000} s${plan.log ? `, see ${plan.log}` : ''}`,
      )
      timer = setTimeout(start, pause)
      pause = Math.min(pause * 2, LONGEST_PAUSE)
    })
  }
  start()

  return {
    ready,
    again: () => {
      wanted = child !== null
      if (child) child.kill('SIGTERM')
      else if (timer) {
        clearTimeout(timer)
        start()
      }
    },
    stop: async (graceMs) => {
      stopping = true
      if (timer) clearTimeout(timer)
      settle.reject(new Error(`${plan.name} was stopped`))
      const one = child
      if (!one) return
      const gone = new Promise<void>((done) => one.once('exit', () => done()))
      one.kill('SIGTERM')
      const hard = setTimeout(() => killGroup(one.pid), graceMs)
      await gone
      clearTimeout(hard)
    },
  }
}
