/** The WeChat adapters against the stand-in over real sockets: one stand-in, one clock in hand, one list of everything that was logged. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createWechatApi } from '../../server/adapters/wechat/apiTransport.ts'
import { createWechatPayment, type WechatPaymentOptions } from '../../server/adapters/wechat/payment.ts'
import { fakeClock } from '../../server/platform/clock.ts'
import type { LogFacts, LogLevel } from '../../server/platform/log.ts'
import type { RawNotice } from '../../server/ports/payment.ts'
import { makeDemoKeys, startWechatStandin } from '../../server/standins/wechat/index.ts'

export const keys = makeDemoKeys()
export const START = Date.parse('2026-03-02T09:00:00+08:00')

/** A call as the stand-in received it, secrets struck out. */
export interface HeardCall {
  method: string
  url: string
  body: string
  status: number
}

/** Listens on a free port of this machine. */
export const listen = async (handle: (body: string, url: string, headers: RawNotice['headers'], response: ServerResponse) => void) => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () =>
      handle(Buffer.concat(chunks).toString('utf8'), request.url ?? '', request.headers as RawNotice['headers'], response),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** Opens the world; everything in it ends with `close`. */
export const openWechat = async () => {
  const clock = fakeClock(START)
  const standin = await startWechatStandin({ ...keys, clock: () => clock.now() })
  const logged: string[] = []
  const log = (level: LogLevel, message: string, facts?: LogFacts) => void logged.push(JSON.stringify({ level, message, ...facts }))

  const sim = async <T = Record<string, unknown>>(name: string, wish: Record<string, unknown> = {}): Promise<T> => {
    const response = await fetch(`${standin.sim}/__sim/${name}`, { method: 'POST', body: JSON.stringify(wish) })
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  return {
    standin,
    clock,
    logged,
    log,
    sim,
    /** Calls to this path since the last `forget`. */
    calls: async (path: string): Promise<HeardCall[]> => (await sim<HeardCall[]>('calls')).filter((call) => call.url.startsWith(path)),
    forget: () => sim('calls', { clear: true }),
    fault: (on: string, kind: string, more: Record<string, unknown> = {}) => sim('faults', { on, kind, ...more }),
    calm: async () => {
      await sim('faults/clear')
      await sim('callbacks')
    },
    payment: (changed: Partial<WechatPaymentOptions> = {}) =>
      createWechatPayment({
        payBase: standin.pay,
        appid: keys.appid,
        mchid: keys.mchid,
        merchantName: '墨江茶山园区运营有限公司',
        merchantSerial: keys.merchantSerial,
        merchantKeyPem: keys.merchantPrivateKeyPem,
        apiV3Key: keys.apiV3Key,
        platformKeys: { [keys.platformPublicKeyId]: keys.platformPublicKeyPem },
        timeoutMs: 3000,
        backoffScale: 0.001,
        clock,
        log,
        ...changed,
      }),
    api: (changed: { apiBase?: string; appsecret?: string; timeoutMs?: number } = {}) =>
      createWechatApi({
        apiBase: standin.api,
        appid: keys.appid,
        appsecret: keys.appsecret,
        timeoutMs: 3000,
        backoffScale: 0.001,
        clock,
        log,
        ...changed,
      }),
    /** Moves everybody's time, and waits until what fell due meanwhile has been done. */
    advance: async (ms: number) => {
      clock.advance(ms)
      await standin.settled()
    },
    close: () => standin.stop(),
  }
}

export type WechatWorld = Awaited<ReturnType<typeof openWechat>>
