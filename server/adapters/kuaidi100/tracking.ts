/** Parcels as Kuaidi100 快递100 tells them (wechat.md §11.2): we subscribe once for each, and it calls back. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type ParcelStage, TRACK_WORDS } from '../../../shared/shipping/track.ts'
import { instant } from '../../../shared/time.ts'
import { ForgedNews, type ParcelNews, type TrackingPort } from '../../ports/tracking.ts'
import { OutsideTrouble } from '../../ports/trouble.ts'

/** Our couriers by its names. */
const companies: Record<string, string> = {
  SF: 'shunfeng',
  YTO: 'yuantong',
  ZTO: 'zhongtong',
  STO: 'shentong',
  YD: 'yunda',
  EMS: 'ems',
  YZPY: 'youzhengguonei',
  JD: 'jd',
  DBL: 'debangkuaidi',
  JTSD: 'jtexpress',
}

const stages: Record<string, ParcelStage> = {
  '0': 'moving',
  '1': 'collected',
  '2': 'trouble',
  '3': 'signed',
  '4': 'returned',
  '5': 'delivering',
  '6': 'returning',
  '7': 'forwarded',
  '8': 'customs',
  '14': 'refused',
}
/** Finer states of `resultv2` begin with the plain one: 501 is a kind of 5. */
const stageOf = (state: string): ParcelStage => stages[state] ?? stages[state.slice(0, state.length > 2 ? -2 : 1)] ?? 'moving'

const answered = z.object({ result: z.boolean(), returnCode: z.string(), message: z.string().default('') })
const point = z.object({ ftime: z.string(), context: z.string(), status: z.string().optional(), statusCode: z.string().optional() })
const pushed = z.object({
  status: z.string(),
  lastResult: z.object({ state: z.string().default('0'), data: z.array(point).default([]) }).optional(),
})

/** It says times in China's time, without saying so: "2026-11-20 14:03:11". */
const readTime = (text: string): number | null => {
  const at = Date.parse(`${text.trim().replace(' ', 'T')}+08:00`)
  return Number.isNaN(at) ? null : at
}

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex')
const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** Taken as done: asked before, and the number is followed already. */
const DONE = new Set(['200', '501'])

export const createKuaidi100Tracking = (options: { base: string; key: string; timeoutMs: number } | null): TrackingPort => ({
  follow: async (ask) => {
    if (!options) return 'off'
    const company = companies[ask.courier]
    if (!company) throw new OutsideTrouble('kuaidi100', '702', 'a courier that it does not know')
    const param = JSON.stringify({
      company,
      number: ask.trackingNo,
      key: options.key,
      parameters: { callbackurl: ask.callbackUrl, salt: ask.salt, resultv2: '4', phone: ask.phoneTail },
    })
    let text: string
    try {
      const answer = await fetch(new URL('/poll', options.base), {
        method: 'POST',
        body: new URLSearchParams({ schema: 'json', param }),
        redirect: 'error',
        signal: AbortSignal.timeout(options.timeoutMs),
      })
      if (!answer.ok) throw new OutsideTrouble('kuaidi100', `http ${answer.status}`, 'it did not answer as it should')
      text = await answer.text()
    } catch (error) {
      if (error instanceof OutsideTrouble) throw error
      // asking again is harmless: no answer is no more than that
      throw new OutsideTrouble('kuaidi100', 'noAnswer', 'it did not answer')
    }
    const said = answered.safeParse(readJson(text))
    if (!said.success) throw new OutsideTrouble('kuaidi100', 'nonsense', 'its answer makes no sense')
    if (!DONE.has(said.data.returnCode)) throw new OutsideTrouble('kuaidi100', said.data.returnCode, said.data.message.slice(0, 120))
    return 'followed'
  },
  readNews: (body, salt): ParcelNews | null => {
    const form = new URLSearchParams(body)
    const [param, sign] = [form.get('param') ?? '', (form.get('sign') ?? '').toLowerCase()]
    if (!same(md5(param + salt), sign)) throw new ForgedNews('its signature does not fit')
    const news = pushed.safeParse(readJson(param))
    if (!news.success) return null
    const { status, lastResult } = news.data
    const points = (lastResult?.data ?? []).flatMap(({ ftime, context, statusCode }) => {
      const at = readTime(ftime)
      const words = [...context.trim()].slice(0, TRACK_WORDS).join('')
      return at === null || words === '' ? [] : [{ at: instant(at), words, stage: stageOf(statusCode ?? lastResult?.state ?? '0') }]
    })
    return { stage: stageOf(lastResult?.state ?? '0'), points, over: status === 'shutdown' || status === 'abort' }
  },
  answers: {
    taken: '{"result":true,"returnCode":"200","message":"成功"}',
    later: '{"result":false,"returnCode":"500","message":"稍后重试"}',
  },
})

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
