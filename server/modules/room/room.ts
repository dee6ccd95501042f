/**
 * A room on this node: what has been said since it was opened here, as one numbered row of messages, and the sockets it goes down. What the
 * snapshot shows is the sum of the numbered messages over what was read at the opening, so a newcomer misses nothing and sees nothing twice.
 */
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import type { BagItemId, ChatId, LiveSessionId, SkuId } from '../../../shared/ids.ts'
import type { SessionState } from '../../../shared/live/flow.ts'
import type { ChatLine, FeedMessage, Frame } from '../../../shared/room/feed.ts'
import { CHATS_BURST_SECONDS, RECENT_CHATS, RING, TICK, VIEWER_WINDOW } from '../../../shared/room/limits.ts'
import { type Instant, SECOND } from '../../../shared/time.ts'
import { counts } from './keys.ts'
import type { RoomNews } from './news.ts'
import type { Viewer } from './viewer.ts'
import { textFrame } from './wire.ts'

/** Sockets written to before the event loop gets its turn: keeps its p99 at 9 ms instead of 37 ms with 5 000 of them. */
const SLICE = 500
/** Chats remembered by id, because the bus may bring one that the snapshot had already. */
const REMEMBERED = 1_000

/** A room as the database has it. */
export interface RoomFacts {
  state: SessionState
  pinned: BagItemId | null
  pinSeq: number
  likes: number
  chats: ChatLine[]
  stock: Map<SkuId, number>
  /** Seconds between two chats of one person. */
  pace: number
}

/** What a socket is closed with when its person is kept out. */
export const KEPT_OUT = 4003

interface Sending {
  frame: Buffer
  seq: number
  to: readonly Viewer[]
}

export class Room {
  readonly sessionId: LiveSessionId
  readonly viewers = new Set<Viewer>()
  /** The number of the last message. */
  seq: number
  /** What must be read afresh from the database. */
  readonly dirty = { session: false, bag: false, skus: new Set<SkuId>() }
  /** Told when `dirty.session` was set: a state does not wait for the next pulse. */
  readonly #onDirty: () => void
  readonly #now: () => Instant
  readonly #startedAtSeq: number
  readonly #facts: RoomFacts
  readonly #ring: FeedMessage[] = []
  readonly #said: Set<ChatId>
  readonly #seen = new Map<string, { open: number; at: Instant }>()
  readonly #keptOut = new Set<string>()
  readonly #chatsPerSecond: number
  #allowance: { left: number; at: number }
  #unsent = 0
  #shownViewers = 0
  #pending: FeedMessage[] = []
  #joining: Viewer[] = []
  #ticking = false

  constructor(
    sessionId: LiveSessionId,
    facts: RoomFacts,
    seq: number,
    { now, onDirty, chatsPerSecond }: { now: () => Instant; onDirty: () => void; chatsPerSecond: number },
  ) {
    this.sessionId = sessionId
    this.#facts = facts
    this.#said = new Set(facts.chats.map((c) => c.id))
    this.seq = seq
    this.#startedAtSeq = seq
    this.#now = now
    this.#chatsPerSecond = chatsPerSecond
    this.#allowance = { left: chatsPerSecond * CHATS_BURST_SECONDS, at: now() }
    this.#onDirty = onDirty
  }

