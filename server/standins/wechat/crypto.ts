import { createCipheriv, createSign, createVerify, type KeyObject, randomBytes } from 'node:crypto'

const lines = (parts: readonly string[]): string => parts.map((part) => `${part}\n`).join('')

/** The text a merchant signs for a request (wechat.md §5.1): method, path with query as sent, timestamp, nonce, exact body. */
export const requestMessage = (method: string, url: string, timestamp: string, nonce: string, body: string): string =>
  lines([method, url, timestamp, nonce, body])

/** The text the platform signs for an answer or a callback (wechat.md §5.2). */
export const answerMessage = (timestamp: string, nonce: string, body: string): string => lines([timestamp, nonce, body])

/** The text behind `paySign` of `wx.requestPayment` (wechat.md §5.5). */
export const paySignMessage = (appId: string, timeStamp: string, nonceStr: string, packageText: string): string =>
  lines([appId, timeStamp, nonceStr, packageText])

/** RSA-SHA256, PKCS#1 v1.5, base64. */
export const signText = (key: KeyObject, message: string): string => createSign('RSA-SHA256').update(message).sign(key, 'base64')

/** Whether `signature` (base64) is the key owner's over `message`; malformed signatures are simply wrong. */
export const signedBy = (key: KeyObject, message: string, signature: string): boolean => {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return false
  try {
    return createVerify('RSA-SHA256').update(message).verify(key, signature, 'base64')
  } catch {
    return false
  }
}

/** AES-256-GCM as in `resource` of callbacks: base64 of the ciphertext with the 16-byte tag at its end. */
export const sealText = (apiV3Key: string, nonce: string, associatedData: string, plaintext: string): string => {
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce))
  cipher.setAAD(Buffer.from(associatedData))
  return Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

/** The parts of `Authorization: WECHATPAY2-SHA256-RSA2048 …`, whose order is free. */
interface Credentials {
  mchid: string
  nonce: string
  timestamp: string
  serial: string
  signature: string
}

/** Reads the Authorization header; null when the scheme or a part is missing. */
export const readAuthorization = (header: string | undefined): Credentials | null => {
  const scheme = 'WECHATPAY2-SHA256-RSA2048 '
  if (!header?.startsWith(scheme)) return null
  const parts = new Map<string, string>()
  for (const pair of header.slice(scheme.length).split(',')) {
    const found = /^\s*([a-z_]+)="([^"]*)"\s*$/.exec(pair)
    if (!found) return null
    parts.set(found[1]!, found[2]!)
  }
  const [mchid, nonce, timestamp, serial, signature] = ['mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature'].map((k) =>
    parts.get(k),
  )
  if (!mchid || !nonce || !timestamp || !serial || !signature) return null
  return { mchid, nonce, timestamp, serial, signature }
}

const digits = (count: number): string => {
  let text = ''
  while (text.length < count) text += String(randomBytes(4).readUInt32BE() % 1e9).padStart(9, '0')
  return text.slice(0, count)
}

/** Beijing time as 14 digits, the stem of WeChat's numbers. */
const stamp = (at: number): string =>
  new Date(at + 8 * 3600_000)
    .toISOString()
    .replace(/[^0-9]/g, '')
    .slice(0, 14)

/** Identifiers in the shapes of wechat.md §14.2. */
export const makeId = {
  openid: (): string => `o${randomBytes(21).toString('base64url').slice(0, 27)}`,
  unionid: (): string => `o${randomBytes(21).toString('base64url').slice(0, 27)}`,
  sessionKey: (): string => randomBytes(16).toString('base64'),
  code: (): string => `0${randomBytes(23).toString('base64url').slice(0, 31)}`,
  phoneCode: (): string => randomBytes(32).toString('hex'),
  token: (): string => `9${digits(1)}_${randomBytes(100).toString('base64url')}`,
  opaque: (): string => randomBytes(24).toString('base64url'),
  nonce: (): string => randomBytes(16).toString('hex').toUpperCase(),
  uuid: (): string =>
    randomBytes(16)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  rid: (): string =>
    randomBytes(12)
      .toString('hex')
      .replace(/^(.{8})(.{8})/, '$1-$2-'),
  transaction: (at: number): string => `420000${digits(4)}${stamp(at).slice(0, 8)}${digits(10)}`,
  refund: (at: number): string => `5030${digits(7)}${stamp(at).slice(0, 8)}${digits(10)}`,
  share: (at: number): string => `3008${digits(4)}${stamp(at).slice(0, 8)}${digits(10)}`,
  prepay: (at: number): string => `wx${stamp(at)}${randomBytes(10).toString('hex')}`,
  phone: (): string => `138${digits(8)}`,
}

/** RFC 3339 in Beijing's offset, whole seconds, as Pay writes times. */
export const beijing = (at: number): string => `${new Date(at + 8 * 3600_000).toISOString().slice(0, 19)}+08:00`

/** The instant of an RFC 3339 text with an offset, or null. */
export const readTime = (text: unknown): number | null => {
  if (typeof text !== 'string') return null
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(text)) return null
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : at
}
