import { makeId } from './crypto.ts'
import { type Answer, answer, type Call, readObject } from './http.ts'

/** An error of api.weixin.qq.com: HTTP 200 with `errcode` and `errmsg` (wechat.md §0.3). */
export class ApiError extends Error {
  errcode: number

  constructor(errcode: number, errmsg: string) {
    super(errmsg)
    this.errcode = errcode
  }
}

/** The body of an error, with a request id at the end of the words as WeChat adds it. */
export const apiErrorAnswer = (errcode: number, errmsg: string): Answer =>
  answer(200, { errcode, errmsg: `${errmsg} rid: ${makeId.rid()}` })

/** A success: the fields beside `errcode: 0`. */
export const ok = (fields: Record<string, unknown> = {}): Answer => answer(200, { errcode: 0, errmsg: 'ok', ...fields })

/** The JSON body of a POST; 44002 when empty, 47001 when it is no object. */
export const apiBody = (call: Call): Record<string, unknown> => {
  if (call.body === '') throw new ApiError(44002, 'empty post data')
  const body = readObject(call.body)
  if (!body) throw new ApiError(47001, 'data format error')
  return body
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
