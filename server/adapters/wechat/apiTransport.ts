import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { type Instant, instant } from '../../../shared/time.ts'
import { OutsideTrouble } from '../../ports/trouble.ts'
import { type Clock, exchange, type Log, NoAnswer, readJson, scrub } from './outside.ts'

/** Who we are to api.weixin.qq.com, and how to reach it. */
interface WechatApiOptions {
  apiBase: string
  appid: string
  appsecret: string
  /** How long one try may take, milliseconds. */
  timeoutMs: number
  /** Multiplies the waits after "busy" (0.2 s, 0.4 s); 1 unless a test is in a hurry. */
  backoffScale?: number
  clock: Clock
  log: Log
}

/** api.weixin.qq.com: one access token for all who share it. Calls throw OutsideTrouble whose code is the errcode (wechat.md §0.3). */
export interface WechatApi {
  readonly appid: string
  /** A GET that proves itself by appid and secret. */
  withSecret<S extends z.ZodType>(name: string, path: string, query: Record<string, string>, answer: S): Promise<z.infer<S>>
  /** A POST under the access token, repeated once with a fresh token when this one has ended. */
  withToken<S extends z.ZodType>(name: string, path: string, body: object, answer: S): Promise<z.infer<S>>
}

const TRIES = 3
const BUSY = '-1'
const TOKEN_OVER = new Set(['40001', '40014', '42001'])
/** The platform changes the token about this long before it ends and honours both meanwhile (wechat.md §1.2). */
const OVERLAP_S = 300
const LEAST_S = 30

const verdict = z.object({ errcode: z.number().int().optional(), errmsg: z.string().optional() })
const tokenAnswer = z.object({ access_token: z.string().min(1).max(1024), expires_in: z.number().int().positive() })

interface Token {
  value: string
  staleAt: Instant
}

/** Makes the shared client of api.weixin.qq.com. */
export const createWechatApi = (options: WechatApiOptions): WechatApi => {
  const { appid, appsecret, clock, log } = options
  let token: Token | null = null
  let fetching: Promise<Token> | null = null

  const once = async <S extends z.ZodType>(name: string, url: URL, body: object | null, answer: S): Promise<z.infer<S>> => {
    const trouble = (code: string, message: string, facts: Record<string, string | number | null> = {}): OutsideTrouble => {
      log('warn', 'WeChat did not do as asked', { call: name, code, ...facts })
      return new OutsideTrouble('wechat', code, `${name}: ${message}`)
    }
    const signal = AbortSignal.timeout(options.timeoutMs)
    const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'chashan/0.1' }
    const request = body
      ? { method: 'POST' as const, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body), signal }
      : { method: 'GET' as const, headers, signal }
    const came = await exchange(url, request).catch((error: unknown) => {
      throw error instanceof NoAnswer ? trouble(error.code, 'no answer') : error
    })
    const json = readJson(came.body)
    const said = verdict.safeParse(json)
    if (came.status !== 200) throw trouble(`HTTP_${came.status}`, 'not an answer of the API')
    if (!said.success) throw trouble('MALFORMED', 'no JSON object', { status: came.status })
    if (said.data.errcode) {
      const words = said.data.errmsg ?? ''
      const rid = /rid: ([0-9a-f-]{8,40})/.exec(words)?.[1] ?? null
      throw trouble(String(said.data.errcode), scrub(words.replace(/ rid: \S+/, '')), { rid })
    }
    const read = answer.safeParse(json)
    if (!read.success)
      throw trouble('MALFORMED', `not the promised shape: ${read.error.issues.map((issue) => issue.path.join('.')).join(', ')}`)
    return read.data
  }

  /** Repeats what WeChat was too busy for; nothing else is repeated, because someone is waiting or a job will come again. */
  const patiently = async <T>(send: () => Promise<T>): Promise<T> => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await send()
      } catch (error) {
        if (!(error instanceof OutsideTrouble) || error.code !== BUSY || tried === TRIES) throw error
        await wait(200 * 2 ** (tried - 1) * (1 + Math.random() / 2) * (options.backoffScale ?? 1))
      }
    }
  }

  const address = (path: string, query: Record<string, string>): URL => {
    const url = new URL(path, options.apiBase)
    url.search = new URLSearchParams(query).toString()
    return url
  }

  /** Always in normal mode: force mode would end the token under the other nodes' feet. */
  const fetchToken = async (): Promise<Token> => {
    const body = { grant_type: 'client_credential', appid, secret: appsecret }
    const answer = await patiently(() => once('stableToken', address('/cgi-bin/stable_token', {}), body, tokenAnswer))
    const keepS = Math.max(answer.expires_in - OVERLAP_S, LEAST_S)
    return { value: answer.access_token, staleAt: instant(clock.now() + keepS * 1000) }
  }

  const currentToken = async (): Promise<string> => {
    if (token && clock.now() < token.staleAt) return token.value
    fetching ??= fetchToken().finally(() => {
      fetching = null
    })
    token = await fetching
    return token.value
  }

  return {
    appid,
    withSecret: (name, path, query, answer) =>
      patiently(() => once(name, address(path, { appid, secret: appsecret, ...query }), null, answer)),
    withToken: async (name, path, body, answer) => {
      const send = async (value: string) => patiently(() => once(name, address(path, { access_token: value }), body, answer))
      const used = await currentToken()
      try {
        return await send(used)
      } catch (error) {
        if (!(error instanceof OutsideTrouble) || !TOKEN_OVER.has(error.code)) throw error
        // Another call may have fetched a fresh one meanwhile: only the token that failed is thrown away.
        if (token?.value === used) token = null
        return await send(await currentToken())
      }
    },
  }
}
