/** WeChat's own published examples, and a third party's library: our cryptography must agree with both. */
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin'
import {
  answerMessage,
  isSignedBy,
  openField,
  openSealed,
  readApiV3Key,
  readPlatformKeys,
  readPrivateKey,
  requestMessage,
  sealField,
  sheetMessage,
  signatureFault,
  signText,
} from '../../server/adapters/wechat/crypto.ts'
import { createWechatPayment } from '../../server/adapters/wechat/payment.ts'
import { ForgedNotice } from '../../server/ports/payment.ts'
import { type Instant, instant } from '../../shared/time.ts'
import vectors from '../vectors/wechat-vectors.json' with { type: 'json' }

const { pay_v3: pay } = vectors
const rsa = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
const merchantPem = rsa()
const platformPem = rsa()
const officialMerchant = readPlatformKeys({ official: pay.doc_merchant.public_key_pem_of_private_key_pem }).get('official')!

describe('signatures', () => {
  const { request_signature: request, pay_sign_miniprogram: sheet } = pay

  test("the official request signature is over the message that we build, and ours over it is the third party's too", () => {
    const message = requestMessage(request.method, request.url, request.timestamp, request.nonce_str, request.body)
    expect(isSignedBy(message, request.signature, officialMerchant)).toBe(true)
    expect(Formatter.request(request.method, request.url, request.timestamp, request.nonce_str, request.body)).toBe(message)
    expect(Rsa.verify(message, signText(message, readPrivateKey(merchantPem.privateKey)), merchantPem.publicKey)).toBe(true)
  })

  test('the official paySign is over the sheet message that we build', () => {
    const message = sheetMessage(sheet.appId, sheet.timeStamp, sheet.nonceStr, sheet.package)
    expect(isSignedBy(message, sheet.paySign, officialMerchant)).toBe(true)
  })

  test('one changed character, a truncated or a malformed signature does not hold', () => {
    const message = requestMessage(request.method, request.url, request.timestamp, request.nonce_str, request.body)
    expect(isSignedBy(message.replace('100', '101'), request.signature, officialMerchant)).toBe(false)
    expect(isSignedBy(message, request.signature.slice(0, 100), officialMerchant)).toBe(false)
    expect(isSignedBy(message, `${request.signature}\n`, officialMerchant)).toBe(false)
    expect(isSignedBy(message, '', officialMerchant)).toBe(false)
  })
})

describe("WeChat Pay's own word", () => {
  const example = pay.response_verify_public_key
  const keys = readPlatformKeys({ [example.serial]: example.public_key_pem })
  const at = instant(Number(example.timestamp) * 1000)
  const headers: Record<string, string> = {
    'wechatpay-timestamp': example.timestamp,
    'wechatpay-nonce': example.nonce,
    'wechatpay-serial': example.serial,
    'wechatpay-signature': example.signature,
  }
  const judge = (changed: Record<string, string | undefined> = {}, body = example.body, now: Instant = at) => {
    const given = { ...headers, ...changed }
    return signatureFault(keys, (name) => given[name], body, now)
  }

  test('the official signed answer is believed', () => {
    expect(judge()).toBeNull()
    expect(answerMessage(example.timestamp, example.nonce, example.body)).toBe(
      Formatter.response(example.timestamp, example.nonce, example.body),
    )
  })

  test('it is believed for 300 seconds on either side of its time and not a second longer', () => {
    expect(judge({}, example.body, instant(at + 300_000))).toBeNull()
    expect(judge({}, example.body, instant(at - 300_000))).toBeNull()
    expect(judge({}, example.body, instant(at + 301_000))).toBe('stale')
    expect(judge({}, example.body, instant(at - 301_000))).toBe('stale')
    expect(judge({ 'wechatpay-timestamp': 'NaN' })).toBe('stale')
  })

  test('a probe, an unknown key, another body and a missing header are each refused', () => {
    expect(judge({ 'wechatpay-signature': `WECHATPAY/SIGNTEST/${example.signature}` })).toBe('probe')
    expect(judge({ 'wechatpay-serial': 'PUB_KEY_ID_0000000000000000000000000000000000' })).toBe('unknownKey')
    expect(judge({ 'wechatpay-serial': '__proto__' })).toBe('unknownKey')
    expect(judge({}, `${example.body} `)).toBe('wrong')
    expect(judge({ 'wechatpay-nonce': 'another' })).toBe('wrong')
    for (const name of Object.keys(headers)) expect(judge({ [name]: undefined })).toBe('unsigned')
  })
})

