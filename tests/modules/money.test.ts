/** Every fen from the payment to the shop’s account and back: the park’s fee is split by WeChat, refunds find their way, and the bills agree. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refundPart } from '../../server/modules/payments/index.ts'
import { summary } from '../../server/modules/settlement/index.ts'
import type { OrderId, SubOrderId } from '../../shared/ids.ts'
import { fen } from '../../shared/money.ts'
import { businessDay, DAY, HOUR, MINUTE, SECOND } from '../../shared/time.ts'
import { askFor, openSheet, pay, type Shopper, shopper, tapPay } from '../kit/buying.ts'
import { type House, type Person, post, refusalFrom, startHouse } from '../kit/house.ts'
import { type Farmer, listingOnShelf, type OnShelf } from '../kit/listings.ts'

let house: House
let farmer: Farmer
let finance: Person
let buyer: Shopper
let tea: OnShelf
beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  finance = await house.staff('finance')
  const reviewer = await house.staff('reviewer')
  tea = await listingOnShelf(house, farmer, reviewer, { stock: 5_000 })
  buyer = await shopper(house)
})
afterAll(() => house.stop())

const sim = (at: string, body: unknown = {}) => post(house.wechat.sim, `/__sim/${at}`, body)
interface Bought {
  orderId: OrderId
  subOrderId: SubOrderId
  transactionId: string
}

const part = async (orderId: OrderId): Promise<Bought> => {
  const [row] = await house.sql<{ sub: SubOrderId; transaction: string }>(
    'select p.sub_order_id as sub, p.transaction_id as transaction from payment_parts p join sub_orders s on s.id = p.sub_order_id where s.order_id = ?',
    [orderId],
  )
  return { orderId, subOrderId: row?.sub as SubOrderId, transactionId: row?.transaction ?? '' }
}

/** Somebody bought two cakes for 336.00; `until` says how far it went. */
const bought = async (until: 'paid' | 'received' | 'settled' | 'shared'): Promise<Bought> => {
  const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [{ ...tea, quantity: 2 }]))
  await pay(house, buyer, orderId)
  const sold = await part(orderId)
  if (until === 'paid') return sold
  const { shopId } = farmer
  await farmer.trpc.shop.shipping.ship.mutate({ shopId, subOrderId: sold.subOrderId, courier: 'SF', trackingNo: 'SF1234567890' })
  await buyer.trpc.buyer.orders.receive.mutate({ subOrderId: sold.subOrderId })
  await house.deliver()
  if (until === 'received') return sold
  await sim('settle', { transaction_id: sold.transactionId })
  if (until === 'settled') return sold
  await house.pass(2 * MINUTE)
  await house.pass(2 * MINUTE)
  return sold
}

const accountsOf = async (subOrderId: SubOrderId): Promise<Record<string, number>> => {
  const rows = await house.sql<{ account: string; sum: string }>(
    'select account, sum(delta_fen) as sum from ledger_entries where sub_order_id = ? group by account having sum(delta_fen) <> 0',
    [subOrderId],
  )
  return Object.fromEntries(rows.map((r) => [r.account, Number(r.sum)]))
}

const backTo = async (subOrderId: SubOrderId, amount: number, cause: string): Promise<boolean> => {
  const asked = await house.app.work({ kind: 'clock', job: 'test' }, (work) =>
    refundPart(work, { subOrderId, amountFen: fen(amount), cause, reason: '少发一饼' }),
  )
  await house.deliver()
  await house.wechat.settled()
  await house.deliver()
  return asked
}

/** WeChat takes one refund of an order a minute, and works on shares and returns meanwhile. */
const minutes = async (n: number) => {
  for (let i = 0; i < n; i++) await house.pass(MINUTE + SECOND)
}
const shares = (subOrderId: SubOrderId) =>
  house.sql<{ state: string; amount_fen: number; attempt: number; why: string }>(
    'select state, amount_fen, attempt, why from profit_shares where sub_order_id = ? order by attempt',
    [subOrderId],
  )
const noErrors = () => house.logged.filter((l) => l.includes('"level":50'))

