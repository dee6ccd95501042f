import { setFault } from './faults.ts'
import { type Answer, answer, type Call, type Handler, isObject, type Routes, readObject, router } from './http.ts'
import { balanceOf } from './ledger.ts'
import { mintLoginCode, mintPhoneCode, revokeTokens, userOf } from './login.ts'
import { acceptTemplate, creditsOf } from './messages.ts'
import { releaseHeld, resend } from './notify.ts'
import { orderOfPrepay, payOrder } from './pay.ts'
import { rotateCertificate } from './pay-server.ts'
import { settleRefund } from './refunds.ts'
import { sheetRoutes } from './sheet.ts'
import { receive, settle } from './shipping.ts'
import { type BillEdit, emptyState, type Forgery, forgeries, plainCallbacks, type User, type Verdict } from './state.ts'
import type { World } from './world.ts'

/** A wish the control plane cannot grant; its words go back with 400. */
class SimError extends Error {}

type Wish = Record<string, unknown>
type Act = (wish: Wish) => unknown

const text = (wish: Wish, name: string): string => {
  const value = wish[name]
  if (typeof value !== 'string' || value === '') throw new SimError(`${name} is missing`)
  return value
}
const textOr = (wish: Wish, name: string): string | undefined =>
  typeof wish[name] === 'string' && wish[name] !== '' ? wish[name] : undefined

/** The user a wish names by key or openid. */
const person = (world: World, wish: Wish): User => {
  const openid = textOr(wish, 'openid') ?? world.state.keys[textOr(wish, 'userKey') ?? '']
  const user = openid === undefined ? undefined : world.state.users[openid]
  if (!user) throw new SimError('no such user: give userKey or openid')
  return user
}

/** Copies the wished fields over the standing ones, refusing names and kinds that do not exist. */
const turn = (target: object, wish: Wish, free: readonly string[] = []): void => {
  const known = target as Record<string, unknown>
  for (const [name, value] of Object.entries(wish)) {
    if (!(name in known)) throw new SimError(`no such switch: ${name}`)
    if (!free.includes(name) && typeof value !== typeof known[name]) throw new SimError(`${name} is a ${typeof known[name]}`)
    known[name] = value
  }
}

/** The way a callback is to be spoilt, or null. */
const readForgery = (wish: unknown): Forgery | null => {
  if (wish === undefined || wish === null) return null
  const known = forgeries.find((one) => one === wish)
  if (!known) throw new SimError(`forge is one of ${forgeries.join(', ')}`)
  return known
}

/** What the H5 build calls in place of `wx.*`. */
const phoneActs = (world: World): Record<string, Act> => ({
  // wx.login: an unknown or absent key is a new person.
  login: (wish) => {
    const known = world.state.users[world.state.keys[textOr(wish, 'userKey') ?? ''] ?? '']
    const user = known ?? userOf(world, {})
    return { userKey: user.key, code: mintLoginCode(world, user), nickname: user.nickname }
  },
  'phone-code': (wish) => ({ code: mintPhoneCode(world, person(world, wish)) }),
  // wx.requestSubscribeMessage: one credit for each template accepted.
  subscribe: (wish) => {
    const user = person(world, wish)
    const ids = Array.isArray(wish.template_ids) ? wish.template_ids.map(String) : []
    if (ids.length < 1 || ids.length > 5) throw new SimError('template_ids has 1 to 5 entries')
    const said = wish.answer === 'reject' ? 'reject' : 'accept'
    if (said === 'accept') for (const id of ids) acceptTemplate(world, user.openid, id)
    return { errMsg: 'requestSubscribeMessage:ok', ...Object.fromEntries(ids.map((id) => [id, said])) }
  },
  // wx.openBusinessView weappOrderConfirm: the buyer has the goods.
  'confirm-receipt': (wish) => ({ status: receive(world, text(wish, 'transaction_id'), 1) ? 'success' : 'fail' }),
})

