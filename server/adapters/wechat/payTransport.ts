import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { OutsideTrouble } from '../../ports/trouble.ts'
import { authorization, type Merchant, makeNonce, type PlatformKeys, signatureFault } from './crypto.ts'
import { type Clock, exchange, type Log, NoAnswer, readJson, scrub, type WireAnswer } from './outside.ts'

/** What the transport must know. Times in milliseconds. */
interface PayTransportOptions {
  payBase: string
  merchant: Merchant
  platformKeys: PlatformKeys
  /** How long one try may take; a whole call takes at most twice this and three seconds. */
  timeoutMs: number
  /** Multiplies the waits between tries; 1 means 1 s and 2 s. */
  backoffScale: number
  clock: Clock
  log: Log
}

/** One call. Every call of ours is idempotent by its number, so the same bytes may be sent again. */
interface PayCall<S extends z.ZodType | null> {
  /** Its name in the log. */
  name: string
  method: 'GET' | 'POST'
  /** Path and query, already escaped. */
  path: string
  body?: string
  /** The shape of a 2xx answer; null where none is expected (204). */
  answer: S
}

/** Sends signed calls and believes signed answers only. Throws OutsideTrouble with WeChat Pay's own code (wechat.md §5.9). */
export interface PayTransport {
  call<S extends z.ZodType | null>(call: PayCall<S>): Promise<S extends z.ZodType ? z.infer<S> : null>
  /** A file, whose answer bears no signature (wechat.md §5.11): the caller compares its hash with the one that came signed. */
  download(name: string, url: URL): Promise<Buffer>
}

const TRIES = 3
/** A day's bill of a large park; anything beyond is not read. */
const MOST_FILE_BYTES = 64 * 1024 * 1024
const errorBody = z.object({ code: z.string().min(1), message: z.string().default('') })

/** A try that failed: what to tell, whether it may have taken effect, whether to send it again. */
interface Failure {
  code: string
  message: string
  unknown: boolean
  again: boolean
}

/** Reads an answer whose signature does not hold: nothing in it is believed, only its kind decides whether to ask again. */
const unproven = (answer: WireAnswer, fault: string): Failure => {
  // A gateway's 5xx or 429 comes unsigned: nobody knows whether the call behind it was done. A probe is followed by a right answer.
  const gateway = fault === 'unsigned' && (answer.status >= 500 || answer.status === 429)
  return gateway
    ? { code: `HTTP_${answer.status}`, message: 'an unsigned answer of a gateway', unknown: true, again: true }
    : {
        code: 'WRONG_SIGNATURE',
        message: `the signature of an HTTP ${answer.status} does not hold: ${fault}`,
        unknown: true,
        again: fault === 'probe',
      }
}

/** Reads a signed refusal. */
const refusal = (answer: WireAnswer): Failure => {
  const read = errorBody.safeParse(readJson(answer.body))
  const code = read.success ? read.data.code : `HTTP_${answer.status}`
  const message = read.success ? scrub(read.data.message) : 'an error without a code'
  if (answer.status === 429) return { code, message, unknown: false, again: true }
  if (answer.status < 500) return { code, message, unknown: false, again: false }
  const open = code === 'SYSTEM_ERROR' || answer.status !== 500
  return { code, message, unknown: open || code === 'BANK_ERROR' || !read.success, again: open }
}

/** Makes the transport of WeChat Pay API v3. */
export const createPayTransport = (options: PayTransportOptions): PayTransport => {
  const { merchant, platformKeys, clock, log } = options
  const wishedKey = [...platformKeys.keys()].find((serial) => serial.startsWith('PUB_KEY_ID_'))

  const once = async <S extends z.ZodType | null>(call: PayCall<S>, whole: AbortSignal): Promise<{ value: unknown } | Failure> => {
    const url = new URL(call.path, options.payBase)
    const body = call.body ?? ''
    // The signed path is read back from the URL that is sent, so that both are the same text.
    const path = `${url.pathname}${url.search}`
    const headers: Record<string, string> = {
      accept: 'application/json',
      'user-agent': 'chashan/0.1',
      authorization: authorization(merchant, { method: call.method, path, body, now: clock.now(), nonce: makeNonce() }),
    }
    if (wishedKey) headers['wechatpay-serial'] = wishedKey
    if (call.method === 'POST') headers['content-type'] = 'application/json'
    let answer: WireAnswer
    try {
      const signal = AbortSignal.any([whole, AbortSignal.timeout(options.timeoutMs)])
      answer = await exchange(url, { method: call.method, headers, signal, ...(call.method === 'POST' ? { body } : {}) })
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      return { code: error.code, message: 'no answer', unknown: error.sent, again: true }
    }
    const fault = signatureFault(platformKeys, answer.header, answer.body, clock.now())
    const ok = answer.status >= 200 && answer.status < 300
    const failed = (failure: Failure): Failure => {
      log(failure.code === 'WRONG_SIGNATURE' ? 'error' : 'warn', 'WeChat Pay did not do as asked', {
        call: call.name,
        status: answer.status,
        code: failure.code,
        fault,
        requestId: answer.header('request-id'),
      })
      return failure
    }
    if (fault) return failed(unproven(answer, fault))
    if (!ok) return failed(refusal(answer))
    if (call.answer === null) return { value: null }
    const json = readJson(answer.body)
    const read = call.answer.safeParse(json)
    if (read.success) return { value: read.data }
    const where = read.error.issues.map((issue) => issue.path.join('.')).join(', ')
    return failed({ code: 'MALFORMED', message: `not the promised shape: ${where || 'no JSON'}`, unknown: true, again: json === undefined })
  }

  const download: PayTransport['download'] = async (name, url) => {
    const path = `${url.pathname}${url.search}`
    const headers = {
      'user-agent': 'chashan/0.1',
      authorization: authorization(merchant, { method: 'GET', path, body: '', now: clock.now(), nonce: makeNonce() }),
    }
    try {
      const answer = await exchange(url, { method: 'GET', headers, signal: AbortSignal.timeout(options.timeoutMs * 4) })
      if (answer.status !== 200) throw new OutsideTrouble('wechat-pay', `HTTP_${answer.status}`, `${name}: the file was not given`)
      if (answer.bytes.length > MOST_FILE_BYTES) throw new OutsideTrouble('wechat-pay', 'TOO_LARGE', `${name}: the file is too large`)
      return answer.bytes
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      throw new OutsideTrouble('wechat-pay', error.code, `${name}: no answer`)
    }
  }

  return {
    download,
    call: async (call) => {
      const whole = AbortSignal.timeout(options.timeoutMs * 2 + 3000 * options.backoffScale)
      let unknown = false
      for (let tried = 1; ; tried += 1) {
        const outcome = await once(call, whole)
        if ('value' in outcome) return outcome.value as never
        // An earlier try that may have taken effect keeps the outcome open, whatever a later one says.
        unknown ||= outcome.unknown
        const trouble = new OutsideTrouble('wechat-pay', outcome.code, `${call.name}: ${outcome.message}`, unknown)
        if (!outcome.again || tried === TRIES) throw trouble
        const pause = 2 ** (tried - 1) * 1000 * (1 + Math.random() / 4) * options.backoffScale
        await wait(pause, undefined, { signal: whole }).catch(() => {
          throw trouble
        })
      }
    },
  }
}
