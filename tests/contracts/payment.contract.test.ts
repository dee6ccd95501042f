/** What every payment channel promises, and who keeps the promise. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin'
import {
  ForgedNotice,
  type PaymentAsk,
  type PaymentNotice,
  type PaymentPort,
  type PaymentSheet,
  type RawNotice,
} from '../../server/ports/payment.ts'
import { OutsideTrouble } from '../../server/ports/trouble.ts'
import { fen } from '../../shared/money.ts'
import { type Instant, instant, after as later, MINUTE } from '../../shared/time.ts'
import { keys, listen, openWechat } from './wechat-world.ts'

/** A channel with a buyer at its other end. */
interface Channel {
  payment: PaymentPort
  now(): Instant
  openid: string
  merchant: string
  appid: string
  notifyUrl: string
  /** The buyer sees the sheet and pays; null when paid, otherwise the words the buyer was shown. */
  payBy(sheet: PaymentSheet): Promise<string | null>
  /** Every notice that came so far and when, once nothing more is on its way. */
  notices(): Promise<{ raw: RawNotice; at: Instant }[]>
  /** The channel ends a refund. */
  endRefund(refundNo: string, state: 'done' | 'abnormal' | 'closed'): Promise<void>
  /** Loses the answers of `open` or `refund` after they took effect: as often as said. */
  lose(call: 'open' | 'refund', times: number): Promise<void>
  /** Moves the channel's time. */
  advance(ms: number): Promise<void>
}

let serial = 0
const unique = (): string => {
  serial += 1
  return `${Date.now()}${String(serial).padStart(4, '0')}`
}

const askFor = (channel: Channel, amounts: readonly number[] = [16_800, 3200], changed: Partial<PaymentAsk> = {}): PaymentAsk => {
  const number = unique()
  return {
    paymentNo: `P${number}`,
    buyerOpenid: channel.openid,
    buyerAddress: '203.0.113.9',
    parts: amounts.map((amount, i) => ({
      partNo: `S${number}_${i}`,
      subMerchant: `190000010${i}`,
      description: `茶山・普洱熟茶饼 357g ${i + 1}号`,
      amount: fen(amount),
    })),
    expiresAt: later(channel.now(), 16 * MINUTE),
    notifyUrl: channel.notifyUrl,
    ...changed,
  }
}

