import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY, MINUTE } from '../../shared/time.ts'
import { clientOf, type House, post, refusalFrom, startHouse } from '../kit/house.ts'

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

const loginCode = async (nickname: string) => ((await post(house.wechat.sim, '/__sim/login', { nickname })) as { code: string }).code

describe('signing in with WeChat', () => {
  it('gives a token to the owner of a fresh code, and the same person the same account', async () => {
    const first = (await post(house.wechat.sim, '/__sim/login', { nickname: '小李' })) as { code: string; userKey: string }
    const signedIn = await house.guest.buyer.identity.login.mutate({ code: first.code, nickname: '小李' })
    const again = (await post(house.wechat.sim, '/__sim/login', { userKey: first.userKey })) as { code: string }
    const second = await house.guest.buyer.identity.login.mutate({ code: again.code })
    expect(second.user).toEqual(signedIn.user)
    expect(second.token).not.toBe(signedIn.token)
    expect(await clientOf(house.origin, second.token).buyer.identity.me.query()).toMatchObject({ nickname: '小李', shops: [], park: null })
  })

  it('refuses a code that was used before, and one that WeChat never gave', async () => {
    const code = await loginCode('小王')
    await house.guest.buyer.identity.login.mutate({ code })
    expect((await refusalFrom(house.guest.buyer.identity.login.mutate({ code }))).code).toBe('loginCode')
    expect((await refusalFrom(house.guest.buyer.identity.login.mutate({ code: 'made-up' }))).code).toBe('loginCode')
  })

  it('shows no name that leads away or claims, neither at the first visit nor later', async () => {
    for (const name of ['加V看样', '降血脂古树茶', '薇❤信chashan', '全网最低价']) {
      const { token } = await house.guest.buyer.identity.login.mutate({ code: await loginCode(name), nickname: name })
      const mine = clientOf(house.origin, token)
      expect((await mine.buyer.identity.me.query()).nickname).toBe('茶友')
      expect((await refusalFrom(mine.buyer.identity.rename.mutate({ nickname: name }))).code).toBe('nickname')
      expect((await mine.buyer.identity.rename.mutate({ nickname: '爱喝生普' })).nickname).toBe('爱喝生普')
    }
  })

  it('keeps no token in the database, and never shows the session key', async () => {
    const { token } = await house.guest.buyer.identity.login.mutate({ code: await loginCode('小赵') })
    const rows = await house.sql('select * from sessions')
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(house.logged.join()).not.toContain('session_key')
  })

  it('ends a session at once on logout, and by itself when its days are over', async () => {
    const { token } = await house.guest.buyer.identity.login.mutate({ code: await loginCode('小钱') })
    const mine = clientOf(house.origin, token)
    await mine.buyer.identity.logout.mutate({})
    expect((await refusalFrom(mine.buyer.identity.me.query())).code).toBe('signIn')
    const other = clientOf(house.origin, (await house.guest.buyer.identity.login.mutate({ code: await loginCode('小孙') })).token)
    await house.pass(31 * DAY)
    expect((await refusalFrom(other.buyer.identity.me.query())).code).toBe('signIn')
  })
})

