/** Every door of the house, tried by who may not come in. The list is the router's own, so that a new procedure is tried as soon as it is there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { idInput, keyInput, refusalOf, textInput } from '../../server/platform/doors.ts'
import { newId } from '../../server/platform/work.ts'
import { appRouter } from '../../server/router.ts'
import type { ShopId } from '../../shared/ids.ts'
import { type ParkRole, parkRoles, type ShopRole, shopRoles } from '../../shared/tenants/roles.ts'
import { type House, startHouse } from '../kit/house.ts'

interface Def {
  type: 'query' | 'mutation'
  meta: { audience: 'open' | 'buyer' | 'shop' | 'park'; roles?: readonly string[] }
}
const procedures = Object.entries(appRouter._def.procedures).map(([name, procedure]) => ({
  name,
  ...(procedure as unknown as { _def: Def })._def,
}))
const of = (audience: Def['meta']['audience']) => procedures.filter((p) => p.meta.audience === audience)

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

/** How a call ends: its HTTP status and its refusal. */
const ends = async ({ name, type }: { name: string; type: string }, token: string | null, input: unknown): Promise<string> => {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const answer =
    type === 'query'
      ? await fetch(`${house.origin}/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers })
      : await fetch(`${house.origin}/trpc/${name}`, { method: 'POST', headers, body: JSON.stringify(input) })
  const { error } = (await answer.json()) as { error?: { data: { refusal: string | null } } }
  return `${answer.status} ${error?.data.refusal}`
}
const all = async (list: readonly { name: string; type: string }[], token: string | null, input: unknown) => {
  const ended: Record<string, string> = {}
  for (const one of list) ended[one.name] = await ends(one, token, input)
  return ended
}
const each = (list: readonly { name: string }[], end: string) => Object.fromEntries(list.map((p) => [p.name, end]))

describe('whoever is not signed in', () => {
  test('is asked to sign in at every door that is not open', async () => {
    const shut = procedures.filter((p) => p.meta.audience !== 'open')
    expect(await all(shut, null, { shopId: newId('Shop') })).toEqual(each(shut, '401 signIn'))
    expect(await all(shut, 'x'.repeat(40), { shopId: newId('Shop') })).toEqual(each(shut, '401 signIn'))
  })
})

describe('a shop’s doors', () => {
  test('do not exist for a buyer, for another shop’s owner and for park staff', async () => {
    const { shopId } = await house.farmer()
    for (const stranger of [await house.buyer(), await house.farmer(), await house.staff('head')])
      expect(await all(of('shop'), stranger.token, { shopId })).toEqual(each(of('shop'), '404 notFound'))
  })

  test('do not exist without a shop', async () => {
    const { token } = await house.farmer()
    for (const input of [{}, { shopId: 'shp_1' }, { shopId: newId('Shop') }, { shopId: null }, null])
      expect(await all(of('shop'), token, input)).toEqual(each(of('shop'), '404 notFound'))
  })

  test('refuse a member whose role they do not name', async () => {
    const { shopId } = await house.farmer()
    for (const role of Object.keys(shopRoles) as ShopRole[]) {
      const { token } = await house.member(shopId as ShopId, role)
      const others = of('shop').filter((p) => (p.meta.roles ?? []).length > 0 && !p.meta.roles?.includes(role))
      expect(await all(others, token, { shopId })).toEqual(each(others, '403 roleNeeded'))
    }
  })
})

describe('the park’s doors', () => {
  test('do not exist for buyers and shops', async () => {
    const owner = await house.farmer()
    for (const stranger of [await house.buyer(), owner])
      expect(await all(of('park'), stranger.token, { shopId: owner.shopId })).toEqual(each(of('park'), '404 notFound'))
  })

  test('do not exist for staff of another desk', async () => {
    for (const role of Object.keys(parkRoles) as ParkRole[]) {
      if (role === 'head') continue
      const { token } = await house.staff(role)
      const others = of('park').filter((p) => (p.meta.roles ?? []).length > 0 && !p.meta.roles?.includes(role))
      expect(await all(others, token, {})).toEqual(each(others, '404 notFound'))
    }
  })
})

describe('what is typed in', () => {
  const refusal = (schema: z.ZodType, value: unknown) => {
    try {
      const read = schema.safeParse(value)
      return read.success ? null : refusalOf(read.error)?.code
    } catch (error) {
      return refusalOf(error)?.code
    }
  }

  test('a text is trimmed, put into one form, and counted in letters as people count', () => {
    const text = textInput(1, 3)
    expect(text.parse('  é\t')).toBe('é')
    expect(text.parse('𠮷🍵茶')).toBe('𠮷🍵茶')
    for (const wrong of ['', '   ', '四个字了', 'a'.repeat(10_000), 7, null]) expect(refusal(text, wrong)).toBe('badInput')
  })

  test('letters that nobody sees are refused, wherever they stand', () => {
    for (const hidden of ['\u0000', '\u0007', '\u200b', '\u200f', '\u202e', '\u2066', '\ufeff'])
      expect([hidden.codePointAt(0), refusal(textInput(1, 20), `茶${hidden}山`)]).toEqual([hidden.codePointAt(0), 'badInput'])
  })

  test('an id of another kind, or of none, is not found', () => {
    const schema = z.strictObject({ id: idInput('Order') })
    const order = newId('Order')
    expect(schema.parse({ id: order })).toEqual({ id: order })
    for (const wrong of [newId('SubOrder'), order.toLowerCase(), `${order} `, '', null, { $gt: '' }, [order]])
      expect(refusal(schema, { id: wrong })).toBe('notFound')
  })

  test('what is wrong stands beside its field', () => {
    const read = z.strictObject({ key: keyInput, name: textInput(1, 2) }).safeParse({ key: 'short', name: '太长了' })
    expect(refusalOf(read.error)?.fields).toEqual({ key: '请求标识有误', name: '最多 2 个字' })
  })
})
