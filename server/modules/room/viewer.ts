/** One socket in a room. */
import type { Duplex } from 'node:stream'
import type WebSocket from 'ws'
import { BACKLOG_LASTS, BACKLOG_MAX } from '../../../shared/room/limits.ts'
import type { Instant } from '../../../shared/time.ts'

export class Viewer {
  readonly ws: WebSocket
  readonly key: string
  /** The number of the last message it had before it was cut; null for a newcomer. */
  readonly since: number | null
  /** The number of the last message written to it. */
  seq = 0
  strikes = 0
  alive = true
  pingedAt: Instant | null = null
  readonly #raw: Duplex
  #stuckSince: Instant | null = null

  constructor(ws: WebSocket, raw: Duplex, key: string, since: number | null) {
    this.ws = ws
    this.#raw = raw
    this.key = key
    this.since = since
  }

  /** Writes a finished frame past the library: it is the same bytes for everyone. A socket too far behind is cut. */
  write(frame: Buffer, seq: number): void {
    if (this.ws.readyState !== this.ws.OPEN) return
    this.#raw.write(frame)
    this.seq = seq
    if (this.#raw.writableLength > BACKLOG_MAX) this.ws.terminate()
  }

  /** Cuts a socket that has had something unsent at every look of the last five seconds. */
  cutIfStuck(now: Instant): void {
    if (this.#raw.writableLength === 0) this.#stuckSince = null
    else if (this.#stuckSince === null) this.#stuckSince = now
    else if (now - this.#stuckSince > BACKLOG_LASTS) this.ws.terminate()
  }
}