describe('logging a console in by scanning', () => {
  const cookiesOf = (answer: Response) =>
    answer.headers
      .getSetCookie()
      .map((c) => c.split(';')[0] ?? '')
      .filter((c) => !c.endsWith('='))
  const call = async (name: string, input: unknown, cookies: string[]) => {
    const answer = await fetch(`${house.origin}/trpc/buyer.identity.${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: cookies.join('; '), origin: house.origin },
      body: JSON.stringify(input),
    })
    return {
      data: ((await answer.json()) as { result?: { data: Record<string, string> } }).result?.data,
      cookies: cookiesOf(answer),
      status: answer.status,
    }
  }

  it('lets the browser in only after the right number was chosen on the phone', async () => {
    const farmer = await house.farmer()
    const started = await call('startPairing', {}, [])
    const { pairingId, scene, number } = started.data as Record<string, string>
    const poll = () => call('pollPairing', { pairingId }, started.cookies)
    expect((await poll()).data).toEqual({ state: 'waiting' })
    const seen = await farmer.trpc.buyer.identity.pairing.mutate({ scene: scene as string })
    expect(seen.choices).toHaveLength(3)
    expect(seen.choices).toContain(number)
    expect((await poll()).data).toEqual({ state: 'scanned' })
    await farmer.trpc.buyer.identity.confirmPairing.mutate({ pairingId: seen.pairingId, number: number as string })
    const entered = await poll()
    expect(entered.data).toEqual({ state: 'confirmed' })
    const me = await fetch(`${house.origin}/trpc/buyer.identity.me`, { headers: { cookie: entered.cookies.join('; ') } })
    expect(((await me.json()) as { result: { data: { id: string } } }).result.data.id).toBe(farmer.userId)
    expect((await poll()).data).toEqual({ state: 'over' })
  })

  it('ends the pairing when a wrong number is chosen', async () => {
    const farmer = await house.farmer()
    const started = await call('startPairing', {}, [])
    const { pairingId, scene, number } = started.data as Record<string, string>
    const seen = await farmer.trpc.buyer.identity.pairing.mutate({ scene: scene as string })
    const wrong = seen.choices.find((c) => c !== number) as string
    expect((await refusalFrom(farmer.trpc.buyer.identity.confirmPairing.mutate({ pairingId: seen.pairingId, number: wrong }))).code).toBe(
      'pairingNumber',
    )
    expect(
      (await refusalFrom(farmer.trpc.buyer.identity.confirmPairing.mutate({ pairingId: seen.pairingId, number: number as string }))).code,
    ).toBe('pairingOver')
    expect((await call('pollPairing', { pairingId }, started.cookies)).data).toEqual({ state: 'refused' })
  })

  it('tells nothing to another browser, and is over after two minutes', async () => {
    const started = await call('startPairing', {}, [])
    const { pairingId, scene } = started.data as Record<string, string>
    expect((await call('pollPairing', { pairingId }, [])).status).toBe(404)
    house.clock.advance(3 * MINUTE)
    const farmer = await house.farmer()
    expect((await refusalFrom(farmer.trpc.buyer.identity.pairing.mutate({ scene: scene as string }))).code).toBe('pairingOver')
    expect((await call('pollPairing', { pairingId }, started.cookies)).data).toEqual({ state: 'over' })
  })

  it('refuses somebody without a shop or a desk', async () => {
    const buyer = await house.buyer()
    const started = await call('startPairing', {}, [])
    const seen = await buyer.trpc.buyer.identity.pairing.mutate({ scene: (started.data as Record<string, string>).scene as string })
    const number = (started.data as Record<string, string>).number as string
    expect((await refusalFrom(buyer.trpc.buyer.identity.confirmPairing.mutate({ pairingId: seen.pairingId, number }))).code).toBe('noDesk')
  })

  it('refuses a change that a foreign page sends with the desk’s cookie', async () => {
    const answer = await fetch(`${house.origin}/trpc/buyer.identity.logout`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'sid=abcdefghijklmnopqrstuvwxyz', origin: 'https://evil.example' },
      body: '{}',
    })
    expect(answer.status).toBe(403)
  })
})

describe('shops and desks', () => {
  it('shows a shop to its people and is not found by anyone else', async () => {
    const [one, two] = [await house.farmer(), await house.farmer()]
    expect(await one.trpc.shop.tenants.shop.query({ shopId: one.shopId })).toMatchObject({ id: one.shopId, role: 'owner', state: 'open' })
    const foreign = await refusalFrom(two.trpc.shop.tenants.shop.query({ shopId: one.shopId }))
    const absent = await refusalFrom(two.trpc.shop.tenants.shop.query({ shopId: 'shp_01AAAAAAAAAAAAAAAAAAAAAAAA' as never }))
    expect(foreign).toEqual(absent)
    expect(foreign.code).toBe('notFound')
  })

  it('has no park desk for people who do not work there', async () => {
    const staff = await house.staff('head')
    expect((await staff.trpc.park.tenants.list.query({})).rows.length).toBeGreaterThan(0)
    expect((await refusalFrom((await house.farmer()).trpc.park.tenants.list.query({}))).status).toBe(404)
    expect((await refusalFrom(house.guest.park.tenants.list.query({}))).code).toBe('signIn')
  })
})
