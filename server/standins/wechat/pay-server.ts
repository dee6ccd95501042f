import { randomBytes } from 'node:crypto'
import { billRoutes } from './bills.ts'
import { makePlatformCertificate } from './certificate.ts'
import { beijing, makeId, readAuthorization, requestMessage, sealText, signedBy } from './crypto.ts'
import { throughFaults, type Voice } from './faults.ts'
import { type Answer, answer, type Call, type Handler, type Routes, router } from './http.ts'
import { signatureHeaders, spoilHeaders } from './notify.ts'
import { payRoutes } from './pay.ts'
import { noResource, PayError } from './pay-errors.ts'
import { domesticRefundRoutes, ecommerceRefundRoutes } from './refunds.ts'
import { sharingRoutes } from './sharing.ts'
import type { FaultKind } from './state.ts'
import type { World } from './world.ts'

const WINDOW_SECONDS = 300

const wrongSignature = (message: string, call: Call, signed: string): PayError =>
  new PayError(
    401,
    'SIGN_ERROR',
    message,
    {
      location: 'authorization',
      field: 'signature',
      issue: 'sign not match',
      sign_information: {
        method: call.method,
        url: call.url,
        truncated_sign_message: signed.slice(0, 200),
        sign_message_length: Buffer.byteLength(signed),
      },
    },
    268443699,
  )

/** Refuses requests that the merchant did not sign now and exactly so (wechat.md §5.1). */
const checkRequest = (world: World, call: Call): void => {
  const { options } = world
  if (!call.headers['user-agent'] || !call.headers.accept) throw new PayError(400, 'PARAM_ERROR', 'Http头缺少Accept或User-Agent')
  const given = readAuthorization(call.headers.authorization)
  if (!given) throw wrongSignature('Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》', call, '')
  const signed = requestMessage(call.method, call.url, given.timestamp, given.nonce, call.body)
  if (given.mchid !== options.mchid) throw wrongSignature('商户号不存在或与证书不匹配', call, signed)
  if (given.serial !== options.merchantSerial) throw wrongSignature('商户证书序列号有误。请使用签名私钥匹配的证书序列号', call, signed)
  const away = Math.abs(Number(given.timestamp) - world.wireNow() / 1000)
  if (!/^\d{10}$/.test(given.timestamp) || away > WINDOW_SECONDS)
    throw wrongSignature('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟', call, signed)
  if (!signedBy(options.merchantKey, signed, given.signature)) throw wrongSignature('错误的签名，验签失败', call, signed)
  if (call.body && !call.headers['content-type']?.startsWith('application/json'))
    throw new PayError(415, 'PARAM_ERROR', '请使用application/json格式')
}

/** Names of families that must not be mixed (wechat.md §6.4). */
const checkFamily = (world: World, call: Call): void => {
  const { family } = world.options
  if (call.path.startsWith('/v3/ecommerce/') && family !== 'ecommerce') throw new PayError(403, 'NO_AUTH', '非电商商户暂不支持调用此API')
  if (call.path.startsWith('/v3/profitsharing/') && family === 'ecommerce')
    throw new PayError(403, 'NO_AUTH', '电商商户不允许调用非电商分账API')
}

/** Adds a platform certificate; after the first, answers may be switched to it by the rule `signWith`. */
export const rotateCertificate = (world: World): string => {
  const made = makePlatformCertificate(world.wireNow())
  world.state.certificates.push(made)
  world.changed()
  return made.serial
}

const certificateRoutes = (world: World): Routes => ({
  'GET /v3/certificates': () => {
    const { certificates } = world.state
    if (certificates.length === 0) throw noResource('无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥')
    return answer(200, {
      data: certificates.map((known) => {
        const nonce = makeId.nonce().slice(0, 12)
        return {
          serial_no: known.serial,
          effective_time: beijing(known.effectiveAt),
          expire_time: beijing(known.expireAt),
          encrypt_certificate: {
            algorithm: 'AEAD_AES_256_GCM',
            nonce,
            associated_data: 'certificate',
            ciphertext: sealText(world.options.apiV3Key, nonce, 'certificate', known.certificatePem),
          },
        }
      }),
    })
  },
})

const errorAnswer = (error: PayError): Answer => {
  const body = { code: error.code, message: error.message, ...(error.detail === undefined ? {} : { detail: error.detail }) }
  return { ...answer(error.status, body), headers: { 'content-type': 'application/json; charset=utf-8', 'x-suffix': String(error.suffix) } }
}

/** Signs an answer, errors and 204 alike; a fault may ask for a signature that is wrong in one way. */
const signed = (world: World, given: Answer, spoil: FaultKind | null): Answer => {
  const { 'x-suffix': suffix = '0', ...headers } = given.headers
  const body = typeof given.body === 'string' ? given.body : given.body.toString('utf8')
  const forgery = spoil === 'bad-signature' ? 'signature' : spoil === 'unknown-serial' ? 'serial' : spoil === 'signtest' ? 'signtest' : null
  const signature = spoilHeaders(signatureHeaders(world, body), body, forgery, world.wireNow())
  const requestId = `08${randomBytes(12).toString('hex').toUpperCase()}-${suffix}`
  return { ...given, headers: { ...headers, ...signature, 'request-id': requestId } }
}

/** api.mch.weixin.qq.com: verifies who asks, answers what was asked, signs what it says. */
export const payServer = (world: World): Handler => {
  const bills = billRoutes(world)
  const find = router({
    ...payRoutes(world),
    ...ecommerceRefundRoutes(world),
    ...domesticRefundRoutes(world),
    ...sharingRoutes(world),
    ...certificateRoutes(world),
    ...bills.routes,
  })
  const work = async (call: Call): Promise<Answer> => {
    try {
      world.wake()
      checkRequest(world, call)
      checkFamily(world, call)
      const { handler, known } = find(call)
      if (!handler) throw known ? new PayError(405, 'METHOD_NOT_ALLOWED', '请求方法不支持') : noResource('接口不存在')
      return await handler(call)
    } catch (error) {
      if (error instanceof PayError) return errorAnswer(error)
      console.error('wechat stand-in:', error)
      return errorAnswer(new PayError(500, 'SYSTEM_ERROR', '系统异常，请用相同参数重新调用'))
    }
  }
  return (call) => {
    const voice: Voice = {
      rate: () => errorAnswer(new PayError(429, 'FREQUENCY_LIMITED', '频率超限，请稍后再试', undefined, 268447840)),
      systemError: () => errorAnswer(new PayError(500, 'SYSTEM_ERROR', '系统异常，请用相同参数重新调用')),
      errcode: (_code, message) => errorAnswer(new PayError(400, message, message)),
      finish: (given, spoil) => (bills.isDownload(call.path) && given.status === 200 ? given : signed(world, given, spoil)),
    }
    return throughFaults(world, call, voice, () => work(call))
  }
}
