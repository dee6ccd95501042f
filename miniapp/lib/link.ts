/** tRPC over Taro.request: WeChat has neither fetch nor FormData. Calls of one moment travel in one request. */
import Taro from '@tarojs/taro'
import { TRPCClientError, type TRPCLink } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { observable } from '@trpc/server/observable'

interface Options {
  url: string
  headers: () => Record<string, string>
  /** What a person reads when there was no answer at all. */
  noAnswer: string
}

type Kind = 'query' | 'mutation'
type Envelope = { result: { data: unknown } } | { error: unknown }
interface Job {
  path: string
  input: unknown
  dropped: boolean
  done(outcome: Envelope | Error): void
}

/** The server takes ten calls in one batch. */
const MOST = 10
const TIMEOUT = 12_000

const isEnvelope = (e: unknown): e is Envelope => typeof e === 'object' && e !== null && ('result' in e || 'error' in e)

/** A terminating link. Subscriptions do not exist: the room has its own socket. */
export const taroBatchLink = <R extends AnyRouter>(o: Options): TRPCLink<R> => {
  const waiting: Record<Kind, Job[]> = { query: [], mutation: [] }
  const send = (kind: Kind, jobs: Job[]) => {
    const inputs: Record<number, unknown> = {}
    jobs.forEach((job, i) => {
      if (job.input !== undefined) inputs[i] = job.input
    })
    const body = JSON.stringify(inputs)
    const url = `${o.url}/${jobs.map((j) => j.path).join(',')}?batch=1${kind === 'query' ? `&input=${encodeURIComponent(body)}` : ''}`
    const lost = () => {
      for (const job of jobs) job.done(new Error(o.noAnswer))
    }
    Taro.request({
      url,
      method: kind === 'query' ? 'GET' : 'POST',
      ...(kind === 'mutation' ? { data: body } : {}),
      dataType: 'json',
      timeout: TIMEOUT,
      header: { ...(kind === 'mutation' ? { 'content-type': 'application/json' } : {}), ...o.headers() },
    }).then((answer) => {
      const all: unknown = answer.data
      jobs.forEach((job, i) => {
        const one: unknown = Array.isArray(all) ? all[i] : all
        job.done(isEnvelope(one) ? one : new Error(o.noAnswer))
      })
    }, lost)
  }
  const flush = (kind: Kind) => {
    const jobs = waiting[kind].splice(0).filter((j) => !j.dropped)
    for (let i = 0; i < jobs.length; i += MOST) send(kind, jobs.slice(i, i + MOST))
  }
  return () =>
    ({ op }) =>
      observable((observer) => {
        const kind = op.type as Kind
        const job: Job = {
          path: op.path,
          input: op.input,
          dropped: false,
          done(outcome) {
            if (job.dropped) return
            if (outcome instanceof Error || 'error' in outcome) {
              observer.error(TRPCClientError.from(outcome as never))
              return
            }
            observer.next({ result: { type: 'data', data: outcome.result.data } })
            observer.complete()
          },
        }
        if (waiting[kind].push(job) === 1) setTimeout(flush, 0, kind)
        return () => {
          job.dropped = true
        }
      })
}
