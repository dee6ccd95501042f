/** Keyboard shortcuts of a page: silent while someone types, while a dialog is open, and with Ctrl, Alt or Cmd. */
import { useEffect, useRef } from 'react'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

const dialogOpen = (): boolean =>
  [...document.querySelectorAll('[role="dialog"]')].some((dialog) => dialog instanceof HTMLElement && dialog.offsetParent !== null)

/** Calls `act` with the key pressed; it answers whether it took the key. */
export const useKeys = (act: (key: string) => boolean): void => {
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || typing(event.target) || dialogOpen()) return
      if (latest.current(event.key)) event.preventDefault()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
}
