/** The rooms of this node: opened when the first socket comes, kept a while after the last has gone, fed by the bus. */

import type { LiveSessionId, SkuId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { HEARTBEAT, PULSE, ROOM_LINGERS } from '../../../shared/room/limits.ts'
import type { App } from '../../platform/app.ts'
import { errorFacts } from '../../platform/log.ts'
import type { Actor } from '../../platform/work.ts'
import { stockOf } from '../catalogue/index.ts'
import { bagOf, countTalk, likesOf, noteViewers, sessionOf } from '../live/index.ts'
import { type RoomNews, spread, topicOf } from './news.ts'
import { recentChats } from './queries.ts'
import { Room } from './room.ts'
import { paceOf } from './standing.ts'
import type { Viewer } from './viewer.ts'

const by: Actor = { kind: 'clock', job: 'room.pulse' }
/** A count that has not changed is renewed in the database after so many pulses, so that a dead node's count is known as old. */
const RENEW = 30

interface Held {
  room: Room
  pulse: NodeJS.Timeout
  pulses: number
  emptyPulses: number
  notedViewers: number
  sinceNoted: number
  refreshing: boolean
  unsubscribe(): Promise<void>
}

export class Rooms {
  readonly #app: App
  readonly #held = new Map<LiveSessionId, Promise<Held>>()
  readonly #open = new Map<LiveSessionId, Held>()
  readonly #counted = new Map<LiveSessionId, { chats: number; likes: number }>()
  #flush: NodeJS.Timeout | null = null
  #flushing: Promise<void> = Promise.resolve()
  /** No room begins below the end of an earlier one: a number means one message, also after the room was closed and opened again. */
  #highest = 0

  constructor(app: App) {
    this.#app = app
  }

  /** The number of the last message of a room that is open here, else 0. */
  seqOf(sessionId: LiveSessionId): number {
    return this.#open.get(sessionId)?.room.seq ?? 0
  }

  /** Lets a socket into its room. Refuses `notFound` for a session that is none. */
  async join(sessionId: LiveSessionId, viewer: Viewer): Promise<Room> {
    const { room } = await this.#hold(sessionId)
    if (viewer.ws.readyState === viewer.ws.OPEN) room.join(viewer)
    return room
  }

  /** Counts talk for the desk and the feed, written once a second; what a crash loses is that second. */
  count(sessionId: LiveSessionId, add: { chats?: number; likes?: number }): void {
    const sum = this.#counted.get(sessionId) ?? { chats: 0, likes: 0 }
    this.#counted.set(sessionId, { chats: sum.chats + (add.chats ?? 0), likes: sum.likes + (add.likes ?? 0) })
    this.#flush ??= setTimeout(() => {
      this.#flush = null
      this.#flushing = this.#flushing.then(() => this.#writeCounts())
    }, PULSE).unref()
  }

  /** Sends everyone away with "come back" (1012), and leaves the bus. */
  async stop(): Promise<void> {
    if (this.#flush) clearTimeout(this.#flush)
    this.#flush = null
    await this.#flushing
    await this.#writeCounts()
    for (const held of [...this.#open.values()]) await this.#close(held)
  }

  #hold(sessionId: LiveSessionId): Promise<Held> {
    const known = this.#held.get(sessionId)
    if (known) return known
    const opening = this.#openRoom(sessionId)
    this.#held.set(sessionId, opening)
    opening.catch(() => this.#held.delete(sessionId))
    return opening
  }

  /** First the bus, then the database, then what the bus brought meanwhile: between the two nothing is lost. */
  async #openRoom(sessionId: LiveSessionId): Promise<Held> {
    const early: RoomNews[] = []
    let hear = (news: RoomNews): void => {
      early.push(news)
    }
    const unsubscribe = await this.#app.ports.bus.subscribe(topicOf(sessionId), (message) => hear(JSON.parse(message) as RoomNews))
    try {
      const { read, clock } = this.#app
      const session = await sessionOf(read, sessionId)
      if (!session) throw refuse('notFound')
      const [likes, chats, stock, pace] = await Promise.all([
        likesOf(read, sessionId),
        recentChats(this.#app, sessionId, null),
        this.#stockOfBag(sessionId),
        paceOf(read, sessionId),
      ])
      // the clock, not a count in the database: a restart goes on above whatever was said before, at a million numbers a second
      const seq = Math.max(clock.now() * 1000, this.#highest + 1)
      const held: Held = {
        room: new Room(
          sessionId,
          { state: session.state, pinned: session.pinnedBagItemId, pinSeq: session.pinSeq, likes, chats, stock, pace },
          seq,
          { now: () => clock.now(), onDirty: () => void this.#refresh(held), chatsPerSecond: this.#app.settings.chatsPerSecond },
        ),
        pulse: setInterval(() => this.#pulse(held), PULSE).unref(),
        pulses: 0,
        emptyPulses: 0,
        notedViewers: -1,
        sinceNoted: 0,
        refreshing: false,
        unsubscribe,
      }
      this.#open.set(sessionId, held)
      hear = (news) => held.room.hear(news)
      for (const news of early) held.room.hear(news)
      return held
    } catch (error) {
      await unsubscribe()
      throw error
    }
  }

  async #close(held: Held): Promise<void> {
    const { room } = held
    clearInterval(held.pulse)
    this.#held.delete(room.sessionId)
    this.#open.delete(room.sessionId)
    this.#highest = Math.max(this.#highest, room.seq)
    await held.unsubscribe()
    for (const viewer of room.everyone()) viewer.ws.close(1012, 'restart')
    if (held.notedViewers > 0) await this.#note(held, 0)
  }

  #pulse(held: Held): void {
    const { room } = held
    const now = this.#app.clock.now()
    for (const viewer of room.viewers) viewer.cutIfStuck(now)
    room.tellUnsent()
    const count = room.tellViewers()
    held.sinceNoted++
    if (count !== held.notedViewers || (count > 0 && held.sinceNoted >= RENEW)) void this.#note(held, count)
    void this.#refresh(held)
    if (++held.pulses % (HEARTBEAT / PULSE) === 0) beat(room)
    held.emptyPulses = room.empty ? held.emptyPulses + 1 : 0
    if (held.emptyPulses * PULSE >= ROOM_LINGERS) void this.#close(held)
  }

  async #note(held: Held, viewers: number): Promise<void> {
    held.notedViewers = viewers
    held.sinceNoted = 0
    try {
      await this.#app.work(by, (work) => noteViewers(work, held.room.sessionId, viewers))
    } catch (error) {
      held.notedViewers = -1
      this.#app.log('warn', 'viewers could not be noted', { session: held.room.sessionId, ...errorFacts(error) })
    }
  }

  /** Reads afresh what the bus has knocked for; one at a time, so that the last reading is the last word. */
  async #refresh(held: Held): Promise<void> {
    const { room } = held
    const { dirty } = room
    if (held.refreshing || !(dirty.session || dirty.bag || dirty.skus.size > 0)) return
    held.refreshing = true
    try {
      if (dirty.session) {
        dirty.session = false
        const session = await sessionOf(this.#app.read, room.sessionId).catch((error: unknown) => {
          dirty.session = true
          throw error
        })
        if (session) {
          room.setState(session.state)
          room.hear({ type: 'pin', bagItemId: session.pinnedBagItemId, seq: session.pinSeq })
        }
      }
      if (dirty.bag) {
        dirty.bag = false
        dirty.skus.clear()
        const stock = await this.#stockOfBag(room.sessionId).catch((error: unknown) => {
          dirty.bag = true
          throw error
        })
        room.setBag(stock)
      }
      const skus = [...dirty.skus].filter((id) => room.sells(id))
      dirty.skus.clear()
      if (skus.length > 0)
        room.setStock(
          await stockOf(this.#app.read, skus).catch((error: unknown) => {
            for (const id of skus) dirty.skus.add(id)
            throw error
          }),
        )
    } catch (error) {
      this.#app.log('warn', 'a room could not read its state', { session: room.sessionId, ...errorFacts(error) })
    } finally {
      held.refreshing = false
    }
    // knocked again while the state was read: a state does not wait for the next pulse
    if (dirty.session) await this.#refresh(held)
  }

  async #stockOfBag(sessionId: LiveSessionId): Promise<Map<SkuId, number>> {
    const items = await bagOf(this.#app.read, sessionId)
    return stockOf(
      this.#app.read,
      items.map((i) => i.skuId),
    )
  }

  async #writeCounts(): Promise<void> {
    const sums = [...this.#counted]
    this.#counted.clear()
    for (const [sessionId, sum] of sums) {
      try {
        const total = await this.#app.work(by, (work) => countTalk(work, sessionId, sum))
        if (sum.likes > 0) await spread(this.#app, sessionId, { type: 'likes', total })
      } catch (error) {
        this.#app.log('warn', 'talk could not be counted', { session: sessionId, ...errorFacts(error) })
        this.count(sessionId, sum)
      }
    }
  }
}

/** Who has not answered the last ping is gone; everyone else is asked again. */
const beat = (room: Room): void => {
  for (const viewer of room.everyone()) {
    if (viewer.alive) {
      viewer.alive = false
      viewer.ws.ping()
    } else viewer.ws.terminate()
  }
}

const houses = new WeakMap<App, Rooms>()

/** The rooms of this house, in this process. */
export const roomsOf = (app: App): Rooms => {
  const known = houses.get(app)
  if (known) return known
  const rooms = new Rooms(app)
  houses.set(app, rooms)
  return rooms
}