describe('sealed words', () => {
  const [text, certificates] = pay.aes_256_gcm
  const sealed = { ciphertext: text!.ciphertext_b64_with_tag!, nonce: text!.nonce!, associated_data: text!.associated_data! }
  const key = readApiV3Key(text!.key)

  test('the official text and the official certificate open', () => {
    expect(openSealed(key, sealed)).toBe(text!.plaintext)
    const { encrypt_certificate: wrapped, serial_no: serial } = certificates!.response!.data[0]!
    const certificate = new X509Certificate(openSealed(readApiV3Key(certificates!.key), wrapped))
    expect(certificate.serialNumber).toBe(serial)
  })

  test('another key, nonce, associated data, a flipped bit or a short tag does not open', () => {
    const bytes = Buffer.from(sealed.ciphertext, 'base64')
    const flipped = Buffer.from(bytes)
    flipped[0] = flipped[0]! ^ 1
    const other = readApiV3Key('b7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb')
    expect(() => openSealed(other, sealed)).toThrow()
    expect(() => openSealed(key, { ...sealed, nonce: 'uluk4a9R25RX' })).toThrow()
    expect(() => openSealed(key, { ...sealed, nonce: 'uluk4a9R25R' })).toThrow(RangeError)
    expect(() => openSealed(key, { ...sealed, associated_data: '' })).toThrow()
    expect(() => openSealed(key, { ...sealed, ciphertext: flipped.toString('base64') })).toThrow()
    expect(() => openSealed(key, { ...sealed, ciphertext: bytes.subarray(0, -1).toString('base64') })).toThrow()
    expect(() => openSealed(key, { ...sealed, ciphertext: 'AAAA' })).toThrow(RangeError)
  })

  test('an APIv3 key that is not 32 bytes is refused, whatever its number of characters', () => {
    expect(() => readApiV3Key('1234567890123456')).toThrow(RangeError)
    expect(() => readApiV3Key('普'.repeat(32))).toThrow(RangeError)
    expect(() => readApiV3Key('')).toThrow(RangeError)
  })

  test('a sealed field opens with its key only, and the third party reads and writes the same', () => {
    const platformPublic = readPlatformKeys({ p: platformPem.publicKey }).get('p')!
    const platformPrivate = readPrivateKey(platformPem.privateKey)
    expect(Rsa.decrypt(sealField('普小姐', platformPublic), platformPem.privateKey)).toBe('普小姐')
    expect(openField(Rsa.encrypt('普小姐', platformPem.publicKey), platformPrivate)).toBe('普小姐')
    expect(() => openField(sealField('普小姐', platformPublic), readPrivateKey(merchantPem.privateKey))).toThrow()
  })
})

