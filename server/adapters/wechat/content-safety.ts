import { z } from 'zod'
import type { ContentSafetyPort, Opinion } from '../../ports/content-safety.ts'
import { OutsideTrouble } from '../../ports/trouble.ts'
import type { WechatApi } from './apiTransport.ts'

const suggest = z.enum(['pass', 'review', 'risky'])
const checked = z.object({
  result: z.object({ suggest, label: z.number().int() }),
  detail: z
    .array(
      z.object({ errcode: z.number().int(), suggest: suggest.nullish(), label: z.number().int().nullish(), keyword: z.string().nullish() }),
    )
    .default([]),
})

/** WeChat's scenes (wechat.md §2.1). A listing is read as a forum post: a longer text that everyone sees. */
const scenes = { profile: 1, comment: 2, listing: 3 } as const

const labels: Record<number, string> = {
  100: 'normal',
  10001: 'advertising',
  20001: 'politics',
  20002: 'porn',
  20003: 'abuse',
  20006: 'crime',
  20008: 'fraud',
  20012: 'vulgar',
  20013: 'copyright',
  21000: 'other',
}
const labelOf = (label: number): string => labels[label] ?? String(label)
const severity = { pass: 0, review: 1, risky: 2 } as const

const MOST_CHARACTERS = 2500
/** The person was not in the mini-program within two hours: WeChat gives no opinion, and that is nothing against the words. */
const NO_RECENT_VISIT = '61010'
const unknownVisitor: Opinion = { suggest: 'review', label: 'unknownVisitor', words: [] }

const opinionOf = ({ result, detail }: z.infer<typeof checked>): Opinion => {
  const valid = detail.filter((item) => item.errcode === 0)
  // Every strategy failed: a "pass" over nothing is no pass.
  if (detail.length > 0 && valid.length === 0 && result.suggest === 'pass') return { suggest: 'review', label: 'notChecked', words: [] }
  const words = [...new Set(valid.flatMap((item) => (item.keyword ? [item.keyword] : [])))]
  const worst = valid.reduce<{ suggest: Opinion['suggest']; label: number }>(
    (a, b) => (b.suggest && severity[b.suggest] > severity[a.suggest] ? { suggest: b.suggest, label: b.label ?? a.label } : a),
    result,
  )
  return { suggest: worst.suggest, label: labelOf(worst.label), words }
}

/** The machine's opinion by WeChat's msg_sec_check, version 2 (wechat.md §2.1). Texts above 2 500 characters are a RangeError. */
export const createWechatContentSafety = (options: { api: WechatApi }): ContentSafetyPort => ({
  readText: async ({ text, scene, openid }) => {
    if ([...text].length > MOST_CHARACTERS) throw new RangeError(`a text of more than ${MOST_CHARACTERS} characters`)
    // Without a visitor WeChat cannot be asked at all: a person must read.
    if (openid === null) return unknownVisitor
    try {
      const body = { content: text, version: 2, scene: scenes[scene], openid }
      return opinionOf(await options.api.withToken('readText', '/wxa/msg_sec_check', body, checked))
    } catch (error) {
      if (error instanceof OutsideTrouble && error.code === NO_RECENT_VISIT) return unknownVisitor
      throw error
    }
  },
})
