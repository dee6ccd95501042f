/** What stands where an answer will be, is missing, or failed. */

import { Button } from 'antd'
import type { ReactNode } from 'react'
import { wordsOf } from '@/lib/errors.ts'
import { texts } from '@/lib/texts.ts'

/** Grey shapes of the coming rows. */
export function Bones({ rows = 4, height = 48 }: { rows?: number; height?: number }) {
  return (
    <div className="bones" role="status" aria-label={texts.common.loading}>
      {Array.from({ length: rows }, (_, n) => `bone${n}`).map((key) => (
        <div key={key} className="bone" style={{ height }} />
      ))}
    </div>
  )
}

/** Nothing here yet, and what to do next. */
export function Empty({ title, hint, children }: { title: string; hint: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      <p className="hint">{hint}</p>
      {children}
    </div>
  )
}

/** What happened, and a retry. */
export function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <div className="failure" role="alert">
      <p>{wordsOf(error)}</p>
      <Button onClick={retry}>{texts.common.retry}</Button>
    </div>
  )
}

interface Asked<T> {
  data: T | undefined
  error: unknown
  refetch: () => unknown
}

/** An answer in each of its states; what is already there stays when a refresh fails. */
export function Answer<T>({ query, bones, children }: { query: Asked<T>; bones?: ReactNode; children: (data: T) => ReactNode }) {
  if (query.data === undefined)
    return query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : (bones ?? <Bones />)
  return (
    <>
      {query.error ? (
        <div className="stale" role="alert">
          {texts.common.refreshFailed(wordsOf(query.error))}
          <Button size="small" onClick={() => void query.refetch()}>
            {texts.common.retry}
          </Button>
        </div>
      ) : null}
      {children(query.data)}
    </>
  )
}

interface Paged {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}

/** The foot of a long list: more on request. */
export function More({ query }: { query: Paged }) {
  if (!query.hasNextPage) return null
  return (
    <div className="more">
      <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {texts.common.more}
      </Button>
    </div>
  )
}
