import { ApiError, apiBody, ok, textOf } from './api-errors.ts'
import { makeId } from './crypto.ts'
import { answer, type Call, type Routes } from './http.ts'
import type { OneTimeCode, User } from './state.ts'
import type { World } from './world.ts'

const CODE_LIFE_MS = 5 * 60_000
const TOKEN_LIFE_MS = 7200_000
const OVERLAP_MS = 300_000
const FORCE_SPACING_MS = 30_000
const FORCES_A_DAY = 20
const DAY_MS = 86_400_000

const surnames = '李王张刘陈杨赵黄周吴'
const given = ['云', '小满', '阿茶', '山', '听雨', '明前', '和', '青', '望', '南枝']

/** Makes a user, or finds the one of this key. Absent details are made up in WeChat's shapes. */
export const userOf = (world: World, wish: Partial<Pick<User, 'key' | 'openid' | 'unionid' | 'nickname' | 'phone'>>): User => {
  const { state } = world
  const known = wish.key ? state.users[state.keys[wish.key] ?? ''] : undefined
  if (known) return known
  const count = Object.keys(state.users).length
  const user: User = {
    key: wish.key ?? makeId.opaque(),
    openid: wish.openid ?? makeId.openid(),
    unionid: wish.unionid ?? makeId.unionid(),
    nickname: wish.nickname ?? `${surnames[count % surnames.length]}${given[Math.floor(count / surnames.length + count) % given.length]}`,
    phone: wish.phone ?? makeId.phone(),
    sessionKey: makeId.sessionKey(),
    logins: 0,
    lastVisitAt: world.now(),
    blocked: false,
  }
  state.users[user.openid] = user
  state.keys[user.key] = user.openid
  world.changed()
  return user
}

const mint = (world: World, book: Record<string, OneTimeCode>, openid: string, code: string): string => {
  for (const [old, entry] of Object.entries(book)) if (world.now() - entry.expiresAt > DAY_MS) delete book[old]
  book[code] = { openid, expiresAt: world.now() + CODE_LIFE_MS, used: false }
  world.changed()
  return code
}

/** What `wx.login` gives: the person is in the mini-program now. */
export const mintLoginCode = (world: World, user: User): string => {
  user.lastVisitAt = world.now()
  return mint(world, world.state.loginCodes, user.openid, makeId.code())
}

/** What the getPhoneNumber button gives. */
export const mintPhoneCode = (world: World, user: User): string => mint(world, world.state.phoneCodes, user.openid, makeId.phoneCode())

/** Uses up a code. Unknown and expired codes are 40029; a second use is `again`. */
const spend = (world: World, book: Record<string, OneTimeCode>, code: string, again: number): User => {
  const entry = book[code]
  const user = entry && world.state.users[entry.openid]
  if (!user) throw new ApiError(40029, 'invalid code')
  if (entry.used) throw new ApiError(again, again === 40163 ? 'code been used' : 'invalid code')
  if (world.now() >= entry.expiresAt) throw new ApiError(40029, 'invalid code')
  entry.used = true
  world.changed()
  return user
}

const checkApp = (world: World, appid: string, secret: string): void => {
  if (!appid) throw new ApiError(41002, 'appid missing')
  if (!secret) throw new ApiError(41004, 'appsecret missing')
  if (appid !== world.options.appid) throw new ApiError(40013, 'invalid appid')
  if (secret !== world.options.appsecret) throw new ApiError(40125, 'invalid appsecret')
}

