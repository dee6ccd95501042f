import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Standin } from '../../server/standins/wechat/index.ts'
import { keys, type Merchant, openStandin } from './wechat-kit.ts'

let standin: Standin
let merchant: Merchant
let openid: string

beforeAll(async () => {
  ;({ standin, merchant, openid } = await openStandin())
})
afterAll(() => standin.stop())

const session = async (code: string, change: Record<string, string> = {}) => {
  const query = new URLSearchParams({
    appid: keys.appid,
    secret: keys.appsecret,
    js_code: code,
    grant_type: 'authorization_code',
    ...change,
  })
  return merchant.api(`/sns/jscode2session?${query}`)
}
const loginCode = async () => (await merchant.sim('login-code', { userKey: 'buyer' })).code as string
const token = async (more: Record<string, unknown> = {}) =>
  (await merchant.api('/cgi-bin/stable_token', { grant_type: 'client_credential', appid: keys.appid, secret: keys.appsecret, ...more }))
    .json

describe('a login code', () => {
  test('opens a session once; the second use is 40163', async () => {
    const code = await loginCode()
    const first = await session(code)
    expect(first.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(first.json).toEqual({ openid, session_key: expect.stringMatching(/^.{22}==$/), unionid: expect.any(String) })
    expect((await session(code)).json.errcode).toBe(40163)
  })

  test('is 40029 when unknown or five minutes old', async () => {
    const code = await loginCode()
    await standin.advance(5 * 60_000)
    expect((await session(code)).json.errcode).toBe(40029)
    expect((await session('nothing')).json.errcode).toBe(40029)
  })

  test('of a blocked person is 40226', async () => {
    await merchant.sim('users/block', { userKey: 'buyer' })
    expect((await session(await loginCode())).json.errcode).toBe(40226)
    await merchant.sim('users/block', { userKey: 'buyer', blocked: false })
  })

  test('needs the right app, secret and grant', async () => {
    const code = await loginCode()
    expect((await session(code, { appid: 'wx0000000000000000' })).json.errcode).toBe(40013)
    expect((await session(code, { secret: 'x' })).json.errcode).toBe(40125)
    expect((await session(code, { grant_type: 'code' })).json.errcode).toBe(40002)
    expect((await session(code)).json.openid).toBe(openid)
  })

  test('of the H5 page belongs to the person whose key the page keeps, and to a new one without', async () => {
    const first = await merchant.sim('login')
    const again = await merchant.sim('login', { userKey: first.userKey })
    const other = await merchant.sim('login', { userKey: 'gone' })
    expect(again).toMatchObject({ userKey: first.userKey, nickname: first.nickname })
    expect(other.userKey).not.toBe(first.userKey)
    const [a, b, c] = await Promise.all([first, again, other].map(async ({ code }) => (await session(code)).json.openid))
    expect(a).toBe(b)
    expect(c).not.toBe(a)
  })
})

describe('the access token', () => {
  test('is the same for every caller until five minutes before its end, and the old one holds on', async () => {
    const [a, b] = await Promise.all([token(), token()])
    expect(a.access_token).toBe(b.access_token)
    await standin.advance(1_000_000)
    expect((await token()).expires_in).toBe(a.expires_in - 1000)
    await standin.advance((a.expires_in - 1000 - 299) * 1000)
    const next = await token()
    expect(next.access_token).not.toBe(a.access_token)
    expect((await merchant.api(`/wxa/msg_sec_check?access_token=${a.access_token}`, {})).json.errcode).toBe(40003)
    await standin.advance(300_000)
    expect((await merchant.api(`/wxa/msg_sec_check?access_token=${a.access_token}`, {})).json.errcode).toBe(42001)
  })

  test('is looked at first: 41001, 40001, 42001', async () => {
    const call = async (query: string) => (await merchant.api(`/wxa/msg_sec_check${query}`, {})).json
    expect((await call('')).errcode).toBe(41001)
    const wrong = await call('?access_token=made-up')
    expect(wrong.errcode).toBe(40001)
    expect(wrong.errmsg).toMatch(/ rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/)
    const { access_token } = await token()
    await merchant.sim('tokens', { expire: true })
    expect((await call(`?access_token=${access_token}`)).errcode).toBe(42001)
    const { access_token: second } = await token()
    await merchant.sim('tokens')
    expect((await call(`?access_token=${second}`)).errcode).toBe(40001)
    expect((await call(`?access_token=${(await token()).access_token}`)).errcode).toBe(40003)
  })

  test('may be forced every 30 seconds and 20 times a day, and the old one dies at once', async () => {
    const old = await token()
    const forced = await token({ force_refresh: true })
    expect(forced.access_token).not.toBe(old.access_token)
    expect((await merchant.api(`/wxa/msg_sec_check?access_token=${old.access_token}`, {})).json.errcode).toBe(40001)
    expect((await token({ force_refresh: true })).errcode).toBe(45011)
    for (let i = 1; i < 20; i += 1) {
      await standin.advance(30_000)
      expect((await token({ force_refresh: true })).access_token).toBeTruthy()
    }
    await standin.advance(30_000)
    expect((await token({ force_refresh: true })).errcode).toBe(45009)
  })

  test('is asked for by POST with a body', async () => {
    expect((await merchant.api('/cgi-bin/stable_token')).json.errcode).toBe(43002)
    expect((await token({ grant_type: 'x' })).errcode).toBe(40002)
    expect((await token({ secret: 'x' })).errcode).toBe(40125)
  })
})

describe('with a token', () => {
  const post = async (path: string, body: unknown) => merchant.api(`${path}?access_token=${(await token()).access_token}`, body)

  test('a phone code gives the number once', async () => {
    const { code } = await merchant.sim('phone-code', { userKey: 'buyer' })
    const first = await post('/wxa/business/getuserphonenumber', { code })
    expect(first.json.phone_info).toMatchObject({
      purePhoneNumber: expect.stringMatching(/^138\d{8}$/),
      countryCode: '86',
      watermark: { appid: keys.appid },
    })
    expect((await post('/wxa/business/getuserphonenumber', { code })).json.errcode).toBe(40029)
    const login = await loginCode()
    expect((await post('/wxa/business/getuserphonenumber', { code: login })).json.errcode).toBe(40029)
  })

  test('a text passes, waits for review or is risky by its words', async () => {
    const check = async (content: string) => (await post('/wxa/msg_sec_check', { openid, content, version: 2, scene: 2 })).json
    expect((await check('明前春茶, 一饼 357 克')).result).toEqual({ suggest: 'pass', label: 100 })
    expect((await check('加微信便宜卖')).result).toEqual({ suggest: 'risky', label: 10001 })
    expect((await check('此茶包治百病')).result.suggest).toBe('review')
    expect((await check('来赌博, 包治百病')).result).toEqual({ suggest: 'risky', label: 20006 })
    await merchant.sim('content', { verdicts: [{ pattern: '假茶', suggest: 'risky', label: 20008 }] })
    expect((await check('加微信')).result.suggest).toBe('pass')
    expect((await check('卖假茶')).result.label).toBe(20008)
    expect((await check('')).errcode).toBe(47003)
    expect((await check('茶'.repeat(2501))).errcode).toBe(47003)
  })

  test('a text of someone away for two hours is 61010 once that rule is on', async () => {
    const check = async () => (await post('/wxa/msg_sec_check', { openid, content: '茶', version: 2, scene: 2 })).json.errcode
    await loginCode()
    await standin.advance(2 * 3600_000 + 1)
    expect(await check()).toBe(0)
    await merchant.sim('rules', { visitRule: true })
    expect(await check()).toBe(61010)
    await loginCode()
    expect(await check()).toBe(0)
    await merchant.sim('rules', { visitRule: false })
  })

  test('a mini-program code is a PNG, its errors are JSON', async () => {
    const path = `/wxa/getwxacodeunlimit?access_token=${(await token()).access_token}`
    const draw = async (body: unknown) => fetch(standin.api + path, { method: 'POST', body: JSON.stringify(body) })
    const good = await draw({ scene: 'r=8f3kZ&i=2Xq9', page: 'pages/live/index', check_path: false })
    expect(good.headers.get('content-type')).toBe('image/png')
    const bytes = Buffer.from(await good.arrayBuffer())
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes.readUInt32BE(16)).toBeGreaterThanOrEqual(400)
    const other = Buffer.from(await (await draw({ scene: 'r=8f3kZ&i=2Xq8' })).arrayBuffer())
    expect(other.equals(bytes)).toBe(false)
    const code = async (body: unknown) => ((await (await draw(body)).json()) as { errcode: number }).errcode
    expect(await code({ scene: 'x'.repeat(33) })).toBe(40169)
    expect(await code({ scene: '茶' })).toBe(40129)
    expect(await code({ scene: 'a%20b' })).toBe(40129)
    expect(await code({ scene: 'a', page: '/pages/home' })).toBe(41030)
    expect(await code({ scene: 'a', width: 100 })).toBe(40097)
    expect(await code({ scene: 'scancode_time=1' })).toBe(85096)
    await merchant.sim('rules', { pages: ['pages/home/index'] })
    expect(await code({ scene: 'a', page: 'pages/away/index' })).toBe(41030)
    expect((await draw({ scene: 'a', page: 'pages/home/index' })).headers.get('content-type')).toBe('image/png')
  })

  test('a subscribe message costs a credit and keeps to its template', async () => {
    await merchant.sim('templates', { template_id: 'T1', keys: { thing1: null, time2: null, phrase3: null, enum4: ['上新', '开播'] } })
    const good = {
      thing1: { value: '茶山小院' },
      time2: { value: '2026-03-02 20:00' },
      phrase3: { value: '即将开播' },
      enum4: { value: '开播' },
    }
    const send = async (data: unknown = good, more: Record<string, unknown> = {}) =>
      (await post('/cgi-bin/message/subscribe/send', { touser: openid, template_id: 'T1', page: 'pages/live/index?id=1', data, ...more }))
        .json
    expect((await send()).errcode).toBe(43101)
    expect(await merchant.sim('subscribe', { userKey: 'buyer', template_ids: ['T1'] })).toMatchObject({ T1: 'accept' })
    expect((await send({ ...good, thing1: { value: '茶'.repeat(21) } })).errcode).toBe(47003)
    expect((await send({ ...good, time2: { value: '明晚八点' } })).errcode).toBe(47003)
    expect((await send({ ...good, phrase3: { value: '马上就要开播' } })).errcode).toBe(47003)
    expect((await send({ ...good, enum4: { value: '下播' } })).errcode).toBe(47003)
    expect((await send({ thing1: good.thing1 })).errcode).toBe(47003)
    expect((await send(good, { template_id: 'T2' })).errcode).toBe(40037)
    expect((await send(good, { touser: 'oNobody' })).errcode).toBe(40003)
    expect(await send()).toMatchObject({ errcode: 0, msgid: expect.any(Number) })
    expect((await send()).errcode).toBe(43101)
    expect(await merchant.sim('messages')).toEqual([
      expect.objectContaining({ openid, templateId: 'T1', data: expect.objectContaining({ enum4: '开播' }) }),
    ])
    expect(await merchant.sim('subscribe', { userKey: 'buyer', template_ids: ['T1'], answer: 'reject' })).toMatchObject({ T1: 'reject' })
    expect((await send()).errcode).toBe(43101)
  })
})

test('the list of received calls holds no secret, token, session key or phone', async () => {
  await token()
  const { phone } = (await merchant.sim('users/list'))[0]
  const told = JSON.stringify(await merchant.sim('calls'))
  expect(told).toContain('/sns/jscode2session')
  for (const secret of [keys.appsecret, (await token()).access_token, phone]) expect(told).not.toContain(secret)
  expect(told).not.toMatch(/session_key\\":\\"[^*]/)
})
