/**
 * Every knob of the running house, with its default and what it means. Read once, in main.ts; wrong ones are named all together.
 * Values come from the environment (names in sample.env) or from a JSON file named by CHASHAN_SETTINGS.
 */
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65535)
const origin = z.string().regex(/^https?:\/\/[^/\s]+$/, 'an origin such as https://shop.example.cn, without a path')
const list = z.preprocess(
  (v) =>
    typeof v === 'string'
      ? v
          .split(',')
          .map((s) => s.trim())
          .filter(Boolean)
      : v,
  z.array(z.string()),
)

const DEMO_MERCHANT = '演示园区'

const shape = z.strictObject({
  /** `demo`: stand-ins and demo people allowed; `test`: the same, for tests; `park`: production, nothing of the kind. */
  stage: z.enum(['demo', 'test', 'park']).default('demo'),
  /** Which parts this process runs. */
  roles: list.pipe(z.array(z.enum(['api', 'worker', 'media'])).min(1)).default(['api', 'worker', 'media']),
  /** mysql://user:password@host:port/database, or with ?socketPath=… */
  databaseUrl: z.string().regex(/^mysql:\/\//, 'mysql://user:password@host:port/database'),
  databasePool: z.coerce.number().int().min(2).max(200).default(20),
  /** Where files that are not in the database live: pictures, recordings. */
  dataDir: z.string().min(1).default('.data'),
  http: z.strictObject({
    host: z.string().default('127.0.0.1'),
    port: port.default(8800),
    /** How browsers and WeChat reach us. */
    publicOrigin: origin.default('http://127.0.0.1:8800'),
    /** Addresses of proxies in front of us whose X-Forwarded-For may be believed. */
    trustedProxies: list.pipe(z.array(z.string())).default([]),
    /** Calls a minute that one caller may make. */
    callsPerMinute: z.coerce.number().int().min(1).default(1200),
  }),
  /** Signs upload tickets and the like; 32 characters or more, from a random source. */
  secret: z.string().min(32),
  login: z.strictObject({
    /** How long a buyer's token lives, days. */
    buyerDays: z.coerce.number().int().min(1).max(90).default(30),
    /** How long a console session lives, hours. */
    consoleHours: z.coerce.number().int().min(1).max(72).default(12),
  }),
  wechat: z.strictObject({
    apiBase: origin.default('https://api.weixin.qq.com'),
    payBase: origin.default('https://api.mch.weixin.qq.com'),
    /** Where the stand-in's browser side is (its payment sheet and log-in); absent in production. */
    simBase: origin.nullable().default(null),
    appid: z.string().regex(/^wx[0-9a-z]{16}$/),
    appsecret: z.string().min(16),
    mchid: z.string().regex(/^\d{8,10}$/),
    /** The merchant's full registered name: WeChat Pay compares it when the park is named as receiver of its fee. */
    merchantName: z.string().min(2).max(64).default(DEMO_MERCHANT),
    merchantSerial: z.string().regex(/^[0-9A-F]{16,40}$/),
    merchantKeyPem: z.string().includes('PRIVATE KEY'),
    /** Exactly 32 bytes. */
    apiV3Key: z.string().length(32),
    /** WeChat Pay's public keys by serial (`PUB_KEY_ID_…` or a platform certificate's serial). */
    platformKeys: z.record(z.string(), z.string().includes('PUBLIC KEY')),
    /** How long one call may take, milliseconds. */
    timeoutMs: z.coerce.number().int().min(100).max(60_000).default(8_000),
  }),
  media: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('embedded'),
      host: z.string().default('127.0.0.1'),
      rtmpPort: port.default(1935),
      flvPort: port.default(8801),
      publicRtmp: z
        .string()
        .regex(/^rtmp:\/\//)
        .default('rtmp://127.0.0.1:1935/live'),
      publicFlv: z
        .string()
        .regex(/^https?:\/\//)
        .default('http://127.0.0.1:8801/live'),
      /** Signs push keys. */
      key: z.string().min(16),
    }),
  ]),
  /** Where pictures lie: in `dataDir`, or in a bucket of any store that speaks S3. */
  storage: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('embedded') }),
      z.strictObject({
        kind: z.literal('s3'),
        endpoint: origin,
        region: z.string().min(1).default('auto'),
        bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'a bucket name'),
        accessKeyId: z.string().min(4),
        secretAccessKey: z.string().min(4),
        /** `host` puts the bucket before the endpoint's name, `path` behind it. */
        addressing: z.enum(['path', 'host']).default('host'),
        /** Where browsers read: a CDN before the bucket; null: through us. */
        publicBase: z
          .string()
          .regex(/^https?:\/\//)
          .nullable()
          .default(null),
        timeoutMs: z.coerce.number().int().min(100).max(60_000).default(10_000),
      }),
    ])
    .default({ kind: 'embedded' }),
  /** Who tells where parcels are (快递100); null: nobody is asked, and buyers read the number alone. */
  tracking: z
    .strictObject({
      base: origin.default('https://poll.kuaidi100.com'),
      /** The key of the authorisation. */
      key: z.string().min(8),
      timeoutMs: z.coerce.number().int().min(100).max(60_000).default(8_000),
    })
    .nullable()
    .default(null),
  /** How the mini-program plays: `live-player` needs a category that not every operator is granted; `hls` plays anywhere later; H5 always uses FLV where it can. */
  playback: z.enum(['livePlayer', 'hls']).default('livePlayer'),
  /** Minutes an unpaid order keeps its stock. */
  unpaidMinutes: z.coerce.number().int().min(5).max(120).default(15),
  /** Seconds without a picture before a session counts as interrupted, and before it ends by itself. */
  interruptedSeconds: z.coerce.number().int().min(1).max(600).default(5),
  abandonedMinutes: z.coerce.number().int().min(1).max(120).default(5),
  /** Chats a second that a room sends down to its viewers; the desk reads them all. */
  chatsPerSecond: z.coerce.number().int().min(1).max(1_000_000).default(20),
  /** Days after shipping when an order counts as received. */
  receiveDays: z.coerce.number().int().min(1).max(60).default(10),
  /** Where the built front ends are; null when something else serves them. */
  web: z.strictObject({ buyer: z.string().nullable().default(null), console: z.string().nullable().default(null) }),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})

