import { useEffect, useState } from 'react'

/** State that is kept in this browser under `name` until it is cleared: a closed tab loses nothing. `kept` says that something was found. */
export function useKept<T extends object>(name: string, start: T) {
  const key = `chashan.${name}`
  const [found] = useState<T | null>(() => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? 'null') as T | null
    } catch {
      return null
    }
  })
  const [value, setValue] = useState<T>(() => (found ? { ...start, ...found } : start))
  const [touched, setTouched] = useState(false)
  useEffect(() => {
    if (!touched) return
    try {
      localStorage.setItem(key, JSON.stringify(value))
    } catch {
      // a full or forbidden store costs the safety net, not the form
    }
  }, [key, value, touched])
  return {
    value,
    kept: found !== null,
    set: (change: Partial<T>): void => {
      setTouched(true)
      setValue((now) => ({ ...now, ...change }))
    },
    change: (edit: (now: T) => T): void => {
      setTouched(true)
      setValue(edit)
    },
    clear: (): void => {
      setTouched(false)
      localStorage.removeItem(key)
    },
  }
}