describe('a third opinion', () => {
  const PUBLIC_KEY = 'PUB_KEY_ID_0119000000012026010100000000000000'
  const CERTIFICATE = '5DEA10EF55877E3CF6C33255C2E7DEFFF7E427EC'
  const secondPlatform = rsa()
  const apiV3Key = 'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb'
  const now = instant(Date.now())
  const heard: { method: string; url: string; authorization: string; wished: string; body: string }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      heard.push({
        method: request.method!,
        url: request.url!,
        authorization: request.headers.authorization ?? '',
        wished: String(request.headers['wechatpay-serial']),
        body: Buffer.concat(chunks).toString('utf8'),
      })
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"code":"ORDER_NOT_EXIST","message":"订单不存在"}')
    })
  })
  const payment = () =>
    createWechatPayment({
      payBase: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      appid: 'wx0000000000000001',
      mchid: '1900000001',
      merchantName: '墨江茶山园区运营有限公司',
      merchantSerial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
      merchantKeyPem: merchantPem.privateKey,
      apiV3Key,
      platformKeys: { [PUBLIC_KEY]: platformPem.publicKey, [CERTIFICATE]: secondPlatform.publicKey },
      timeoutMs: 2000,
      backoffScale: 0.001,
      clock: { now: () => now },
      log: () => {},
    })

  beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))
  afterAll(() => {
    server.closeAllConnections()
    return new Promise((done) => server.close(done))
  })

  test('an independent library verifies exactly what we sent: method, address, bytes', async () => {
    const found = payment().findRefund('R 1/茶', '1900000109')
    // The answer says "there is none", but it is unsigned: it is not believed.
    await expect(found).rejects.toMatchObject({ code: 'WRONG_SIGNATURE', unknown: true })
    const close = payment().close('P1|*', [{ partNo: 'S1', subMerchant: '1900000109' }])
    await expect(close).rejects.toMatchObject({ code: 'WRONG_SIGNATURE', unknown: true })
    expect(heard.map((call) => call.method)).toEqual(['GET', 'POST'])
    for (const call of heard) {
      const parts = Object.fromEntries([...call.authorization.matchAll(/(\w+)="([^"]*)"/g)].map((m) => [m[1]!, m[2]!]))
      const message = Formatter.request(call.method, call.url, parts.timestamp!, parts.nonce_str!, call.body)
      expect(Rsa.verify(message, parts.signature!, merchantPem.publicKey)).toBe(true)
      expect(parts).toMatchObject({ mchid: '1900000001', serial_no: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB' })
      expect(call.authorization.startsWith('WECHATPAY2-SHA256-RSA2048 ')).toBe(true)
      expect(call.wished).toBe(PUBLIC_KEY)
    }
  })

  test('a sheet that we sign is accepted by the independent library', () => {
    const sheet = payment().sheet('wx201410272009395522657a690389285100', now)
    const message = Formatter.joinedByLineFeed(sheet.appId, sheet.timeStamp, sheet.nonceStr, sheet.package)
    expect(Rsa.verify(message, sheet.paySign, merchantPem.publicKey)).toBe(true)
    expect(sheet).toMatchObject({ signType: 'RSA', package: 'prepay_id=wx201410272009395522657a690389285100' })
  })

  const order = {
    combine_appid: 'wx0000000000000001',
    combine_mchid: '1900000001',
    combine_out_trade_no: 'P20260101000001',
    combine_payer_info: { openid: 'oTEST' },
    scene_info: {},
    sub_orders: [
      {
        mchid: '1900000001',
        sub_mchid: '1900000109',
        trade_type: 'JSAPI',
        trade_state: 'SUCCESS',
        bank_type: 'OTHERS',
        attach: 'S20260101000001A',
        amount: { total_amount: 16800, currency: 'CNY', payer_amount: 16800, payer_currency: 'CNY' },
        success_time: '2026-01-01T12:03:04+08:00',
        transaction_id: '4200000000202601010000000001',
        out_trade_no: 'S20260101000001A',
      },
    ],
  }
  const refund = {
    sp_mchid: '1900000001',
    sub_mchid: '1900000109',
    out_refund_no: 'R1',
    refund_status: 'CLOSED',
    amount: { total: 16800, refund: 800, payer_total: 16800, payer_refund: 800 },
  }
  /** A notice made by the independent library alone. */
  const notice = (plain: object, changes: { event?: string; type?: string; serial?: string; key?: string; sealedWith?: string } = {}) => {
    const type = changes.type ?? 'transaction'
    const body = JSON.stringify({
      id: 'EV-1',
      create_time: '2026-01-01T12:03:05+08:00',
      resource_type: 'encrypt-resource',
      event_type: changes.event ?? 'TRANSACTION.SUCCESS',
      summary: '支付成功',
      resource: {
        original_type: type,
        algorithm: 'AEAD_AES_256_GCM',
        ciphertext: Aes.AesGcm.encrypt(JSON.stringify(plain), changes.sealedWith ?? apiV3Key, '0123456789ab', type),
        associated_data: type,
        nonce: '0123456789ab',
      },
    })
    const timestamp = String(Math.floor(now / 1000))
    const signature = Rsa.sign(Formatter.response(timestamp, 'nonce', body), changes.key ?? platformPem.privateKey)
    const headers = {
      'Wechatpay-Timestamp': timestamp,
      'wechatpay-nonce': 'nonce',
      'wechatpay-serial': changes.serial ?? PUBLIC_KEY,
      'wechatpay-signature': signature,
    }
    return { headers, body }
  }
  const read = (given: ReturnType<typeof notice>) => payment().readNotice(given, now)

  test('a notice that the independent library sealed and signed is read whole', () => {
    expect(read(notice(order))).toEqual({
      id: 'EV-1',
      about: 'payment',
      finding: {
        paymentNo: 'P20260101000001',
        state: 'paid',
        merchant: '1900000001',
        appid: 'wx0000000000000001',
        payerOpenid: 'oTEST',
        currency: 'CNY',
        parts: [{ partNo: 'S20260101000001A', transactionId: '4200000000202601010000000001', state: 'paid', amount: 16800 }],
        paidAt: Date.UTC(2026, 0, 1, 4, 3, 4),
      },
    })
  })

  test('while the key is changed, notices under the certificate and under the public key are both believed', () => {
    const certified = notice(order, { serial: CERTIFICATE, key: secondPlatform.privateKey })
    expect(read(certified).about).toBe('payment')
    expect(() => read(notice(order, { serial: CERTIFICATE }))).toThrow(ForgedNotice)
  })

  test('every name of a closed refund is understood', () => {
    for (const status of ['CLOSE', 'CLOSED', 'REFUNDCLOSE']) {
      const said = read(notice({ ...refund, refund_status: status }, { event: 'REFUND.CLOSED', type: 'refund' }))
      expect(said).toEqual({ id: 'EV-1', about: 'refund', finding: { refundNo: 'R1', state: 'closed', amount: 800, doneAt: null } })
    }
  })

  test('rightly signed words that cannot be of a payment or refund of ours are refused', () => {
    const sub = order.sub_orders[0]!
    const other = { ...sub, out_trade_no: 'S2', trade_state: 'NOTPAY' }
    const refused = [
      notice({ ...order, sub_orders: [{ ...sub, trade_state: 'NOTPAY' }] }),
      notice({ ...order, sub_orders: [sub, other] }),
      notice({ ...order, sub_orders: [{ ...sub, transaction_id: '' }] }),
      notice({ ...order, sub_orders: [{ ...sub, amount: { total_amount: 168.5, currency: 'CNY' } }] }),
      notice({ ...order, sub_orders: [] }),
      notice(order, { event: 'TRANSACTION.OTHER' }),
      notice(order, { type: 'profitsharing' }),
      notice(order, { sealedWith: 'b7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb' }),
      notice({ ...refund, sp_mchid: '1900000002' }, { event: 'REFUND.CLOSED', type: 'refund' }),
      notice(refund, { event: 'REFUND.SUCCESS', type: 'refund' }),
    ]
    for (const given of refused) expect(() => read(given)).toThrow(ForgedNotice)
  })

  test('several merchants or currencies in one order stay visible, so that no comparison with ours succeeds', () => {
    const sub = order.sub_orders[0]!
    const mixed = [sub, { ...sub, out_trade_no: 'S2', mchid: '1900000002', amount: { total_amount: 1, currency: 'USD' } }]
    const said = read(notice({ ...order, sub_orders: mixed }))
    expect(said.finding).toMatchObject({ merchant: '1900000001+1900000002', currency: 'CNY+USD' })
  })

  test('keys that cannot work are refused when the adapter is made', () => {
    const make = (changed: { apiV3Key?: string; platformKeys?: Record<string, string>; merchantKeyPem?: string }) => () =>
      createWechatPayment({
        payBase: 'http://127.0.0.1:1',
        appid: 'wx0000000000000001',
        mchid: '1900000001',
        merchantName: '墨江茶山园区运营有限公司',
        merchantSerial: 'AB',
        merchantKeyPem: merchantPem.privateKey,
        apiV3Key,
        platformKeys: { [PUBLIC_KEY]: platformPem.publicKey },
        timeoutMs: 1000,
        clock: { now: () => now },
        log: () => {},
        ...changed,
      })
    expect(make({ apiV3Key: '1234567890123456' })).toThrow(RangeError)
    expect(make({ platformKeys: {} })).toThrow(RangeError)
    expect(make({ merchantKeyPem: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() })).toThrow(
      RangeError,
    )
  })
})
