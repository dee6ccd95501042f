import { ApiError, apiBody, ok, textOf } from './api-errors.ts'
import { isObject, type Routes } from './http.ts'
import { checkOpenid } from './login.ts'
import type { World } from './world.ts'

const KEPT_MESSAGES = 1000
const CLOCK = '(\\d{4}年\\d{1,2}月\\d{1,2}日 |\\d{4}-\\d{1,2}-\\d{1,2} )?([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?'
const DATE = '(\\d{4}年\\d{1,2}月\\d{1,2}日|\\d{4}-\\d{1,2}-\\d{1,2})( ([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?)?'
const upTo = (count: number) => (text: string) => [...text].length <= count

/** What each kind of key may hold (wechat.md §3). */
const limits: Record<string, (text: string) => boolean> = {
  thing: upTo(20),
  number: (text) => /^-?\d{1,32}(\.\d+)?$/.test(text) && text.length <= 33,
  letter: (text) => /^[A-Za-z]{1,32}$/.test(text),
  symbol: (text) => upTo(5)(text) && !/[\p{L}\p{N}]/u.test(text),
  character_string: (text) => /^[\x20-\x7e]{1,32}$/.test(text),
  time: (text) => new RegExp(`^${CLOCK}(~${CLOCK})?$`).test(text),
  date: (text) => new RegExp(`^${DATE}(~${DATE})?$`).test(text),
  amount: (text) => /^[¥￥$€£]?\d{1,10}(\.\d+)?元?$/.test(text),
  phone_number: (text) => /^[\d+\-() ]{1,17}$/.test(text),
  car_number: upTo(8),
  name: (text) => (/^[\x20-\x7e]+$/.test(text) ? upTo(20)(text) : upTo(10)(text)),
  phrase: (text) => /^\p{Script=Han}{1,5}$/u.test(text),
}

/** Checks one value against its key's kind; `words` are the values an enum allows. */
const checkValue = (key: string, value: unknown, words: string[] | null): string => {
  const text = isObject(value) ? value.value : undefined
  const given = typeof text === 'number' ? String(text) : text
  const kind = key.replace(/\d+$/, '')
  const fits = kind === 'enum' ? (value: string) => !words || words.includes(value) : limits[kind]
  if (typeof given !== 'string' || given === '' || !fits?.(given)) throw new ApiError(47003, `argument invalid! data.${key}.value invalid`)
  return given
}

const creditKey = (openid: string, templateId: string): string => `${openid} ${templateId}`

/** The person accepts: one later message, however long it takes (wechat.md §3). */
export const acceptTemplate = (world: World, openid: string, templateId: string): void => {
  const key = creditKey(openid, templateId)
  world.state.credits[key] = (world.state.credits[key] ?? 0) + 1
  world.changed()
}

/** Messages that one user and template still allow. */
export const creditsOf = (world: World, openid: string, templateId: string): number =>
  world.state.credits[creditKey(openid, templateId)] ?? 0

const send = (world: World, body: Record<string, unknown>) => {
  const { state } = world
  const user = checkOpenid(world, body.touser)
  const templateId = textOf(body.template_id)
  const templates = Object.keys(state.templates)
  const shape = state.templates[templateId]
  if (!templateId || (templates.length > 0 && !shape)) throw new ApiError(40037, 'invalid template_id')
  const page = textOf(body.page)
  const to = body.miniprogram_state ?? 'formal'
  if (to !== 'developer' && to !== 'trial' && to !== 'formal') throw new ApiError(47003, 'argument invalid! miniprogram_state')
  if (!isObject(body.data)) throw new ApiError(47003, 'argument invalid! data')
  const data = body.data
  const keys = shape ? Object.keys(shape) : Object.keys(data)
  const values = Object.fromEntries(keys.map((key) => [key, checkValue(key, data[key], shape?.[key] ?? null)]))
  const left = creditsOf(world, user.openid, templateId)
  if (left === 0) throw new ApiError(43101, 'user refuse to accept the msg')
  state.credits[creditKey(user.openid, templateId)] = left - 1
  state.messages = [...state.messages.slice(1 - KEPT_MESSAGES), { at: world.now(), openid: user.openid, templateId, page, data: values }]
  world.changed()
  return ok({ msgid: Math.floor(world.now()) * 100 + (state.messages.length % 100) })
}

/** Subscribe messages. */
export const messageRoutes = (world: World): Routes => ({
  'POST /cgi-bin/message/subscribe/send': (call) => send(world, apiBody(call)),
})