/** The promises of the payment port. */
const paymentContract = (name: string, makeChannel: () => Promise<Channel>): void => {
  describe(name, () => {
    let channel: Channel
    let payment: PaymentPort
    beforeAll(async () => {
      channel = await makeChannel()
      payment = channel.payment
    })
    const pay = async (ask: PaymentAsk): Promise<void> => {
      const { prepayId } = await payment.open(ask)
      expect(await channel.payBy(payment.sheet(prepayId, channel.now()))).toBeNull()
    }
    const paid = async (amounts?: readonly number[]) => {
      const ask = askFor(channel, amounts)
      await pay(ask)
      return { ask, found: await payment.find(ask.paymentNo) }
    }
    const noticesOf = async (number: string): Promise<PaymentNotice[]> =>
      (await channel.notices())
        .map(({ raw, at }) => payment.readNotice(raw, at))
        .filter((notice) => (notice.about === 'payment' ? notice.finding.paymentNo : notice.finding.refundNo) === number)

    test('an opened payment is unpaid, the buyer pays by its sheet, and query and notice say the same', async () => {
      const ask = askFor(channel)
      const { prepayId } = await payment.open(ask)
      const unpaid = await payment.find(ask.paymentNo)
      expect(unpaid).toMatchObject({ paymentNo: ask.paymentNo, state: 'unpaid', paidAt: null })
      expect(unpaid.parts.map((part) => [part.partNo, part.state, part.transactionId])).toEqual(
        ask.parts.map((part) => [part.partNo, 'unpaid', null]),
      )
      expect(await channel.payBy(payment.sheet(prepayId, channel.now()))).toBeNull()

      const found = await payment.find(ask.paymentNo)
      expect(found).toMatchObject({
        paymentNo: ask.paymentNo,
        state: 'paid',
        merchant: channel.merchant,
        appid: channel.appid,
        payerOpenid: channel.openid,
        currency: 'CNY',
      })
      expect(Math.abs(found.paidAt! - channel.now())).toBeLessThan(MINUTE)
      expect(found.parts.map((part) => [part.partNo, part.state, part.amount])).toEqual(
        ask.parts.map((part) => [part.partNo, 'paid', part.amount]),
      )
      expect(new Set(found.parts.map((part) => part.transactionId)).size).toBe(2)
      const [notice] = await noticesOf(ask.paymentNo)
      expect(notice).toMatchObject({ about: 'payment', finding: found })
    })

    test('a payment of one shop goes the same way', async () => {
      const { found } = await paid([1])
      expect(found).toMatchObject({ state: 'paid', parts: [{ amount: 1 }] })
    })

    test('a payment nobody opened is absent', async () => {
      expect(await payment.find(`P${unique()}`)).toMatchObject({ state: 'absent', parts: [], paidAt: null })
    })

    test('the same ask again is the same payment, and any prepay id of it pays it once', async () => {
      const ask = askFor(channel)
      const first = await payment.open(ask)
      const second = await payment.open(structuredClone(ask))
      expect(await channel.payBy(payment.sheet(second.prepayId, channel.now()))).toBeNull()
      expect(await channel.payBy(payment.sheet(first.prepayId, channel.now()))).not.toBeNull()
      expect(await noticesOf(ask.paymentNo)).toHaveLength(1)
      expect((await payment.find(ask.paymentNo)).state).toBe('paid')
    })

    test('another ask under the same number is refused and changes nothing', async () => {
      const ask = askFor(channel)
      await payment.open(ask)
      const [one, two] = ask.parts
      const changes: PaymentAsk[] = [
        { ...ask, parts: [{ ...one!, amount: fen(1) }, two!] },
        { ...ask, notifyUrl: `${ask.notifyUrl}/other` },
        { ...ask, expiresAt: later(ask.expiresAt, MINUTE) },
        { ...ask, parts: [two!, one!] },
      ]
      for (const changed of changes)
        await expect(payment.open(changed)).rejects.toMatchObject({ name: 'OutsideTrouble', code: 'INVALID_REQUEST', unknown: false })
      const found = await payment.find(ask.paymentNo)
      expect(found.parts.map((part) => part.amount)).toEqual([16_800, 3200])
    })

    test('a long description is cut, never refused', async () => {
      const ask = askFor(channel, [100])
      const part = { ...ask.parts[0]!, description: '𠮷茶'.repeat(120) }
      await expect(payment.open({ ...ask, parts: [part] })).resolves.toHaveProperty('prepayId')
    })

    test('what is closed before it is paid can no longer be paid, and closing it again is closing it', async () => {
      const ask = askFor(channel)
      const { prepayId } = await payment.open(ask)
      expect(await payment.close(ask.paymentNo, ask.parts)).toBe('closed')
      expect(await payment.close(ask.paymentNo, ask.parts)).toBe('closed')
      expect(await channel.payBy(payment.sheet(prepayId, channel.now()))).not.toBeNull()
      expect((await payment.find(ask.paymentNo)).state).toBe('closed')
    })

    test('closing what was never opened is closing it', async () => {
      const ask = askFor(channel)
      expect(await payment.close(ask.paymentNo, ask.parts)).toBe('closed')
    })

    test('whoever closes after the buyer has paid is told so', async () => {
      const { ask } = await paid()
      expect(await payment.close(ask.paymentNo, ask.parts)).toBe('paid')
      expect((await payment.find(ask.paymentNo)).state).toBe('paid')
    })

    test('of paying and closing at the same moment exactly one wins', async () => {
      for (let round = 0; round < 8; round += 1) {
        const ask = askFor(channel)
        const sheet = payment.sheet((await payment.open(ask)).prepayId, channel.now())
        const [words, closed] = await Promise.all([channel.payBy(sheet), payment.close(ask.paymentNo, ask.parts)])
        const { state } = await payment.find(ask.paymentNo)
        expect(closed).toBe(words === null ? 'paid' : 'closed')
        expect(state).toBe(closed)
      }
    })

    test('an unpaid payment closes by itself at its time', async () => {
      const ask = askFor(channel)
      await payment.open(ask)
      await channel.advance(17 * MINUTE)
      expect((await payment.find(ask.paymentNo)).state).toBe('closed')
    })

    test('a lost answer to opening leaves the outcome open, and the query tells what became of it', async () => {
      const ask = askFor(channel)
      await channel.lose('open', 3)
      await expect(payment.open(ask)).rejects.toMatchObject({ name: 'OutsideTrouble', unknown: true })
      expect((await payment.find(ask.paymentNo)).state).toBe('unpaid')
      await pay(ask)
      expect((await payment.find(ask.paymentNo)).state).toBe('paid')
    })

    test('an answer that is lost once is asked for again under the same number', async () => {
      const ask = askFor(channel)
      await channel.lose('open', 1)
      await pay(ask)
    })

    describe('refunds', () => {
      const refundAsk = async (amount: number) => {
        const { ask, found } = await paid()
        const part = found.parts[0]!
        return {
          refundNo: `R${unique()}`,
          subMerchant: ask.parts[0]!.subMerchant,
          transactionId: part.transactionId!,
          reason: '买家与茶农商定退款',
          amount: fen(amount),
          total: part.amount,
          notifyUrl: channel.notifyUrl,
        }
      }

      test('a refund is worked on, then done, and query and notice say the same', async () => {
        const ask = await refundAsk(800)
        expect(await payment.refund(ask)).toEqual({ refundNo: ask.refundNo, state: 'processing', amount: 800, doneAt: null })
        expect(await payment.findRefund(ask.refundNo, ask.subMerchant)).toMatchObject({ state: 'processing', doneAt: null })
        await channel.endRefund(ask.refundNo, 'done')
        const found = await payment.findRefund(ask.refundNo, ask.subMerchant)
        expect(found).toMatchObject({ refundNo: ask.refundNo, state: 'done', amount: 800 })
        expect(found.doneAt).not.toBeNull()
        expect((await noticesOf(ask.refundNo)).map((notice) => notice.finding)).toEqual([found])
      })

      test('a part that had a refund says so, and its payment is still paid', async () => {
        const { ask, found } = await paid()
        const part = found.parts[0]!
        await payment.refund({
          refundNo: `R${unique()}`,
          subMerchant: ask.parts[0]!.subMerchant,
          transactionId: part.transactionId!,
          reason: '少发一饼',
          amount: fen(1),
          total: part.amount,
          notifyUrl: channel.notifyUrl,
        })
        const now = await payment.find(ask.paymentNo)
        expect(now.state).toBe('paid')
        expect(now.parts.map((p) => p.state)).toEqual(['refunded', 'paid'])
      })

      test('the same refund number asks for the same refund, also after its answer was lost', async () => {
        const ask = await refundAsk(16_800)
        await channel.lose('refund', 3)
        await expect(payment.refund(ask)).rejects.toMatchObject({ name: 'OutsideTrouble', unknown: true })
        expect(await payment.findRefund(ask.refundNo, ask.subMerchant)).toMatchObject({ state: 'processing', amount: 16_800 })
        expect(await payment.refund(ask)).toMatchObject({ refundNo: ask.refundNo, amount: 16_800 })
        await expect(payment.refund({ ...ask, amount: fen(1) })).rejects.toMatchObject({ code: 'INVALID_REQUEST', unknown: false })
      })

      test('a refund nobody asked for is absent', async () => {
        expect(await payment.findRefund(`R${unique()}`, '1900000100')).toEqual({
          refundNo: expect.any(String),
          state: 'absent',
          amount: null,
          doneAt: null,
        })
      })

      test('more than was paid is refused', async () => {
        const ask = await refundAsk(16_801)
        await expect(payment.refund(ask)).rejects.toBeInstanceOf(OutsideTrouble)
        expect((await payment.findRefund(ask.refundNo, ask.subMerchant)).state).toBe('absent')
      })

      test('a refund that cannot reach the buyer, or is closed, is told as such', async () => {
        for (const state of ['abnormal', 'closed'] as const) {
          const ask = await refundAsk(300)
          await payment.refund(ask)
          await channel.endRefund(ask.refundNo, state)
          expect(await payment.findRefund(ask.refundNo, ask.subMerchant)).toMatchObject({ state, doneAt: null })
          expect((await noticesOf(ask.refundNo)).map((notice) => notice.finding)).toMatchObject([{ state, doneAt: null }])
        }
      })
    })

    test('a notice is nobody else’s word: without its headers, with one byte more, or after its time it is forged', async () => {
      const { ask } = await paid()
      await noticesOf(ask.paymentNo)
      const { raw } = (await channel.notices()).at(-1)!
      expect(payment.readNotice(raw, channel.now()).about).toBe('payment')
      const forged: RawNotice[] = [
        { headers: {}, body: raw.body },
        { headers: raw.headers, body: `${raw.body} ` },
        { headers: raw.headers, body: '' },
        { headers: raw.headers, body: raw.body.replace('TRANSACTION', 'REFUND') },
      ]
      for (const given of forged) expect(() => payment.readNotice(given, channel.now())).toThrow(ForgedNotice)
      expect(() => payment.readNotice(raw, later(channel.now(), 6 * MINUTE))).toThrow(ForgedNotice)
      expect(() => payment.readNotice(raw, instant(channel.now() - 6 * MINUTE))).toThrow(ForgedNotice)
    })
  })
}

