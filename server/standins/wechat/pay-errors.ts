import { createHash } from 'node:crypto'
import { isObject, readObject } from './http.ts'

/** An error answer of Pay v3 (wechat.md §5.9): HTTP status, code, words, and the numeric suffix of Request-ID. */
export class PayError extends Error {
  status: number
  code: string
  detail: unknown
  suffix: number

  constructor(status: number, code: string, message: string, detail?: unknown, suffix = 268435461) {
    super(message)
    this.status = status
    this.code = code
    this.detail = detail
    this.suffix = suffix
  }
}

/** PARAM_ERROR that names the field, as a JSON pointer into the body (or `query:`). */
export const badField = (field: string, issue: string, value?: unknown): PayError =>
  new PayError(400, 'PARAM_ERROR', `参数错误：${issue}`, {
    location: field.startsWith('query:') ? 'query' : 'body',
    field: field.replace(/^query:/, ''),
    value: value === undefined ? null : value,
    issue,
  })

/** A number that names nothing: the order, or the resource. */
export const noOrder = (): PayError => new PayError(404, 'ORDER_NOT_EXIST', '订单不存在', undefined, 268512771)
export const noResource = (message = '资源不存在'): PayError => new PayError(404, 'RESOURCE_NOT_EXISTS', message, undefined, 268512771)
export const orderPaid = (): PayError => new PayError(400, 'ORDERPAID', '该订单已支付', undefined, 268449538)
export const orderClosed = (): PayError => new PayError(400, 'ORDER_CLOSED', '订单已关闭，请更换商户订单号重新下单')
export const invalid = (message: string, detail?: unknown): PayError => new PayError(400, 'INVALID_REQUEST', message, detail)

/** The JSON object of a body; PARAM_ERROR when it is none. */
export const bodyObject = (body: string): Record<string, unknown> => {
  const value = readObject(body)
  if (!value) throw new PayError(400, 'PARAM_ERROR', '请求体不是合法的JSON', { location: 'body', issue: 'json parse error' }, 268435464)
  return value
}

/** Reads fields of one object of the body, naming them by pointer when they are wrong. */
export interface Fields {
  readonly raw: Record<string, unknown>
  text(name: string, limits?: { max?: number; min?: number; like?: RegExp }): string
  textOr(name: string, limits?: { max?: number; like?: RegExp }): string | null
  whole(name: string, least: number, most: number): number
  flag(name: string): boolean
  object(name: string): Fields
  objectOr(name: string): Fields | null
  list(name: string, least: number, most: number): Fields[]
}

/** Wraps an object of the body; `at` is its JSON pointer. Lengths count characters. */
export const fieldsOf = (raw: Record<string, unknown>, at = ''): Fields => {
  const fields: Fields = {
    raw,
    textOr: (name, limits = {}) => {
      const value = raw[name]
      if (value === undefined || value === null || value === '') return null
      return fields.text(name, limits)
    },
    text: (name, { max = 255, min = 1, like } = {}) => {
      const value = raw[name]
      if (value === undefined || value === null) throw badField(`${at}/${name}`, `缺少必填字段 ${name}`)
      if (typeof value !== 'string') throw badField(`${at}/${name}`, `${name} 应为字符串`, value)
      const size = [...value].length
      if (size < min || size > max) throw badField(`${at}/${name}`, `${name} 长度应在 ${min} 至 ${max} 之间`, value)
      if (like && !like.test(value)) throw badField(`${at}/${name}`, `${name} 格式不正确`, value)
      return value
    },
    whole: (name, least, most) => {
      const value = raw[name]
      if (value === undefined || value === null) throw badField(`${at}/${name}`, `缺少必填字段 ${name}`)
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw badField(`${at}/${name}`, `${name} 应为整数`, value)
      if (value < least || value > most) throw badField(`${at}/${name}`, `${name} 应在 ${least} 至 ${most} 之间`, value)
      return value
    },
    flag: (name) => {
      const value = raw[name]
      if (value === undefined || value === null) return false
      if (typeof value !== 'boolean') throw badField(`${at}/${name}`, `${name} 应为布尔值`, value)
      return value
    },
    object: (name) => {
      const value = raw[name]
      if (!isObject(value)) throw badField(`${at}/${name}`, `缺少必填字段 ${name}`, value)
      return fieldsOf(value, `${at}/${name}`)
    },
    objectOr: (name) => (raw[name] === undefined || raw[name] === null ? null : fields.object(name)),
    list: (name, least, most) => {
      const value = raw[name]
      if (!Array.isArray(value) || value.length < least || value.length > most)
        throw badField(`${at}/${name}`, `${name} 应有 ${least} 至 ${most} 项`)
      return value.map((item, i) => {
        if (!isObject(item)) throw badField(`${at}/${name}/${i}`, '应为对象', item)
        return fieldsOf(item, `${at}/${name}/${i}`)
      })
    },
  }
  return fields
}

/** A mark that is equal for requests that say the same, whatever the order of their keys. */
export const markOf = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('base64')

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join(',')}}`
}

/** Refuses callback addresses as Pay does; plain http stands for https on this machine only. */
export const checkNotifyUrl = (field: string, value: string): string => {
  let url: URL
  try {
    url = new URL(value)
  } catch {
    throw badField(field, '通知地址格式不正确', value)
  }
  const near = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && near)) throw badField(field, '通知地址须为https', value)
  if (value.includes('?') || value.includes('#')) throw badField(field, '通知地址不能携带参数', value)
  return value
}
