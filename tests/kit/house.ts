/** A whole house for a test: own database on a real MariaDB, real HTTP on a free port, WeChat played over its wire, and the clock in hand. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createTRPCClient, httpLink, type TRPCClient, TRPCClientError } from '@trpc/client'
import mysql from 'mysql2/promise'
import { inject } from 'vitest'
import { checkSettings, type SettingsInput } from '../../config/settings.ts'
import { buildHouse } from '../../server/house.ts'
import { appointStaff, startSession, userFor } from '../../server/modules/identity/index.ts'
import { type Admission, addMember, admitTenant } from '../../server/modules/tenants/index.ts'
import type { App } from '../../server/platform/app.ts'
import { type FakeClock, fakeClock } from '../../server/platform/clock.ts'
import { deliverDue } from '../../server/platform/deliver.ts'
import { registerJobs, runDueJobs } from '../../server/platform/jobs.ts'
import { createLog } from '../../server/platform/log.ts'
import { type ApiRole, startApi } from '../../server/roles/api.ts'
import type { AppRouter } from '../../server/router.ts'
import { type Standin, startWechatStandin } from '../../server/standins/wechat/index.ts'
import type { ShopId, UserId } from '../../shared/ids.ts'
import { bp } from '../../shared/money.ts'
import type { RefusalCode } from '../../shared/refusals.ts'
import type { ParkRole, ShopRole } from '../../shared/tenants/roles.ts'
import { after, DAY } from '../../shared/time.ts'

export type Client = TRPCClient<AppRouter>

export interface Person {
  userId: UserId
  token: string
  openid: string
  nickname: string
  /** The API as this person calls it, over HTTP. */
  trpc: Client
}

export interface House {
  app: App
  api: ApiRole
  origin: string
  clock: FakeClock
  wechat: Standin
  databaseUrl: string
  /** What the house has logged so far, one JSON line each. */
  logged: string[]
  /** The API as someone who is not signed in calls it. */
  guest: Client
  buyer(nickname?: string): Promise<Person>
  farmer(
    shop?: Partial<Admission['shop']> & { kind?: Admission['kind']; role?: ShopRole; tenantName?: string; papers?: Admission['papers'] },
  ): Promise<Person & { shopId: ShopId }>
  member(shopId: ShopId, role: ShopRole): Promise<Person>
  staff(role?: ParkRole): Promise<Person>
  /** Hears everything that has been told until nothing is due. */
  deliver(): Promise<void>
  /** Moves the clock, lets WeChat and the jobs do what fell due, and delivers. */
  pass(ms: number): Promise<void>
  /** One statement on the database, for looking behind the doors. */
  sql<T = Record<string, unknown>>(statement: string, values?: unknown[]): Promise<T[]>
  stop(): Promise<void>
}

/** An ordinary evening in Mojiang. */
export const EVENING = Date.parse('2026-11-20T12:00:00Z')

/** A credit code that checks; it belongs to nobody. */
export const TEST_USCC = '91530822MA6K00006J'

/** What a shop may need to sell whatever it likes. */
const everyPaper: Admission['papers'] = [
  { kind: 'foodBusinessLicence', number: 'JY15308220000001', validUntil: '2029-12-31' },
  { kind: 'businessLicence', number: TEST_USCC },
  { kind: 'productionLicence', number: 'SC11453082200011', validUntil: '2029-05-31' },
  { kind: 'workshopRegistration', number: '墨小作坊登字 0001 号', validUntil: '2029-12-31' },
  { kind: 'selfGrownStatement' },
  { kind: 'qualityCertificate' },
  { kind: 'giUse', number: '2015 年第 96 号公告' },
]

let made = 0

