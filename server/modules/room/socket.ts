/**
 * The room's socket: one WebSocket per viewer, feed down only. A handshake needs a ticket, good once; an origin, where there is one, of ours.
 * The library shakes hands, reads and answers pings; what is sent to all goes past it (room.ts).
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { Refusal } from '../../../shared/refusals.ts'
import { CLIENT_FRAME_MAX, PING_EVERY, STRIKES } from '../../../shared/room/limits.ts'
import type { App } from '../../platform/app.ts'
import { errorFacts } from '../../platform/log.ts'
import type { Room } from './room.ts'
import { roomsOf } from './rooms.ts'
import { createRedeemer, type Redeemed } from './tickets.ts'
import { Viewer } from './viewer.ts'

/** Where mini-programs say they come from. */
const MINI_PROGRAM = 'https://servicewechat.com'
/** Timers of phones are not exact: a ping that is a little early is none too many. */
const PING_SLACK = PING_EVERY / 2
const CLOSE_MS = 2_000

/** What a client may ask with. */
const read = (app: App, request: IncomingMessage): { ticket: string; session: string | null; since: number | null } => {
  const { searchParams } = new URL(request.url ?? '/', app.settings.http.publicOrigin)
  const since = searchParams.get('since')
  return {
    ticket: searchParams.get('ticket') ?? '',
    session: searchParams.get('session'),
    since: since !== null && /^\d{1,16}$/.test(since) ? Number(since) : null,
  }
}

const isRoom = (request: IncomingMessage): boolean => /^\/room(?:\?|$)/.test(request.url ?? '')

const turnAway = (raw: Duplex, status: string): void => {
  raw.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** Opens `/room` on a server. `close` sends everyone away with 1012 and resolves when they have gone, after two seconds at the latest. */
export function mountRoom(server: Server, app: App): { close(): Promise<void> } {
  const rooms = roomsOf(app)
  const redeem = createRedeemer(app)
  const door = new WebSocketServer({ noServer: true, maxPayload: CLIENT_FRAME_MAX, perMessageDeflate: false, clientTracking: false })
  const sockets = new Set<WebSocket>()
  let closing = false

  const onUpgrade = (request: IncomingMessage, raw: Duplex, head: Buffer): void => {
    if (!isRoom(request)) {
      if (server.listenerCount('upgrade') === 1) turnAway(raw, '404 Not Found')
      return
    }
    const dead = () => raw.destroy()
    raw.on('error', dead)
    admit(request)
      .then((admitted) => {
        if (admitted === null || closing) return turnAway(raw, admitted === null ? '401 Unauthorized' : '503 Service Unavailable')
        if (raw.destroyed) return
        raw.off('error', dead)
        door.handleUpgrade(request, raw, head, (ws) => enter(ws, raw, admitted, read(app, request).since))
      })
      .catch((error: unknown) => {
        app.log('warn', 'a ticket could not be read', errorFacts(error))
        turnAway(raw, '503 Service Unavailable')
      })
  }

  /** The origin first: a foreign page must not use up a ticket. */
  const admit = async (request: IncomingMessage): Promise<Redeemed | null> => {
    const { origin } = request.headers
    if (origin !== undefined && origin !== app.settings.http.publicOrigin && origin !== MINI_PROGRAM) return null
    const { ticket, session } = read(app, request)
    const redeemed = await redeem(ticket)
    return redeemed && (session === null || session === redeemed.sessionId) ? redeemed : null
  }

  const enter = (ws: WebSocket, raw: Duplex, { sessionId, viewerKey }: Redeemed, since: number | null): void => {
    const viewer = new Viewer(ws, raw, viewerKey, since)
    let room: Room | null = null
    sockets.add(ws)
    ws.on('error', () => ws.terminate())
    ws.on('pong', () => {
      viewer.alive = true
    })
    ws.on('message', (data, binary) => hear(viewer, room, data, binary))
    ws.on('close', () => {
      sockets.delete(ws)
      room?.leave(viewer)
    })
    rooms.join(sessionId, viewer).then(
      (joined) => {
        room = joined
        if (ws.readyState !== ws.OPEN) room.leave(viewer)
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) app.log('warn', 'a room could not be opened', { session: sessionId, ...errorFacts(error) })
        ws.close(1013, 'later')
      },
    )
  }

  /** The one thing a client may say is a ping; three times anything else and the door is closed. */
  const hear = (viewer: Viewer, room: Room | null, data: RawData, binary: boolean): void => {
    const now = app.clock.now()
    const early = viewer.pingedAt !== null && now - viewer.pingedAt < PING_SLACK
    if (!binary && isPing(data) && !early) {
      viewer.pingedAt = now
      if (room?.viewers.has(viewer)) viewer.write(room.pulseFrame(viewer.seq), viewer.seq)
      return
    }
    if (++viewer.strikes >= STRIKES) viewer.ws.close(1008, 'only pings')
  }

  server.on('upgrade', onUpgrade)
  return {
    close: async () => {
      closing = true
      server.off('upgrade', onUpgrade)
      await rooms.stop()
      for (const ws of sockets) ws.close(1012, 'restart')
      const late = setTimeout(() => {
        for (const ws of sockets) ws.terminate()
      }, CLOSE_MS)
      await Promise.all([...sockets].map((ws) => new Promise((gone) => ws.once('close', gone))))
      clearTimeout(late)
    },
  }
}

const isPing = (data: RawData): boolean => {
  try {
    const said = JSON.parse(String(data)) as { type?: unknown } | null
    return said?.type === 'ping' && Object.keys(said).length === 1
  } catch {
    return false
  }
}