const peopleActs = (world: World): Record<string, Act> => ({
  users: (wish) => {
    const user = userOf(world, {
      key: textOr(wish, 'key'),
      openid: textOr(wish, 'openid'),
      unionid: textOr(wish, 'unionid'),
      nickname: textOr(wish, 'nickname'),
      phone: textOr(wish, 'phone'),
    })
    return { userKey: user.key, openid: user.openid, unionid: user.unionid, nickname: user.nickname, phone: user.phone }
  },
  'users/list': () => Object.values(world.state.users).map(({ sessionKey: _hidden, ...user }) => user),
  'users/block': (wish) => {
    person(world, wish).blocked = wish.blocked !== false
    return {}
  },
  'login-code': (wish) => ({ code: mintLoginCode(world, person(world, wish)) }),
  // `expire` lets tokens run out (42001), otherwise they are revoked (40001).
  tokens: (wish) => {
    if (wish.expire === true) for (const token of world.state.tokens) token.expiresAt = Math.min(token.expiresAt, world.now())
    else revokeTokens(world)
    return {}
  },
  credits: (wish) => ({ credits: creditsOf(world, person(world, wish).openid, text(wish, 'template_id')) }),
  messages: () => world.state.messages,
  templates: (wish) => {
    const keys = isObject(wish.keys) ? wish.keys : {}
    world.state.templates[text(wish, 'template_id')] = Object.fromEntries(
      Object.entries(keys).map(([key, words]) => [key, Array.isArray(words) ? words.map(String) : null]),
    )
    return {}
  },
  // Sets the patterns anew.
  content: (wish) => {
    if (!Array.isArray(wish.verdicts)) throw new SimError('verdicts is a list of {pattern, suggest, label}')
    world.state.verdicts = wish.verdicts.map((item: unknown): Verdict => {
      if (!isObject(item)) throw new SimError('a verdict is {pattern, suggest, label}')
      const suggest = (['pass', 'review', 'risky'] as const).find((word) => word === item.suggest)
      if (!suggest) throw new SimError('suggest is pass, review or risky')
      new RegExp(text(item, 'pattern'))
      return { pattern: text(item, 'pattern'), suggest, label: typeof item.label === 'number' ? item.label : 21000 }
    })
    return {}
  },
})

const moneyActs = (world: World): Record<string, Act> => ({
  pay: (wish) => {
    const obstacle = payOrder(world, text(wish, 'prepay_id'))
    return obstacle ? { result: 'fail', errMsg: `requestPayment:fail ${obstacle}` } : { result: 'ok', errMsg: 'requestPayment:ok' }
  },
  cancel: (wish) => {
    if (!orderOfPrepay(world, text(wish, 'prepay_id'))) throw new SimError('no such prepay_id')
    return { result: 'cancel', errMsg: 'requestPayment:fail cancel' }
  },
  orders: () => Object.values(world.state.orders).map(({ mark: _long, ...order }) => order),
  refunds: () => Object.values(world.state.refunds),
  'refunds/settle': (wish) => {
    const id = textOr(wish, 'out_refund_no') ?? text(wish, 'refund_id')
    const refund = Object.values(world.state.refunds).find((one) => one.outRefundNo === id || one.refundId === id)
    const result = (['SUCCESS', 'ABNORMAL', 'CLOSED'] as const).find((word) => word === (wish.result ?? 'SUCCESS'))
    if (!refund || !result) throw new SimError('needs a known out_refund_no or refund_id, and result SUCCESS, ABNORMAL or CLOSED')
    return { settled: settleRefund(world, refund, result) }
  },
  // Ends the wait for the money without the parcel's walk.
  settle: (wish) => ({ settled: settle(world, text(wish, 'transaction_id')) }),
  shops: (wish) => {
    const id = text(wish, 'sub_mchid')
    const known = world.state.shops[id]
    world.state.shops[id] = {
      name: textOr(wish, 'name') ?? known?.name ?? '',
      suspended: typeof wish.suspended === 'boolean' ? wish.suspended : (known?.suspended ?? false),
    }
    return { ...world.state.shops[id], balance: balanceOf(world, id) }
  },
  'bills/edit': (wish) => {
    const day = text(wish, 'day')
    const transactionId = text(wish, 'transaction_id')
    const fen = Number(wish.fen ?? 0)
    const edits: Record<string, () => BillEdit> = {
      missing: () => ({ day, kind: 'missing', transactionId }),
      amount: () => ({ day, kind: 'amount', transactionId, fen }),
      extra: () => ({ day, kind: 'extra', transactionId, outTradeNo: text(wish, 'out_trade_no'), subMchid: text(wish, 'sub_mchid'), fen }),
    }
    const edit = edits[text(wish, 'kind')]
    if (!edit) throw new SimError('kind is missing, amount or extra')
    world.state.bills.push(edit())
    return {}
  },
  violations: () => world.violations,
})

