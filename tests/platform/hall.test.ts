/** The front hall speaks as tRPC's own plugin does, keeps what everyone shares exactly as long as it is true, and lets nothing out that is ours. */
import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import { sql } from 'drizzle-orm'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { App } from '../../server/platform/app.ts'
import { buyerProcedure, type Context, openProcedure, router, sharedProcedure } from '../../server/platform/doors.ts'
import { MAX_BATCH, openHall } from '../../server/platform/hall.ts'
import { newId } from '../../server/platform/work.ts'
import { OutsideTrouble } from '../../server/ports/trouble.ts'
import { refuse } from '../../shared/refusals.ts'
import { type House, startHouse, until } from '../kit/house.ts'

/** How often the shared page was read, and what holds the next reading up. */
const reads = { count: 0, running: 0, gate: Promise.resolve() }

const tiny = router({
  hello: openProcedure.input(z.strictObject({ name: z.string().min(2) })).query(({ input }) => ({ said: `你好，${input.name}` })),
  bare: openProcedure.query(() => 'no input needed'),
  nothing: openProcedure.query(() => undefined),
  nil: openProcedure.query(() => null),
  deep: router({ add: openProcedure.input(z.strictObject({ a: z.number(), b: z.number() })).mutation(({ input }) => input.a + input.b) }),
  touch: openProcedure.mutation(() => undefined),
  soldOut: openProcedure.mutation(() => {
    throw refuse('soldOut', { title: '景迈古树' })
  }),
  notFound: openProcedure.query(() => {
    throw refuse('notFound')
  }),
  mine: buyerProcedure.query(({ ctx }) => ctx.userId),
  silent: openProcedure.query(() => {
    throw new OutsideTrouble('wechat', '-1', 'system busy, key=s3cret')
  }),
  broken: openProcedure.query(() => {
    throw new Error('the inner word')
  }),
  failing: openProcedure.query(({ ctx }) =>
    ctx.app.read.execute(sql`select secret_column from no_such_table where phone = ${'13800001234'}`),
  ),
  page: sharedProcedure((input) => [(input as { id: string }).id, 'listing.onShelf'])
    .input(z.strictObject({ id: z.string() }))
    .query(async ({ input }) => {
      reads.count++
      reads.running++
      const read = reads.count
      await reads.gate
      reads.running--
      return { id: input.id, read }
    }),
  front: sharedProcedure(() => ['bag.changed'])
    .input(z.strictObject({}).optional())
    .query(() => 'front'),
})

let house: House
const open: FastifyInstance[] = []
beforeAll(async () => {
  house = await startHouse()
})
afterEach(async () => {
  reads.gate = Promise.resolve()
  for (const server of open.splice(0)) await server.close()
})
afterAll(() => house.stop())

const listen = async (server: FastifyInstance): Promise<string> => {
  open.push(server)
  return server.listen({ port: 0, host: '127.0.0.1' })
}

const PUBLIC = 'http://127.0.0.1:8800'

/** The hall with the tiny router behind it. */
const hall = async (http: Partial<App['settings']['http']> = {}): Promise<string> => {
  const server = Fastify({ bodyLimit: 10_000 })
  await server.register(cookie)
  const { settings } = house.app
  openHall(server, { ...house.app, settings: { ...settings, http: { ...settings.http, publicOrigin: PUBLIC, ...http } } }, tiny)
  return listen(server)
}

/** tRPC's own plugin with the same router behind it. */
const stock = async (): Promise<string> => {
  const server = Fastify({ bodyLimit: 10_000 })
  const createContext = (): Context => ({
    app: house.app,
    traceId: 'stock',
    address: '127.0.0.1',
    userAgent: '',
    cookies: {},
    who: async () => null,
    setCookie: () => {},
  })
  await server.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions: { router: tiny, createContext, onError: () => {} } })
  return listen(server)
}

interface Answer {
  status: number
  type: string | undefined
  body: unknown
}

const blurred = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, v) => (key === 'traceId' && typeof v === 'string' ? '…' : v)) ?? 'null')