describe('the park’s fee', () => {
  test('is asked for when the buyer has the goods, waits for WeChat’s word of it, and frees the rest for the shop', async () => {
    const sold = await bought('received')
    expect(await accountsOf(sold.subOrderId)).toEqual({ channel: -33_600, shopDue: 31_920, commissionDue: 1_680 })
    await house.pass(2 * MINUTE)
    expect(await shares(sold.subOrderId)).toMatchObject([{ state: 'due', amount_fen: 1_680, why: 'INVALID_REQUEST' }])
    await sim('settle', { transaction_id: sold.transactionId })
    await house.pass(11 * MINUTE)
    await minutes(2)
    expect(await shares(sold.subOrderId)).toMatchObject([{ state: 'done', amount_fen: 1_680, attempt: 1 }])
    expect(await accountsOf(sold.subOrderId)).toEqual({ channel: -33_600, shop: 31_920, commission: 1_680 })
    expect(await house.app.ports.payment.unshared(sold.transactionId)).toBe(0)
  })

  test('that WeChat finished without paying it is asked for again under a new number', async () => {
    const sold = await bought('settled')
    await sim('rules', { failShare: 'ACCOUNT_ABNORMAL' })
    await minutes(3)
    expect(await shares(sold.subOrderId)).toMatchObject([
      { state: 'failed', why: 'ACCOUNT_ABNORMAL' },
      { state: 'due', attempt: 2 },
    ])
    expect((await accountsOf(sold.subOrderId)).commissionDue).toBe(1_680)
    await sim('rules', { failShare: null })
    await house.pass(21 * MINUTE)
    await minutes(2)
    expect((await shares(sold.subOrderId)).map((s) => s.state)).toEqual(['failed', 'done'])
    expect(await accountsOf(sold.subOrderId)).toEqual({ channel: -33_600, shop: 31_920, commission: 1_680 })
  })

  test('whose answer is lost is asked about before anything else, and taken once', async () => {
    const sold = await bought('settled')
    await sim('faults', { on: 'POST /v3/ecommerce/profitsharing/orders', kind: 'lost', times: 3 })
    await house.pass(2 * MINUTE)
    expect((await shares(sold.subOrderId))[0]?.state).toBe('asked')
    await sim('faults/clear')
    await minutes(2)
    expect(await shares(sold.subOrderId)).toMatchObject([{ state: 'done', attempt: 1 }])
  })

  test('of nothing frees the shop’s money all the same', async () => {
    const sold = await bought('received')
    expect(await backTo(sold.subOrderId, 33_600, 'all')).toBe(true)
    await minutes(1)
    expect(await accountsOf(sold.subOrderId)).toEqual({ channel: -33_600, refunded: 33_600 })
    await sim('settle', { transaction_id: sold.transactionId })
    await house.pass(11 * MINUTE)
    expect(await shares(sold.subOrderId)).toMatchObject([{ amount_fen: 0, state: 'ended' }])
  })
})

