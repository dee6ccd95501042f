import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSession } from '../../server/modules/identity/index.ts'
import { seedScale } from '../../server/seed/scale.ts'
import { missing } from '../../shared/catalogue/complete.ts'
import type { ListingDraft } from '../../shared/catalogue/draft.ts'
import type { ListingId, LiveSessionId, ShopId, UserId } from '../../shared/ids.ts'
import { after, businessDay, DAY } from '../../shared/time.ts'
import { type Client, clientOf, type House, startHouse } from '../kit/house.ts'

let house: House
const said: string[] = []

beforeAll(async () => {
  house = await startHouse({ startAt: Date.now() })
  await seedScale(house.app.settings, { shops: 3, skus: 90, orders: 40, chats: 35 }, (line) => said.push(line))
})
afterAll(() => house?.stop())

const count = async (statement: string): Promise<number> => {
  const [row] = await house.sql<{ n: number | string }>(`select count(*) as n from ${statement}`)
  return Number(row?.n)
}

const ownerOf = async (shopId: ShopId): Promise<Client> => {
  const [row] = await house.sql<{ id: UserId }>('select user_id as id from shop_members where shop_id = ?', [shopId])
  const token = await house.app.work({ kind: 'guest' }, (work) =>
    startSession(work, row?.id as UserId, 'bearer', { userAgent: 'test', address: '127.0.0.1' }, after(work.now, DAY)),
  )
  return clientOf(house.origin, token)
}

describe('rows for measuring', () => {
  test('it says how much and how fast', () => {
    expect(said).toHaveLength(5)
    expect(said[1]).toMatch(/^90 skus, \d+\.\d s, \d+\/s$/)
  })

  test('a second run adds to the first', async () => {
    await seedScale(house.app.settings, { shops: 1, skus: 2, orders: 3, chats: 0 }, () => {})
    expect([await count('shops'), await count('skus'), await count('orders')]).toEqual([4, 92, 43])
  })

  test('guests and shops read it through the doors', async () => {
    const home = await house.guest.buyer.live.home.query({})
    expect(home.shelf).toHaveLength(24)
    const [first] = await house.sql<{ id: ShopId }>('select id from shops order by opened_at, id')
    const shopId = first?.id as ShopId
    const page = await house.guest.buyer.storefront.front.query({ shopId })
    const others = await house.guest.buyer.storefront.shelf.query({ shopId, cursor: page.shelf.next })
    expect([page.shelf.rows.length, others.rows.length, others.next]).toEqual([20, 10, null])
    const listing = await house.guest.buyer.catalogue.listing.query({ listingId: page.shelf.rows[0]?.id as ListingId })
    expect(listing.pictures).toHaveLength(2)
    expect((await fetch(house.origin + (listing.pictures[0]?.full ?? ''))).status).toBe(200)
    const owner = await ownerOf(shopId)
    const list = await owner.shop.catalogue.list.query({ shopId, limit: 20 })
    expect([list.rows.length, list.counts.onShelf, list.next !== null]).toEqual([20, 30, true])
    const rest = await owner.shop.catalogue.list.query({ shopId, limit: 20, cursor: list.next })
    expect(rest.rows).toHaveLength(10)
    const orders = await owner.shop.orders.list.query({ shopId, limit: 50 })
    expect(orders.rows.length).toBe(await countOf(shopId))
    const one = orders.rows[0]
    expect((await owner.shop.orders.one.query({ shopId, subOrderId: one?.id as never })).history.length).toBeGreaterThan(1)
    const sums = await owner.shop.settlement.summary.query({ shopId })
    expect(sums.paidFen).toBe(sums.heldFen + sums.dueFen + sums.earnedFen + sums.commissionFen + sums.refundedFen)
    expect(sums.paidFen).toBe(orders.rows.reduce((sum, o) => sum + o.payableFen, 0))
    const [session] = await house.sql<{ id: LiveSessionId }>('select id from live_sessions')
    const sessionPage = await house.guest.buyer.live.session.query({ sessionId: session?.id as LiveSessionId })
    expect([sessionPage.state, sessionPage.bag.length]).toEqual(['ended', 8])
    expect(await count(`chats where state = 'shown'`)).toBe(35)
  })

  const countOf = async (shopId: ShopId): Promise<number> => {
    const rows = await house.sql<{ n: number }>('select count(*) as n from sub_orders where shop_id = ?', [shopId])
    return Number(rows[0]?.n)
  }

  test('it is consistent: wording, stock, money', async () => {
    const drafts = await house.sql<{ draft: string | ListingDraft }>('select draft from revisions')
    const today = businessDay(house.clock.now())
    expect(drafts.flatMap(({ draft }) => missing(typeof draft === 'string' ? JSON.parse(draft) : draft, today))).toEqual([])
    expect(await count('offers')).toBe(92)
    expect(
      await count(
        'lots l where left_count < 0 or left_count <> opening_stock + (select coalesce(sum(delta), 0) from stock_moves m where m.lot_id = l.id)',
      ),
    ).toBe(0)
    expect(await count('stock_moves')).toBe(43)
    expect(await count('(select booking from ledger_entries group by booking having sum(delta_fen) <> 0) x')).toBe(0)
    expect(await count(`payments p join orders o on o.payment_id = p.id where p.amount_fen = o.payable_fen and p.state = 'settled'`)).toBe(
      43,
    )
    expect(await count(`ledger_entries where account = 'channel'`)).toBe(43)
    expect(await count('waybills')).toBe(await count(`sub_orders where state in ('shipped', 'completed')`))
  })
})
