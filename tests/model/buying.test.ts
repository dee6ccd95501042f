/**
 * Buying as a model: whatever buyers, shop, clock and WeChat do in whatever order, our small model of it and the house agree, and every invariant
 * holds. The short form runs with the tests; `npm run model` runs 5 000 commands and 2 000 races (MODEL_COMMANDS, MODEL_RACES).
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeUnpaid } from '../../server/modules/orders/close-order.ts'
import { brokenInvariants } from '../../server/modules/settlement/audit.ts'
import { refundOf } from '../../shared/after-sale/amount.ts'
import type { AfterSaleId, OrderId, OrderLineId, SubOrderId } from '../../shared/ids.ts'
import { type Fen, fen } from '../../shared/money.ts'
import { after, DAY, MINUTE } from '../../shared/time.ts'
import { askFor, openSheet, type Shopper, shopper, tapPay } from '../kit/buying.ts'
import { type House, type Person, post, refusalFrom, startHouse } from '../kit/house.ts'
import { type Farmer, listingOnShelf, type OnShelf } from '../kit/listings.ts'

const COMMANDS = Number(process.env.MODEL_COMMANDS ?? 80)
const RACES = Number(process.env.MODEL_RACES ?? 15)
/** Commands of one walk; after each walk the whole of the books is read. */
const WALK = 40
const LONG = Math.max(120_000, COMMANDS * 400, RACES * 400)

let house: House
let farmer: Farmer
let reviewer: Person
let buyers: Shopper[]
let tea: OnShelf
let pairs: OnShelf
beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  reviewer = await house.staff('reviewer')
  tea = await listingOnShelf(house, farmer, reviewer, { stock: 60 })
  pairs = await listingOnShelf(house, farmer, reviewer, { stock: 90_000, priceFen: fen(9999) })
  buyers = [await shopper(house, '甲'), await shopper(house, '乙')]
  const { offerId } = await farmer.trpc.shop.promotions.make.mutate({
    shopId: farmer.shopId,
    title: '一成券',
    rule: { kind: 'coupon', overFen: fen(20000), off: { is: 'sum', fen: fen(1777) } },
    startsAt: house.clock.now(),
    endsAt: after(house.clock.now(), 170 * DAY),
    quota: 100,
    perPerson: 10,
  })
  for (const b of buyers) for (let n = 0; n < 3; n++) await b.trpc.buyer.promotions.claim.mutate({ offerId })
})
afterAll(() => house.stop())

const sim = (at: string, body: unknown = {}) => post(house.wechat.sim, `/__sim/${at}`, body)
const settle = async () => {
  await house.wechat.settled()
  await house.deliver()
}

type State = 'unpaid' | 'toShip' | 'shipped' | 'completed' | 'closed'
interface Modelled {
  orderId: OrderId
  subOrderId: SubOrderId
  who: number
  prepay: string | null
  state: State
  dueAt: number
  lines: { id: OrderLineId; quantity: number; paidFen: Fen; returnedUnits: number; refundedFen: Fen }[]
  case: { id: AfterSaleId; line: number; units: number; unshipped: boolean } | null
}
interface Model {
  orders: Modelled[]
}
interface Real {
  /** Refusals that the model foresaw, for the record that the walk does meet them. */
  refused: number
}
type Command = fc.AsyncCommand<Model, Real>

const stateOf = async (o: Modelled): Promise<State> =>
  (await buyers[o.who]!.trpc.buyer.orders.one.query({ orderId: o.orderId })).subOrders[0]!.state

/** What the clock does to the model when it has moved. */
const overdue = (model: Model) => {
  for (const o of model.orders) if (o.state === 'unpaid' && o.dueAt <= house.clock.now()) o.state = 'closed'
}

const pick = (model: Model, n: number, fits: (o: Modelled) => boolean): Modelled | undefined => {
  const some = model.orders.filter(fits)
  return some[n % Math.max(1, some.length)]
}

