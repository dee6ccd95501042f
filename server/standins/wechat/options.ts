import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

/** Which family of Pay APIs the merchant number has opened (wechat.md §6.1): the two cannot be mixed. */
export type Family = 'ecommerce' | 'direct'

/** What the stand-in must know to play WeChat. Keys are PEM texts; ports of 0 are chosen by the system. */
export interface WechatStandinOptions {
  apiPort?: number
  payPort?: number
  simPort?: number
  host?: string
  appid: string
  appsecret: string
  mchid: string
  merchantSerial: string
  merchantPublicKeyPem: string
  /** Exactly 32 bytes. */
  apiV3Key: string
  platformPrivateKeyPem: string
  /** `PUB_KEY_ID_…`: names the platform key in answers and callbacks. */
  platformPublicKeyId: string
  family?: Family
  /** JSON file that outlives the process; without it everything is forgotten. */
  stateFile?: string
  /** Milliseconds since 1970; with a clock of your own the stand-in polls it for due work. */
  clock?: () => number
  /** Multiplies the retry schedule of callbacks and the time refunds and shares take. Default 1. */
  retryScale?: number
  /** How long a callback may take to be answered, in real milliseconds. Default 5000. */
  answerDeadlineMs?: number
  /** Where a browser reaches the control plane, if not at its own address. */
  simPublicOrigin?: string
  /** Origins whose pages may call the control plane and frame the payment sheet. `'*'` allows all. */
  allowedOrigins?: string[]
}

/** The options, checked, with defaults and parsed keys. */
export interface Settled extends Required<Omit<WechatStandinOptions, 'stateFile' | 'clock' | 'simPublicOrigin'>> {
  stateFile: string | null
  clock: () => number
  ownClock: boolean
  simPublicOrigin: string | null
  merchantKey: KeyObject
  platformKey: KeyObject
}

const need = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`wechat stand-in: ${what}`)
}

/** Checks the options and fills the defaults. Throws an Error that names what is wrong. */
export const settleOptions = (options: WechatStandinOptions): Settled => {
  need(/^wx[0-9a-f]{16}$/.test(options.appid), 'appid is wx and 16 hex digits')
  need(options.appsecret.length >= 16, 'appsecret has at least 16 characters')
  need(/^\d{8,10}$/.test(options.mchid), 'mchid has 8 to 10 digits')
  need(/^[0-9A-F]{20,40}$/.test(options.merchantSerial), 'merchantSerial is upper-case hex')
  need(Buffer.byteLength(options.apiV3Key) === 32, 'apiV3Key has exactly 32 bytes')
  need(options.platformPublicKeyId.startsWith('PUB_KEY_ID_'), 'platformPublicKeyId starts with PUB_KEY_ID_')
  need((options.retryScale ?? 1) > 0, 'retryScale is above 0')
  return {
    ...options,
    apiPort: options.apiPort ?? 0,
    payPort: options.payPort ?? 0,
    simPort: options.simPort ?? 0,
    host: options.host ?? '127.0.0.1',
    family: options.family ?? 'ecommerce',
    stateFile: options.stateFile ?? null,
    clock: options.clock ?? Date.now,
    ownClock: options.clock !== undefined,
    retryScale: options.retryScale ?? 1,
    answerDeadlineMs: options.answerDeadlineMs ?? 5000,
    simPublicOrigin: options.simPublicOrigin ?? null,
    allowedOrigins: options.allowedOrigins ?? [],
    merchantKey: createPublicKey(options.merchantPublicKeyPem),
    platformKey: createPrivateKey(options.platformPrivateKeyPem),
  }
}

const rsaPair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

/** Both sides' identities for one demo; the caller stores them and gives each side its half. */
export interface DemoKeys {
  appid: string
  appsecret: string
  mchid: string
  merchantSerial: string
  merchantPrivateKeyPem: string
  merchantPublicKeyPem: string
  apiV3Key: string
  platformPrivateKeyPem: string
  platformPublicKeyPem: string
  platformPublicKeyId: string
}

/** Makes fresh RSA-2048 pairs for merchant and platform, and identifiers of the shapes WeChat gives out. Takes some 100 ms. */
export const makeDemoKeys = (): DemoKeys => {
  const merchant = rsaPair()
  const platform = rsaPair()
  const mchid = `19${String(randomBytes(4).readUInt32BE() % 1e8).padStart(8, '0')}`
  return {
    appid: `wx${randomBytes(8).toString('hex')}`,
    appsecret: randomBytes(16).toString('hex'),
    mchid,
    merchantSerial: randomBytes(20).toString('hex').toUpperCase(),
    merchantPrivateKeyPem: merchant.privateKey,
    merchantPublicKeyPem: merchant.publicKey,
    apiV3Key: randomBytes(16).toString('hex'),
    platformPrivateKeyPem: platform.privateKey,
    platformPublicKeyPem: platform.publicKey,
    platformPublicKeyId: `PUB_KEY_ID_01${mchid}2026010100${randomBytes(6).toString('hex')}`,
  }
}
