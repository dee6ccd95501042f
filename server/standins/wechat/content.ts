import qrcode from 'qrcode'
import { ApiError, apiBody, ok, textOf } from './api-errors.ts'
import { makeId } from './crypto.ts'
import { answer, type Routes } from './http.ts'
import { checkOpenid } from './login.ts'
import type { Verdict } from './state.ts'
import type { World } from './world.ts'

const VISIT_WITHIN_MS = 2 * 3600_000
const severity = { pass: 0, review: 1, risky: 2 } as const

/** msg_sec_check v2 (wechat.md §2.1). Which texts are risky is set by patterns in the control plane. */
const checkText = (world: World, body: Record<string, unknown>) => {
  const user = checkOpenid(world, body.openid)
  if (body.version !== 2 && body.version !== '2') throw new ApiError(47003, 'argument invalid! version')
  if (![1, 2, 3, 4].includes(Number(body.scene))) throw new ApiError(40129, 'invalid scene')
  const content = textOf(body.content)
  if (!content || [...content].length > 2500) throw new ApiError(47003, 'argument invalid! content')
  if (world.state.rules.visitRule && world.now() - user.lastVisitAt > VISIT_WITHIN_MS)
    throw new ApiError(61010, 'code is expired, user should access the mini program in two hours')
  const all = [content, textOf(body.title), textOf(body.nickname), Number(body.scene) === 1 ? textOf(body.signature) : ''].join('\n')
  const hits = world.state.verdicts.flatMap((verdict) => {
    const found = new RegExp(verdict.pattern, 'i').exec(all)
    return found ? [{ verdict, keyword: found[0] }] : []
  })
  const worst = hits.reduce<Verdict>((a, { verdict }) => (severity[verdict.suggest] > severity[a.suggest] ? verdict : a), {
    pattern: '',
    suggest: 'pass',
    label: 100,
  })
  return ok({
    result: { suggest: worst.suggest, label: worst.label },
    detail: [
      { strategy: 'content_model', errcode: 0, suggest: worst.suggest, label: worst.label, prob: worst.suggest === 'pass' ? 10 : 90 },
      ...hits.map(({ verdict, keyword }) => ({
        strategy: 'keyword',
        errcode: 0,
        suggest: verdict.suggest,
        label: verdict.label,
        level: 20,
        keyword,
      })),
    ],
    trace_id: makeId.uuid(),
  })
}

/** getwxacodeunlimit (wechat.md §4): a PNG whose code reads as the scene, so that a test can read it back. */
const drawCode = async (world: World, body: Record<string, unknown>) => {
  const scene = textOf(body.scene)
  if (!scene || scene.length > 32) throw new ApiError(40169, 'invalid length for scene, or the data is not json string')
  if (!/^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]+$/.test(scene)) throw new ApiError(40129, 'invalid scene')
  if (/(^|&)scancode_time=/.test(scene)) throw new ApiError(85096, 'not allow include scancode_time field')
  const page = textOf(body.page)
  const checks = body.check_path !== false
  const pages = world.state.rules.pages
  if (page.startsWith('/') || page.includes('?') || (checks && page !== '' && pages !== null && !pages.includes(page)))
    throw new ApiError(41030, 'invalid page')
  const version = body.env_version ?? 'release'
  if (version !== 'release' && version !== 'trial' && version !== 'develop') throw new ApiError(40097, 'invalid args')
  const width = body.width ?? 430
  if (typeof width !== 'number' || width < 280 || width > 1280) throw new ApiError(40097, 'invalid args')
  return answer(200, await qrcode.toBuffer(scene, { type: 'png', width, margin: 2, errorCorrectionLevel: 'M' }), 'image/png')
}

/** Text checks and mini-program codes. */
export const contentRoutes = (world: World): Routes => ({
  'POST /wxa/msg_sec_check': (call) => checkText(world, apiBody(call)),
  'POST /wxa/getwxacodeunlimit': (call) => drawCode(world, apiBody(call)),
})
