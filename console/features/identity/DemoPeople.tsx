import type { UserId } from '@shared/ids.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { isNotFound, wordsOf } from '@/lib/errors.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Bones, Failure } from '@/ui/states.tsx'

/** The people of the demonstration, to enter as; where the house has none, nothing is shown. */
export function DemoPeople({ onEnter }: { onEnter: () => Promise<void> }) {
  const people = useQuery({
    queryKey: ['people'],
    queryFn: ({ signal }) => trpc.buyer.identity.people.query({}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const enter = useMutation({
    mutationFn: async (key: UserId) => {
      await trpc.buyer.identity.enterAs.mutate({ key })
      await onEnter()
    },
  })
  if (people.error) return isNotFound(people.error) ? null : <Failure error={people.error} retry={() => void people.refetch()} />
  if (!people.data) return <Bones rows={2} />
  const groups = (['farmer', 'staff'] as const)
    .map((as) => ({ as, people: people.data.filter((one) => one.as === as) }))
    .filter((group) => group.people.length > 0)
  if (groups.length === 0) return null
  return (
    <section className="login-people">
      <div>
        <h2>{texts.login.demo}</h2>
        <p className="hint small">{texts.login.demoHint}</p>
      </div>
      {enter.error ? (
        <p className="field-wrong" role="alert">
          {wordsOf(enter.error)}
        </p>
      ) : null}
      {groups.map((group) => (
        <div key={group.as} className="stack-s">
          <h3>{texts.login.groups[group.as]}</h3>
          <ul>
            {group.people.map((one) => (
              <li key={one.key}>
                <button
                  type="button"
                  className="login-person"
                  disabled={enter.isPending}
                  aria-label={texts.login.enter(one.name)}
                  onClick={() => enter.mutate(one.key)}
                >
                  <span className="strong">{one.name}</span>
                  <span className="hint small">{one.where}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
