/** What every log-in promises, and who keeps the promise. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createWechatLogin } from '../../server/adapters/wechat/login.ts'
import type { LoginPort } from '../../server/ports/login.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { keys, listen, openWechat } from './wechat-world.ts'

/** Someone with a phone, at the other end of a log-in. */
interface Phone {
  openid: string
  unionid: string
  number: string
  loginCode(): Promise<string>
  phoneCode(): Promise<string>
  /** The supplier refuses this person. */
  block(blocked: boolean): Promise<void>
  advance(ms: number): Promise<void>
}

/** The promises of the log-in port. */
const loginContract = (name: string, makeAdapter: () => Promise<{ login: LoginPort; phone: Phone; logged: string[] }>): void => {
  describe(name, () => {
    let login: LoginPort
    let phone: Phone
    let logged: string[]
    beforeAll(async () => {
      const made = await makeAdapter()
      login = made.login
      phone = made.phone
      logged = made.logged
    })

    test('a code tells who stands behind it, and nothing besides', async () => {
      expect(await login.whoIs(await phone.loginCode())).toEqual({ openid: phone.openid, unionid: phone.unionid })
    })

    test('a code works once', async () => {
      const code = await phone.loginCode()
      const answers = await Promise.all(Array.from({ length: 5 }, () => login.whoIs(code)))
      expect(answers.filter((answer) => answer !== null)).toHaveLength(1)
      expect(await login.whoIs(code)).toBeNull()
    })

    test('a code that nobody gave, or of another kind, is nobody', async () => {
      expect(await login.whoIs('made-up')).toBeNull()
      expect(await login.whoIs('a&b=c#d 茶')).toBeNull()
      expect(await login.whoIs(await phone.phoneCode())).toBeNull()
      expect(await login.phoneOf('made-up')).toBeNull()
      expect(await login.phoneOf(await phone.loginCode())).toBeNull()
    })

    test('a code is over after five minutes', async () => {
      const codes = [await phone.loginCode(), await phone.phoneCode()] as const
      await phone.advance(5 * MINUTE)
      expect(await login.whoIs(codes[0])).toBeNull()
      expect(await login.phoneOf(codes[1])).toBeNull()
    })

    test('whom the supplier holds for dangerous is not logged in, and it is noted', async () => {
      await phone.block(true)
      const before = logged.length
      expect(await login.whoIs(await phone.loginCode())).toBeNull()
      expect(logged.length).toBeGreaterThan(before)
      await phone.block(false)
      expect(await login.whoIs(await phone.loginCode())).not.toBeNull()
    })

    test('a phone code tells the number, once', async () => {
      const code = await phone.phoneCode()
      expect(await login.phoneOf(code)).toEqual({ phone: phone.number, countryCode: '86' })
      expect(await login.phoneOf(code)).toBeNull()
    })
  })
}

