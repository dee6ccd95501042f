/** Reads what went wrong: the server's words are written for people, and everything else has one kind sentence. */
import { tokens } from '@shared/look.ts'
import Taro from '@tarojs/taro'
import { TRPCClientError } from '@trpc/client'
import { texts } from '../texts'

interface Facts {
  refusal?: string | null
  fields?: Record<string, string>
}

const factsOf = (error: unknown): Facts => (error instanceof TRPCClientError ? ((error.data ?? {}) as Facts) : {})

/** The sentence to show. */
export const wordsOf = (error: unknown): string => {
  if (error instanceof TRPCClientError) return error.message || texts.trouble.unknown
  const said = error instanceof Error ? error.message : ''
  return /[一-鿿]/.test(said) ? said : texts.trouble.unknown
}

/** The code of a business refusal, or null. */
export const refusalOf = (error: unknown): string | null => factsOf(error).refusal ?? null

/** What is wrong with which field. */
export const fieldsOf = (error: unknown): Record<string, string> => factsOf(error).fields ?? {}

/** Whether the server answered at all: if not, the same act may have happened, and only a retry with the same key is safe. */
export const answered = (error: unknown): boolean => error instanceof TRPCClientError && error.data != null

/** A short word at the middle of the screen; long ones wrap instead of being cut. */
export const say = (words: string): void => {
  void Taro.showToast({ title: words, icon: 'none', duration: words.length > 16 ? 3200 : 1800 })
}

/** Asks before something that cannot be taken back; true when the person went on. */
export const confirm = async (title: string, content: string, yes: string): Promise<boolean> => {
  const { confirm: sure } = await Taro.showModal({
    title,
    content,
    confirmText: yes,
    cancelText: texts.common.back,
    confirmColor: tokens.colors.tea,
    cancelColor: tokens.colors.ink2,
  })
  return sure
}
