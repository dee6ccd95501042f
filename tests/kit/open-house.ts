/** The house as people meet it: real clock, all roles, the built front ends, WeChat played beside it; for journeys in a browser. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { inject } from 'vitest'
import { checkSettings } from '../../config/settings.ts'
import { startHouse as open } from '../../server/house.ts'
import type { App } from '../../server/platform/app.ts'
import { type Standin, startWechatStandin } from '../../server/standins/wechat/index.ts'
import { freshDatabase } from './house.ts'

export interface OpenHouse {
  app: App
  origin: string
  wechat: Standin
  stop(): Promise<void>
}

const freePorts = async (n: number): Promise<number[]> => {
  const probes = await Promise.all(
    Array.from(
      { length: n },
      () =>
        new Promise<net.Server>((done) => {
          const probe = net.createServer()
          probe.listen(0, '127.0.0.1', () => done(probe))
        }),
    ),
  )
  const ports = probes.map((p) => (p.address() as net.AddressInfo).port)
  await Promise.all(probes.map((p) => new Promise((done) => p.close(done))))
  return ports
}

/** Opens a house on free ports with the front ends that were built into `dist/`. */
export async function openHouse(): Promise<OpenHouse> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'chashan-open-'))
  const [port = 0, rtmpPort = 0, flvPort = 0] = await freePorts(3)
  const origin = `http://127.0.0.1:${port}`
  const keys = inject('wechatKeys')
  const wechat = await startWechatStandin({ ...keys, allowedOrigins: [origin] })
  const settings = checkSettings({
    stage: 'test',
    databaseUrl: await freshDatabase(),
    dataDir,
    secret: randomBytes(32).toString('base64'),
    http: { port, publicOrigin: origin, callsPerMinute: 100_000 },
    login: {},
    wechat: {
      apiBase: wechat.api,
      payBase: wechat.pay,
      simBase: wechat.sim,
      appid: keys.appid,
      appsecret: keys.appsecret,
      mchid: keys.mchid,
      merchantSerial: keys.merchantSerial,
      merchantKeyPem: keys.merchantPrivateKeyPem,
      apiV3Key: keys.apiV3Key,
      platformKeys: { [keys.platformPublicKeyId]: keys.platformPublicKeyPem },
    },
    media: {
      kind: 'embedded',
      rtmpPort,
      flvPort,
      publicRtmp: `rtmp://127.0.0.1:${rtmpPort}/live`,
      publicFlv: `http://127.0.0.1:${flvPort}/live`,
      key: randomBytes(16).toString('hex'),
    },
    web: { buyer: path.resolve('dist/h5'), console: path.resolve('dist/console') },
    logLevel: 'error',
  })
  const house = await open(settings)
  return {
    app: house.app,
    origin,
    wechat,
    stop: async () => {
      await house.stop()
      await wechat.stop()
      fs.rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
