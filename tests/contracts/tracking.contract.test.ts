/** Following parcels, over real sockets: what is promised of the tracking port. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKuaidi100Tracking } from '../../server/adapters/kuaidi100/tracking.ts'
import { ForgedNews, type TrackingPort } from '../../server/ports/tracking.ts'
import { startKuaidi100Standin } from '../../server/standins/kuaidi100/index.ts'
import { post } from '../kit/house.ts'

const KEY = 'a-key-of-these-tests'
let standin: Awaited<ReturnType<typeof startKuaidi100Standin>>
let tracking: TrackingPort
const heard: string[] = []
const ear = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (part) => {
    body += part
  })
  request.on('end', () => {
    heard.push(body)
    response.end(tracking.answers.taken)
  })
})
let callbackUrl: string
beforeAll(async () => {
  standin = await startKuaidi100Standin({ key: KEY })
  tracking = createKuaidi100Tracking({ base: standin.base, key: KEY, timeoutMs: 2_000 })
  await new Promise<void>((done) => ear.listen(0, '127.0.0.1', done))
  callbackUrl = `http://127.0.0.1:${(ear.address() as AddressInfo).port}/news`
})
afterAll(async () => {
  await standin.stop()
  ear.close()
})

const ask = (n: number, more: object = {}) => ({
  ...{ courier: 'YTO', trackingNo: `YT000000000${n}`, phoneTail: '0001', callbackUrl, salt: 'salt-of-one-parcel' },
  ...more,
})
const fault = (kind: string, times = 1) => post(standin.sim, '/__sim/fault', { kind, times })

describe('a parcel', () => {
  test('is followed once, however often it is asked for', async () => {
    for (let i = 0; i < 2; i++) expect(await tracking.follow(ask(1))).toBe('followed')
    expect((await post(standin.sim, '/__sim/list', {})) as unknown[]).toHaveLength(1)
  })

  test('of a courier that it does not know, or with a key that is none, is trouble with its code', async () => {
    await expect(tracking.follow(ask(2, { courier: 'XX' }))).rejects.toMatchObject({ name: 'OutsideTrouble', code: '702' })
    const wrong = createKuaidi100Tracking({ base: standin.base, key: 'another-key', timeoutMs: 2_000 })
    await expect(wrong.follow(ask(2))).rejects.toMatchObject({ code: '600' })
    await expect(tracking.follow(ask(2, { courier: 'SF', phoneTail: '' }))).rejects.toMatchObject({ code: '700' })
  })

  test('is trouble when there is no answer, a refusal or one without sense; and nobody is asked where nobody is to be', async () => {
    for (const [kind, code] of [
      ['500', '500'],
      ['nonsense', 'nonsense'],
      ['drop', 'noAnswer'],
    ] as const) {
      await fault(kind)
      await expect(tracking.follow(ask(3))).rejects.toMatchObject({ code })
    }
    expect(await createKuaidi100Tracking(null).follow(ask(3))).toBe('off')
  })
})

describe('news', () => {
  test('are read as they came: the stage, every point with its instant, and whether more will come', async () => {
    await tracking.follow(ask(4))
    const scan = (state: string, context: string, ftime: string) =>
      post(standin.sim, '/__sim/scan', { company: 'yuantong', number: 'YT0000000004', state, context, ftime })
    await scan('1', '【普洱市】墨江网点已揽收', '2026-11-20 18:02:11')
    await scan('3', '【昆明市】已签收，签收人：本人', '2026-11-22 10:30:00')
    const [first, last] = heard.slice(-2).map((body) => tracking.readNews(body, 'salt-of-one-parcel'))
    expect(first).toEqual({
      stage: 'collected',
      over: false,
      points: [{ at: Date.parse('2026-11-20T18:02:11+08:00'), words: '【普洱市】墨江网点已揽收', stage: 'collected' }],
    })
    expect(last).toMatchObject({ stage: 'signed', over: true })
    expect(last?.points.map((p) => p.stage)).toEqual(['signed', 'collected'])
  })

  test('of a forger are known as forged, and those without anything in them are nothing', () => {
    const body = heard.at(-1)!
    expect(() => tracking.readNews(body, 'salt-of-another-parcel')).toThrow(ForgedNews)
    expect(() => tracking.readNews(body.replace('YT0000000004', 'YT0000000005'), 'salt-of-one-parcel')).toThrow(ForgedNews)
    expect(() => tracking.readNews('', 'salt-of-one-parcel')).toThrow(ForgedNews)
  })
})
