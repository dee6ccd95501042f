/** The secrets of one data directory, made once from a random source: the house's own, and both sides of the WeChat that is played for it. */
import { generateKeyPair, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

export interface Keys {
  databasePassword: string
  secret: string
  mediaKey: string
  appid: string
  appsecret: string
  mchid: string
  merchantSerial: string
  merchantPrivateKeyPem: string
  merchantPublicKeyPem: string
  apiV3Key: string
  platformPrivateKeyPem: string
  platformPublicKeyPem: string
  platformPublicKeyId: string
}

const rsaPair = () =>
  promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

/** Fresh ones, of the shapes that WeChat gives out. Takes some 100 ms. */
async function makeKeys(): Promise<Keys> {
  const [merchant, platform] = await Promise.all([rsaPair(), rsaPair()])
  const mchid = `19${String(randomBytes(4).readUInt32BE() % 1e8).padStart(8, '0')}`
  return {
    databasePassword: randomBytes(18).toString('hex'),
    secret: randomBytes(32).toString('base64'),
    mediaKey: randomBytes(18).toString('base64url'),
    appid: `wx${randomBytes(8).toString('hex')}`,
    appsecret: randomBytes(16).toString('hex'),
    mchid,
    merchantSerial: randomBytes(20).toString('hex').toUpperCase(),
    merchantPrivateKeyPem: merchant.privateKey,
    merchantPublicKeyPem: merchant.publicKey,
    apiV3Key: randomBytes(16).toString('hex'),
    platformPrivateKeyPem: platform.privateKey,
    platformPublicKeyPem: platform.publicKey,
    platformPublicKeyId: `PUB_KEY_ID_01${mchid}2026010100${randomBytes(6).toString('hex')}`,
  }
}

/** Writes a file that only its owner reads, whole or not at all. */
export const writePrivate = (file: string, content: unknown): void => {
  const beside = `${file}.${process.pid}`
  fs.writeFileSync(beside, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  fs.renameSync(beside, file)
}

/** The keys of this data directory. The caller holds its lock. */
export async function keysOf(dataDir: string): Promise<Keys> {
  const file = path.join(dataDir, 'keys.json')
  if (!fs.existsSync(file)) writePrivate(file, await makeKeys())
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Keys
}
