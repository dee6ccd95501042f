import type { LiveSessionId, ShopId } from '@shared/ids.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { texts } from '@/lib/texts.ts'
import { type Outputs, trpc } from '@/lib/trpc.ts'
import { Mark } from '@/ui/Mark.tsx'
import { Answer, Bones } from '@/ui/states.tsx'

const t = texts.preflight
const EVERY = 15_000
type Found = Outputs['shop']['live']['preflight']

/** The check before a broadcast, for the shop: what keeps it back, and where it is put right. */
export function Preflight({ shopId, sessionId }: { shopId: ShopId; sessionId: LiveSessionId }) {
  const check = useQuery({
    queryKey: ['live', shopId, sessionId, 'preflight'],
    queryFn: ({ signal }) => trpc.shop.live.preflight.query({ shopId, sessionId }, { signal }),
    refetchInterval: EVERY,
    staleTime: 0,
  })
  return (
    <section className="card stack">
      <div className="card-head">
        <h2>{t.title}</h2>
      </div>
      <Answer query={check} bones={<Bones rows={2} />}>
        {(found) => (
          <Findings found={found} fixes={(f) => (f.fix === 'listing' && f.listingId ? `/shop/${shopId}/listings/${f.listingId}` : null)} />
        )}
      </Answer>
    </section>
  )
}

/** What was found, what blocks first. */
export function Findings({ found, fixes }: { found: Found; fixes?: (finding: Found['findings'][number]) => string | null }) {
  return (
    <div className="stack-s">
      <Mark tone={found.blocked ? 'alarm' : 'leaf'}>{found.blocked ? t.blocked : t.ready}</Mark>
      {found.allowed ? <p className="notice wrap">{t.allowed(found.allowed.why)}</p> : null}
      <ul className="stack-s">
        {found.findings.map((finding) => {
          const to = fixes?.(finding)
          return (
            <li key={`${finding.code}${finding.words}`} className="row row-apart">
              <span className="grow wrap">
                <span className={finding.blocks ? 'field-wrong strong' : 'hint'}>{finding.blocks ? t.blocks : t.hint}</span> {finding.words}
              </span>
              {to ? <Link to={to}>{t.fix}</Link> : null}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
