/** What every start has in common: the data directory, the database, the demonstration's settings. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkSettings, layEnvironmentOver, type Settings, type SettingsInput, type Wishes } from '../../config/settings.ts'
import { type Keys, writePrivate } from './keys.ts'
import { choosePorts, isFree } from './machine.ts'
import { startPrivateDatabase } from './mariadb.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Something a person can mend; the message is the whole sentence. */
export class CannotStart extends Error {
  override name = 'CannotStart'
}

/** The files of a data directory. */
export const placesIn = (dataDir: string) => ({
  dir: dataDir,
  lock: path.join(dataDir, 'owner.pid'),
  db: path.join(dataDir, 'db'),
  settings: path.join(dataDir, 'house.json'),
  standin: path.join(dataDir, 'wechat.json'),
  standinState: path.join(dataDir, 'wechat-state.json'),
  couriers: path.join(dataDir, 'kuaidi100.json'),
  ready: path.join(dataDir, 'ready.json'),
  log: (name: string) => path.join(dataDir, `${name}.log`),
})

export type Places = ReturnType<typeof placesIn>

/** Makes the data directory, which only its owner enters. */
export const openDataDir = (dir: string): Places => {
  const places = placesIn(path.resolve(root, dir))
  fs.mkdirSync(places.dir, { recursive: true, mode: 0o700 })
  return places
}

/** A database of our own, ended cleanly by `stop`; `ended` resolves when it ends, whoever ended it. */
export async function ownDatabase(places: Places, keys: Keys, say: (line: string) => void, port?: number) {
  const server = await startPrivateDatabase(places.db, { durable: true, password: keys.databasePassword, port, say })
  return { server, url: await server.urlOf('chashan') }
}

export interface Ports {
  house: number
  flv: number
  rtmp: number
  wechatApi: number
  wechatPay: number
  wechatSheet: number
  couriers: number
  couriersSim: number
}

/** The ports of a demonstration: the usual ones, or the next free ones; but a port that a person named must be free. */
export async function portsFor(wishes: Wishes, first = 8800): Promise<Ports> {
  const host = wishes.host ?? '127.0.0.1'
  if (wishes.port !== null && !(await isFree(host, wishes.port)))
    throw new CannotStart(`Port ${wishes.port} is taken by another program; end that, or start without PORT.`)
  return choosePorts(host, {
    house: wishes.port ?? first,
    flv: first + 1,
    rtmp: first === 8800 ? 1935 : first + 5,
    wechatApi: first + 2,
    wechatPay: first + 3,
    wechatSheet: first + 4,
    couriers: first + 6,
    couriersSim: first + 7,
  })
}

/** The name under which browsers reach this machine. */
const publicHost = (wishes: Wishes): string => {
  if (wishes.publicOrigin) return new URL(wishes.publicOrigin).hostname
  const host = wishes.host ?? '127.0.0.1'
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
}

/** What the demonstration runs on: the house's settings and the options of the WeChat that is played. Both are written for the children to read. */
export function writeDemoSettings(places: Places, wishes: Wishes, keys: Keys, ports: Ports, databaseUrl: string): Settings {
  const name = publicHost(wishes)
  const host = wishes.host ?? '127.0.0.1'
  const publicOrigin = wishes.publicOrigin ?? `http://${name}:${ports.house}`
  const made: SettingsInput = {
    stage: 'demo',
    http: { host, port: ports.house, publicOrigin },
    secret: keys.secret,
    login: {},
    databaseUrl,
    wechat: {
      apiBase: `http://127.0.0.1:${ports.wechatApi}`,
      payBase: `http://127.0.0.1:${ports.wechatPay}`,
      simBase: `http://${name}:${ports.wechatSheet}`,
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
      host,
      rtmpPort: ports.rtmp,
      flvPort: ports.flv,
      publicRtmp: `rtmp://${name}:${ports.rtmp}/live`,
      publicFlv: `http://${name}:${ports.flv}/live`,
      key: keys.mediaKey,
    },
    tracking: { base: `http://127.0.0.1:${ports.couriers}`, key: keys.mediaKey },
    web: { buyer: path.join(root, 'dist/h5'), console: path.join(root, 'dist/console') },
  }
  // where the data lie is settled already: a child's working directory may not move them
  const raw = { ...layEnvironmentOver(made), dataDir: places.dir, databaseUrl }
  const settings = checkSettings(raw)
  writePrivate(places.settings, raw)
  const { wechat } = settings
  writePrivate(places.couriers, {
    ...{ host: '127.0.0.1', apiPort: ports.couriers, simPort: ports.couriersSim, key: keys.mediaKey },
    // a parcel of the demonstration comes within minutes
    walkMs: [5_000, 60_000, 150_000, 240_000],
  })
  writePrivate(places.standin, {
    host,
    apiPort: ports.wechatApi,
    payPort: ports.wechatPay,
    simPort: ports.wechatSheet,
    simPublicOrigin: wechat.simBase,
    allowedOrigins: [settings.http.publicOrigin, `http://localhost:${settings.http.port}`],
    stateFile: places.standinState,
    appid: wechat.appid,
    appsecret: wechat.appsecret,
    mchid: wechat.mchid,
    merchantSerial: wechat.merchantSerial,
    merchantPublicKeyPem: keys.merchantPublicKeyPem,
    apiV3Key: wechat.apiV3Key,
    platformPrivateKeyPem: keys.platformPrivateKeyPem,
    platformPublicKeyId: keys.platformPublicKeyId,
  })
  return settings
}
