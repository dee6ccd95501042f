import type { Settled } from './options.ts'
import type { State, Task, TaskKind } from './state.ts'
import { loadState, saveState } from './state-file.ts'

/** One call the stand-in received, as tests read it; secrets and tokens are struck out. */
export interface ReceivedCall {
  at: number
  server: string
  method: string
  url: string
  body: string
  status: number
  answer: string
}

/**
 * The played world: memory, clock, and things that will happen.
 *
 * Two clocks. `wireNow` is the given clock and dates signatures; `now` adds what the control plane has advanced and dates business
 * (expiry, retries, T+10). So a demo can jump ten days without its transport falling out of WeChat's five-minute window.
 */
export interface World {
  readonly options: Settled
  readonly state: State
  readonly calls: ReceivedCall[]
  /** Money rules that were found broken; always empty unless the stand-in itself is wrong. */
  readonly violations: string[]
  now(): number
  wireNow(): number
  /** Business time from now, stretched by `retryScale`. */
  scaled(ms: number): number
  /** The state was changed and should reach the file. */
  changed(): void
  plan(kind: TaskKind, id: string, dueAt: number): void
  unplan(kind: TaskKind, id: string): void
  on(kind: TaskKind, perform: (id: string) => void): void
  /** Work in flight that `settled` waits for. */
  hold<T>(work: Promise<T>): Promise<T>
  /** Does what is due now. */
  wake(): void
  /** Moves business time forward, doing on the way everything in the order it falls due. */
  advance(ms: number): Promise<void>
  /** Waits until nothing is in flight and nothing is due. */
  settled(): Promise<void>
  stop(): void
}

const SAVE_AFTER_MS = 150
/** A large memory is written less often, so that writing takes no more than a tenth of the time. */
const SAVING_SHARE = 10
const POLL_MS = 20
const LONGEST_NAP_MS = 3600_000

/** Builds the world from its file, if it has one. */
export const createWorld = (options: Settled): World => {
  const state = loadState(options.stateFile)
  const performers = new Map<TaskKind, (id: string) => void>()
  const inFlight = new Set<Promise<unknown>>()
  let saving: NodeJS.Timeout | null = null
  let nap: NodeJS.Timeout | null = null
  let stopped = false
  let waking = false

  const now = (): number => options.clock() + state.clockOffsetMs
  // The tasks are kept in the order they fall due.
  const earliest = (): Task | undefined => state.tasks[0]
  let savingTookMs = 0

  const save = (): void => {
    if (saving) clearTimeout(saving)
    saving = null
    if (!options.stateFile) return
    const from = performance.now()
    saveState(options.stateFile, state)
    savingTookMs = performance.now() - from
  }

  const rest = (): void => {
    if (nap) clearTimeout(nap)
    nap = null
    const next = earliest()
    if (!next || stopped) return
    const wait = Math.max(0, next.dueAt - now())
    // A clock of the caller's may jump at any moment, so it is looked at often; the system's own can be waited for.
    nap = setTimeout(() => world.wake(), options.ownClock && wait > 0 ? POLL_MS : Math.min(wait, LONGEST_NAP_MS))
  }

  const world: World = {
    options,
    state,
    calls: [],
    violations: [],
    now,
    wireNow: options.clock,
    scaled: (ms) => now() + ms * options.retryScale,
    changed: () => {
      if (options.stateFile && !saving && !stopped) saving = setTimeout(save, Math.max(SAVE_AFTER_MS, savingTookMs * SAVING_SHARE))
    },
    plan: (kind, id, dueAt) => {
      let [from, to] = [0, state.tasks.length]
      while (from < to) {
        const middle = (from + to) >> 1
        if (state.tasks[middle]!.dueAt <= dueAt) from = middle + 1
        else to = middle
      }
      state.tasks.splice(from, 0, { kind, id, dueAt })
      world.changed()
      if (!waking) rest()
    },
    unplan: (kind, id) => {
      state.tasks = state.tasks.filter((task) => task.kind !== kind || task.id !== id)
    },
    on: (kind, perform) => performers.set(kind, perform),
    hold: async (work) => {
      inFlight.add(work)
      try {
        return await work
      } finally {
        inFlight.delete(work)
      }
    },
    wake: () => {
      if (waking || stopped) return
      waking = true
      try {
        for (let task = earliest(); task && task.dueAt <= now(); task = earliest()) {
          state.tasks.shift()
          try {
            performers.get(task.kind)?.(task.id)
          } catch (error) {
            console.error(`wechat stand-in: ${task.kind} ${task.id}:`, error)
          }
          world.changed()
        }
      } finally {
        waking = false
        rest()
      }
    },
    advance: async (ms) => {
      const target = state.clockOffsetMs + ms
      await world.settled()
      for (let next = earliest(); next && next.dueAt - options.clock() <= target; next = earliest()) {
        state.clockOffsetMs = Math.max(state.clockOffsetMs, next.dueAt - options.clock())
        world.wake()
        await world.settled()
      }
      state.clockOffsetMs = Math.max(state.clockOffsetMs, target)
      world.changed()
      rest()
    },
    settled: async () => {
      world.wake()
      while (inFlight.size > 0) {
        await Promise.allSettled(inFlight)
        world.wake()
      }
    },
    stop: () => {
      stopped = true
      if (nap) clearTimeout(nap)
      save()
    },
  }
  return world
}