/** A command on one of the orders that fit. */
const on = (name: string, fits: (o: Modelled) => boolean, act: (o: Modelled, n: number, real: Real, model: Model) => Promise<void>) =>
  fc.nat({ max: 9 }).map(
    (n): Command => ({
      check: (m) => pick(m, n, fits) !== undefined,
      run: async (m, real) => {
        const o = pick(m, n, fits)
        if (o) await act(o, n, real, m)
      },
      toString: () => `${name}(${n})`,
    }),
  )

const place = fc.record({ who: fc.nat({ max: 1 }), a: fc.integer({ min: 0, max: 3 }), b: fc.integer({ min: 0, max: 3 }) }).map(
  ({ who, a, b }): Command => ({
    check: () => a + b > 0,
    run: async (model, real) => {
      const buyer = buyers[who]!
      const teas = [...(a > 0 ? [{ ...tea, quantity: a }] : []), ...(b > 0 ? [{ ...pairs, quantity: b, priceFen: fen(9999) }] : [])]
      const asked = askFor(buyer, teas)
      const answers = await Promise.all([asked, asked].map((ask) => buyer.trpc.buyer.orders.place.mutate(ask).catch((e: Error) => e)))
      const [placed, again] = answers
      if (placed instanceof Error || again instanceof Error) {
        expect([placed instanceof Error, again instanceof Error]).toEqual([true, true])
        real.refused++
        return
      }
      expect(again!.orderId).toBe(placed!.orderId)
      const page = await buyer.trpc.buyer.orders.one.query({ orderId: placed!.orderId })
      const [part] = page.subOrders
      model.orders.push({
        ...{ orderId: placed!.orderId, subOrderId: part!.id, who, prepay: null, state: 'unpaid', dueAt: placed!.dueAt, case: null },
        lines: part!.lines.map((l) => ({ id: l.id, quantity: l.quantity, paidFen: l.paidFen, returnedUnits: 0, refundedFen: fen(0) })),
      })
    },
    toString: () => `place(${who}, ${a}, ${b})`,
  }),
)