/** Builds a house; it is torn down when the test file (or the test, with `forTest`) ends: call `stop`. */
export async function startHouse(given: { settings?: Partial<SettingsInput>; startAt?: number } = {}): Promise<House> {
  const clock = fakeClock(given.startAt ?? EVENING)
  const databaseUrl = await freshDatabase()
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'chashan-house-'))
  const keys = inject('wechatKeys')
  const wechat = await startWechatStandin({ ...keys, clock: () => clock.now(), retryScale: 1, allowedOrigins: ['*'] } as Parameters<
    typeof startWechatStandin
  >[0])
  const logged: string[] = []
  const settings = checkSettings({
    stage: 'test',
    databaseUrl,
    databasePool: 30,
    dataDir,
    secret: randomBytes(32).toString('base64'),
    http: { port: 0, callsPerMinute: 1_000_000 },
    login: {},
    wechat: {
      apiBase: wechat.api,
      payBase: wechat.pay,
      simBase: wechat.sim,
      appid: keys.appid,
      appsecret: keys.appsecret,
      mchid: keys.mchid,
      merchantSerial: keys.merchantSerial,
      merchantKeyPem: keys.merchantPrivateKeyPem,
      apiV3Key: keys.apiV3Key,
      platformKeys: { [keys.platformPublicKeyId]: keys.platformPublicKeyPem },
    },
    chatsPerSecond: 1_000_000,
    media: { kind: 'embedded', rtmpPort: 0, flvPort: 0, key: 'media-key-for-tests' },
    web: {},
    ...given.settings,
  })
  const { app, end } = buildHouse(settings, { clock, log: createLog('info', { write: (line) => void logged.push(line) }) })
  const api = await startApi(app)
  const origin = `http://127.0.0.1:${api.port}`
  // only now is the port known; callbacks are sent to it
  settings.http.publicOrigin = origin
  await registerJobs(app)
  const probe = await mysql.createPool({ uri: databaseUrl, connectionLimit: 2, timezone: 'Z', dateStrings: true })

  const person = async (nickname: string): Promise<Person> => {
    made++
    const who = (await post(wechat.sim, '/__sim/login', { nickname })) as { openid?: string; code: string }
    const found = await app.ports.login.whoIs(who.code)
    if (!found) throw new Error('the stand-in gave a code that it does not know')
    const { userId, token } = await app.work({ kind: 'guest' }, async (work) => {
      const id = await userFor(work, found.openid, nickname)
      return {
        userId: id,
        token: await startSession(work, id, 'bearer', { userAgent: 'test', address: '127.0.0.1' }, after(work.now, 3650 * DAY)),
      }
    })
    return { userId, token, openid: found.openid, nickname, trpc: clientOf(origin, token) }
  }

  const house: House = {
    app,
    api,
    origin,
    clock,
    wechat,
    databaseUrl,
    logged,
    guest: clientOf(origin, null),
    buyer: (nickname = '茶友小李') => person(nickname),
    farmer: async ({ kind = 'cooperative', role = 'owner', tenantName, papers, ...shop } = {}) => {
      const who = await person('茶农阿布')
      const { shopId } = await app.work({ kind: 'staff', userId: who.userId, role: 'head' }, (work) =>
        admitTenant(work, {
          kind,
          name: tenantName ?? `墨江县第${made}茶叶专业合作社`,
          uscc: TEST_USCC,
          address: '云南省普洱市墨江县景星镇新华村',
          papers: papers ?? everyPaper,
          shop: {
            name: `凤凰窝茶坊${made}`,
            story: '一家三代做茶。',
            village: '景星镇新华村',
            avatarId: null,
            subMerchant: String(1900001000 + made),
            commissionBp: bp(500),
            ...shop,
          },
          members: [{ userId: who.userId, role }],
        }),
      )
      return { ...who, shopId }
    },
    member: async (shopId, role) => {
      const who = await person('店员')
      await app.work({ kind: 'guest' }, (work) => addMember(work, shopId, who.userId, role))
      return who
    },
    staff: async (role = 'reviewer') => {
      const who = await person('园区小王')
      await app.work({ kind: 'guest' }, (work) => appointStaff(work, who.userId, role))
      return who
    },
    deliver: async () => {
      for (let i = 0; i < 200; i++) if ((await deliverDue(app)) === 0) return
      throw new Error('deliveries do not end')
    },
    pass: async (ms) => {
      clock.advance(ms)
      await wechat.settled()
      await house.deliver()
      await runDueJobs(app)
      await house.deliver()
      await wechat.settled()
      await house.deliver()
    },
    sql: async (statement, values = []) => (await probe.query(statement, values))[0] as never,
    stop: async () => {
      await api.stop()
      await app.ports.media.stop()
      await wechat.stop()
      await probe.end()
      await end()
      fs.rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return house
}

/** An empty database with all tables. */
export async function freshDatabase(): Promise<string> {
  const first = new URL(inject('databaseUrl'))
  const name = `chashan_${randomBytes(6).toString('hex')}`
  const admin = await mysql.createConnection({ uri: first.href, multipleStatements: true })
  await admin.query(
    `create database ${name} character set utf8mb4 collate utf8mb4_unicode_ci; use ${name}; ${fs.readFileSync(inject('schemaFile'), 'utf8')}`,
  )
  await admin.end()
  first.pathname = `/${name}`
  return first.href
}

/** A tRPC client over HTTP, one call a request. */
export const clientOf = (origin: string, token: string | null): Client =>
  createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${origin}/trpc`, headers: () => (token ? { authorization: `Bearer ${token}` } : {}) })],
  })

/** A call on the stand-in's control plane. */
export const post = async (base: string, at: string, body: unknown): Promise<unknown> => {
  const answer = await fetch(base + at, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${at}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** The refusal that a call ends with: its code, words and fields; fails when it does not refuse. */
export async function refusalFrom(
  call: Promise<unknown>,
): Promise<{ code: RefusalCode | null; words: string; fields: Record<string, string>; status: number }> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error
    const data = error.data as { refusal: RefusalCode | null; fields: Record<string, string>; httpStatus: number } | null
    if (!data) throw error
    return { code: data.refusal, words: error.message, fields: data.fields, status: data.httpStatus }
  }
  throw new Error('the call was not refused')
}

/** Waits until something holds, looking every few milliseconds; fails after `ms`. */
export async function until<T>(holds: () => Promise<T> | T, ms = 10_000): Promise<NonNullable<T>> {
  const end = performance.now() + ms
  for (;;) {
    const value = await holds()
    if (value) return value as NonNullable<T>
    if (performance.now() > end) throw new Error(`did not come true within ${ms} ms: ${holds}`)
    await new Promise((done) => setTimeout(done, 15))
  }
}
