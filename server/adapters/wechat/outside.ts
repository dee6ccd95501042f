import type { Instant } from '../../../shared/time.ts'

/** What this folder needs of a clock. */
export interface Clock {
  now(): Instant
}

/** What this folder needs of a log. It is never given a secret, token, code, session key or openid. */
export type Log = (
  level: 'error' | 'warn' | 'info' | 'debug',
  message: string,
  facts?: Record<string, string | number | boolean | null | undefined>,
) => void

/** What came back over the wire; `body` is the exact text that a signature covers. */
export interface WireAnswer {
  status: number
  header(name: string): string | null
  body: string
  /** The same as it came. */
  bytes: Buffer
}

/** No answer came. `sent` is false only where the request certainly never left: connection refused, name not found. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
  readonly code: string
  readonly sent: boolean
  constructor(code: string, sent: boolean) {
    super(`no answer: ${code}`)
    this.code = code
    this.sent = sent
  }
}

const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

/**
 * One HTTP exchange. Never follows a redirect, because a signature or a token in the query belongs to one address only. Throws NoAnswer, whose
 * words name neither address nor query: both may hold secrets.
 */
export const exchange = async (
  url: URL,
  request: { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string; signal: AbortSignal },
): Promise<WireAnswer> => {
  try {
    const response = await fetch(url, { ...request, redirect: 'manual' })
    // Not text(): that drops a byte order mark, and the signature covers every byte.
    const bytes = Buffer.from(await response.arrayBuffer())
    return { status: response.status, header: (name) => response.headers.get(name), body: bytes.toString('utf8'), bytes }
  } catch (error) {
    if (request.signal.aborted) throw new NoAnswer('TIMEOUT', true)
    const code = error instanceof Error && error.cause instanceof Error ? (error.cause as NodeJS.ErrnoException).code : undefined
    throw new NoAnswer(code ?? 'BROKEN_CONNECTION', !NEVER_LEFT.has(code ?? ''))
  }
}

/** A supplier's words without what may identify a person: openids, tokens and other long runs become an ellipsis. */
export const scrub = (text: string): string => text.replace(/[A-Za-z0-9_-]{24,}/g, '…').slice(0, 200)

/** Reads JSON whatever the content type says (wechat.md §0.3); undefined when it is none. */
export const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
