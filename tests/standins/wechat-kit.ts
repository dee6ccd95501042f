import {
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  type KeyObject,
  randomBytes,
  verify as verifySignature,
} from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type DemoKeys,
  makeDemoKeys,
  type Standin,
  startWechatStandin,
  type WechatStandinOptions,
} from '../../server/standins/wechat/index.ts'

/** One set of keys for a test file: making RSA pairs is the slow part. */
export const keys: DemoKeys = makeDemoKeys()

export const START = Date.parse('2026-03-02T09:00:00+08:00')

export interface Reply {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: answers are read field by field, each test knows its shape
  json: any
}

const reply = async (response: Response): Promise<Reply> => {
  const text = await response.text()
  let json: unknown = null
  try {
    json = JSON.parse(text)
  } catch {
    // Not every answer is JSON; those tests look at the text.
  }
  return { status: response.status, headers: response.headers, text, json }
}

/** How a hand-written request may be wrong on purpose. */
export interface Slant {
  key?: KeyObject
  serial?: string
  mchid?: string
  at?: number
  sentBody?: string
  signedPath?: string
}

/** A merchant who writes its own requests: nothing here comes from the stand-in or from the house's client. */
export class Merchant {
  standin: Standin
  clock: () => number

  constructor(standin: Standin, clock: () => number) {
    this.standin = standin
    this.clock = clock
  }

  private request(method: string, path: string, body?: unknown, slant: Slant = {}): Promise<Response> {
    const sent = body === undefined ? '' : JSON.stringify(body)
    const timestamp = Math.floor((slant.at ?? this.clock()) / 1000)
    const nonce = randomBytes(16).toString('hex')
    const message = `${method}\n${slant.signedPath ?? path}\n${timestamp}\n${nonce}\n${sent}\n`
    const signature = createSign('sha256')
      .update(message)
      .sign(slant.key ?? createPrivateKey(keys.merchantPrivateKeyPem), 'base64')
    const authorization = `WECHATPAY2-SHA256-RSA2048 mchid="${slant.mchid ?? keys.mchid}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${slant.serial ?? keys.merchantSerial}"`
    return fetch(this.standin.pay + path, {
      method,
      headers: { authorization, accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'hand/1' },
      ...(sent ? { body: slant.sentBody ?? sent } : {}),
    })
  }

  async call(method: string, path: string, body?: unknown, slant: Slant = {}): Promise<Reply> {
    return reply(await this.request(method, path, body, slant))
  }

  async bytes(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.request('GET', path)).arrayBuffer())
  }

  get = (path: string) => this.call('GET', path)
  post = (path: string, body: unknown) => this.call('POST', path, body)

  async sim(name: string, wish: Record<string, unknown> = {}): Promise<Reply['json']> {
    const response = await fetch(`${this.standin.sim}/__sim/${name}`, { method: 'POST', body: JSON.stringify(wish) })
    const said = await reply(response)
    if (said.status !== 200) throw new Error(`${name}: ${said.status} ${said.text}`)
    return said.json
  }

  async api(path: string, body?: unknown): Promise<Reply> {
    return reply(await fetch(this.standin.api + path, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }))
  }
}

/** Whether the platform signed this answer: its own check, by node:crypto alone. */
export const signedByPlatform = (
  headers: Headers | IncomingHttpHeaders,
  body: string,
  publicKeyPem = keys.platformPublicKeyPem,
): boolean => {
  const read = (name: string): string => String(headers instanceof Headers ? headers.get(name) : headers[name])
  const message = `${read('wechatpay-timestamp')}\n${read('wechatpay-nonce')}\n${body}\n`
  const signature = Buffer.from(read('wechatpay-signature'), 'base64')
  return verifySignature('sha256', Buffer.from(message), createPublicKey(publicKeyPem), signature)
}

/** Opens AES-256-GCM as the documents describe it. Throws when the tag is wrong. */
export const openSealed = (resource: { ciphertext: string; nonce: string; associated_data: string }, key = keys.apiV3Key): string => {
  const bytes = Buffer.from(resource.ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, resource.nonce)
  decipher.setAuthTag(bytes.subarray(-16))
  decipher.setAAD(Buffer.from(resource.associated_data))
  return decipher.update(bytes.subarray(0, -16)).toString('utf8') + decipher.final('utf8')
}

