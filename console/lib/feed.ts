/** The room's socket: frames in order, none twice, none missing; after a cut it comes back by itself, each client at its own time. */
import type { Frame } from '@shared/room/feed.ts'

export type Link = 'connecting' | 'open' | 'lost'

export interface FeedHandlers {
  /** A fresh ticket; `path` opens the socket. A rejection is tried again. */
  ticket(): Promise<{ path: string }>
  frame(frame: Frame): void
  link(state: Link): void
}

const PING_EVERY = 25_000
const ANSWER_WITHIN = 8_000
const FIRST_WAIT = 500
const LONGEST_WAIT = 15_000

/** Opens the feed and keeps it open until `close` is called. */
export const openFeed = (handlers: FeedHandlers): { close(): void } => {
  let seq: number | null = null
  let socket: WebSocket | null = null
  let tries = 0
  let turn = 0
  let closed = false
  let again: number | undefined
  let pinging: number | undefined
  let overdue: number | undefined

  const still = (): void => {
    clearInterval(pinging)
    clearTimeout(overdue)
    clearTimeout(again)
  }

  const comeBack = (): void => {
    still()
    if (closed) return
    handlers.link('lost')
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries++) * (0.5 + Math.random())
    again = window.setTimeout(connect, wait)
  }

  const drop = (): void => {
    const old = socket
    socket = null
    old?.close()
    comeBack()
  }

  const take = (text: string): void => {
    clearTimeout(overdue)
    const frame = JSON.parse(text) as Frame
    if (frame.messages.length === 0) return
    const hello = frame.messages.some((m) => m.type === 'hello')
    if (!hello && seq !== null) {
      const first = frame.seq - frame.messages.length + 1
      if (frame.seq <= seq) return
      if (first > seq + 1) {
        drop()
        return
      }
      if (first <= seq) frame.messages.splice(0, seq - first + 1)
    }
    seq = frame.seq
    handlers.frame(frame)
  }

  const connect = async (): Promise<void> => {
    if (closed) return
    const mineTurn = ++turn
    handlers.link('connecting')
    let path: string
    try {
      path = (await handlers.ticket()).path
    } catch {
      if (mineTurn === turn) comeBack()
      return
    }
    if (closed || mineTurn !== turn) return
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
    const mine = new WebSocket(`${scheme}//${location.host}${path}${seq === null ? '' : `&since=${seq}`}`)
    socket = mine
    mine.onopen = () => {
      if (mine !== socket) return
      tries = 0
      handlers.link('open')
      pinging = window.setInterval(() => {
        mine.send('{"type":"ping"}')
        overdue = window.setTimeout(drop, ANSWER_WITHIN)
      }, PING_EVERY)
    }
    mine.onmessage = (event) => {
      if (mine === socket) take(String(event.data))
    }
    mine.onclose = () => {
      if (mine === socket) drop()
    }
  }

  const online = (): void => {
    if (closed || socket?.readyState === WebSocket.OPEN || socket?.readyState === WebSocket.CONNECTING) return
    still()
    tries = 0
    void connect()
  }
  const offline = (): void => {
    if (!closed && socket) drop()
  }
  window.addEventListener('online', online)
  window.addEventListener('offline', offline)
  void connect()

  return {
    close() {
      closed = true
      still()
      window.removeEventListener('online', online)
      window.removeEventListener('offline', offline)
      socket?.close()
      socket = null
    },
  }
}
