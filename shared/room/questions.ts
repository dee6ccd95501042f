/** Questions 提问: what is asked in the chat stands in a queue of its own, the same question once, until it is answered. */
import { type ActOf, defineFlow, type StateOf } from '../flow.ts'
import { sameWords } from './moderation.ts'

export const questionFlow = defineFlow({
  open: { answer: { to: 'answered', by: ['shop'] }, dismiss: { to: 'dismissed', by: ['shop'] } },
  answered: {},
  dismissed: {},
})
export type QuestionState = StateOf<typeof questionFlow>
export const questionStateWords: Record<QuestionState, string> = { open: '待回答', answered: '已回答', dismissed: '不用回答' }
export const questionActWords: Record<ActOf<typeof questionFlow>, string> = { answer: '回答', dismiss: '略过' }

/** Questions kept waiting in one room; what is asked beyond that stays in the chat alone. */
export const QUESTIONS_MAX = 100
/** How alike two questions must be to count as one. */
const ALIKE = 0.6

const ASKING =
  /[?？]|[吗嘛]|呢$|多少|怎么|咋|什么|啥|哪[里儿个款种]?|几[个天年饼克斤块片泡]|能不能|可不可以|可以.{1,8}吗|有没有|是不是|会不会|为何|为什么|多久|多大|贵不贵|包邮/u

/** Whether a chat asks something. */
export const isQuestion = (text: string): boolean => ASKING.test(text.normalize('NFKC').trim())

/** Words that say nothing about what is asked. */
const FILLERS = /主播|老板|老板娘|阿姐|大姐|请问|问一下|想问|你好|您好|这个|这款|那个|[啊呀哦呢吗嘛吧的了]/gu

/** What is left of a question when signs and fillers are gone: two that have the same are the same. */
export const questionKey = (text: string): string => {
  const bare = sameWords(text)
  return bare.replace(FILLERS, '') || bare
}

const pairs = (key: string): Map<string, number> => {
  const letters = [...key]
  const found = new Map<string, number>()
  for (let i = 0; i + 1 < letters.length; i++) {
    const pair = `${letters[i]}${letters[i + 1]}`
    found.set(pair, (found.get(pair) ?? 0) + 1)
  }
  return found
}

/** How alike two questions are by their keys, from 0 to 1: the share of pairs of letters that both have (Dice). */
export function alike(a: string, b: string): number {
  if (a === b) return 1
  const [one, other] = [pairs(a), pairs(b)]
  const total = [...one.values(), ...other.values()].reduce((sum, n) => sum + n, 0)
  if (total === 0) return 0
  const shared = [...one].reduce((sum, [pair, n]) => sum + Math.min(n, other.get(pair) ?? 0), 0)
  return (2 * shared) / total
}

/** The one of these keys that asks the same, or -1. */
export const sameQuestion = (key: string, others: readonly string[]): number => {
  const scores = others.map((other) => alike(key, other))
  const best = Math.max(0, ...scores)
  return best >= ALIKE ? scores.indexOf(best) : -1
}
