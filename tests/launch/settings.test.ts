import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, inject, test } from 'vitest'
import { checkSettings, readSettings, readWishes, settingNames, WrongSettings } from '../../config/settings.ts'
import { launch } from './kit.ts'

const keys = inject('wechatKeys')

/** A production house as it should be; every value is one that a park could have. */
const park = () => ({
  stage: 'park',
  databaseUrl: 'mysql://chashan@10.0.0.5:3306/chashan',
  secret: 'q7Wm2Zx9Kd4Tn8Rv3Lb6Yc1Hf5Jg0PsA',
  http: { publicOrigin: 'https://cha.mojiang.cn' },
  login: {},
  web: {},
  wechat: {
    appid: 'wx4f7a1c9be2d803c6',
    appsecret: '9c41d7e2a85b3f60c41d7e2a85b3f60d',
    mchid: '1699000001',
    merchantName: '墨江茶山园区运营有限公司',
    merchantSerial: keys.merchantSerial,
    merchantKeyPem: keys.merchantPrivateKeyPem,
    apiV3Key: '7Kd9Wq2Zx4Tn8Rv3Lb6Yc1Hf5Jg0PsAm',
    platformKeys: { [keys.platformPublicKeyId]: keys.platformPublicKeyPem },
  },
  media: {
    kind: 'embedded',
    publicRtmp: 'rtmp://push.mojiang.cn/live',
    publicFlv: 'https://live.mojiang.cn/live',
    key: 'Zx9Kd4Tn8Rv3Lb6Yc1',
  },
})

const faultsOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(WrongSettings)
    return (error as Error).message
  }
  return ''
}

test('a park with true addresses and strong secrets may open', () => {
  expect(faultsOf(() => checkSettings(park()))).toBe('')
})

test("a park refuses a stand-in's addresses, demo keys and weak secrets, and names all of them at once", () => {
  const wrong = park()
  Object.assign(wrong.wechat, {
    apiBase: 'http://127.0.0.1:8802',
    payBase: 'http://localhost:8803',
    simBase: 'http://127.0.0.1:8804',
    appsecret: 'demo-demo-demo-demo',
    platformKeys: { PUB_KEY_ID_DEMO: keys.platformPublicKeyPem },
  })
  wrong.secret = 'change-me-change-me-change-me-change-me'
  wrong.media.key = 'aaaaaaaaaaaaaaaaaaaa'
  wrong.http.publicOrigin = 'http://127.0.0.1:8800'
  const said = faultsOf(() => checkSettings(wrong))
  for (const name of [
    'wechat.apiBase: points at this machine',
    'wechat.payBase: points at this machine',
    'wechat.simBase',
    'wechat.appsecret: a demo or weak value',
    'wechat.platformKeys: a stand-in key',
    'secret: a demo or weak value',
    'media.key: a demo or weak value',
    'http.publicOrigin: must be https',
  ])
    expect(said).toContain(name)
})

test('pictures may lie in a bucket: a park wants it reached safely, with a key of its own', () => {
  const bucket = {
    ...{ kind: 's3', endpoint: 'https://cos.ap-guangzhou.myqcloud.com', bucket: 'chashan-1250000000' },
    ...{ accessKeyId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3', secretAccessKey: 'Gu5t9xGARNpq86cd98joQYCN3EXk' },
  }
  const said = (storage: object) => faultsOf(() => checkSettings({ ...park(), storage }))
  expect(said(bucket)).toBe('')
  expect(said({ ...bucket, endpoint: 'http://127.0.0.1:9000' })).toContain('storage.endpoint: must be https')
  expect(said({ ...bucket, secretAccessKey: 'minio-demo-password' })).toContain('storage.secretAccessKey: a demo or weak value')
  expect(said({ ...bucket, publicBase: 'http://cdn.mojiang.cn' })).toContain('storage.publicBase: must be https')
  expect(said({ ...bucket, bucket: 'Not A Bucket' })).toContain('storage.bucket: a bucket name')
  expect(readWishes({ STORAGE_KIND: 's3' }).ownSettings).toBe(false)
})

test('wrong, missing, unknown and unreadable settings are named together', () => {
  const said = faultsOf(() => readSettings({ STAGE: 'park', PORT: 'eighty', WXPAY_KEY_FILE: '/nowhere/key.pem', WX_APPID: 'wx1' }))
  for (const name of [
    'http.port',
    'WXPAY_KEY_FILE: the file /nowhere/key.pem cannot be read',
    'wechat.appid',
    'secret',
    'databaseUrl',
    'media.key',
  ])
    expect(said).toContain(name)
  expect(faultsOf(() => checkSettings({ ...park(), tea: 'green' }))).toContain('tea')
})

test('an empty line in the environment is no setting, and the environment wins over the file', () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'chashan-settings-')), 'park.json')
  fs.writeFileSync(file, JSON.stringify(park()))
  const settings = readSettings({ CHASHAN_SETTINGS: file, PORT: '9000', SECRET: '' })
  expect(settings.http.port).toBe(9000)
  expect(settings.secret).toBe(park().secret)
  expect(readWishes({ CHASHAN_SETTINGS: file }).ownSettings).toBe(true)
  expect(readWishes({ PORT: '' })).toMatchObject({ ownSettings: false, port: null, databaseUrl: null })
  fs.rmSync(path.dirname(file), { recursive: true })
})

test('every name that the environment may say stands in sample.env, without a secret', () => {
  const sample = fs.readFileSync(new URL('../../config/sample.env', import.meta.url), 'utf8')
  const lines = sample.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  expect(lines.map((line) => line.split('=')[0]).sort()).toEqual([...settingNames].sort())
  expect(lines.filter((line) => !line.endsWith('='))).toEqual(['STAGE=park'])
})

test('a park that is not well set starts nothing: the launcher names the faults and ends', async () => {
  const data = path.join(os.tmpdir(), `chashan-never-${process.pid}`)
  const one = launch(data, [], {
    STAGE: 'park',
    PORT: 'eighty',
    SECRET: 'demo-demo-demo-demo-demo-demo-demo-demo',
    WX_API_BASE: 'http://127.0.0.1:8802',
  })
  expect(await one.exit).toMatchObject({ code: 1 })
  expect(one.said()).toMatch(/^These settings are wrong:\n/)
  expect(one.said()).toContain('http.port')
  expect(one.said()).toContain('wechat.appid')
  expect(one.said()).toContain('secret: a demo or weak value')
  expect(one.said()).toContain('wechat.apiBase: points at this machine')
  expect(one.said()).not.toContain('database')
  expect(fs.existsSync(data)).toBe(false)
})
