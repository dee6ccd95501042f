import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { answerMessage, beijing, makeId, sealText, signText } from './crypto.ts'
import { isObject } from './http.ts'
import type { CallbackRules, Delivery, Forgery } from './state.ts'
import { plainCallbacks } from './state.ts'
import type { World } from './world.ts'

/** Seconds between the tries of a callback (wechat.md §5.8). */
const RETRY_SECONDS = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600] as const
const KEPT_DELIVERIES = 500

/** The key and serial the platform signs with: its public key, or its newest certificate after a switch. */
const platformSigner = (world: World): { key: KeyObject; serial: string } => {
  const newest = world.state.certificates.at(-1)
  if (world.state.rules.signWith === 'certificate' && newest) return { key: createPrivateKey(newest.privateKeyPem), serial: newest.serial }
  return { key: world.options.platformKey, serial: world.options.platformPublicKeyId }
}

/** The four headers that sign `body` at this moment. */
export const signatureHeaders = (world: World, body: string, at = world.wireNow()): Record<string, string> => {
  const { key, serial } = platformSigner(world)
  const timestamp = String(Math.floor(at / 1000))
  const nonce = makeId.nonce()
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': serial,
    'wechatpay-signature': signText(key, answerMessage(timestamp, nonce, body)),
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
  }
}

let strangersKey: KeyObject | null = null
const strangerKey = (): KeyObject => {
  strangersKey ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  return strangersKey
}

/** Spoils signed headers in one way; `ciphertext` and none leave them right. */
export const spoilHeaders = (
  headers: Record<string, string>,
  body: string,
  forgery: Forgery | null,
  at: number,
): Record<string, string> => {
  const signature = headers['wechatpay-signature']!
  const timestamp = headers['wechatpay-timestamp']!
  const nonce = headers['wechatpay-nonce']!
  switch (forgery) {
    case 'signature':
      return { ...headers, 'wechatpay-signature': signature.slice(0, -6) + (signature.endsWith('AAAA==') ? 'BBBB==' : 'AAAA==') }
    case 'truncated':
      return { ...headers, 'wechatpay-signature': signature.slice(0, 100) }
    case 'key':
      return { ...headers, 'wechatpay-signature': signText(strangerKey(), answerMessage(timestamp, nonce, body)) }
    case 'serial':
      return { ...headers, 'wechatpay-serial': 'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF' }
    case 'timestamp':
      return { ...headers, 'wechatpay-timestamp': String(Math.floor(at / 1000) - 3600) }
    case 'signtest':
      return { ...headers, 'wechatpay-signature': `WECHATPAY/SIGNTEST/${signature}` }
    default:
      return headers
  }
}

const post = (url: string, body: string, headers: Record<string, string>, deadlineMs: number): Promise<number | null> =>
  new Promise((resolve) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest
    const request = send(
      url,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(deadlineMs),
        headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Mozilla/4.0', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode ?? null))
        response.on('error', () => resolve(null))
      },
    )
    request.on('error', () => resolve(null))
    request.end(body)
  })

/** What happened, before it is sealed. */
export interface Notice {
  url: string
  eventType: string
  summary: string
  originalType: string
  plaintext: Record<string, unknown>
}

const mistell = (plaintext: Record<string, unknown>, wrong: NonNullable<CallbackRules['wrong']>): Record<string, unknown> => {
  const told = structuredClone(plaintext)
  const put = (target: unknown, names: string[], value: unknown): void => {
    if (isObject(target)) for (const name of names) if (name in target && value !== undefined) target[name] = value
  }
  const subs = Array.isArray(told.sub_orders) ? told.sub_orders : [told]
  put(told, ['combine_mchid', 'mchid', 'sp_mchid'], wrong.mchid)
  put(told, ['combine_appid', 'appid'], wrong.appid)
  put(told.combine_payer_info, ['openid'], wrong.openid)
  put(told, ['combine_out_trade_no', 'out_trade_no'], wrong.outTradeNo)
  for (const sub of subs) if (isObject(sub)) put(sub.amount, ['currency'], wrong.currency)
  if (isObject(subs[0])) {
    put(subs[0].amount, ['total_amount', 'payer_amount', 'refund', 'payer_refund'], wrong.amount)
    if (told.sub_orders) put(subs[0], ['mchid'], wrong.mchid)
  }
  return told
}