describe('a refund', () => {
  test('before the receipt comes out of what is held, and the fee is taken of the rest', async () => {
    const sold = await bought('paid')
    expect(await backTo(sold.subOrderId, 16_800, 'one cake')).toBe(true)
    expect(await backTo(sold.subOrderId, 16_800, 'one cake')).toBe(false)
    await minutes(1)
    expect(await accountsOf(sold.subOrderId)).toEqual({ channel: -33_600, held: 16_800, refunded: 16_800 })
    const { shopId } = farmer
    await farmer.trpc.shop.shipping.ship.mutate({ shopId, subOrderId: sold.subOrderId, courier: 'SF', trackingNo: 'SF1234567890' })
    await buyer.trpc.buyer.orders.receive.mutate({ subOrderId: sold.subOrderId })
    await house.deliver()
    expect(await accountsOf(sold.subOrderId)).toEqual({ channel: -33_600, shopDue: 15_960, commissionDue: 840, refunded: 16_800 })
    expect(await shares(sold.subOrderId)).toMatchObject([{ amount_fen: 840 }])
  })

  test('while the fee is only planned makes it smaller', async () => {
    const sold = await bought('received')
    await backTo(sold.subOrderId, 16_801, 'part')
    await minutes(1)
    expect(await shares(sold.subOrderId)).toMatchObject([{ state: 'due', amount_fen: 839 }])
    await sim('settle', { transaction_id: sold.transactionId })
    await house.pass(11 * MINUTE)
    await minutes(2)
    expect(await accountsOf(sold.subOrderId)).toEqual({ channel: -33_600, shop: 15_960, commission: 839, refunded: 16_801 })
  })

  test('after the split waits until the fee of it is back with the shop, and the park keeps no fen of fee on what was refunded', async () => {
    const sold = await bought('shared')
    await backTo(sold.subOrderId, 10_000, 'first')
    const refunds = () => house.sql<{ state: string }>('select state from refunds where order_id = ? order by asked_at', [sold.orderId])
    expect(await refunds()).toMatchObject([{ state: 'asked' }])
    await minutes(6)
    expect(await refunds()).toMatchObject([{ state: 'done' }])
    expect(await accountsOf(sold.subOrderId)).toEqual({ channel: -33_600, shop: 22_420, commission: 1_180, refunded: 10_000 })
    await backTo(sold.subOrderId, 23_600, 'the rest')
    await minutes(5)
    expect(await refunds()).toMatchObject([{ state: 'done' }, { state: 'done' }])
    expect(await accountsOf(sold.subOrderId)).toEqual({ channel: -33_600, refunded: 33_600 })
    const back = await house.sql<{ amount_fen: number; state: string }>(
      'select r.amount_fen, r.state from share_returns r join profit_shares s on s.id = r.share_id where s.sub_order_id = ? order by r.id',
      [sold.subOrderId],
    )
    expect(back).toEqual([
      { amount_fen: 500, state: 'done' },
      { amount_fen: 1_180, state: 'done' },
    ])
  })

  test('of more than was paid does not exist', async () => {
    const sold = await bought('paid')
    await backTo(sold.subOrderId, 33_600, 'all')
    await expect(backTo(sold.subOrderId, 1, 'more')).rejects.toThrow()
    expect((await accountsOf(sold.subOrderId)).refunded ?? 0).toBeLessThanOrEqual(33_600)
  })

  test('of money that came too late goes through the account of what is nobody’s', async () => {
    const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
    const prepay = await openSheet(buyer, orderId)
    await sim('callbacks', { silent: true })
    await tapPay(house, prepay)
    await buyer.trpc.buyer.orders.cancel.mutate({ orderId })
    await sim('callbacks', {})
    await house.pass(MINUTE)
    const sold = await part(orderId)
    await minutes(2)
    expect(await accountsOf(sold.subOrderId)).toEqual({ channel: -16_800, refunded: 16_800 })
    const [entry] = await house.sql<{ n: number }>(`select count(*) as n from ledger_entries where booking = ? and account = 'suspense'`, [
      `late:${sold.subOrderId}`,
    ])
    expect(Number(entry?.n)).toBe(1)
  })
})

describe('money that does not go on by itself', () => {
  test('a refund that WeChat cannot pay stands on the park’s desk until it is through', async () => {
    const sold = await bought('paid')
    await house.app.work({ kind: 'clock', job: 'test' }, (work) =>
      refundPart(work, { subOrderId: sold.subOrderId, amountFen: fen(1_234), cause: 'stuck', reason: '少发' }),
    )
    await house.deliver()
    const [row] = await house.sql<{ no: string }>('select refund_no as no from refunds where cause = ?', ['stuck'])
    await house.sql(`update refunds set state = 'abnormal' where refund_no = ?`, [row!.no])
    expect((await finance.trpc.park.settlement.stuck.query()).find((s) => s.no === row!.no)).toMatchObject({
      kind: 'refund',
      amountFen: 1_234,
    })
    await house.sql(`update refunds set state = 'processing' where refund_no = ?`, [row!.no])
    await minutes(2)
    expect((await finance.trpc.park.settlement.stuck.query()).find((s) => s.no === row!.no)).toBeUndefined()
    expect((await refusalFrom(buyer.trpc.park.settlement.stuck.query())).code).toBe('notFound')
  })
})