/** code2Session (wechat.md §1.1): the answer is JSON under `text/plain`. The session key changes at some logins, not at all. */
const codeToSession = (world: World, call: Call) => {
  const ask = (name: string): string => call.query.get(name) ?? ''
  checkApp(world, ask('appid'), ask('secret'))
  if (ask('grant_type') !== 'authorization_code') throw new ApiError(40002, 'invalid grant_type')
  if (!ask('js_code')) throw new ApiError(41008, 'missing code')
  const user = spend(world, world.state.loginCodes, ask('js_code'), 40163)
  if (user.blocked) throw new ApiError(40226, 'code blocked')
  user.logins += 1
  user.lastVisitAt = world.now()
  if (user.logins % 3 === 0) user.sessionKey = makeId.sessionKey()
  return answer(200, JSON.stringify({ session_key: user.sessionKey, openid: user.openid, unionid: user.unionid }), 'text/plain')
}

/** The stable token (wechat.md §1.2): one for all callers, renewed five minutes before its end while the old one still holds. */
const stableToken = (world: World, body: Record<string, unknown>) => {
  const { state } = world
  if (body.grant_type !== 'client_credential') throw new ApiError(40002, 'invalid grant_type')
  checkApp(world, textOf(body.appid), textOf(body.secret))
  const now = world.now()
  const newest = state.tokens.at(-1)
  const give = (value: string, expiresAt: number) => answer(200, { access_token: value, expires_in: Math.floor((expiresAt - now) / 1000) })
  const renew = () => {
    const token = { value: makeId.token(), expiresAt: now + TOKEN_LIFE_MS }
    state.tokens = [...state.tokens.slice(-9), token]
    world.changed()
    return give(token.value, token.expiresAt)
  }
  if (body.force_refresh === true) {
    state.forcedAt = state.forcedAt.filter((at) => now - at < DAY_MS)
    if (state.forcedAt.length >= FORCES_A_DAY) throw new ApiError(45009, 'reach max api daily quota limit')
    if (now - (state.forcedAt.at(-1) ?? Number.NEGATIVE_INFINITY) < FORCE_SPACING_MS)
      throw new ApiError(45011, 'api minute-quota reach limit, must slower, retry next minute')
    state.forcedAt.push(now)
    revokeTokens(world)
    return renew()
  }
  if (newest && !state.revoked.includes(newest.value) && newest.expiresAt - now > OVERLAP_MS) return give(newest.value, newest.expiresAt)
  return renew()
}

/** Makes every token so far invalid at once (40001), as a forced refresh elsewhere does. */
export const revokeTokens = (world: World): void => {
  world.state.revoked = [...world.state.revoked, ...world.state.tokens.map((token) => token.value)].slice(-50)
  world.changed()
}

/** Refuses calls without a token that is known, not revoked (40001) and not expired (42001). */
export const checkToken = (world: World, call: Call): void => {
  const value = call.query.get('access_token')
  if (!value) throw new ApiError(41001, 'access_token missing')
  const token = world.state.tokens.find((known) => known.value === value)
  if (!token || world.state.revoked.includes(value)) throw new ApiError(40001, 'invalid credential, access_token is invalid or not latest')
  if (world.now() >= token.expiresAt) throw new ApiError(42001, 'access_token expired')
}

/** The user of an openid; 40003 when it is not one of this app's. */
export const checkOpenid = (world: World, openid: unknown): User => {
  const user = world.state.users[textOf(openid)]
  if (!user) throw new ApiError(40003, 'invalid openid')
  return user
}

/** Routes that take no token. */
export const openRoutes = (world: World): Routes => ({
  'GET /sns/jscode2session': (call) => codeToSession(world, call),
  'POST /cgi-bin/stable_token': (call) => stableToken(world, apiBody(call)),
})

/** The phone number behind a phone code (wechat.md §1.4). */
export const phoneRoutes = (world: World): Routes => ({
  'POST /wxa/business/getuserphonenumber': (call) => {
    const user = spend(world, world.state.phoneCodes, textOf(apiBody(call).code), 40029)
    return ok({
      phone_info: {
        phoneNumber: user.phone,
        purePhoneNumber: user.phone,
        countryCode: '86',
        watermark: { timestamp: Math.floor(world.now() / 1000), appid: world.options.appid },
      },
    })
  },
})