const openAndPay = on(
  'pay',
  (o) => o.state === 'unpaid',
  async (o) => {
    o.prepay ??= await openSheet(buyers[o.who]!, o.orderId)
    await tapPay(house, o.prepay)
    await settle()
    o.state = 'toShip'
  },
)
const payTwice = on(
  'tapAgain',
  (o) => o.state === 'toShip' && o.prepay !== null,
  async (o) => {
    await tapPay(house, o.prepay!)
    await settle()
  },
)
const resend = on(
  'notifyAgain',
  (o) => o.state !== 'unpaid' && o.prepay !== null,
  async () => {
    const list = (await sim('callbacks/list')) as { id: string }[]
    const last = list.at(-1)
    if (last) await sim('callbacks/resend', { id: last.id }).catch(() => null)
    await settle()
  },
)
const payLate = on(
  'cancelThenPay',
  (o) => o.state === 'unpaid',
  async (o) => {
    const prepay = await openSheet(buyers[o.who]!, o.orderId)
    await buyers[o.who]!.trpc.buyer.orders.cancel.mutate({ orderId: o.orderId })
    await tapPay(house, prepay)
    await settle()
    o.state = 'closed'
  },
)
const cancel = on(
  'cancel',
  (o) => o.state === 'unpaid',
  async (o) => {
    await buyers[o.who]!.trpc.buyer.orders.cancel.mutate({ orderId: o.orderId })
    o.state = 'closed'
  },
)
const cancelPaid = on(
  'cancelPaid',
  (o) => o.state === 'toShip',
  async (o, _, real) => {
    expect((await refusalFrom(buyers[o.who]!.trpc.buyer.orders.cancel.mutate({ orderId: o.orderId }))).code).toBe('alreadyPaid')
    real.refused++
  },
)
const ship = on(
  'ship',
  (o) => o.state === 'toShip',
  async (o, n, real) => {
    const sends = farmer.trpc.shop.shipping.ship.mutate({
      ...{ shopId: farmer.shopId, subOrderId: o.subOrderId, courier: 'SF', trackingNo: `SF10000000${n}0` },
    })
    if (!o.case) {
      await sends
      o.state = 'shipped'
    } else {
      expect((await refusalFrom(sends)).code).toBe('afterSaleOpen')
      real.refused++
    }
  },
)
const receive = on(
  'receive',
  (o) => o.state === 'shipped',
  async (o, _, real) => {
    const got = buyers[o.who]!.trpc.buyer.orders.receive.mutate({ subOrderId: o.subOrderId })
    if (o.case) {
      expect((await refusalFrom(got)).code).toBe('afterSaleOpen')
      real.refused++
    } else {
      await got
      o.state = 'completed'
    }
    await settle()
  },
)
const ask = on(
  'ask',
  (o) => ['toShip', 'shipped', 'completed'].includes(o.state) && o.case === null && o.lines.some((l) => l.returnedUnits < l.quantity),
  async (o, n, real) => {
    const line = o.lines.findIndex((l) => l.returnedUnits < l.quantity)
    const l = o.lines[line]!
    const unshipped = o.state === 'toShip'
    const left = l.quantity - l.returnedUnits
    const units = unshipped ? left : 1 + (n % left)
    const asked = await buyers[o.who]!.trpc.buyer.afterSale.ask.mutate({
      ...{ subOrderId: o.subOrderId, kind: 'refund', reason: unshipped ? 'changedMind' : 'quality', words: '模型里的售后' },
      lines: [{ orderLineId: l.id, units }],
    }).catch(() => null)
    if (asked) o.case = { id: asked.afterSaleId, line, units, unshipped }
    // too long after the receipt
    else real.refused++
  },
)
const refunded = (o: Modelled) => {
  const { line, units } = o.case!
  const l = o.lines[line]!
  l.refundedFen = fen(l.refundedFen + refundOf(l, units))
  l.returnedUnits += units
  if (o.case!.unshipped && o.lines.every((x) => x.returnedUnits === x.quantity)) o.state = 'closed'
  o.case = null
}
const grant = on(
  'grant',
  (o) => o.case !== null,
  async (o) => {
    await farmer.trpc.shop.afterSale.grant.mutate({ shopId: farmer.shopId, afterSaleId: o.case!.id })
    refunded(o)
    await settle()
  },
)
const withdraw = on(
  'withdraw',
  (o) => o.case !== null,
  async (o) => {
    await buyers[o.who]!.trpc.buyer.afterSale.withdraw.mutate({ afterSaleId: o.case!.id })
    o.case = null
  },
)
const share = on(
  'settleAtWeChat',
  (o) => o.state === 'completed',
  async (o) => {
    const [row] = await house.sql<{ t: string }>('select transaction_id as t from payment_parts where sub_order_id = ?', [o.subOrderId])
    await sim('settle', { transaction_id: row!.t }).catch(() => null)
    await house.pass(2 * MINUTE)
  },
)
const clock = fc.integer({ min: 1, max: 12 }).map(
  (minutes): Command => ({
    check: () => true,
    run: async (model) => {
      await house.pass(minutes * MINUTE)
      overdue(model)
    },
    toString: () => `minutes(${minutes})`,
  }),
)

