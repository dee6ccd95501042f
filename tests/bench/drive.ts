/** Load on a server: so many connections, each asking again as soon as it was answered. Plain sockets, so that the asking costs little beside the answering. */
import net from 'node:net'

export interface Run {
  perSecond: number
  p50: number
  p95: number
  p99: number
  /** Answers that were not 200. */
  bad: number
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/** A GET as bytes. */
export const get = (path: string, token?: string): Buffer =>
  Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${token ? `authorization: Bearer ${token}\r\n` : ''}\r\n`)

/** A call of the router as bytes. */
export const call = (procedure: string, input: unknown, token?: string): Buffer =>
  get(`/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`, token)

/** Asks `port` over `connections` for `ms`; `next` gives the request. Times in ms. */
export async function drive(port: number, connections: number, ms: number, next: () => Buffer): Promise<Run> {
  const times: number[] = []
  let bad = 0
  const from = performance.now()
  const until = from + ms
  await Promise.all(
    Array.from(
      { length: connections },
      () =>
        new Promise<void>((done, fail) => {
          const socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
          let asked = 0
          let have: Buffer = Buffer.alloc(0)
          let wanted = -1
          const ask = () => {
            have = Buffer.alloc(0)
            wanted = -1
            asked = performance.now()
            socket.write(next())
          }
          socket.on('connect', ask)
          socket.on('error', fail)
          socket.on('close', () => done())
          socket.on('data', (bytes) => {
            have = have.length === 0 ? bytes : Buffer.concat([have, bytes])
            if (wanted < 0) {
              const end = have.indexOf(END_OF_HEAD)
              if (end < 0) return
              const head = have.subarray(0, end).toString('latin1')
              wanted = end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
              if (!head.startsWith('HTTP/1.1 200')) bad++
            }
            if (have.length < wanted) return
            const now = performance.now()
            times.push(now - asked)
            if (now >= until) socket.destroy()
            else ask()
          })
        }),
    ),
  )
  const seconds = (performance.now() - from) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { perSecond: times.length / seconds, p50: at(0.5), p95: at(0.95), p99: at(0.99), bad }
}

/** The middle one. */
export const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

/** Several runs as one: the median of each figure. */
export const middle = (runs: readonly Run[]): Run => ({
  perSecond: median(runs.map((r) => r.perSecond)),
  p50: median(runs.map((r) => r.p50)),
  p95: median(runs.map((r) => r.p95)),
  p99: median(runs.map((r) => r.p99)),
  bad: runs.reduce((sum, r) => sum + r.bad, 0),
})

/** A table's line. */
export const lineOf = (what: string, run: Run, rest = ''): string =>
  `${what.padEnd(34)} ${run.perSecond.toFixed(0).padStart(7)}/s  p50 ${run.p50.toFixed(1).padStart(6)}  p95 ${run.p95.toFixed(1).padStart(6)}  p99 ${run.p99.toFixed(1).padStart(6)} ms${run.bad > 0 ? `  ${run.bad} BAD` : ''}  ${rest}`.trimEnd()