/**
 * Puts a callback on its way under the rules that stand now. It is sent asynchronously and again on the retry schedule until the
 * receiver answers 200 or 204; at least once, and in no promised order.
 */
export const sendNotice = (world: World, notice: Notice): Delivery => {
  const { state } = world
  const rules = structuredClone(state.callbacks)
  if (state.callbacks.times !== null) {
    state.callbacks.times -= 1
    if (state.callbacks.times <= 0) state.callbacks = plainCallbacks()
  }
  const delivery: Delivery = {
    id: makeId.uuid(),
    url: notice.url,
    eventType: notice.eventType,
    summary: notice.summary,
    originalType: notice.originalType,
    plaintext: JSON.stringify(rules.wrong ? mistell(notice.plaintext, rules.wrong) : notice.plaintext),
    createdAt: world.now(),
    attempts: [],
    state: rules.silent ? 'silent' : rules.hold ? 'held' : 'waiting',
    rules,
  }
  state.deliveries[delivery.id] = delivery
  const ids = Object.keys(state.deliveries)
  for (const id of ids.slice(0, Math.max(0, ids.length - KEPT_DELIVERIES)))
    if (!['waiting', 'held'].includes(state.deliveries[id]!.state)) delete state.deliveries[id]
  if (delivery.state === 'waiting') world.plan('notify', delivery.id, world.now() + rules.delayMs)
  world.changed()
  return delivery
}

const attempt = async (world: World, delivery: Delivery): Promise<void> => {
  const { rules } = delivery
  const forged = rules.forge && delivery.attempts.length < rules.forgeAttempts ? rules.forge : null
  const nonce = makeId.nonce().slice(0, 12)
  const sealed = sealText(world.options.apiV3Key, nonce, delivery.originalType, delivery.plaintext)
  const body = JSON.stringify({
    id: delivery.id,
    create_time: beijing(delivery.createdAt),
    resource_type: 'encrypt-resource',
    event_type: delivery.eventType,
    summary: delivery.summary,
    resource: {
      original_type: delivery.originalType,
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: forged === 'ciphertext' ? `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}` : sealed,
      associated_data: delivery.originalType,
      nonce,
    },
  })
  const record: Delivery['attempts'][number] = { at: world.now(), status: null, forged, accepted: false }
  delivery.attempts.push(record)
  const send = (): Promise<number | null> => {
    const headers = spoilHeaders(signatureHeaders(world, body), body, forged, world.wireNow())
    return post(delivery.url, body, headers, world.options.answerDeadlineMs)
  }
  const statuses = await Promise.all(Array.from({ length: 1 + rules.duplicates }, send))
  const accepted = statuses.find((status) => status === 200 || status === 204)
  record.status = accepted ?? statuses[0] ?? null
  record.accepted = accepted !== undefined
  if (record.accepted) delivery.state = forged ? 'wrongly-accepted' : 'acknowledged'
  else {
    const wait = RETRY_SECONDS[delivery.attempts.length - 1]
    if (wait === undefined) delivery.state = 'given-up'
    else world.plan('notify', delivery.id, world.scaled(wait * 1000))
  }
  world.changed()
}

/** Sends held callbacks: as they came, or the last first. Returns how many. */
export const releaseHeld = async (world: World, order: 'forward' | 'reverse'): Promise<number> => {
  const held = Object.values(world.state.deliveries).filter((delivery) => delivery.state === 'held')
  if (order === 'reverse') held.reverse()
  for (const delivery of held) {
    delivery.state = 'waiting'
    await world.hold(attempt(world, delivery))
  }
  return held.length
}

/** Sends one callback now, whatever its state: a late duplicate, or one that was silent. Waits for the answer. */
export const resend = async (world: World, delivery: Delivery): Promise<void> => {
  world.unplan('notify', delivery.id)
  await world.hold(attempt(world, delivery))
}

/** Lets due callbacks go out. */
export const notifyTasks = (world: World): void => {
  world.on('notify', (id) => {
    const delivery = world.state.deliveries[id]
    if (delivery?.state === 'waiting') void world.hold(attempt(world, delivery))
  })
}
