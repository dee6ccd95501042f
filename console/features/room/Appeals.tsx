import { roomMeasures } from '@shared/room/moderation.ts'
import { dayAndTime } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { type Outputs, trpc } from '@/lib/trpc.ts'
import { useAct } from '@/ui/useAct.ts'
import { measureWords } from './Measures.tsx'

const t = texts.room.appeals
const EVERY = 30_000
type Appeal = Outputs['park']['room']['appeals'][number]

/** What people who were silenced or kept out ask the park to look at again; draws nothing when nobody asks. */
export function Appeals() {
  const list = useQuery({
    queryKey: ['appeals'],
    queryFn: ({ signal }) => trpc.park.room.appeals.query(undefined, { signal }),
    refetchInterval: EVERY,
  })
  if (!list.data || list.data.length === 0) return null
  return (
    <section className="card stack">
      <h2>{t.title(list.data.length)}</h2>
      <ul className="stack">
        {list.data.map((one) => (
          <One key={one.id} one={one} />
        ))}
      </ul>
    </section>
  )
}

function One({ one }: { one: Appeal }) {
  const again = () => askAgain(['appeals'])
  const decide = useAct((verdict: 'grant' | 'uphold') => trpc.park.room.decideAppeal.mutate({ measureId: one.id, verdict }), {
    done: (out) => t.decided[out.appeal],
    after: again,
    failed: again,
  })
  return (
    <li className="stack-s">
      <p>
        <span className="strong">{one.shopName}</span> · {roomMeasures[one.measure]} · {measureWords(one)}
      </p>
      {one.chat === null ? null : <p className="notice wrap">“{one.chat}”</p>}
      <p className="wrap">
        {t.says} {one.appealWords}
      </p>
      <p className="hint small">{texts.room.by(dayAndTime(one.at), `${texts.room.sides[one.side]} ${one.by ?? ''}`)}</p>
      <div className="row">
        <Button size="small" loading={decide.isPending && decide.variables === 'uphold'} onClick={() => decide.mutate('uphold')}>
          {t.uphold}
        </Button>
        <Button size="small" danger loading={decide.isPending && decide.variables === 'grant'} onClick={() => decide.mutate('grant')}>
          {t.grant}
        </Button>
      </div>
    </li>
  )
}
