import { createPrivateKey, createPublicKey, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

/** A platform certificate and its key; the serial is the certificate's own, upper-case hex. */
export interface PlatformCertificate {
  serial: string
  certificatePem: string
  privateKeyPem: string
  effectiveAt: number
  expireAt: number
}

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const size = body.length
  const length = size < 0x80 ? Buffer.from([size]) : size < 0x100 ? Buffer.from([0x81, size]) : Buffer.from([0x82, size >> 8, size & 0xff])
  return Buffer.concat([Buffer.from([tag]), length, body])
}
const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts)
const SHA256_WITH_RSA = sequence(Buffer.from('06092a864886f70d01010b', 'hex'), Buffer.from('0500', 'hex'))
const COMMON_NAME = Buffer.from('0603550403', 'hex')
const named = (name: string): Buffer => sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))))
const time = (at: number): Buffer => {
  const text = new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${text}Z`))
}

/**
 * Makes a self-signed X.509 platform certificate over a fresh RSA-2048 key, valid five years from `now` (ms): Node reads certificates
 * but writes none, and `GET /v3/certificates` must hand out one that a client can parse.
 */
export const makePlatformCertificate = (now: number): PlatformCertificate => {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const serialBytes = randomBytes(20)
  // A DER integer is signed and minimal: the first byte must be 0x40…0x7f.
  serialBytes[0] = (serialBytes[0]! & 0x3f) | 0x40
  const effectiveAt = now - 60_000
  const expireAt = now + 5 * 365 * 86_400_000
  const name = named('Tenpay.com stand-in')
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serialBytes),
    SHA256_WITH_RSA,
    name,
    sequence(time(effectiveAt), time(expireAt)),
    name,
    createPublicKey(pair.publicKey).export({ type: 'spki', format: 'der' }),
  )
  const signature = createSign('RSA-SHA256').update(body).sign(createPrivateKey(pair.privateKey))
  const certificate = sequence(body, SHA256_WITH_RSA, der(0x03, Buffer.from([0]), signature))
  const base64 = certificate.toString('base64').replace(/.{64}/g, '$&\n')
  return {
    serial: serialBytes.toString('hex').toUpperCase(),
    certificatePem: `-----BEGIN CERTIFICATE-----\n${base64.trimEnd()}\n-----END CERTIFICATE-----\n`,
    privateKeyPem: pair.privateKey,
    effectiveAt,
    expireAt,
  }
}