const weatherActs = (world: World): Record<string, Act> => ({
  clock: async (wish) => {
    const ms = Number(wish.advanceMs ?? 0)
    if (!Number.isSafeInteger(ms) || ms < 0) throw new SimError('advanceMs is a whole number of milliseconds')
    await world.advance(ms)
    return { now: world.now() }
  },
  rules: (wish) => {
    turn(world.state.rules, wish, ['failShare', 'pages'])
    return world.state.rules
  },
  faults: (wish) => setFault(world, wish),
  'faults/clear': () => {
    world.state.faults = []
    return {}
  },
  // Rules for the callbacks of events to come; an empty wish makes them plain again.
  callbacks: (wish) => {
    const rules = plainCallbacks()
    turn(rules, wish, ['forge', 'wrong', 'times'])
    rules.forge = readForgery(wish.forge)
    world.state.callbacks = rules
    return rules
  },
  'callbacks/list': () => Object.values(world.state.deliveries),
  'callbacks/release': async (wish) => ({ sent: await releaseHeld(world, wish.order === 'reverse' ? 'reverse' : 'forward') }),
  'callbacks/resend': async (wish) => {
    const delivery = world.state.deliveries[text(wish, 'id')]
    if (!delivery) throw new SimError('no such callback')
    delivery.rules.forge = readForgery(wish.forge)
    delivery.rules.forgeAttempts = delivery.attempts.length + 1
    await resend(world, delivery)
    return delivery
  },
  'certificates/rotate': () => ({ serial_no: rotateCertificate(world) }),
  calls: (wish) => {
    const kept = world.calls.slice()
    if (wish.clear === true) world.calls.length = 0
    return kept
  },
  settled: async () => {
    await world.settled()
    return {}
  },
  reset: () => {
    Object.assign(world.state, emptyState())
    world.calls.length = 0
    return {}
  },
  health: () => ({ ok: true, now: world.now() }),
})

const corsHeaders = (origin: string): Record<string, string> => ({
  'access-control-allow-origin': origin,
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '600',
  vary: 'origin',
})

/** Origins that may call: those allowed, and the control plane's own page (the sheet). */
const mayCall = (world: World, call: Call, origin: string): boolean => {
  const { allowedOrigins, simPublicOrigin } = world.options
  return (
    allowedOrigins.includes('*') ||
    allowedOrigins.includes(origin) ||
    origin === simPublicOrigin ||
    origin === `http://${call.headers.host}`
  )
}

/** The control plane `/__sim/*`: POST with JSON, answers JSON. Browsers of other origins than the allowed are refused. */
export const simServer = (world: World): Handler => {
  const acts = { ...phoneActs(world), ...peopleActs(world), ...moneyActs(world), ...weatherActs(world) }
  const routes: Routes = sheetRoutes(world)
  for (const [name, act] of Object.entries(acts))
    routes[`POST /__sim/${name}`] = async (call) => {
      const wish = call.body === '' ? {} : readObject(call.body)
      if (!wish) return answer(400, { error: 'the body is no JSON object' })
      try {
        const said = await act(wish)
        world.changed()
        return answer(200, said)
      } catch (error) {
        if (error instanceof SimError || error instanceof RangeError || error instanceof SyntaxError)
          return answer(400, { error: error.message })
        throw error
      }
    }
  const find = router(routes)
  return async (call): Promise<Answer> => {
    const origin = call.headers.origin
    if (origin !== undefined && !mayCall(world, call, origin)) return answer(403, { error: 'origin not allowed' })
    const cors = origin === undefined ? {} : corsHeaders(origin)
    if (call.method === 'OPTIONS') return { status: 204, body: '', headers: cors }
    world.wake()
    const { handler } = find(call)
    const given = handler ? await handler(call) : answer(404, { error: 'no such route' })
    return { ...given, headers: { ...given.headers, ...cors } }
  }
}
