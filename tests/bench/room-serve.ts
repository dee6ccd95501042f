/**
 * A room in a process of its own, for a bench: ours, or one as Socket.IO or a tRPC subscription make it. Told what it is, it says its port; told to
 * talk, it says so many chats a second, each with the microsecond at which it was said, and tells what that cost of a core.
 */
import { EventEmitter, on, once } from 'node:events'
import { createServer } from 'node:http'
import { initTRPC } from '@trpc/server'
import { applyWSSHandler } from '@trpc/server/adapters/ws'
import { Server } from 'socket.io'
import { WebSocketServer } from 'ws'
import { checkSettings } from '../../config/settings.ts'
import { startHouse } from '../../server/house.ts'
import { spread } from '../../server/modules/room/news.ts'
import type { ChatId, LiveSessionId } from '../../shared/ids.ts'
import { instant } from '../../shared/time.ts'

interface Room {
  port: number
  say(chat: object): void
}

/** What was said before counts for nothing: rings and backlogs are left to the room. */
const TICK_MS = 5
const micros = (): number => Number(process.hrtime.bigint() / 1000n)

const listening = async (server: ReturnType<typeof createServer>): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as { port: number }).port
}

const rooms: Record<string, (given: { settings: unknown; sessionId: LiveSessionId }) => Promise<Room>> = {
  ours: async ({ settings, sessionId }) => {
    const house = await startHouse(checkSettings(settings))
    return { port: house.api?.port ?? 0, say: (chat) => void spread(house.app, sessionId, { type: 'chat', chat: chat as never }) }
  },
  socketio: async () => {
    const server = createServer()
    const io = new Server(server, { transports: ['websocket'], pingInterval: 600_000, perMessageDeflate: false })
    return { port: await listening(server), say: (chat) => void io.emit('chat', chat) }
  },
  trpc: async () => {
    const t = initTRPC.create()
    const said = new EventEmitter()
    said.setMaxListeners(0)
    const router = t.router({
      chat: t.procedure.subscription(async function* ({ signal }) {
        for await (const [chat] of on(said, 'chat', signal ? { signal } : {})) yield chat as object
      }),
    })
    const server = createServer()
    applyWSSHandler({ wss: new WebSocketServer({ server, perMessageDeflate: false }), router })
    return { port: await listening(server), say: (chat) => void said.emit('chat', chat) }
  },
}

const [begin] = (await once(process, 'message')) as [{ kind: string; settings: unknown; sessionId: LiveSessionId }]
const room = await (rooms[begin.kind] as (typeof rooms)[string])(begin)
let n = 0

/** So many a second, spread evenly. */
const talk = async (perSecond: number, ms: number): Promise<{ sent: number; cpuMs: number }> => {
  const before = process.cpuUsage()
  const from = performance.now()
  let sent = 0
  while (performance.now() - from < ms) {
    const due = Math.floor(((performance.now() - from) / 1000) * perSecond)
    for (; sent < due; sent++) {
      n++
      const id = `cht_${String(n).padStart(26, '0')}` as ChatId
      room.say({
        id,
        nickname: '茶友小李',
        text: `这款多少钱一饼 ${micros()}`,
        at: instant(Date.now()),
        by: 'buyer',
        userKey: 'abcdefghij',
      })
    }
    await new Promise((done) => setTimeout(done, TICK_MS))
  }
  const used = process.cpuUsage(before)
  return { sent, cpuMs: (used.user + used.system) / 1000 }
}

process.on('message', (ask: { talk?: { perSecond: number; ms: number }; memory?: true }) => {
  if (ask.memory) {
    ;(globalThis as { gc?: () => void }).gc?.()
    process.send?.({ rss: process.memoryUsage.rss() })
  } else if (ask.talk) void talk(ask.talk.perSecond, ask.talk.ms).then((said) => process.send?.(said))
})
process.on('disconnect', () => process.exit(0))
process.send?.({ port: room.port })
