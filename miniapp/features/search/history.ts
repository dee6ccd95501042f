/** What was asked for on this phone, newest first; it never leaves the phone. */
import { searchLimits } from '@shared/search/facets.ts'
import Taro from '@tarojs/taro'

const KEY = 'search.history'

/** What is remembered. */
export const readHistory = (): string[] => {
  const found: unknown = Taro.getStorageSync(KEY)
  return Array.isArray(found) ? found.filter((t): t is string => typeof t === 'string').slice(0, searchLimits.history) : []
}

/** Puts a question first; answers what is remembered now. */
export const remember = (text: string): string[] => {
  const next = [text, ...readHistory().filter((t) => t !== text)].slice(0, searchLimits.history)
  Taro.setStorageSync(KEY, next)
  return next
}

/** Forgets all. */
export const forget = (): void => Taro.removeStorageSync(KEY)
