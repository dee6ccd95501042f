/** What a person typed is kept on the phone until it is sent: a call, a crash or a closed page loses nothing. */
import Taro from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'

const nameOf = (key: string) => `draft.${key}`

/** State that survives the page under `key`; `clear` forgets it once it was sent. `kept` says that something was found from last time. */
export const useDraft = <T extends object>(
  key: string,
  start: T,
): { value: T; set: (change: Partial<T>) => void; replace: (value: T) => void; clear: () => void; kept: boolean } => {
  const [found] = useState(() => Taro.getStorageSync(nameOf(key)) as Partial<T> | '')
  const [value, setValue] = useState<T>(() => (found ? { ...start, ...found } : start))
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const latest = useRef<T | null>(null)
  const write = useCallback(() => {
    clearTimeout(timer.current)
    if (latest.current) Taro.setStorageSync(nameOf(key), latest.current)
  }, [key])
  const replace = useCallback(
    (next: T) => {
      latest.current = next
      setValue(next)
      clearTimeout(timer.current)
      timer.current = setTimeout(write, 300)
    },
    [write],
  )
  const current = useRef(value)
  current.current = latest.current ?? value
  const set = useCallback(
    (change: Partial<T>) => {
      current.current = { ...current.current, ...change }
      replace(current.current)
    },
    [replace],
  )
  const clear = useCallback(() => {
    clearTimeout(timer.current)
    latest.current = null
    Taro.removeStorageSync(nameOf(key))
  }, [key])
  useEffect(() => write, [write])
  return { value, set, replace, clear, kept: found !== '' }
}
