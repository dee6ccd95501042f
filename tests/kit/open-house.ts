/** The house as people meet it: real clock, all roles, the built front ends, WeChat played beside it; for journeys in a browser. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import mysql from 'mysql2/promise'
import { inject } from 'vitest'
import { checkSettings } from '../../config/settings.ts'
import { startHouse as open } from '../../server/house.ts'
import { build, frontEnds, isCurrent } from '../../server/launch/web.ts'
import { appointStaff, startSession, userFor } from '../../server/modules/identity/index.ts'
import { admitTenant } from '../../server/modules/tenants/index.ts'
import type { App } from '../../server/platform/app.ts'
import { creditCode } from '../../server/seed/numbers.ts'
import { type Standin, startWechatStandin } from '../../server/standins/wechat/index.ts'
import type { AssetId, ListingId, ShopId } from '../../shared/ids.ts'
import { bp } from '../../shared/money.ts'
import { after, DAY } from '../../shared/time.ts'
import { batchOf } from './batches.ts'
import { type Client, clientOf, freshDatabase, until } from './house.ts'
import { jpeg, wholeDraft } from './listings.ts'

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

/** Builds the front ends that have changed since; of the files that want them at once, one builds and the others wait. */
async function frontsBuilt(): Promise<void> {
  const lock = await mysql.createConnection({ uri: inject('databaseUrl') })
  try {
    await lock.query(`select get_lock('chashan front ends', 280)`)
    for (const one of frontEnds) if (!isCurrent(one)) await build(one, { logDir: os.tmpdir(), say: (line) => console.log(line) })
  } finally {
    await lock.end()
  }
}

/** Opens a house on free ports with the front ends as they are now; building them may take minutes. */
export async function openHouse(): Promise<OpenHouse> {
  await frontsBuilt()
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

/** A co-operative with its shop and papers, its owner 李阿布 and the reviewer 王园园, both of whom may enter as themselves. */
export function teaShop(house: OpenHouse): Promise<ShopId> {
  return house.app.work({ kind: 'guest' }, async (work) => {
    const owner = await userFor(work, 'demo_owner', '李阿布')
    await appointStaff(work, await userFor(work, 'demo_reviewer', '王园园'), 'reviewer')
    const admitted = await admitTenant(work, {
      kind: 'cooperative',
      name: '墨江县新华村茶叶专业合作社',
      uscc: creditCode('93', '530822', 'MA6K3X7T'),
      address: '云南省普洱市墨江县景星镇新华村',
      papers: [
        { kind: 'businessLicence', number: creditCode('93', '530822', 'MA6K3X7T') },
        { kind: 'productionLicence', number: 'SC11453082200011', validUntil: '2029-05-31' },
      ],
      shop: {
        name: '凤凰窝阿布茶坊',
        story: '三代人守着一片茶园。',
        village: '景星镇新华村',
        avatarId: null,
        subMerchant: '1900000109',
        commissionBp: bp(500),
      },
      members: [{ userId: owner, role: 'owner' }],
    })
    return admitted.shopId
  })
}

/** Teas of this shop on its shelf, written and approved through the doors; gives their ids. */
export async function teasOnShelf(house: OpenHouse, shopId: ShopId, titles: readonly string[]): Promise<ListingId[]> {
  const as = async (key: string, name: string): Promise<Client> => {
    const token = await house.app.work({ kind: 'guest' }, async (work) =>
      startSession(work, await userFor(work, key, name), 'bearer', { userAgent: 'test', address: '127.0.0.1' }, after(work.now, DAY)),
    )
    return clientOf(house.origin, token)
  }
  const [owner, reviewer] = [await as('demo_owner', '李阿布'), await as('demo_reviewer', '王园园')]
  const batchId = await batchOf(house, shopId)
  const ids: ListingId[] = []
  for (const title of titles) {
    const { url } = await owner.shop.assets.ticket.mutate({ shopId })
    const sent = await fetch(house.origin + url, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
      body: (await jpeg()) as never,
    })
    const { asset } = (await sent.json()) as { asset: { id: AssetId } }
    const draft = wholeDraft(asset.id, { title, batchIds: [batchId] })
    const { listingId } = await owner.shop.catalogue.saveDraft.mutate({ shopId, draft })
    await owner.shop.catalogue.submit.mutate({ shopId, listingId })
    const open = await until(async () => (await reviewer.park.moderation.queue.query({})).rows.find((r) => r.title === title))
    await reviewer.park.moderation.decide.mutate({ caseId: open.id, verdict: 'approved' })
    await until(async () => (await owner.shop.catalogue.get.query({ shopId, listingId })).skus[0]?.id)
    ids.push(listingId)
  }
  return ids
}