/** `paySign` of the five fields as the mini-program gets them. */
export const requestPaymentFields = (
  prepayId: string,
  at: number,
  key = createPrivateKey(keys.merchantPrivateKeyPem),
): Record<string, string> => {
  const timeStamp = String(Math.floor(at / 1000))
  const nonceStr = randomBytes(16).toString('hex')
  const message = `${keys.appid}\n${timeStamp}\n${nonceStr}\nprepay_id=${prepayId}\n`
  const paySign = createSign('sha256').update(message).sign(key, 'base64')
  return { appId: keys.appid, timeStamp, nonceStr, package: `prepay_id=${prepayId}`, signType: 'RSA', paySign }
}

export const verifiesWith = (publicKeyPem: string, message: string, signature: string): boolean =>
  createVerify('sha256').update(message).verify(publicKeyPem, signature, 'base64')

export interface Heard {
  headers: IncomingHttpHeaders
  body: string
  // biome-ignore lint/suspicious/noExplicitAny: as above
  json: any
}

/** A merchant's notify address that keeps what it hears and answers as told. */
export interface Ear {
  url: string
  heard: Heard[]
  answer: (count: number) => number | 'never'
  close(): Promise<void>
}

export const openEar = async (): Promise<Ear> => {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    ear.heard.push({ headers: request.headers, body, json: JSON.parse(body) })
    const status = ear.answer(ear.heard.length)
    if (status === 'never') return
    response.writeHead(status).end(status < 300 ? undefined : '{"code":"FAIL","message":"later"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const ear: Ear = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wxpay/notify`,
    heard: [],
    answer: () => 204,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return ear
}

/** A stand-in under a clock that stands still until the test moves it. */
export const openStandin = async (wish: Partial<WechatStandinOptions> = {}) => {
  const clock = () => START
  const standin = await startWechatStandin({ ...keys, clock, allowedOrigins: ['http://h5.test'], ...wish })
  const merchant = new Merchant(standin, wish.clock ?? clock)
  const user = await merchant.sim('users', { key: 'buyer', nickname: '小满' })
  return { standin, merchant, openid: user.openid as string }
}

let serial = 0
/** A combined order's request; each call has numbers of its own. */
export const combineOrder = (
  openid: string,
  notifyUrl: string,
  fen: readonly number[] = [16_800, 3200],
  more: Record<string, unknown> = {},
) => {
  serial += 1
  const number = `P${START}${String(serial).padStart(4, '0')}`
  return {
    combine_appid: keys.appid,
    combine_mchid: keys.mchid,
    combine_out_trade_no: number,
    combine_payer_info: { openid },
    scene_info: { payer_client_ip: '203.0.113.9' },
    time_expire: '2026-03-02T09:30:00+08:00',
    notify_url: notifyUrl,
    sub_orders: fen.map((total, i) => ({
      mchid: keys.mchid,
      sub_mchid: `190000010${i}`,
      out_trade_no: `S${number.slice(1)}${i}`,
      description: `普洱熟茶饼 357g ${i + 1}号`,
      attach: `o:${i}`,
      amount: { total_amount: total, currency: 'CNY' },
      settle_info: { profit_sharing: true },
    })),
    ...more,
  }
}

/** Places and pays an order; answers its sub-orders as queried. With `seller` every sub-order is that one's. */
export const paidOrder = async (
  merchant: Merchant,
  openid: string,
  ear: Ear,
  fen?: readonly number[],
  more?: Record<string, unknown>,
  seller?: string,
) => {
  const time_expire = new Date(merchant.standin.now() + 1800_000).toISOString()
  const order = combineOrder(openid, ear.url, fen, { time_expire, ...more })
  if (seller) for (const sub of order.sub_orders) sub.sub_mchid = seller
  const placed = await merchant.post('/v3/combine-transactions/jsapi', order)
  if (placed.status !== 200) throw new Error(placed.text)
  const paid = await merchant.sim('pay', { prepay_id: placed.json.prepay_id })
  if (paid.result !== 'ok') throw new Error(paid.errMsg)
  const asked = await merchant.get(`/v3/combine-transactions/out-trade-no/${order.combine_out_trade_no}`)
  const subs = asked.json.sub_orders as { transaction_id: string; out_trade_no: string; sub_mchid: string }[]
  return { order, prepayId: placed.json.prepay_id as string, subs }
}
