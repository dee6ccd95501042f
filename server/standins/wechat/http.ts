import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it came over the wire; `url` is path and query exactly as sent. */
export interface Call {
  method: string
  url: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: string
  params: Record<string, string>
}

/** What goes back. `drop` cuts the connection instead of answering. */
export interface Answer {
  status: number
  body: string | Buffer
  headers: Record<string, string>
  drop?: boolean
}

export type Handler = (call: Call) => Answer | Promise<Answer>

/** An answer in JSON, unless `type` says otherwise. */
export const answer = (status: number, value: unknown, type = 'application/json; charset=utf-8'): Answer => ({
  status,
  body: value === null ? '' : typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value),
  headers: value === null ? {} : { 'content-type': type },
})

/** A JSON object from the body, or null. */
export const readObject = (body: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `POST /v3/{n}/close` → handler; the first pattern that fits answers. */
export type Routes = Record<string, Handler>

/** Finds the handler of a call and fills `params`; `known` tells a wrong method from a wrong path. */
export const router = (routes: Routes): ((call: Call) => { handler: Handler | null; known: boolean }) => {
  const table = Object.entries(routes).map(([pattern, handler]) => {
    const [method, path] = pattern.split(' ') as [string, string]
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!)
    const shape = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '([^/]+)')
    return { method, names, shape: new RegExp(`^${shape}$`), handler }
  })
  return (call) => {
    let known = false
    for (const route of table) {
      const found = route.shape.exec(call.path)
      if (!found) continue
      known = true
      if (route.method !== call.method) continue
      try {
        call.params = Object.fromEntries(route.names.map((name, i) => [name, decodeURIComponent(found[i + 1]!)]))
      } catch {
        return { handler: null, known: false }
      }
      return { handler: route.handler, known }
    }
    return { handler: null, known }
  }
}

const MOST_BYTES = 1024 * 1024

const readBody = async (request: IncomingMessage): Promise<string | null> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const write = (response: ServerResponse, given: Answer): void => {
  if (given.drop) {
    response.destroy()
    return
  }
  const body = typeof given.body === 'string' ? Buffer.from(given.body) : given.body
  response.writeHead(given.status, { ...given.headers, ...(given.status === 204 ? {} : { 'content-length': String(body.length) }) })
  response.end(body)
}

/** A listening server: where it is, and how to end it at once. */
export interface Listening {
  origin: string
  close(): Promise<void>
}

/** Listens on host and port (0 = any) and answers every request by `handle`. A handler that throws answers 500. */
export const listen = async (host: string, port: number, handle: Handler): Promise<Listening> => {
  const server: Server = createServer(async (request, response) => {
    try {
      const body = await readBody(request)
      const url = request.url ?? '/'
      const cut = url.indexOf('?')
      const call: Call = {
        method: request.method ?? 'GET',
        url,
        path: cut < 0 ? url : url.slice(0, cut),
        query: new URLSearchParams(cut < 0 ? '' : url.slice(cut + 1)),
        headers: request.headers,
        body: body ?? '',
        params: {},
      }
      write(response, body === null ? answer(413, 'too large', 'text/plain') : await handle(call))
    } catch (error) {
      console.error('wechat stand-in:', error)
      if (!response.headersSent) write(response, answer(500, 'stand-in failed', 'text/plain'))
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: bound } = server.address() as AddressInfo
  return {
    origin: `http://${host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
