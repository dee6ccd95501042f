/** The way out: HTTP-FLV, and HLS where there is ffmpeg. Public pictures, any origin, GET only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Hls } from './ffmpeg.ts'
import type { Hub, Sink } from './hub.ts'
import type { Limits } from './limits.ts'

const FLV = /^\/live\/([A-Za-z0-9_-]{1,64})\.flv$/
const HLS = /^\/live\/([A-Za-z0-9_-]{1,64})\/(index\.m3u8|[0-9]{1,9}\.ts)$/
const SPARE_CONNECTIONS = 500
/** A viewer who is sent home has this long to take what is still on its way. */
const LEAVE_MS = 3_000

const COMMON = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
}

const refuse = (response: ServerResponse, code: number): void => {
  response.writeHead(code, { ...COMMON, ...(code === 405 ? { Allow: 'GET' } : {}), 'Content-Length': 0, Connection: 'close' }).end()
}

/** A server for viewers; the caller lets it listen. */
export const createHttpServer = (
  hub: Hub,
  limits: Limits,
  hls: Hls | null,
  fault: (error: unknown) => void,
): { server: Server; close(): Promise<void> } => {
  const watching = new WeakSet<Socket>()

  const watch = (stream: string, request: IncomingMessage, response: ServerResponse): void => {
    const socket = request.socket
    if (!hub.has(stream)) {
      refuse(response, 404)
      return
    }
    response.on('error', () => socket.destroy())
    socket.setNoDelay(true)
    const sink: Sink = {
      get writableLength() {
        return socket.writableLength
      },
      // past Node's response: one shared buffer for everybody, no chunk framing
      write: (bytes) => socket.writable && socket.write(bytes),
      end() {
        socket.end()
        setTimeout(() => socket.destroy(), LEAVE_MS).unref()
      },
      destroy: () => socket.destroy(),
    }
    const leave = hub.watch(stream, sink)
    if (!leave) {
      refuse(response, 503)
      return
    }
    watching.add(socket)
    socket.once('close', leave)
    response.useChunkedEncodingByDefault = false
    response.writeHead(200, { ...COMMON, 'Content-Type': 'video/x-flv', Connection: 'close' })
    response.flushHeaders()
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // a viewer has said all it had to say
    if (watching.has(request.socket)) {
      request.socket.destroy()
      return
    }
    const path = (request.url ?? '').split('?', 1)[0]!
    const flv = FLV.exec(path)
    const segment = hls ? HLS.exec(path) : null
    if (!flv && !segment) return refuse(response, 404)
    if (request.method !== 'GET') return refuse(response, 405)
    if (flv) return watch(flv[1]!, request, response)
    const name = segment![2]!
    const bytes = await hls!.file(segment![1]!, name, request.socket.remoteAddress ?? '')
    if (!bytes) return refuse(response, 404)
    response.writeHead(200, {
      ...COMMON,
      'Content-Type': name.endsWith('.ts') ? 'video/mp2t' : 'application/vnd.apple.mpegurl',
      'Content-Length': bytes.length,
    })
    response.end(bytes)
  }

  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 10_000, keepAliveTimeout: 5_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 8_192 },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        fault(error)
        request.socket.destroy()
      })
    },
  )
  server.maxConnections = limits.maxViewers + SPARE_CONNECTIONS
  server.on('clientError', (_error, socket) => socket.destroy())
  return {
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
