import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Standin } from '../../server/standins/wechat/index.ts'
import {
  combineOrder,
  type Ear,
  type Heard,
  keys,
  type Merchant,
  openEar,
  openSealed,
  openStandin,
  paidOrder,
  START,
  signedByPlatform,
} from './wechat-kit.ts'

let standin: Standin
let merchant: Merchant
let openid: string
let ear: Ear

beforeAll(async () => {
  ;({ standin, merchant, openid } = await openStandin({ answerDeadlineMs: 80 }))
})
afterAll(() => standin.stop())
beforeEach(async () => {
  ear = await openEar()
})
afterEach(async () => {
  await merchant.sim('callbacks')
  await ear.close()
})

const right = (heard: Heard): boolean => signedByPlatform(heard.headers, heard.body)
const opened = (heard: Heard) => JSON.parse(openSealed(heard.json.resource))

test('a payment is told once, sealed and signed, in the shape of the query', async () => {
  const { order, subs } = await paidOrder(merchant, openid, ear)
  await standin.settled()
  expect(ear.heard).toHaveLength(1)
  const [heard] = ear.heard
  expect(right(heard!)).toBe(true)
  expect(heard!.headers['wechatpay-serial']).toBe(keys.platformPublicKeyId)
  expect(heard!.json).toMatchObject({
    event_type: 'TRANSACTION.SUCCESS',
    resource_type: 'encrypt-resource',
    resource: { algorithm: 'AEAD_AES_256_GCM' },
  })
  expect(heard!.json.resource.nonce).toHaveLength(12)
  const told = opened(heard!)
  expect(told).toMatchObject({
    combine_appid: keys.appid,
    combine_mchid: keys.mchid,
    combine_out_trade_no: order.combine_out_trade_no,
    combine_payer_info: { openid },
  })
  expect(told.sub_orders).toEqual(subs)
  expect(() => openSealed(heard!.json.resource, 'x'.repeat(32))).toThrow()
})

test('it is told again on the schedule, signed anew under the same id, until 204', async () => {
  ear.answer = (count) => (count < 4 ? 500 : 204)
  await paidOrder(merchant, openid, ear)
  await standin.settled()
  expect(ear.heard).toHaveLength(1)
  await standin.advance(14_999)
  expect(ear.heard).toHaveLength(1)
  await standin.advance(1)
  expect(ear.heard).toHaveLength(2)
  await standin.advance(15_000)
  expect(ear.heard).toHaveLength(3)
  await standin.advance(29_999)
  expect(ear.heard).toHaveLength(3)
  await standin.advance(24 * 3600_000)
  expect(ear.heard).toHaveLength(4)
  expect(new Set(ear.heard.map((heard) => heard.json.id)).size).toBe(1)
  expect(new Set(ear.heard.map((heard) => heard.headers['wechatpay-nonce'])).size).toBe(4)
  expect(ear.heard.every(right)).toBe(true)
})

test('after sixteen refusals it is given up', async () => {
  ear.answer = () => 401
  await paidOrder(merchant, openid, ear)
  await standin.advance(25 * 3600_000)
  expect(ear.heard).toHaveLength(16)
  const [last] = (await merchant.sim('callbacks/list')).slice(-1)
  expect(last.state).toBe('given-up')
  expect(Math.round((last.attempts[15].at - last.attempts[0].at) / 60_000)).toBe(24 * 60 + 4)
})

test('an answer after the deadline counts as none', async () => {
  ear.answer = (count) => (count === 1 ? 'never' : 200)
  await paidOrder(merchant, openid, ear)
  await standin.settled()
  expect(ear.heard).toHaveLength(1)
  await standin.advance(15_000)
  expect(ear.heard).toHaveLength(2)
  expect((await merchant.sim('callbacks/list')).at(-1)).toMatchObject({
    state: 'acknowledged',
    attempts: [{ status: null }, { status: 200 }],
  })
})

