import { createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { answerMessage, paySignMessage, requestMessage, sealText, signedBy } from '../../server/standins/wechat/crypto.ts'
import vectors from '../vectors/wechat-vectors.json' with { type: 'json' }
import { openSealed } from './wechat-kit.ts'

const pay = vectors.pay_v3
const merchantKey = createPublicKey(pay.doc_merchant.public_key_pem_of_private_key_pem)

test('the published request signature is accepted, and not for one byte more', () => {
  const { method, url, timestamp, nonce_str, body, signature } = pay.request_signature
  expect(signedBy(merchantKey, requestMessage(method, url, timestamp, nonce_str, body), signature)).toBe(true)
  expect(signedBy(merchantKey, requestMessage(method, url, timestamp, nonce_str, `${body} `), signature)).toBe(false)
})

test('the published paySign is accepted, and not for another prepay id', () => {
  const { appId, timeStamp, nonceStr, package: text, paySign } = pay.pay_sign_miniprogram
  expect(signedBy(merchantKey, paySignMessage(appId, timeStamp, nonceStr, text), paySign)).toBe(true)
  expect(signedBy(merchantKey, paySignMessage(appId, timeStamp, nonceStr, `${text}1`), paySign)).toBe(false)
})

test('answers are signed over the message of the published answer', () => {
  const { public_key_pem, timestamp, nonce, body, signature } = pay.response_verify_public_key
  expect(signedBy(createPublicKey(public_key_pem), answerMessage(timestamp, nonce, body), signature)).toBe(true)
  expect(signedBy(createPublicKey(public_key_pem), answerMessage(timestamp, nonce, ''), signature)).toBe(false)
})

test('sealing gives the published ciphertexts byte for byte', () => {
  for (const vector of pay.aes_256_gcm) {
    if (vector.plaintext)
      expect(sealText(vector.key, vector.nonce!, vector.associated_data!, vector.plaintext)).toBe(vector.ciphertext_b64_with_tag)
    if (!vector.response) continue
    const sealed = vector.response.data[0]!.encrypt_certificate
    const pem = openSealed(sealed, vector.key)
    expect(pem.startsWith(vector.expect!.pem_starts)).toBe(true)
    expect(sealText(vector.key, sealed.nonce, sealed.associated_data, pem)).toBe(sealed.ciphertext)
  }
})

test('a signature that is no base64, empty or a probe is wrong and raises nothing', () => {
  for (const signature of ['', '*', 'AAAA', `WECHATPAY/SIGNTEST/${pay.pay_sign_miniprogram.paySign}!`])
    expect(signedBy(merchantKey, 'a', signature)).toBe(false)
})
