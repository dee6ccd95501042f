import { useQuery } from '@tanstack/react-query'
import './house.css'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Page } from '@/ui/Page.tsx'
import { Answer, Bones } from '@/ui/states.tsx'

/** How the house itself does: what waits and what was given up. */
export function Component() {
  const house = useQuery({
    queryKey: ['park', 'house'],
    queryFn: ({ signal }) => trpc.park.settlement.house.query(undefined, { signal }),
    refetchInterval: 5_000,
  })
  return (
    <Page title={texts.house.title} aside={<span className="hint">{texts.house.hint}</span>}>
      <Answer query={house} bones={<Bones rows={2} height={96} />}>
        {({ deliveriesWaiting, deliveriesParked }) => (
          <div className="stack">
            <p className={deliveriesParked > 0 ? 'notice alarm' : 'notice leaf'} role="status">
              {deliveriesParked > 0 ? texts.house.attention : texts.house.fine} · {texts.house.refreshed}
            </p>
            <dl className="card house">
              <div>
                <dt className="hint">{texts.house.waiting}</dt>
                <dd className="money-big">{deliveriesWaiting}</dd>
                <dd className="hint small">{texts.house.waitingHint}</dd>
              </div>
              <div>
                <dt className="hint">{texts.house.parked}</dt>
                <dd className={deliveriesParked > 0 ? 'money-big alarmed' : 'money-big'}>{deliveriesParked}</dd>
                <dd className="hint small">{texts.house.parkedHint}</dd>
              </div>
            </dl>
          </div>
        )}
      </Answer>
    </Page>
  )
}
