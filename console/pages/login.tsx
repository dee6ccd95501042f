import { useNavigate, useSearchParams } from 'react-router'
import { DemoPeople } from '@/features/identity/DemoPeople.tsx'
import { Pairing } from '@/features/identity/Pairing.tsx'
import { queryClient } from '@/lib/query.ts'
import { meOptions } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { useTitle } from '@/ui/Page.tsx'
import './login.css'

/** Signing in by the phone; afterwards back to the page one came from. */
export function Component() {
  useTitle(texts.login.title)
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const enter = async (): Promise<void> => {
    queryClient.clear()
    await queryClient.fetchQuery(meOptions)
    const back = search.get('back')
    await navigate(back?.startsWith('/') && !back.startsWith('//') ? back : '/', { replace: true })
  }
  return (
    <div className="login">
      <div className="login-brand">
        <strong>{texts.brand}</strong>
        <div>
          <p>{texts.login.slogan}</p>
          <p>{texts.login.place}</p>
        </div>
      </div>
      <main className="login-main">
        {search.get('lost') ? (
          <p className="notice" role="status">
            {texts.login.lost}
          </p>
        ) : null}
        <Pairing onEnter={enter} />
        <DemoPeople onEnter={enter} />
      </main>
    </div>
  )
}
