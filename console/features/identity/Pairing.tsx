import { PAIRING_PAGE } from '@shared/identity/words.ts'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { toString as drawCode } from 'qrcode'
import { useEffect, useState } from 'react'
import { wordsOf } from '@/lib/errors.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Failure } from '@/ui/states.tsx'

const POLL_EVERY = 1_000

/** Where the phone goes when it scans: the confirm page of the buyer app. */
const sceneUrl = (scene: string): string => `${location.origin}/#/${PAIRING_PAGE}?scene=${encodeURIComponent(scene)}`

/** The code to scan, the number to choose on the phone, and the wait for it. */
export function Pairing({ onEnter }: { onEnter: () => Promise<void> }) {
  const [turn, setTurn] = useState(0)
  const [entering, setEntering] = useState<unknown>(null)
  const pairing = useQuery({
    queryKey: ['pairing', turn],
    queryFn: async () => {
      const made = await trpc.buyer.identity.startPairing.mutate({})
      return { ...made, svg: await drawCode(sceneUrl(made.scene), { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }) }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const pairingId = pairing.data?.pairingId
  const left = useCountdown(pairing.data?.expiresAt)
  const poll = useQuery({
    queryKey: ['pairing', 'state', pairingId],
    queryFn: () => trpc.buyer.identity.pollPairing.mutate({ pairingId: pairingId! }),
    enabled: pairingId !== undefined,
    gcTime: 0,
    refetchIntervalInBackground: true,
    refetchInterval: ({ state }) =>
      left > 0 && (!state.data || state.data.state === 'waiting' || state.data.state === 'scanned') ? POLL_EVERY : false,
  })
  const state = poll.data?.state ?? 'waiting'
  useEffect(() => {
    if (state !== 'confirmed') return
    setEntering(true)
    onEnter().catch(setEntering)
  }, [state])

  const over = pairing.data !== undefined && (state === 'over' || (left <= 0 && state !== 'confirmed'))
  const renew = (): void => {
    setEntering(null)
    setTurn((n) => n + 1)
  }
  return (
    <section className="login-box" aria-live="polite">
      <h1>{texts.login.title}</h1>
      <p className="hint">{texts.login.hint}</p>
      {pairing.error ? (
        <Failure error={pairing.error} retry={renew} />
      ) : (
        <>
          <div className="login-qr">
            {pairing.data ? (
              <img src={`data:image/svg+xml;utf8,${encodeURIComponent(pairing.data.svg)}`} alt={texts.login.code} />
            ) : (
              <div className="bone" style={{ height: '100%' }} />
            )}
            {over || state === 'refused' ? (
              <div className="login-cover">
                <strong>{state === 'refused' ? texts.login.refused : texts.login.over}</strong>
                {state === 'refused' ? <span className="hint small">{texts.login.refusedHint}</span> : null}
                <Button type="primary" onClick={renew}>
                  {texts.login.refresh}
                </Button>
              </div>
            ) : null}
          </div>
          {pairing.data && !over && state !== 'refused' ? (
            <>
              <div>
                <p className="hint">{texts.login.number}</p>
                <p className="login-number">{pairing.data.number}</p>
              </div>
              <p role="status" className="hint">
                {state === 'confirmed' ? (
                  entering instanceof Error ? (
                    <span className="field-wrong">{wordsOf(entering)}</span>
                  ) : (
                    texts.login.entering
                  )
                ) : state === 'scanned' ? (
                  texts.login.scanned
                ) : (
                  `${texts.login.waiting} · ${texts.login.left(left)}`
                )}
              </p>
            </>
          ) : null}
        </>
      )}
    </section>
  )
}

/** Whole seconds until an instant, at least 0; 1 while it is not known. */
const useCountdown = (until: number | undefined): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [until])
  return until === undefined ? 1 : Math.max(0, Math.ceil((until - now) / 1_000))
}