export type Settings = z.infer<typeof shape>
export type SettingsInput = z.input<typeof shape>

/** Thrown when settings are wrong; the message names every wrong one with what it should be. */
export class WrongSettings extends Error {
  override name = 'WrongSettings'
}

/** The names in the environment: which group and key of the settings each one sets. */
const names: readonly (readonly [name: string, group: string, key: string])[] = [
  ['STAGE', '', 'stage'],
  ['ROLES', '', 'roles'],
  ['DATABASE_URL', '', 'databaseUrl'],
  ['DATA_DIR', '', 'dataDir'],
  ['SECRET', '', 'secret'],
  ['LOG_LEVEL', '', 'logLevel'],
  ['HOST', 'http', 'host'],
  ['PORT', 'http', 'port'],
  ['PUBLIC_ORIGIN', 'http', 'publicOrigin'],
  ['TRUSTED_PROXIES', 'http', 'trustedProxies'],
  ['MEDIA_KEY', 'media', 'key'],
  ['MEDIA_HOST', 'media', 'host'],
  ['RTMP_PORT', 'media', 'rtmpPort'],
  ['FLV_PORT', 'media', 'flvPort'],
  ['PUBLIC_RTMP', 'media', 'publicRtmp'],
  ['PUBLIC_FLV', 'media', 'publicFlv'],
  ['WX_API_BASE', 'wechat', 'apiBase'],
  ['WXPAY_BASE', 'wechat', 'payBase'],
  ['WX_APPID', 'wechat', 'appid'],
  ['WX_APPSECRET', 'wechat', 'appsecret'],
  ['WXPAY_MCHID', 'wechat', 'mchid'],
  ['WXPAY_MERCHANT_NAME', 'wechat', 'merchantName'],
  ['WXPAY_SERIAL', 'wechat', 'merchantSerial'],
  ['WXPAY_APIV3_KEY', 'wechat', 'apiV3Key'],
  ['STORAGE_KIND', 'storage', 'kind'],
  ['S3_ENDPOINT', 'storage', 'endpoint'],
  ['S3_REGION', 'storage', 'region'],
  ['S3_BUCKET', 'storage', 'bucket'],
  ['S3_ACCESS_KEY_ID', 'storage', 'accessKeyId'],
  ['S3_SECRET_ACCESS_KEY', 'storage', 'secretAccessKey'],
  ['S3_ADDRESSING', 'storage', 'addressing'],
  ['S3_PUBLIC_BASE', 'storage', 'publicBase'],
  ['KD100_BASE', 'tracking', 'base'],
  ['KD100_KEY', 'tracking', 'key'],
  ['WEB_BUYER', 'web', 'buyer'],
  ['WEB_CONSOLE', 'web', 'console'],
]