describe('callbacks misbehave when told to', () => {
  test('duplicates arrive together', async () => {
    await merchant.sim('callbacks', { duplicates: 9 })
    await paidOrder(merchant, openid, ear)
    await standin.settled()
    expect(ear.heard).toHaveLength(10)
    expect(new Set(ear.heard.map((heard) => heard.json.id)).size).toBe(1)
    expect(ear.heard.every(right)).toBe(true)
  })

  test('they are held and released in reverse', async () => {
    await merchant.sim('callbacks', { hold: true })
    const first = await paidOrder(merchant, openid, ear, [100])
    const second = await paidOrder(merchant, openid, ear, [200])
    await standin.advance(60_000)
    expect(ear.heard).toHaveLength(0)
    expect(await merchant.sim('callbacks/release', { order: 'reverse' })).toEqual({ sent: 2 })
    const numbers = ear.heard.map((heard) => opened(heard).combine_out_trade_no)
    expect(numbers).toEqual([second.order.combine_out_trade_no, first.order.combine_out_trade_no])
  })

  test('they come late, or never', async () => {
    await merchant.sim('callbacks', { delayMs: 60_000 })
    await paidOrder(merchant, openid, ear, [100])
    await standin.advance(59_999)
    expect(ear.heard).toHaveLength(0)
    await standin.advance(1)
    expect(ear.heard).toHaveLength(1)
    await merchant.sim('callbacks', { silent: true })
    await paidOrder(merchant, openid, ear, [100])
    await standin.advance(25 * 3600_000)
    expect(ear.heard).toHaveLength(1)
    const silent = (await merchant.sim('callbacks/list')).at(-1)
    expect(silent.state).toBe('silent')
    await merchant.sim('callbacks/resend', { id: silent.id })
    expect(ear.heard).toHaveLength(2)
  })

  for (const forge of ['signature', 'key', 'serial', 'timestamp', 'truncated', 'signtest'] as const)
    test(`a forged one (${forge}) is told from the right one that follows`, async () => {
      const seen: boolean[] = []
      const honest = (heard: Heard): boolean => {
        const fresh = Math.abs(Number(heard.headers['wechatpay-timestamp']) - START / 1000) <= 300
        return fresh && heard.headers['wechatpay-serial'] === keys.platformPublicKeyId && right(heard)
      }
      ear.answer = (count) => {
        seen.push(honest(ear.heard[count - 1]!))
        return seen.at(-1) ? 204 : 401
      }
      await merchant.sim('callbacks', { forge, times: 1 })
      await paidOrder(merchant, openid, ear, [100])
      await standin.advance(15_000)
      expect(seen).toEqual([false, true])
      expect((await merchant.sim('callbacks/list')).at(-1).state).toBe('acknowledged')
      if (forge === 'signtest') expect(ear.heard[0]!.headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\//)
    })

  test('a spoilt ciphertext does not open, and who accepts it is on record', async () => {
    await merchant.sim('callbacks', { forge: 'ciphertext' })
    await paidOrder(merchant, openid, ear, [100])
    await standin.settled()
    expect(right(ear.heard[0]!)).toBe(true)
    expect(() => openSealed(ear.heard[0]!.json.resource)).toThrow()
    expect((await merchant.sim('callbacks/list')).at(-1).state).toBe('wrongly-accepted')
  })

  test('a wrong amount, merchant, app or payer is signed rightly', async () => {
    await merchant.sim('callbacks', { wrong: { amount: 1, mchid: '1999999999', appid: 'wxffffffffffffffff', openid: 'oOther' } })
    await paidOrder(merchant, openid, ear, [16_800])
    await standin.settled()
    expect(right(ear.heard[0]!)).toBe(true)
    expect(opened(ear.heard[0]!)).toMatchObject({
      combine_mchid: '1999999999',
      combine_appid: 'wxffffffffffffffff',
      combine_payer_info: { openid: 'oOther' },
      sub_orders: [{ amount: { total_amount: 1, payer_amount: 1 } }],
    })
  })

  test('they may be signed with a platform certificate', async () => {
    const { serial_no } = await merchant.sim('certificates/rotate')
    await merchant.sim('rules', { signWith: 'certificate' })
    await paidOrder(merchant, openid, ear, [100])
    await standin.settled()
    await merchant.sim('rules', { signWith: 'public-key' })
    expect(ear.heard[0]!.headers['wechatpay-serial']).toBe(serial_no)
    expect(right(ear.heard[0]!)).toBe(false)
  })
})

test('without a clock of its own the scaled schedule runs by itself', async () => {
  ear.answer = (count) => (count < 3 ? 503 : 200)
  const live = await openStandin({ clock: Date.now, retryScale: 0.001 })
  try {
    const order = combineOrder(live.openid, ear.url, [100], { time_expire: new Date(Date.now() + 600_000).toISOString() })
    const placed = await live.merchant.post('/v3/combine-transactions/jsapi', order)
    await live.merchant.sim('pay', placed.json)
    await expect.poll(() => ear.heard.length, { timeout: 3000, interval: 5 }).toBe(3)
    expect(ear.heard.every(right)).toBe(true)
  } finally {
    await live.standin.stop()
  }
})
