import { App, Button, Select } from 'antd'
import type { MouseEvent, ReactNode } from 'react'
import { NavLink, Outlet, useNavigate } from 'react-router'
import { wordsOf } from '@/lib/errors.ts'
import { useMe } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { useSignOut } from './frame.tsx'
import './shell.css'

export interface Entry {
  to: string
  words: string
  icon: ReactNode
}

const PARK = 'park'

/** Moves on to the page itself; the address is the router's and stays. */
const skip = (event: MouseEvent): void => {
  event.preventDefault()
  document.getElementById('main')?.focus()
}

/** The frame of every page: whose desk it is, the rooms that the role may enter, and the way out. */
export function Shell({ at, role, entries, strip }: { at: string; role: string; entries: Entry[]; strip?: ReactNode }) {
  const me = useMe()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const signOut = useSignOut()
  const places = [
    ...me.shops.map((shop) => ({ value: shop.id as string, label: shop.name })),
    ...(me.park ? [{ value: PARK, label: texts.shell.parkDesk }] : []),
  ]
  return (
    <div className="shell">
      <a className="skip" href="#main" onClick={skip}>
        {texts.common.skip}
      </a>
      <div className="shell-side">
        <span className="shell-brand">{texts.brand}</span>
        <div className="shell-switch">
          {places.length > 1 ? (
            <Select
              aria-label={texts.shell.switchShop}
              style={{ width: '100%' }}
              value={at}
              options={places}
              onChange={(place) => void navigate(place === PARK ? '/park' : `/shop/${place}`)}
            />
          ) : (
            <span className="strong" style={{ padding: '0 12px' }}>
              {places[0]?.label}
            </span>
          )}
        </div>
        <nav className="shell-nav" aria-label={texts.common.menu}>
          <ul>
            {entries.map((entry) => (
              <li key={entry.to}>
                <NavLink to={entry.to}>
                  {entry.icon}
                  {entry.words}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <div className="shell-who">
          <span className="wrap">
            <span className="strong">{me.nickname}</span> <span className="hint small">{role}</span>
          </span>
          <Button
            size="small"
            loading={signOut.isPending}
            onClick={() => signOut.mutate(undefined, { onError: (error) => message.error(wordsOf(error)) })}
          >
            {texts.shell.signOut}
          </Button>
        </div>
      </div>
      <main className="shell-main" id="main" tabIndex={-1}>
        {strip}
        <Outlet />
      </main>
    </div>
  )
}