type Environment = Record<string, string | undefined>
type Raw = Record<string, unknown>

/** Settings before they are checked, and what could not even be read. */
interface Gathered {
  raw: Raw
  faults: string[]
}

/** Lays what the environment says over `base`. An empty value counts as absent; a file that cannot be read is a fault like any other. */
const gather = (env: Environment, base: Raw = {}): Gathered => {
  const faults: string[] = []
  const read = (name: string): string | null => {
    try {
      return env[name] ? fs.readFileSync(path.resolve(env[name]), 'utf8') : null
    } catch {
      faults.push(`${name}: the file ${env[name]} cannot be read`)
      return null
    }
  }
  const raw: Raw = { ...base }
  const file = read('CHASHAN_SETTINGS')
  try {
    if (file) Object.assign(raw, JSON.parse(file))
  } catch {
    faults.push(`CHASHAN_SETTINGS: the file ${env.CHASHAN_SETTINGS} is not JSON`)
  }
  for (const group of ['http', 'login', 'web', 'media', 'wechat', 'storage']) raw[group] = { ...(raw[group] as Raw | undefined) }
  const media = raw.media as Raw
  media.kind ??= 'embedded'
  const storage = raw.storage as Raw
  storage.kind ??= 'embedded'
  if (env.KD100_KEY) raw.tracking = { ...(raw.tracking as Raw | undefined) }
  for (const [name, group, key] of names)
    if (env[name] && (group !== 'tracking' || raw.tracking)) (group ? (raw[group] as Raw) : raw)[key] = env[name]
  const wechat = raw.wechat as Raw
  wechat.merchantKeyPem = read('WXPAY_KEY_FILE') ?? wechat.merchantKeyPem
  const platformPem = read('WXPAY_PUBLIC_KEY_FILE')
  if (platformPem && env.WXPAY_PUBLIC_KEY_ID) wechat.platformKeys = { [env.WXPAY_PUBLIC_KEY_ID]: platformPem }
  return { raw, faults }
}

const loopback = (url: string): boolean => /^[a-z]+:\/\/(127\.|localhost|\[::1\]|0\.0\.0\.0)/.test(url)
const weak = (secret: string): boolean => new Set(secret).size < 10 || /demo|test|secret|password|123456|changeme|example/i.test(secret)

/** The text at this place; an absent one is `absent`, another kind of value is for the shape to refuse. */
const textAt = (raw: unknown, place: string, absent: string | null = null): string | null => {
  let value = raw
  for (const key of place.split('.')) value = typeof value === 'object' && value !== null ? (value as Raw)[key] : undefined
  return typeof value === 'string' ? value : value === undefined ? absent : null
}

/** What production may not have: a stand-in's address, plain http, a demo key, a weak secret. Looks at raw settings too, so that all is said at once. */
const parkFaults = (raw: unknown): string[] => {
  const faults: string[] = []
  const here = 'http://127.0.0.1'
  for (const [place, absent] of [
    ['wechat.apiBase', null],
    ['wechat.payBase', null],
    ['http.publicOrigin', here],
    ['storage.endpoint', null],
    ['storage.publicBase', null],
    ['tracking.base', null],
  ] as const) {
    const url = textAt(raw, place, absent)
    if (url === null) continue
    if (!url.startsWith('https://')) faults.push(`${place}: must be https in stage park`)
    if (loopback(url)) faults.push(`${place}: points at this machine, which in stage park would be a stand-in`)
  }
  if (textAt(raw, 'wechat.simBase') !== null) faults.push('wechat.simBase: a stand-in has no place in stage park')
  for (const place of ['secret', 'wechat.appsecret', 'wechat.apiV3Key', 'media.key', 'storage.secretAccessKey', 'tracking.key']) {
    const secret = textAt(raw, place)
    if (secret !== null && weak(secret)) faults.push(`${place}: a demo or weak value; make one with \`openssl rand -base64 32\``)
  }
  if (/^wx0{6,}|^wxdemo/.test(textAt(raw, 'wechat.appid') ?? '')) faults.push('wechat.appid: the demo appid')
  if (textAt(raw, 'wechat.merchantName', DEMO_MERCHANT) === DEMO_MERCHANT)
    faults.push('wechat.merchantName: the demo name; write the registered one')
  const { platformKeys } = ((raw as Raw).wechat ?? {}) as { platformKeys?: object }
  if (Object.keys(platformKeys ?? {}).some((k) => /DEMO/i.test(k))) faults.push('wechat.platformKeys: a stand-in key')
  for (const place of ['media.publicRtmp', 'media.publicFlv'])
    if (loopback(textAt(raw, place, here) ?? '')) faults.push(`${place}: points at this machine`)
  return faults
}

