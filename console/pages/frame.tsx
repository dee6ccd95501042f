/** What stands around the pages: the gate, the way in, and what is shown when a page does not open. */

import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link, Navigate, Outlet, useNavigate } from 'react-router'
import { isSignIn } from '@/lib/errors.ts'
import { queryClient } from '@/lib/query.ts'
import { meOptions, startOf, useMe } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Bones, Empty, Failure } from '@/ui/states.tsx'

/** While the first page loads. */
export function Splash() {
  return (
    <div className="page">
      <Bones />
    </div>
  )
}

/** Lets nobody in whom the server does not know. */
export function Gate() {
  const me = useQuery(meOptions)
  if (me.data) return <Outlet />
  if (me.error && !isSignIn(me.error)) return <Failure error={me.error} retry={() => void me.refetch()} />
  return <Splash />
}

/** Leads to where this person works. */
export function Start() {
  const start = startOf(useMe())
  const signOut = useSignOut()
  if (start) return <Navigate to={start} replace />
  return (
    <Empty title={texts.shell.noDesk} hint={texts.shell.noDeskHint}>
      <Button loading={signOut.isPending} onClick={() => signOut.mutate()}>
        {texts.shell.signOut}
      </Button>
    </Empty>
  )
}

/** Signs out here and on the server. */
export const useSignOut = () => {
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => trpc.buyer.identity.logout.mutate({}),
    onSuccess: async () => {
      await navigate('/login', { replace: true })
      queryClient.clear()
    },
  })
}

/** A page that failed to load or to draw. */
export function Broken() {
  return (
    <Empty title={texts.failure.page} hint={texts.failure.pageHint}>
      <Button type="primary" onClick={() => location.reload()}>
        {texts.failure.reload}
      </Button>
    </Empty>
  )
}

/** An address that leads nowhere. */
export function NotThere() {
  return (
    <Empty title={texts.failure.nothingHere} hint="">
      <Link to="/">{texts.failure.toStart}</Link>
    </Empty>
  )
}

/** A room that the role may not enter. */
export function Denied({ role, what }: { role: string; what: string }) {
  return (
    <Empty title={texts.shell.denied(role, what)} hint={texts.shell.deniedHint}>
      <Link to="/">{texts.failure.toStart}</Link>
    </Empty>
  )
}