describe('buying, walked at random', () => {
  it(
    `agrees with its model and breaks no invariant over ${COMMANDS} commands`,
    async () => {
      const ran: Record<string, number> = {}
      const real: Real = { refused: 0 }
      const counted = (command: fc.Arbitrary<Command>) =>
        command.map(
          (c): Command => ({
            check: (m) => c.check(m),
            run: async (m, r) => {
              const name = c.toString().replace(/\(.*/, '')
              ran[name] = (ran[name] ?? 0) + 1
              await c.run(m, r)
            },
            toString: () => c.toString(),
          }),
        )
      const all = [
        place,
        place,
        place,
        openAndPay,
        openAndPay,
        payTwice,
        resend,
        payLate,
        cancel,
        cancelPaid,
        ship,
        ship,
        receive,
        ask,
        ask,
        grant,
        withdraw,
        share,
        clock,
      ]
      const total = () => Object.values(ran).reduce((a, b) => a + b, 0)
      const walk = (seed: number) =>
        fc.assert(
          fc.asyncProperty(fc.commands(all.map(counted), { maxCommands: WALK, size: 'max' }), async (commands) => {
            const model: Model = { orders: [] }
            await fc.asyncModelRun(() => ({ model, real }), commands)
            await house.pass(MINUTE)
            overdue(model)
            for (const o of model.orders) {
              expect([o.orderId, await stateOf(o)]).toEqual([o.orderId, o.state])
              const [sums] = await house.sql<{ back: string; units: string }>(
                'select sum(refunded_fen) as back, sum(returned_units) as units from order_lines where sub_order_id = ?',
                [o.subOrderId],
              )
              expect([Number(sums!.back), Number(sums!.units)]).toEqual([
                o.lines.reduce((s, l) => s + l.refundedFen, 0),
                o.lines.reduce((s, l) => s + l.returnedUnits, 0),
              ])
            }
            expect(await brokenInvariants(house.app)).toEqual([])
            // what is left open makes no room for the next walk's
            for (const o of model.orders) {
              if (o.case) await buyers[o.who]!.trpc.buyer.afterSale.withdraw.mutate({ afterSaleId: o.case.id })
              if (o.state === 'unpaid') await buyers[o.who]!.trpc.buyer.orders.cancel.mutate({ orderId: o.orderId })
            }
          }),
          {
            numRuns: 4,
            endOnFailure: true,
            seed,
          },
        )
      // a walk that fails names its seed: MODEL_SEED walks it again
      for (let seed = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000); total() < COMMANDS; seed++) await walk(seed)
      const commands = total()
      console.log(
        `figure model.commands ${commands} commands\nfigure model.drift 0 fen\n${JSON.stringify(ran)}, ${real.refused} refusals foreseen`,
      )
    },
    LONG,
  )
})

describe('the clock against WeChat', () => {
  it(
    `${RACES} orders expire in the moment in which they are paid: each has one winner, and no fen is lost`,
    async () => {
      let paid = 0
      for (let done = 0; done < RACES; ) {
        const n = Math.min(5, RACES - done)
        const buyer = buyers[done % 2]!
        const orders: { orderId: OrderId; prepay: string }[] = []
        for (let i = 0; i < n; i++) {
          const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [{ ...pairs, priceFen: fen(9999) }]))
          orders.push({ orderId, prepay: await openSheet(buyer, orderId) })
        }
        house.clock.advance(15 * MINUTE)
        await Promise.all([closeUnpaid(house.app), ...orders.map((o) => tapPay(house, o.prepay)), house.deliver().catch(() => null)])
        await settle()
        await house.pass(2 * MINUTE)
        await house.pass(2 * MINUTE)
        for (const { orderId } of orders) {
          const page = await buyer.trpc.buyer.orders.one.query({ orderId })
          const came = await house.sql<{ s: string }>(`select state as s from payments where order_id = ?`, [orderId])
          const back = page.refunds.reduce((s, r) => s + r.amountFen, 0)
          const won = page.state === 'paid'
          paid += won ? 1 : 0
          // paid and kept, or closed and (if the money came) all of it on its way back
          expect([page.state, back]).toEqual(won ? ['paid', 0] : ['closed', came[0]!.s === 'settled' ? page.payableFen : 0])
        }
        done += n
      }
      expect(await brokenInvariants(house.app)).toEqual([])
      console.log(`figure races.run ${RACES} races\nfigure races.paid ${paid} races\nfigure races.both 0 races`)
    },
    LONG,
  )
})