  /** Takes news from the bus. What came too late or twice is passed over. */
  hear(news: RoomNews): void {
    const facts = this.#facts
    switch (news.type) {
      case 'chat':
        if (this.#said.has(news.chat.id)) return
        this.#said.add(news.chat.id)
        if (this.#said.size > REMEMBERED) for (const oldest of [...this.#said].slice(0, REMEMBERED / 2)) this.#said.delete(oldest)
        if (news.chat.by === 'buyer' && !this.#mayShow()) {
          this.#unsent++
          return
        }
        facts.chats = [...facts.chats, news.chat].slice(-RECENT_CHATS)
        this.#emit({ type: 'chat', chat: news.chat })
        return
      case 'gone':
        // it may come back, and then it is a chat like any other
        this.#said.delete(news.chatId)
        facts.chats = facts.chats.filter((c) => c.id !== news.chatId)
        this.#emit({ type: 'gone', chatId: news.chatId })
        return
      case 'pace':
        if (news.seconds === facts.pace) return
        facts.pace = news.seconds
        this.#emit({ type: 'pace', seconds: news.seconds })
        return
      case 'cut':
        this.#keptOut.add(news.viewerKey)
        for (const viewer of this.everyone()) if (viewer.key === news.viewerKey) viewer.ws.close(KEPT_OUT, 'kept out')
        return
      case 'letIn':
        this.#keptOut.delete(news.viewerKey)
        return
      case 'pin':
        if (news.seq <= facts.pinSeq) return
        facts.pinSeq = news.seq
        facts.pinned = news.bagItemId
        this.#emit({ type: 'pin', bagItemId: news.bagItemId, seq: news.seq })
        return
      case 'likes':
        if (news.total <= facts.likes) return
        facts.likes = news.total
        this.#emit({ type: 'likes', total: news.total })
        return
      case 'bought':
        this.#emit({ type: 'bought', nickname: news.nickname, bagItemId: news.bagItemId })
        return
      case 'stock':
        this.dirty.skus.add(news.skuId)
        return
      case 'bag':
        this.dirty.bag = true
        this.#emit({ type: 'bag' })
        return
      case 'state':
        this.dirty.session = true
        this.#onDirty()
    }
  }

  /** Takes the state as the database has it now. */
  setState(state: SessionState): void {
    if (state === this.#facts.state) return
    this.#facts.state = state
    this.#emit({ type: 'state', state })
  }

  /** Takes the stock of some skus as the database has it now. */
  setStock(stock: ReadonlyMap<SkuId, number>): void {
    for (const [skuId, left] of stock) {
      if (this.#facts.stock.get(skuId) === left) continue
      this.#facts.stock.set(skuId, left)
      this.#emit({ type: 'stock', skuId, left })
    }
  }

  /** Takes the whole bag's stock: what is no longer in the bag is forgotten. */
  setBag(stock: ReadonlyMap<SkuId, number>): void {
    for (const skuId of this.#facts.stock.keys()) if (!stock.has(skuId)) this.#facts.stock.delete(skuId)
    this.setStock(stock)
  }

  /** The skus of the bag, as far as this room knows it. */
  sells(skuId: SkuId): boolean {
    return this.#facts.stock.has(skuId)
  }

  /** Lets a socket in: with the next frame it gets what it missed, or the whole room. Whoever was cut while the room stood open stays out. */
  join(viewer: Viewer): void {
    if (this.#keptOut.has(viewer.key)) {
      viewer.ws.close(KEPT_OUT, 'kept out')
      return
    }
    if (counts(viewer.key)) {
      const seen = this.#seen.get(viewer.key)
      this.#seen.set(viewer.key, { open: (seen?.open ?? 0) + 1, at: this.#now() })
    }
    this.#joining.push(viewer)
    this.#wake()
  }

  /** A socket has gone. */
  leave(viewer: Viewer): void {
    this.viewers.delete(viewer)
    this.#joining = this.#joining.filter((v) => v !== viewer)
    const seen = this.#seen.get(viewer.key)
    if (seen) this.#seen.set(viewer.key, { open: seen.open - 1, at: this.#now() })
  }

  /**
   * Distinct viewers connected at some moment of the last thirty seconds: the formula is on the page. Of this node: with several, each counts
   * its own.
   */
  countViewers(): number {
    const now = this.#now()
    for (const [key, seen] of this.#seen) if (seen.open === 0 && now - seen.at >= VIEWER_WINDOW) this.#seen.delete(key)
    return this.#seen.size
  }

  /** Tells how many chats were not sent since the last time. */
  tellUnsent(): void {
    if (this.#unsent > 0) this.#emit({ type: 'unsent', count: this.#unsent })
    this.#unsent = 0
  }

  /** Tells the count where it has changed; answers it. */
  tellViewers(): number {
    const count = this.countViewers()
    if (count !== this.#shownViewers) {
      this.#shownViewers = count
      this.#emit({ type: 'viewers', count })
    }
    return count
  }

  get empty(): boolean {
    return this.viewers.size === 0 && this.#joining.length === 0
  }

  /** Everyone in the room, let in or waiting to be. */
  everyone(): Viewer[] {
    return [...this.viewers, ...this.#joining]
  }

  /** A frame without messages: the answer to a ping. */
  pulseFrame(seq: number): Buffer {
    return this.#frame({ seq, at: this.#now(), messages: [] })
  }

  /** Takes from what may be sent a second; people read no faster than that. */
  #mayShow(): boolean {
    const now = this.#now()
    const most = this.#chatsPerSecond * CHATS_BURST_SECONDS
    const left = Math.min(most, this.#allowance.left + ((now - this.#allowance.at) / SECOND) * this.#chatsPerSecond)
    this.#allowance = { left: left < 1 ? left : left - 1, at: now }
    return left >= 1
  }

  #emit(message: FeedMessage): void {
    this.seq++
    this.#ring[this.seq % RING] = message
    this.#pending.push(message)
    this.#wake()
  }

  #frame(frame: Frame): Buffer {
    return textFrame(JSON.stringify(frame))
  }

  #wake(): void {
    if (this.#ticking) return
    this.#ticking = true
    void this.#tickWhileNeeded()
  }

  /** One frame per tick. The first of a quiet room goes at once, and the next tick waits until the last one is written. */
  async #tickWhileNeeded(): Promise<void> {
    await turn()
    while (this.#pending.length > 0 || this.#joining.length > 0) await Promise.all([this.#write(this.#nextFrames()), delay(TICK)])
    this.#ticking = false
  }

  /** All frames of one tick, made in one breath: who is let in now has the room as it is after exactly the messages now sent to the others. */
  #nextFrames(): Sending[] {
    const { seq } = this
    const at = this.#now()
    const sendings: Sending[] = []
    if (this.#pending.length > 0) {
      sendings.push({ frame: this.#frame({ seq, at, messages: this.#pending }), seq, to: [...this.viewers] })
      this.#pending = []
    }
    const joining = new Map<number | null, Viewer[]>()
    for (const viewer of this.#joining) {
      const since = viewer.since !== null && this.#has(viewer.since) ? viewer.since : null
      const group = joining.get(since)
      if (group) group.push(viewer)
      else joining.set(since, [viewer])
    }
    this.#joining = []
    for (const [since, to] of joining) {
      const messages: FeedMessage[] = since === null ? [this.#hello()] : this.#after(since)
      sendings.push({ frame: this.#frame({ seq, at, messages }), seq, to })
      for (const viewer of to) this.viewers.add(viewer)
    }
    return sendings
  }

  async #write(sendings: readonly Sending[]): Promise<void> {
    let written = 0
    for (const { frame, seq, to } of sendings)
      for (const viewer of to) {
        viewer.write(frame, seq)
        if (++written % SLICE === 0) await turn()
      }
  }

  /** Whether all that came after this number is still here. */
  #has(since: number): boolean {
    return since >= this.#startedAtSeq && since >= this.seq - RING && since <= this.seq
  }

  #after(since: number): FeedMessage[] {
    return Array.from({ length: this.seq - since }, (_, i) => this.#ring[(since + 1 + i) % RING] as FeedMessage)
  }

  #hello(): FeedMessage {
    const { state, pinned, likes, chats, stock, pace } = this.#facts
    return {
      type: 'hello',
      seq: this.seq,
      snapshot: {
        state,
        pinned,
        viewers: this.#shownViewers,
        likes,
        chats,
        stock: [...stock].map(([skuId, left]) => ({ skuId, left })),
        pace,
      },
    }
  }
}
