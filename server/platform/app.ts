/** The running house as acts and bells see it: settings, clock, log, ports, a way to read and a way to work. */
import { EventEmitter } from 'node:events'
import type { Settings } from '../../config/settings.ts'
import type { BatchId, ShopId, UserId } from '../../shared/ids.ts'
import type { ParkRole, ShopRole } from '../../shared/tenants/roles.ts'
import type { EventName, Events } from '../events.ts'
import type { Ports } from '../ports/index.ts'
import type { Clock } from './clock.ts'
import type { Database, Db } from './db.ts'
import { errorFacts, type Log } from './log.ts'
import { type Actor, runWork, type Work } from './work.ts'

/** What happened, as a subscriber is told. */
export interface Heard<E extends EventName = EventName> {
  id: string
  name: E
  facts: Events[E]
}

/** A subscriber: `hear` runs inside the Work that marks the delivery done; `act` may reach outside and must be safe to repeat. */
export type Subscriber = {
  [E in EventName]:
    | { name: string; on: E; hear: (work: Work, event: Heard<E>) => Promise<void> }
    | { name: string; on: E; act: (app: App, event: Heard<E>) => Promise<void> }
}[EventName]

/** A job: what to do when a time has come. `run` sweeps in small batches and must be safe to run twice. */
export interface Job {
  name: string
  everyMs: number
  /** May take minutes (a film is copied): it goes on beside the others, and holds its row longer. */
  slow?: true
  run: (app: App) => Promise<void>
}

/** What doors ask of rooms that the platform does not know, and low rooms of higher ones. */
export interface Gate {
  /** The user behind a token of this kind, or null. */
  userOf(app: App, token: string, kind: 'bearer' | 'cookie'): Promise<SignedIn | null>
  /** The role of a user in a shop, or null. */
  roleIn(app: App, userId: UserId, shopId: ShopId): Promise<string | null>
  /** The park role of a user, or null. */
  parkRole(app: App, userId: UserId): Promise<string | null>
  /** Whether every one of these batches is the shop's; asked of traceability. */
  ownsBatches(app: App, shopId: ShopId, batchIds: readonly BatchId[]): Promise<boolean>
  /** Every desk a user may sit at: the shops with the role in each, and the park's. */
  desksOf(app: App, userId: UserId): Promise<Desks>
  /** Everyone who sits at a desk, for choosing a person in the demo. */
  deskPeople(app: App): Promise<{ userId: UserId; name: string; as: 'farmer' | 'staff'; where: string }[]>
}

export interface Desks {
  shops: { id: ShopId; name: string; role: ShopRole }[]
  park: { role: ParkRole } | null
}

export interface SignedIn {
  userId: UserId
  sessionId: string
}

export interface App {
  settings: Settings
  clock: Clock
  log: Log
  ports: Ports
  gate: Gate
  /** For reads. */
  read: Db
  work<T>(by: Actor, act: (work: Work) => Promise<T>): Promise<T>
  /** Rings in this process after a commit: `told` with the event's name and facts, a hint and never a promise. */
  bell: EventEmitter<{ told: [{ name: EventName; facts: unknown }] }>
  subscribers: readonly Subscriber[]
  jobs: readonly Job[]
}

export interface Parts {
  settings: Settings
  clock: Clock
  log: Log
  ports: Ports
  gate: Gate
  database: Database
  subscribers: readonly Subscriber[]
  jobs: readonly Job[]
}

/** Puts the parts together. */
export const buildApp = (parts: Parts): App => {
  const names = new Map<EventName, string[]>()
  for (const s of parts.subscribers) names.set(s.on, [...(names.get(s.on) ?? []), s.name])
  const bell: App['bell'] = new EventEmitter()
  bell.setMaxListeners(0)
  return {
    settings: parts.settings,
    clock: parts.clock,
    log: parts.log,
    ports: parts.ports,
    gate: parts.gate,
    read: parts.database.read,
    subscribers: parts.subscribers,
    jobs: parts.jobs,
    bell,
    work: (by, act) =>
      runWork(
        parts.database,
        () => parts.clock.now(),
        (event) => names.get(event) ?? [],
        by,
        act,
        (said) => {
          for (const one of said)
            try {
              bell.emit('told', one)
            } catch (error) {
              // the work is done; whoever stumbles over the news must not make it look undone
              parts.log('error', 'a hearer of the bell failed', errorFacts(error))
            }
        },
      ),
  }
}