describe('WeChat Pay', () => {
  let wechat: Awaited<ReturnType<typeof openWechat>>
  let ear: Awaited<ReturnType<typeof listen>>
  let channel: Channel
  const heard: { raw: RawNotice; at: Instant }[] = []
  /** What the last notice was taken for; `forged` is answered 401, as the house does. */
  const taken: (PaymentNotice | 'forged')[] = []

  beforeAll(async () => {
    wechat = await openWechat()
    await wechat.sim('rules', { refunds: 'hold' })
    const payment = wechat.payment()
    ear = await listen((body, _url, headers, response) => {
      const raw = { headers, body }
      try {
        taken.push(payment.readNotice(raw, wechat.clock.now()))
        heard.push({ raw, at: wechat.clock.now() })
        response.writeHead(204).end()
      } catch (error) {
        if (!(error instanceof ForgedNotice)) throw error
        taken.push('forged')
        response.writeHead(401, { 'content-type': 'application/json' }).end('{"code":"FAIL","message":"签名不符"}')
      }
    })
    const { openid } = await wechat.sim<{ openid: string }>('users', { key: 'buyer' })
    channel = {
      payment,
      now: () => wechat.clock.now(),
      openid,
      merchant: keys.mchid,
      appid: keys.appid,
      notifyUrl: `${ear.origin}/wxpay/notify`,
      payBy: async (sheet) => {
        const page = await (await fetch(`${wechat.standin.sim}/__sim/sheet?${new URLSearchParams({ ...sheet, userKey: 'buyer' })}`)).text()
        const token = /"token":"([^"]+)"/.exec(page)?.[1]
        if (!token) return page.replace(/<[^>]*>/g, ' ')
        const said = await wechat.sim<{ result: string; errMsg: string }>('sheet/pay', { token })
        return said.result === 'ok' ? null : said.errMsg
      },
      notices: async () => {
        await wechat.standin.settled()
        return heard
      },
      endRefund: async (refundNo, state) => {
        const result = { done: 'SUCCESS', abnormal: 'ABNORMAL', closed: 'CLOSED' }[state]
        await wechat.sim('refunds/settle', { out_refund_no: refundNo, result })
      },
      lose: async (call, times) => {
        const on = { open: 'POST /v3/combine-transactions/jsapi', refund: 'POST /v3/ecommerce/refunds/apply' }[call]
        await wechat.fault(on, 'lost', { times })
      },
      advance: wechat.advance,
    }
  })
  afterAll(async () => {
    await wechat.close()
    await ear.close()
  })
  beforeEach(async () => {
    await wechat.calm()
    await wechat.forget()
  })

  paymentContract('as a payment channel', async () => channel)

  const OPEN = 'POST /v3/combine-transactions/jsapi'
  const opens = () => wechat.calls('/v3/combine-transactions/jsapi')
  const ask = () => askFor(channel)

  describe('calls', () => {
    test.each(['rate', 'system-error', 'bad-gateway', 'malformed', 'signtest'])('after %s the same bytes are sent again', async (kind) => {
      await wechat.fault(OPEN, kind, { times: 2 })
      await expect(channel.payment.open(ask())).resolves.toHaveProperty('prepayId')
      const bodies = (await opens()).map((call) => call.body)
      expect(bodies).toHaveLength(3)
      expect(new Set(bodies).size).toBe(1)
    })

    test.each([
      ['rate', 'FREQUENCY_LIMITED', false],
      ['system-error', 'SYSTEM_ERROR', true],
      ['bad-gateway', 'HTTP_502', true],
      ['malformed', 'MALFORMED', true],
      ['signtest', 'WRONG_SIGNATURE', true],
    ])('%s three times is trouble %s with the outcome open: %s', async (kind, code, unknown) => {
      await wechat.fault(OPEN, kind)
      await expect(channel.payment.open(ask())).rejects.toMatchObject({ name: 'OutsideTrouble', system: 'wechat-pay', code, unknown })
      expect(await opens()).toHaveLength(3)
    })

    test.each(['bad-signature', 'unknown-serial'])('an answer under %s is not believed, and the outcome is open', async (kind) => {
      const asked = ask()
      await wechat.fault(OPEN, kind, { times: 1 })
      await expect(channel.payment.open(asked)).rejects.toMatchObject({ code: 'WRONG_SIGNATURE', unknown: true })
      expect(await opens()).toHaveLength(1)
      expect((await channel.payment.find(asked.paymentNo)).state).toBe('unpaid')
    })

    test('a refusal whose signature is wrong is not believed either', async () => {
      await wechat.fault('GET /v3/combine-transactions', 'bad-signature', { times: 1 })
      await expect(channel.payment.find('P0000')).rejects.toMatchObject({ code: 'WRONG_SIGNATURE', unknown: true })
    })

    test('an outcome that was once open stays open, whatever a later try says', async () => {
      await wechat.fault(OPEN, 'lost', { times: 1 })
      const given = ask()
      const slow = wechat.payment({ backoffScale: 0.05 })
      const trouble = slow.open(given).catch((error: unknown) => error)
      while ((await opens()).length === 0) await new Promise((done) => setTimeout(done, 2))
      await wechat.fault(OPEN, 'rate')
      expect(await trouble).toMatchObject({ code: 'FREQUENCY_LIMITED', unknown: true })
    })

    test('an answer that does not come in time leaves the outcome open, and the whole call ends in its time', async () => {
      await wechat.fault(OPEN, 'latency', { ms: 1500 })
      const from = performance.now()
      await expect(wechat.payment({ timeoutMs: 100 }).open(ask())).rejects.toMatchObject({ code: 'TIMEOUT', unknown: true })
      expect(performance.now() - from).toBeLessThan(1000)
    })

    test('where nobody listens nothing has happened', async () => {
      const gone = await listen(() => {})
      await gone.close()
      const trouble = wechat.payment({ payBase: gone.origin }).open(ask())
      await expect(trouble).rejects.toMatchObject({ system: 'wechat-pay', code: 'ECONNREFUSED', unknown: false })
    })

    test('business refusals are not sent again', async () => {
      await wechat.sim('shops', { sub_mchid: '1900000100', suspended: true })
      await expect(channel.payment.open(ask())).rejects.toMatchObject({ code: 'NO_AUTH', unknown: false })
      await wechat.sim('shops', { sub_mchid: '1900000100', suspended: false })
      expect(await opens()).toHaveLength(1)
    })

    test('a wrong merchant key or a wrong clock is a signature error, told at once', async () => {
      const wrongKey = wechat.payment({ merchantKeyPem: keys.platformPrivateKeyPem })
      await expect(wrongKey.open(ask())).rejects.toMatchObject({ code: 'SIGN_ERROR', unknown: false })
      expect(await opens()).toHaveLength(1)
      // An hour off, WeChat's answers are as stale to us as our calls are to it.
      const wrongClock = wechat.payment({ clock: { now: () => later(wechat.clock.now(), 60 * MINUTE) } })
      await expect(wrongClock.open(ask())).rejects.toMatchObject({ code: 'WRONG_SIGNATURE' })
    })

    test('the same ask is the same bytes, with its part numbers as attachments and its money frozen for sharing', async () => {
      const given = ask()
      await channel.payment.open(given)
      await channel.payment.open(structuredClone(given))
      const [first, second] = (await opens()).map((call) => call.body)
      expect(second).toBe(first)
      const body = JSON.parse(first!) as Record<string, unknown> & { sub_orders: Record<string, unknown>[] }
      expect(body).toMatchObject({
        combine_mchid: keys.mchid,
        time_expire: expect.stringMatching(/T.*\+08:00$/),
        notify_url: given.notifyUrl,
      })
      expect(body.sub_orders.map((sub) => [sub.attach, sub.settle_info])).toEqual(
        given.parts.map((part) => [part.partNo, { profit_sharing: true }]),
      )
    })
  })

  describe('notices', () => {
    const payOnce = async (given = ask()) => {
      taken.length = 0
      const { prepayId } = await channel.payment.open(given)
      expect(await channel.payBy(channel.payment.sheet(prepayId, wechat.clock.now()))).toBeNull()
      await wechat.standin.settled()
      return given
    }

    test.each(['signature', 'key', 'serial', 'timestamp', 'truncated', 'ciphertext', 'signtest'])(
      'one with a forged %s is refused, and the right resend is accepted',
      async (forge) => {
        await wechat.sim('callbacks', { forge, times: 1 })
        const given = await payOnce()
        expect(taken).toEqual(['forged'])
        await wechat.advance(15_000)
        expect(taken).toMatchObject(['forged', { about: 'payment', finding: { paymentNo: given.paymentNo, state: 'paid' } }])
      },
    )

    test('every copy and resend of one bears the same id', async () => {
      await wechat.sim('callbacks', { duplicates: 4, times: 1 })
      await payOnce()
      expect(taken).toHaveLength(5)
      expect(new Set(taken.map((notice) => (notice === 'forged' ? notice : notice.id))).size).toBe(1)
    })

    test.each([
      ['amount', 1, (f: PaymentFound) => f.parts[0]?.amount],
      ['mchid', '1999999999', (f: PaymentFound) => f.merchant.includes('1999999999')],
      ['appid', 'wxffffffffffffffff', (f: PaymentFound) => f.appid],
      ['openid', 'oSomebodyElse', (f: PaymentFound) => f.payerOpenid],
      ['currency', 'USD', (f: PaymentFound) => f.currency],
      ['outTradeNo', 'P-of-another', (f: PaymentFound) => f.paymentNo],
    ] as const)('a wrong %s is passed on as it is, for the house to compare', async (field, value, read) => {
      await wechat.sim('callbacks', { wrong: { [field]: value }, times: 1 })
      await payOnce()
      const [notice] = taken
      if (!notice || notice === 'forged' || notice.about !== 'payment') throw new Error('no notice came')
      expect(read(notice.finding)).toBe(field === 'mchid' ? true : value)
      if (field === 'mchid') expect(notice.finding.merchant).not.toBe(keys.mchid)
    })

    test("a refund notice of another merchant is not of ours, whoever's signature it bears", async () => {
      const given = await payOnce()
      const found = await channel.payment.find(given.paymentNo)
      const refundNo = `R${unique()}`
      await channel.payment.refund({
        refundNo,
        subMerchant: given.parts[0]!.subMerchant,
        transactionId: found.parts[0]!.transactionId!,
        reason: '退款',
        amount: fen(1),
        total: found.parts[0]!.amount,
        notifyUrl: given.notifyUrl,
      })
      taken.length = 0
      await wechat.sim('callbacks', { wrong: { mchid: '1999999999' }, times: 1 })
      await channel.endRefund(refundNo, 'done')
      await wechat.standin.settled()
      expect(taken).toEqual(['forged'])
    })

    test('one sealed with another APIv3 key is forged', async () => {
      await payOnce()
      const other = wechat.payment({ apiV3Key: 'f'.repeat(32) })
      expect(() => other.readNotice(heard.at(-1)!.raw, wechat.clock.now())).toThrow(ForgedNotice)
    })

    test('one under a certificate that we were not given is forged', async () => {
      await wechat.sim('certificates/rotate')
      // Answers come under it too, so the order is opened before.
      const given = ask()
      const { prepayId } = await channel.payment.open(given)
      taken.length = 0
      await wechat.sim('rules', { signWith: 'certificate' })
      await wechat.sim('pay', { prepay_id: prepayId })
      await wechat.standin.settled()
      await expect(channel.payment.find(given.paymentNo)).rejects.toMatchObject({ code: 'WRONG_SIGNATURE' })
      await wechat.sim('rules', { signWith: 'public-key' })
      expect(taken).toEqual(['forged'])
    })

    test('an independent library verifies and opens the same notice to the same words', async () => {
      const given = await payOnce()
      const { raw } = heard.at(-1)!
      const { 'wechatpay-timestamp': at, 'wechatpay-nonce': nonce, 'wechatpay-signature': signature } = raw.headers
      expect(Rsa.verify(Formatter.response(at!, nonce!, raw.body), signature!, keys.platformPublicKeyPem)).toBe(true)
      const { resource } = JSON.parse(raw.body) as { resource: { ciphertext: string; nonce: string; associated_data: string } }
      const plain = JSON.parse(Aes.AesGcm.decrypt(resource.ciphertext, keys.apiV3Key, resource.nonce, resource.associated_data)) as {
        combine_out_trade_no: string
        sub_orders: { transaction_id: string }[]
      }
      const notice = channel.payment.readNotice(raw, wechat.clock.now())
      expect(plain.combine_out_trade_no).toBe(given.paymentNo)
      if (notice.about !== 'payment') throw new Error('not of a payment')
      expect(notice.finding.parts.map((part) => part.transactionId)).toEqual(plain.sub_orders.map((sub) => sub.transaction_id))
    })
  })

  test('the log names what failed and holds no secret, number of a person or sealed word', async () => {
    // An answer that quotes the buyer's own number back.
    const stranger = 'oStrangerStrangerStranger123'
    const trouble = await channel.payment.open({ ...ask(), buyerOpenid: stranger }).catch((error: unknown) => error)
    expect(trouble).toMatchObject({ code: 'PARAM_ERROR' })
    const words = [...wechat.logged, String(trouble)].join('\n')
    expect(words).toContain('FREQUENCY_LIMITED')
    for (const secret of [keys.apiV3Key, keys.appsecret, channel.openid, stranger, 'PRIVATE KEY', 'ciphertext', 'signature="'])
      expect(words).not.toContain(secret)
    expect(await wechat.sim('violations')).toEqual([])
  })
})

type PaymentFound = Extract<PaymentNotice, { about: 'payment' }>['finding']