describe('WeChat', () => {
  let wechat: Awaited<ReturnType<typeof openWechat>>
  let phone: Phone
  let login: LoginPort
  const codes: string[] = []
  const make = (changed?: Parameters<typeof wechat.api>[0]) => createWechatLogin({ api: wechat.api(changed), log: wechat.log })
  const minted = async (kind: string): Promise<string> => {
    const { code } = await wechat.sim<{ code: string }>(kind, { userKey: 'buyer' })
    codes.push(code)
    return code
  }

  beforeAll(async () => {
    wechat = await openWechat()
    const user = await wechat.sim<{ openid: string; unionid: string; phone: string }>('users', { key: 'buyer' })
    phone = {
      openid: user.openid,
      unionid: user.unionid,
      number: user.phone,
      loginCode: () => minted('login-code'),
      phoneCode: () => minted('phone-code'),
      block: async (blocked) => void (await wechat.sim('users/block', { userKey: 'buyer', blocked })),
      advance: wechat.advance,
    }
    login = make()
  })
  afterAll(() => wechat.close())
  beforeEach(async () => {
    await wechat.calm()
    await wechat.forget()
  })

  loginContract('as a log-in', async () => ({ login, phone, logged: wechat.logged }))

  const SESSION = 'GET /sns/jscode2session'
  const PHONE = 'POST /wxa/business/getuserphonenumber'
  const tokens = () => wechat.calls('/cgi-bin/stable_token')

  test('busy is asked again, three times at most', async () => {
    await wechat.fault(SESSION, 'errcode', { errcode: -1, times: 2 })
    expect(await login.whoIs(await phone.loginCode())).not.toBeNull()
    await wechat.fault(SESSION, 'errcode', { errcode: -1 })
    await expect(login.whoIs(await phone.loginCode())).rejects.toMatchObject({ name: 'OutsideTrouble', system: 'wechat', code: '-1' })
    expect(await wechat.calls('/sns/jscode2session')).toHaveLength(6)
  })

  test.each([
    ['lost', 'UND_ERR_SOCKET'],
    ['malformed', 'MALFORMED'],
    ['bad-gateway', 'HTTP_502'],
  ])('%s is trouble, never an answer, and is not asked again: the code may be used up', async (kind, code) => {
    if (kind === 'malformed') {
      const odd = await listen((_body, _url, _headers, response) => response.end('{"openid":'))
      await expect(make({ apiBase: odd.origin }).whoIs('code')).rejects.toMatchObject({ code })
      return odd.close()
    }
    await wechat.fault(SESSION, kind)
    await expect(login.whoIs(await phone.loginCode())).rejects.toMatchObject({ name: 'OutsideTrouble', code })
    expect(await wechat.calls('/sns/jscode2session')).toHaveLength(1)
  })

  test('an answer without an openid, or about another mini-program, is trouble', async () => {
    const odd = await listen((_body, url, _headers, response) => {
      const watermark = { timestamp: 1, appid: 'wxffffffffffffffff' }
      const answers: Record<string, unknown> = {
        '/sns/jscode2session': { session_key: 'x', openid: '' },
        '/cgi-bin/stable_token': { access_token: 't', expires_in: 7200 },
        '/wxa/business/getuserphonenumber': {
          errcode: 0,
          phone_info: { phoneNumber: '1', purePhoneNumber: '1', countryCode: '86', watermark },
        },
      }
      response.end(JSON.stringify(answers[url.split('?')[0]!]))
    })
    const other = make({ apiBase: odd.origin })
    await expect(other.whoIs('code')).rejects.toMatchObject({ code: 'MALFORMED' })
    await expect(other.phoneOf('code')).rejects.toMatchObject({ code: 'MALFORMED' })
    await odd.close()
  })

  test('no answer in time, a wrong secret and a refused connection are trouble with their codes', async () => {
    await expect(make({ appsecret: 'x'.repeat(32) }).whoIs(await phone.loginCode())).rejects.toMatchObject({ code: '40125' })
    await wechat.fault(SESSION, 'latency', { ms: 800 })
    await expect(make({ timeoutMs: 100 }).whoIs(await phone.loginCode())).rejects.toMatchObject({ code: 'TIMEOUT' })
    const gone = await listen(() => {})
    await gone.close()
    await expect(make({ apiBase: gone.origin }).whoIs('code')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  describe('the access token', () => {
    const MANY = 12
    const askMany = async (port: LoginPort) => {
      const given = await Promise.all(Array.from({ length: MANY }, () => phone.phoneCode()))
      const found = await Promise.all(given.map((code) => port.phoneOf(code)))
      expect(found.every((one) => one?.phone === phone.number)).toBe(true)
    }

    test('many callers at once fetch one token between them', async () => {
      await askMany(make())
      expect(await tokens()).toHaveLength(1)
    })

    test('it is kept until five minutes before its end', async () => {
      await wechat.sim('tokens')
      const own = make()
      await askMany(own)
      wechat.clock.advance(2 * HOUR - 5 * MINUTE - 1000)
      await askMany(own)
      expect(await tokens()).toHaveLength(1)
      wechat.clock.advance(1000)
      await askMany(own)
      expect(await tokens()).toHaveLength(2)
    })

    test('when it is revoked under many callers, one fetches and all succeed, also the latecomer', async () => {
      const own = make()
      await askMany(own)
      await wechat.forget()
      await wechat.sim('tokens')
      await wechat.fault(PHONE, 'latency', { ms: 150, times: 1 })
      await askMany(own)
      expect(await tokens()).toHaveLength(1)
    })

    test('when it has expired it is fetched anew', async () => {
      const own = make()
      await askMany(own)
      await wechat.sim('tokens', { expire: true })
      await wechat.forget()
      await askMany(own)
      expect(await tokens()).toHaveLength(1)
    })

    test('a token that is refused twice is trouble: no circle, no forced refresh', async () => {
      const own = make()
      await wechat.fault(PHONE, 'errcode', { errcode: 40001 })
      await expect(own.phoneOf(await phone.phoneCode())).rejects.toMatchObject({ code: '40001' })
      expect(await wechat.calls('/wxa/business/getuserphonenumber')).toHaveLength(2)
      expect((await tokens()).every((call) => !call.body.includes('force_refresh'))).toBe(true)
    })

    test('a failed fetch is not kept: the next caller fetches again', async () => {
      const own = make()
      await wechat.fault('POST /cgi-bin/stable_token', 'errcode', { errcode: 45009, times: 1 })
      await expect(own.phoneOf(await phone.phoneCode())).rejects.toMatchObject({ code: '45009' })
      await askMany(own)
    })
  })

  test('the log holds no code, secret, token, session key, openid or phone number', async () => {
    const response = await fetch(`${wechat.standin.api}/cgi-bin/stable_token`, {
      method: 'POST',
      body: JSON.stringify({ grant_type: 'client_credential', appid: keys.appid, secret: keys.appsecret }),
    })
    const { access_token: token } = (await response.json()) as { access_token: string }
    const words = wechat.logged.join('\n')
    expect(words).toContain('whoIs')
    expect(words).toMatch(/"rid":"[0-9a-f-]+"/)
    for (const secret of [...codes, keys.appsecret, token, phone.openid, phone.unionid, phone.number, 'session_key'])
      expect(words).not.toContain(secret)
  })
})
