/** Loading in the shapes that pages need: one answer, or a list that grows. What was once shown stays while it is asked anew. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { refusalOf, wordsOf } from './trouble'

export interface Loaded<T> {
  data: T | undefined
  /** Words for the reader when it failed. */
  trouble: string | null
  busy: boolean
  /** It is not there, or not any more: what was shown before must go too. */
  gone: boolean
  again(): Promise<void>
  set(data: T): void
}

/** Asks when mounted and whenever `deps` change; a late answer to an old question is dropped. */
export const useLoad = <T>(ask: () => Promise<T>, deps: readonly unknown[]): Loaded<T> => {
  const [state, setState] = useState<{ data: T | undefined; trouble: string | null; busy: boolean; gone: boolean }>({
    data: undefined,
    trouble: null,
    busy: true,
    gone: false,
  })
  const turn = useRef(0)
  const again = useCallback(async () => {
    const mine = ++turn.current
    setState((s) => ({ ...s, busy: true, trouble: null }))
    try {
      const data = await ask()
      if (mine === turn.current) setState({ data, trouble: null, busy: false, gone: false })
    } catch (error) {
      if (mine === turn.current) setState((s) => ({ ...s, trouble: wordsOf(error), busy: false, gone: refusalOf(error) === 'notFound' }))
    }
  }, deps)
  useEffect(() => {
    void again()
    return () => {
      turn.current++
    }
  }, [again])
  const set = useCallback((data: T) => setState({ data, trouble: null, busy: false, gone: false }), [])
  return { ...state, again, set }
}

export interface Page<R> {
  rows: R[]
  next: string | null
}

export interface Pages<R, P extends Page<R>> {
  rows: R[] | undefined
  /** The first page, for what stands beside its rows (counts and the like). */
  first: P | undefined
  trouble: string | null
  busy: boolean
  over: boolean
  /** Asks for the next page; does nothing while busy or at the end. */
  more(): void
  again(): Promise<void>
}

/** A keyset list that grows by `more`. */
export const usePages = <R, P extends Page<R> = Page<R>>(
  ask: (cursor: string | null) => Promise<P>,
  deps: readonly unknown[],
): Pages<R, P> => {
  const [state, setState] = useState<{
    rows: R[] | undefined
    first: P | undefined
    next: string | null
    trouble: string | null
    busy: boolean
  }>({ rows: undefined, first: undefined, next: null, trouble: null, busy: true })
  const turn = useRef(0)
  const again = useCallback(async () => {
    const mine = ++turn.current
    setState((s) => ({ ...s, busy: true, trouble: null }))
    try {
      const page = await ask(null)
      if (mine === turn.current) setState({ rows: page.rows, first: page, next: page.next, trouble: null, busy: false })
    } catch (error) {
      if (mine === turn.current) setState((s) => ({ ...s, trouble: wordsOf(error), busy: false }))
    }
  }, deps)
  useEffect(() => {
    setState({ rows: undefined, first: undefined, next: null, trouble: null, busy: true })
    void again()
    return () => {
      turn.current++
    }
  }, [again])
  const more = () => {
    if (state.busy || state.next === null) return
    const mine = turn.current
    const cursor = state.next
    setState((s) => ({ ...s, busy: true, trouble: null }))
    ask(cursor).then(
      (page) => {
        if (mine === turn.current) setState((s) => ({ ...s, rows: [...(s.rows ?? []), ...page.rows], next: page.next, busy: false }))
      },
      (error: unknown) => {
        if (mine === turn.current) setState((s) => ({ ...s, trouble: wordsOf(error), busy: false }))
      },
    )
  }
  return { rows: state.rows, first: state.first, trouble: state.trouble, busy: state.busy, over: state.next === null, more, again }
}

/**
 * A keyset list whose first page came with something else. When that is asked anew and ends at the same row, what was added stays, so that a
 * reader far down is not thrown up.
 */
export const useGoOn = <R>(first: Page<R> | undefined, ask: (cursor: string) => Promise<Page<R>>): Pages<R, Page<R>> => {
  const [added, setAdded] = useState<{ from: string | null; rows: R[]; next: string | null; trouble: string | null; busy: boolean }>({
    from: null,
    rows: [],
    next: null,
    trouble: null,
    busy: false,
  })
  const from = first?.next ?? null
  const mine = added.from === from ? added : { from, rows: [], next: from, trouble: null, busy: false }
  const latest = useRef(mine)
  latest.current = mine
  const more = () => {
    const { busy, next } = latest.current
    if (busy || next === null) return
    const put = (change: Partial<typeof mine>) => {
      if (latest.current.from !== from) return
      latest.current = { ...latest.current, ...change }
      setAdded(latest.current)
    }
    put({ busy: true, trouble: null })
    ask(next).then(
      (page) => put({ rows: [...latest.current.rows, ...page.rows], next: page.next, busy: false }),
      (error: unknown) => put({ trouble: wordsOf(error), busy: false }),
    )
  }
  return {
    rows: first && [...first.rows, ...mine.rows],
    first,
    trouble: mine.trouble,
    busy: mine.busy,
    over: mine.next === null,
    more,
    again: async () => more(),
  }
}

/** One act at a time: `busy` while it runs, so that a second tap does nothing. Rejections are the caller's to show. */
export const useAct = (): [boolean, (act: () => Promise<void>) => Promise<void>] => {
  const [busy, setBusy] = useState(false)
  const running = useRef(false)
  const run = useCallback(async (act: () => Promise<void>) => {
    if (running.current) return
    running.current = true
    setBusy(true)
    try {
      await act()
    } finally {
      running.current = false
      setBusy(false)
    }
  }, [])
  return [busy, run]
}