const ask = async (origin: string, path: string, init: RequestInit = {}): Promise<Answer> => {
  const answer = await fetch(`${origin}/trpc/${path}`, init)
  const text = await answer.text()
  return {
    status: answer.status,
    type: answer.headers.get('content-type')?.split(';')[0],
    body: text === '' ? '' : blurred(JSON.parse(text)),
  }
}

const get = (path: string, input?: unknown, batch = false): [string, RequestInit] => {
  const query = [...(batch ? ['batch=1'] : []), ...(input === undefined ? [] : [`input=${encodeURIComponent(JSON.stringify(input))}`])]
  return [query.length > 0 ? `${path}?${query.join('&')}` : path, {}]
}
const json = { 'content-type': 'application/json' }
const post = (path: string, body?: unknown, batch = false): [string, RequestInit] => [
  batch ? `${path}?batch=1` : path,
  { method: 'POST', headers: json, ...(body === undefined ? {} : { body: JSON.stringify(body) }) },
]

describe('as tRPC’s own plugin', () => {
  const calls: Record<string, [string, RequestInit]> = {
    'a query': get('hello', { name: '阿布' }),
    'a query without an input': get('bare'),
    'a query whose input is empty text': ['bare?input=', {}],
    'a query that answers nothing': get('nothing'),
    'a query that answers null': get('nil'),
    'a mutation': post('deep.add', { a: 1, b: 2 }),
    'a mutation without an input': post('touch'),
    'a mutation whose type says its charset': [
      'deep.add',
      { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' }, body: '{"a":1,"b":2}' },
    ],
    'a refusal': post('soldOut'),
    'a refusal of a query': get('notFound'),
    'a call for people who are signed in': get('mine'),
    'a supplier who does not answer': get('silent'),
    'an error of ours': get('broken'),
    'an input that the door refuses': get('hello', { name: '阿' }),
    'an input with a key that nobody asked for': get('hello', { name: '阿布', admin: true }),
    'an input that is missing': get('hello'),
    'an input that is null': get('hello', null),
    'an input that is no JSON': ['hello?input=%7Bname', {}],
    'a body that is no JSON': ['deep.add', { method: 'POST', headers: json, body: '{"a":1,' }],
    'an unknown path': get('nowhere.to.be.found'),
    'a path that is a property of every object': get('constructor'),
    'an empty path in a batch': get(',hello', { 1: { name: '阿布' } }, true),
    'a GET of a mutation': get('deep.add', { a: 1, b: 2 }),
    'a POST of a query': post('hello', { name: '阿布' }),
    'a batch': get('hello,bare,nothing', { 0: { name: '阿布' } }, true),
    'a batch of one': get('hello', { 0: { name: '阿布' } }, true),
    'a batch whose calls end differently': get('hello,notFound,broken', { 0: { name: '阿布' } }, true),
    'a batch whose calls all fail alike': get('notFound,notFound', {}, true),
    'a batch of mutations': post('deep.add,touch', { 0: { a: 1, b: 2 } }, true),
    'a batch without inputs': get('bare,nil', undefined, true),
  }

  test.each(Object.entries(calls))('%s has the same status, type and body', async (_, [path, init]) => {
    const [ours, theirs] = await Promise.all([hall().then((at) => ask(at, path, init)), stock().then((at) => ask(at, path, init))])
    expect(ours).toEqual(theirs)
  })

  test('the inputs of a batch are an object, or the whole batch is refused', async () => {
    const at = await hall()
    for (const input of ['[]', '"ab"', '1', 'null']) {
      const answer = await ask(at, `hello,bare?batch=1&input=${encodeURIComponent(input)}`)
      expect({ input, status: answer.status }).toEqual({ input, status: 400 })
    }
  })
})

describe('what the hall refuses', () => {
  test('a batch above ten, before anything is run', async () => {
    const at = await hall()
    const many = Array.from({ length: MAX_BATCH + 1 }, () => 'page').join(',')
    const before = reads.count
    const answer = await ask(at, `${many}?batch=1&input=${encodeURIComponent('{"0":{"id":"a"}}')}`)
    expect(answer.status).toBe(400)
    // one error, which the client gives to each of its calls
    expect(answer.body).toMatchObject({ error: { data: { code: 'BAD_REQUEST' } } })
    expect(reads.count).toBe(before)
    expect((await ask(at, ...get(Array.from({ length: MAX_BATCH }, () => 'bare').join(','), undefined, true))).status).toBe(200)
  })

  test('a body of another kind than JSON, also where a form could send it', async () => {
    const at = await hall()
    const form = new FormData()
    form.set('a', '1')
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/octet-stream',
      'application/jsonx',
      'text/plain; application/json',
    ]
    expect((await ask(at, 'touch', { method: 'POST', body: form })).status).toBe(415)
    expect((await ask(at, 'touch', { method: 'POST' })).status).toBe(415)
    for (const type of types) {
      const answer = await ask(at, 'touch', { method: 'POST', headers: { 'content-type': type }, body: '{}' })
      expect({ type, status: answer.status, code: (answer.body as { error: { data: { code: string } } }).error.data.code }).toEqual({
        type,
        status: 415,
        code: 'UNSUPPORTED_MEDIA_TYPE',
      })
    }
  })

  test('a body that is too large', async () => {
    const answer = await ask(await hall(), ...post('deep.add', { a: 1, b: 2, padding: 'x'.repeat(20_000) }))
    expect(answer).toMatchObject({ status: 413, body: { error: { data: { code: 'PAYLOAD_TOO_LARGE' } } } })
  })

  test('a body that would reach into every object', async () => {
    const answer = await ask(await hall(), 'deep.add', { method: 'POST', headers: json, body: '{"a":1,"b":2,"__proto__":{"x":1}}' })
    expect(answer.status).toBe(400)
  })

  test('a path that is no text', async () => {
    const at = await hall()
    expect((await fetch(`${at}/trpc/%E0%A4%A`)).status).toBe(400)
    expect((await fetch(`${at}/trpc/%25`)).status).toBe(404)
  })

  test('a mutation that carries the desk’s cookie from a foreign page', async () => {
    const at = await hall()
    const from = (headers: Record<string, string>) =>
      ask(at, 'touch', { method: 'POST', headers: { ...json, ...headers } }).then((answer) => answer.status)
    const carrying = { cookie: 'sid=0123456789abcdef0123' }
    expect(await from({ ...carrying, origin: 'https://elsewhere.example' })).toBe(403)
    expect(await from({ ...carrying, origin: 'null' })).toBe(403)
    expect(await from({ ...carrying, 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await from(carrying)).toBe(403)
    expect(await from({ ...carrying, origin: PUBLIC })).toBe(200)
    expect(await from({ ...carrying, 'sec-fetch-site': 'same-origin' })).toBe(200)
    // a phone carries no cookie and may come from anywhere
    expect(await from({ origin: 'https://servicewechat.com' })).toBe(200)
  })
})

describe('what is kept', () => {
  const page = async (at: string, id: string): Promise<number> =>
    ((await ask(at, ...get('page', { id }))).body as { result: { data: { read: number } } }).result.data.read
  const told = (name: 'bag.changed' | 'listing.onShelf', ids: { sessionId?: string; shopId?: string; listingId?: string }) =>
    house.app.work({ kind: 'guest' }, (work) => work.tell(name, ids as never))

  test('an answer is read once for all who ask within two seconds', async () => {
    const at = await hall()
    const first = await page(at, 'a')
    expect(await page(at, 'a')).toBe(first)
    expect(await page(at, 'b')).not.toBe(first)
    house.clock.advance(1_999)
    expect(await page(at, 'a')).toBe(first)
    house.clock.advance(1)
    expect(await page(at, 'a')).not.toBe(first)
  })

  test('news that name its id drop it, and other news do not', async () => {
    const at = await hall()
    const sessionId = newId('LiveSession')
    const first = await page(at, sessionId)
    await told('bag.changed', { sessionId: newId('LiveSession'), shopId: newId('Shop') })
    expect(await page(at, sessionId)).toBe(first)
    await told('bag.changed', { sessionId, shopId: newId('Shop') })
    const second = await page(at, sessionId)
    expect(second).not.toBe(first)
    // by its name, whatever it is about
    await told('listing.onShelf', { listingId: newId('Listing'), shopId: newId('Shop') })
    expect(await page(at, sessionId)).not.toBe(second)
  })

  test('an id in a list is news, an id in a detail is not', async () => {
    const at = await hall()
    const [skuId, shopId] = [newId('Sku'), newId('Shop')]
    const [ofSku, ofShop] = [await page(at, skuId), await page(at, shopId)]
    await house.app.work({ kind: 'guest' }, (work) =>
      work.tell('order.paid', { skuIds: [newId('Sku'), skuId], subOrders: [{ shopId }], liveSessionId: null } as never),
    )
    expect(await page(at, skuId)).not.toBe(ofSku)
    expect(await page(at, shopId)).toBe(ofShop)
  })

  test('many who ask at once share one reading', async () => {
    const at = await hall()
    let go = () => {}
    reads.gate = new Promise((done) => {
      go = done
    })
    const before = reads.count
    const asked = Array.from({ length: 8 }, () => page(at, 'many'))
    await until(() => reads.running === 1)
    go()
    expect(new Set(await Promise.all(asked)).size).toBe(1)
    expect(reads.count).toBe(before + 1)
  })

  test('what was being read when the news came is not kept, and not handed to who asks afterwards', async () => {
    const at = await hall()
    const sessionId = newId('LiveSession')
    let go = () => {}
    reads.gate = new Promise((done) => {
      go = done
    })
    const early = page(at, sessionId)
    await until(() => reads.running === 1)
    await told('bag.changed', { sessionId, shopId: newId('Shop') })
    const late = page(at, sessionId)
    await until(() => reads.running === 2)
    go()
    const [first, second] = [await early, await late]
    expect(second).toBeGreaterThan(first)
    expect(await page(at, sessionId)).toBe(second)
  })

  test('what was being read when the news came is kept for nobody, also where nobody asked meanwhile', async () => {
    const at = await hall()
    const sessionId = newId('LiveSession')
    let go = () => {}
    reads.gate = new Promise((done) => {
      go = done
    })
    const early = page(at, sessionId)
    await until(() => reads.running === 1)
    await told('bag.changed', { sessionId, shopId: newId('Shop') })
    go()
    const first = await early
    expect(await page(at, sessionId)).not.toBe(first)
  })

  test('news about other things do not keep a reading out', async () => {
    const at = await hall()
    let go = () => {}
    reads.gate = new Promise((done) => {
      go = done
    })
    const early = page(at, 'quiet')
    await until(() => reads.running === 1)
    await told('bag.changed', { sessionId: newId('LiveSession'), shopId: newId('Shop') })
    go()
    expect(await page(at, 'quiet')).toBe(await early)
  })

  test('who has the answer already is told so', async () => {
    const at = await hall()
    const [path] = get('page', { id: 'etag' })
    const fresh = await fetch(`${at}/trpc/${path}`)
    const etag = fresh.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\w-]+"$/)
    expect(fresh.headers.get('cache-control')).toBe('no-cache')
    const again = await fetch(`${at}/trpc/${path}`, { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
    const other = await fetch(`${at}/trpc/${path}`, { headers: { 'if-none-match': '"other"' } })
    expect(other.status).toBe(200)
  })

  test('a refused input is kept for nobody, also not for who asks at the same moment', async () => {
    const at = await hall()
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => ask(at, ...(i % 2 ? get('front') : get('front', null))).then((a) => [i % 2, a.status])),
    )
    expect(answers.filter(([fine, status]) => (fine ? 200 : 400) !== status)).toEqual([])
  })

  test('what belongs to one person is not kept and carries no tag', async () => {
    const at = await hall()
    const [one, other] = [await house.buyer(), await house.buyer()]
    for (const who of [one, other]) {
      const answer = await fetch(`${at}/trpc/mine`, { headers: { authorization: `Bearer ${who.token}` } })
      expect(answer.headers.get('etag')).toBeNull()
      expect(await answer.json()).toEqual({ result: { data: who.userId } })
    }
  })
})

describe('what stays inside', () => {
  test('an error of ours shows a code and a trace, which the log knows, and nothing of the inside', async () => {
    const at = await hall()
    for (const path of ['failing', 'broken', 'silent']) {
      const text = await (await fetch(`${at}/trpc/${path}`)).text()
      for (const word of ['select', 'secret', 'no_such_table', '13800001234', 'inner word', 's3cret', 'stack', 'server/', 'node_modules'])
        expect(text).not.toContain(word)
      const { error } = JSON.parse(text) as { error: { message: string; data: { code: string; traceId: string } } }
      expect(error.message).toMatch(/\p{Script=Han}/u)
      expect(error.data.traceId).toMatch(/^[0-9a-f]{16}$/)
      if (path !== 'silent') {
        expect(error.data.code).toBe('INTERNAL_SERVER_ERROR')
        expect(house.logged.some((line) => line.includes(error.data.traceId))).toBe(true)
      }
    }
    expect(house.logged.join('\n')).not.toContain('13800001234')
  })
})

describe('how much one caller may ask', () => {
  const allowed = async (at: string, headers: () => Record<string, string>, most: number): Promise<number> => {
    for (let n = 0; n < most; n++) if ((await fetch(`${at}/trpc/bare`, { headers: headers() })).status === 429) return n
    return most
  }
  const invented = () => ({ authorization: `Bearer ${randomBytes(24).toString('base64url')}` })

  test('beyond the measure the answer is 429 and when to come again; a minute later there is room', async () => {
    const at = await hall({ callsPerMinute: 20 })
    expect(await allowed(at, () => ({}), 40)).toBe(20)
    const refused = await fetch(`${at}/trpc/bare`)
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect(await refused.json()).toMatchObject({ error: { data: { code: 'TOO_MANY_REQUESTS' } } })
    house.clock.advance(60_000)
    expect(await allowed(at, () => ({}), 40)).toBe(20)
  })

  test('calls are counted, not requests', async () => {
    const at = await hall({ callsPerMinute: 20 })
    const batch = get(Array.from({ length: 10 }, () => 'bare').join(','), undefined, true)
    expect([(await ask(at, ...batch)).status, (await ask(at, ...batch)).status, (await ask(at, ...batch)).status]).toEqual([200, 200, 429])
  })

  test('invented tokens and cookies do not help', async () => {
    const at = await hall({ callsPerMinute: 20 })
    expect(await allowed(at, invented, 60)).toBe(20)
    expect(await allowed(at, () => ({ cookie: `sid=${randomBytes(24).toString('base64url')}` }), 60)).toBe(0)
    expect(await allowed(at, () => ({}), 60)).toBe(0)
  })

  test('somebody who is signed in has a measure of their own, whatever strangers do at the same address', async () => {
    const at = await hall({ callsPerMinute: 20 })
    const bearer = { authorization: `Bearer ${(await house.buyer()).token}` }
    await fetch(`${at}/trpc/mine`, { headers: bearer })
    expect(await allowed(at, invented, 60)).toBe(19)
    expect(await allowed(at, () => bearer, 60)).toBe(20)
  })

  test('a token of one’s own does not make others one’s own', async () => {
    const at = await hall({ callsPerMinute: 20 })
    const { token } = await house.buyer()
    await fetch(`${at}/trpc/mine`, { headers: { authorization: `Bearer ${token}` } })
    // the token stays the same one, however it is dressed
    const dressed = () => ({
      authorization: `Bearer ${token}`,
      cookie: `sid=${randomBytes(24).toString('base64url')}`,
      'x-forwarded-for': '203.0.113.9',
    })
    expect(await allowed(at, dressed, 60)).toBe(20)
  })
})
