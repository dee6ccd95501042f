import { type ReactNode, useEffect } from 'react'
import { texts } from '@/lib/texts.ts'

/** A page: its name in the tab and as its heading, its acts at the right. */
export function Page({ title, aside, acts, children }: { title: string; aside?: ReactNode; acts?: ReactNode; children: ReactNode }) {
  useTitle(title)
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1 className="wrap">{title}</h1>
          {aside}
        </div>
        {acts ? <div className="row">{acts}</div> : null}
      </header>
      {children}
    </div>
  )
}

/** Names the browser's tab. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = `${title} · ${texts.brand}${texts.console}`
  }, [title])
}