describe('the bills', () => {
  const openDifferences = async () => (await finance.trpc.park.settlement.differences.query({ state: 'open', limit: 50 })).rows

  test('are read the next morning, line by line; fees are booked; nothing differs', async () => {
    await house.pass(DAY)
    const day = businessDay(house.clock.now())
    const [one, two] = [await bought('paid'), await bought('paid')]
    await backTo(one.subOrderId, 5_000, 'bill')
    await house.pass(DAY)
    await house.pass(HOUR)
    const [read] = (await finance.trpc.park.settlement.billDays.query()).filter((d) => d.day === day)
    expect(read).toMatchObject({ lines: 3, paymentsFen: 67_200, refundsFen: 5_000, open: 0 })
    expect(await openDifferences()).toEqual([])
    const accounts = await accountsOf(two.subOrderId)
    expect(accounts).toMatchObject({ channel: -33_600, held: 33_600, channelFee: 202, shop: -202 })
    const [again] = await house.sql<{ n: number }>('select count(*) as n from ledger_entries where booking like ?', ['fee:%'])
    await house.pass(HOUR)
    const [later] = await house.sql<{ n: number }>('select count(*) as n from ledger_entries where booking like ?', ['fee:%'])
    expect(later).toEqual(again)
  })

  test('that miss, add or change a line put it on the desk, where it stays until a person has said why', async () => {
    const day = businessDay(house.clock.now())
    const [missing, other, fine] = [await bought('paid'), await bought('paid'), await bought('paid')]
    await sim('bills/edit', { day, kind: 'missing', transaction_id: missing.transactionId })
    await sim('bills/edit', { day, kind: 'amount', transaction_id: other.transactionId, fen: 33_601 })
    await sim('bills/edit', { day, kind: 'extra', transaction_id: '4200009', out_trade_no: 'Snobody', sub_mchid: '1900009999', fen: 77 })
    await house.pass(DAY)
    await house.pass(HOUR)
    const found = await openDifferences()
    expect(found.map((d) => [d.kind, d.oursFen, d.theirsFen, d.shop?.id ?? null]).sort()).toEqual(
      [
        ['missingAtChannel', 33_600, null, farmer.shopId],
        ['otherAmount', 33_600, 33_601, farmer.shopId],
        ['missingHere', null, 77, null],
      ].sort(),
    )
    expect((await part(fine.orderId)).transactionId).not.toBe('')
    const one = found[0]?.id as never
    expect((await refusalFrom(finance.trpc.park.settlement.explainDifference.mutate({ differenceId: one, words: '嗯' }))).code).toBe(
      'badInput',
    )
    await finance.trpc.park.settlement.explainDifference.mutate({ differenceId: one, words: '微信次日更正，已核实' })
    expect(
      (await refusalFrom(finance.trpc.park.settlement.explainDifference.mutate({ differenceId: one, words: '再说一次原因' }))).code,
    ).toBe('stale')
    expect(await openDifferences()).toHaveLength(2)
    expect((await finance.trpc.park.settlement.differences.query({ state: 'explained' })).rows).toMatchObject([
      { id: one, words: '微信次日更正，已核实' },
    ])
    const reviewer = await house.staff('patrol')
    expect((await refusalFrom(reviewer.trpc.park.settlement.differences.query({}))).code).toBe('notFound')
  })
})

test('in the end every booking balances, and each shop’s money is where it is said to be', async () => {
  expect(await house.sql('select booking from ledger_entries group by booking having sum(delta_fen) <> 0')).toEqual([])
  const s = await summary(house.app, farmer.shopId)
  expect(s.paidFen).toBe(s.heldFen + s.dueFen + s.earnedFen + s.commissionFen + s.channelFeeFen + s.refundedFen + s.suspenseFen)
  expect(await house.sql('select id from payment_parts where refunded_fen > amount_fen')).toEqual([])
  expect(noErrors()).toEqual([])
})