/** Checks raw settings; throws WrongSettings that names every fault at once, those found while reading (`found`) among them. */
export const checkSettings = (raw: unknown, found: string[] = []): Settings => {
  const read = shape.safeParse(raw)
  const faults = [...found]
  if (!read.success) faults.push(...read.error.issues.map((i) => `${i.path.join('.') || '(top)'}: ${i.message}`))
  const known = read.success ? read.data : raw
  if (textAt(known, 'stage') === 'park') faults.push(...parkFaults(known))
  if (!read.success || faults.length > 0) throw new WrongSettings(`These settings are wrong:\n  ${faults.join('\n  ')}`)
  return read.data
}

/** Reads the settings of this process. The environment is read in this file only. */
export const readSettings = (env: Environment = process.env): Settings => {
  const { raw, faults } = gather(env)
  return checkSettings(raw, faults)
}

/** What the launcher must know before there are settings. */
export interface Wishes {
  /** True in stage park, or when a file of settings is given: then every setting is the operator's own, and nothing is made up. */
  ownSettings: boolean
  stage: string
  /** Null: a private database is wanted. */
  databaseUrl: string | null
  dataDir: string
  host: string | null
  /** Null: 8800, or the next free one. */
  port: number | null
  publicOrigin: string | null
}

const word = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Reads the launcher's wishes from the environment and the file of settings that it names. Throws WrongSettings when PORT is no port. */
export const readWishes = (env: Environment = process.env): Wishes => {
  const { raw } = gather(env)
  const http = raw.http as Raw
  const given = http.port === undefined ? null : port.safeParse(http.port)
  const ownSettings = raw.stage === 'park' || Boolean(env.CHASHAN_SETTINGS)
  // an operator's own settings are checked as a whole
  if (given && !given.success && !ownSettings)
    throw new WrongSettings('These settings are wrong:\n  http.port: a port is a number from 0 to 65535')
  return {
    ownSettings,
    stage: word(raw.stage) ?? 'demo',
    databaseUrl: word(raw.databaseUrl),
    dataDir: word(raw.dataDir) ?? '.data',
    host: word(http.host),
    port: given?.data ?? null,
    publicOrigin: word(http.publicOrigin),
  }
}

/** The settings that the launcher made up, with what the environment says laid over them: fit to be written to a file once they are checked. */
export const layEnvironmentOver = (base: SettingsInput, env: Environment = process.env): Record<string, unknown> => {
  const { raw, faults } = gather(env, base)
  if (faults.length > 0) checkSettings(raw, faults)
  return raw
}

/** This process's environment for a child, with `more` in it. `without: 'settings'` takes out every name of a setting: the child has a file. */
export const childEnvironment = (
  more: Environment,
  without: 'settings' | 'nothing' = 'nothing',
  env: Environment = process.env,
): Environment => {
  const own = { ...env }
  if (without === 'settings') for (const name of settingNames) delete own[name]
  return { ...own, ...more }
}

/** Every name in the environment that says something to the house. */
export const settingNames: readonly string[] = [
  ...names.map(([name]) => name),
  'WXPAY_KEY_FILE',
  'WXPAY_PUBLIC_KEY_FILE',
  'WXPAY_PUBLIC_KEY_ID',
  'CHASHAN_SETTINGS',
]

/** The directories in which this machine looks for programs. */
export const programDirs = (env: Environment = process.env): string[] => (env.PATH ?? '').split(':').filter(Boolean)
