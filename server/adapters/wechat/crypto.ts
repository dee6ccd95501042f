import {
  constants,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import type { Instant } from '../../../shared/time.ts'

/** How far WeChat's clock and ours may be apart, seconds (wechat.md §5.2). */
const CLOCK_WINDOW_S = 300
const TAG_BYTES = 16

const lines = (...parts: string[]): string => parts.map((part) => `${part}\n`).join('')

/** What a merchant signs of a request: method, path with query exactly as sent, seconds, nonce, exact body (wechat.md §5.1). */
export const requestMessage = (method: string, path: string, timestamp: string, nonce: string, body: string): string =>
  lines(method, path, timestamp, nonce, body)

/** What WeChat Pay signs of an answer or a notice (wechat.md §5.2). */
export const answerMessage = (timestamp: string, nonce: string, body: string): string => lines(timestamp, nonce, body)

/** What a merchant signs of a payment sheet (wechat.md §5.5); `pack` is `prepay_id=…`. */
export const sheetMessage = (appid: string, timestamp: string, nonce: string, pack: string): string => lines(appid, timestamp, nonce, pack)

/** Reads an RSA private key (PEM); throws a RangeError for anything else. */
export const readPrivateKey = (pem: string): KeyObject => {
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'rsa') throw new RangeError('the merchant key must be RSA')
  return key
}

/** WeChat Pay's public keys by serial: `PUB_KEY_ID_…` or a platform certificate's serial. Several count at once while a key is changed. */
export type PlatformKeys = ReadonlyMap<string, KeyObject>

/** Reads public keys (PEM) by serial; throws a RangeError when there is none or one is not RSA. */
export const readPlatformKeys = (pems: Readonly<Record<string, string>>): PlatformKeys => {
  const keys = new Map(Object.entries(pems).map(([serial, pem]) => [serial, createPublicKey(pem)]))
  if (keys.size === 0) throw new RangeError('at least one key of WeChat Pay is needed')
  for (const [serial, key] of keys) if (key.asymmetricKeyType !== 'rsa') throw new RangeError(`the key ${serial} must be RSA`)
  return keys
}

/** RSA-SHA256, PKCS#1 v1.5, base64. */
export const signText = (message: string, key: KeyObject): string => sign('RSA-SHA256', Buffer.from(message), key).toString('base64')

/** Whether `signature` (base64) is the key owner's over `message`. */
export const isSignedBy = (message: string, signature: string, key: KeyObject): boolean =>
  /^[A-Za-z0-9+/]+={0,2}$/.test(signature) && verify('RSA-SHA256', Buffer.from(message), key, Buffer.from(signature, 'base64'))

/** 32 characters that nobody can guess. */
export const makeNonce = (): string => randomBytes(16).toString('hex').toUpperCase()

/** Whole seconds since 1970, as text. */
export const seconds = (at: Instant): string => String(Math.floor(at / 1000))

/** The merchant's signing half. */
export interface Merchant {
  mchid: string
  serial: string
  key: KeyObject
}

/** The Authorization header of one request (wechat.md §5.1). */
export const authorization = (
  merchant: Merchant,
  request: { method: string; path: string; body: string; now: Instant; nonce: string },
): string => {
  const timestamp = seconds(request.now)
  const signature = signText(requestMessage(request.method, request.path, timestamp, request.nonce, request.body), merchant.key)
  return `WECHATPAY2-SHA256-RSA2048 mchid="${merchant.mchid}",nonce_str="${request.nonce}",timestamp="${timestamp}",serial_no="${merchant.serial}",signature="${signature}"`
}

/** Why words are not provably WeChat Pay's. `probe` is its own deliberate test (`WECHATPAY/SIGNTEST/…`), which must fail. */
type SignatureFault = 'unsigned' | 'probe' | 'stale' | 'unknownKey' | 'wrong'

/** Checks the signature over an answer or notice; null when it is WeChat Pay's own word (wechat.md §5.2). */
export const signatureFault = (
  keys: PlatformKeys,
  header: (name: string) => string | null | undefined,
  body: string,
  now: Instant,
): SignatureFault | null => {
  const [timestamp, nonce, serial, signature] = ['timestamp', 'nonce', 'serial', 'signature'].map((part) => header(`wechatpay-${part}`))
  if (!timestamp || !nonce || !serial || !signature) return 'unsigned'
  if (signature.startsWith('WECHATPAY/SIGNTEST/')) return 'probe'
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > CLOCK_WINDOW_S) return 'stale'
  const key = keys.get(serial)
  if (!key) return 'unknownKey'
  return isSignedBy(answerMessage(timestamp, nonce, body), signature, key) ? null : 'wrong'
}

/** Reads the APIv3 key; throws a RangeError unless it is exactly 32 bytes, the only size AES-256 has. */
export const readApiV3Key = (text: string): Buffer => {
  const key = Buffer.from(text, 'utf8')
  if (key.length !== 32) throw new RangeError(`the APIv3 key must have exactly 32 bytes, not ${key.length}`)
  return key
}

/** Something sealed with the APIv3 key: the tag is the last 16 bytes of the ciphertext (wechat.md §5.8). */
interface Sealed {
  ciphertext: string
  nonce: string
  associated_data?: string | undefined
}

/** Opens AES-256-GCM; throws when key, nonce, associated data or a single bit is off. */
export const openSealed = (key: Buffer, sealed: Sealed): string => {
  const bytes = Buffer.from(sealed.ciphertext, 'base64')
  const nonce = Buffer.from(sealed.nonce, 'utf8')
  if (key.length !== 32 || nonce.length !== 12 || bytes.length < TAG_BYTES) throw new RangeError('not sealed as AES-256-GCM')
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(sealed.associated_data ?? '', 'utf8'))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
}

const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }

/** Encrypts a sensitive field for WeChat Pay: RSA-OAEP with SHA-1, base64 (wechat.md §5.3). */
export const sealField = (text: string, platformKey: KeyObject): string =>
  publicEncrypt({ key: platformKey, ...OAEP }, Buffer.from(text, 'utf8')).toString('base64')

/** Decrypts a sensitive field that was encrypted to us; throws when it was not. */
export const openField = (text: string, merchantKey: KeyObject): string =>
  privateDecrypt({ key: merchantKey, ...OAEP }, Buffer.from(text, 'base64')).toString('utf8')
