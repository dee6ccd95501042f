import { appealStateWords, roomMeasures, roomReasons } from '@shared/room/moderation.ts'
import { dayAndTime } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { Mark } from '@/ui/Mark.tsx'
import { Answer, Bones, Empty } from '@/ui/states.tsx'
import { useAct } from '@/ui/useAct.ts'
import type { Doors, Measure } from './doors.ts'

const t = texts.room
const EVERY = 10_000

/** What was done in a room, newest first, and the way back of each. */
export function Measures({ doors, onClose }: { doors: Doors; onClose: () => void }) {
  const list = useQuery({
    queryKey: [...doors.key, 'measures'],
    queryFn: ({ signal }) => doors.measures(signal),
    refetchInterval: EVERY,
    staleTime: 0,
  })
  return (
    <Drawer open title={t.book} size={480} onClose={onClose} styles={{ wrapper: { maxWidth: '100vw' } }}>
      <Answer query={list} bones={<Bones rows={5} />}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t.bookEmpty[0]} hint={t.bookEmpty[1]} />
          ) : (
            <ul className="stack">
              {rows.map((row) => (
                <One key={row.id} doors={doors} row={row} />
              ))}
            </ul>
          )
        }
      </Answer>
    </Drawer>
  )
}

/** One measure in the words of the book: about whom, why, by whom, until when. */
export const measureWords = (row: Measure): string =>
  [
    row.measure === 'slow' ? t.paceOf(row.pace ?? 0) : row.person,
    row.words || roomReasons[row.reason],
    row.endsAt === null ? null : t.until(dayAndTime(row.endsAt)),
  ]
    .filter(Boolean)
    .join(' · ')

function One({ doors, row }: { doors: Doors; row: Measure }) {
  const undo = useAct(() => doors.undo(row.id), { done: t.undone, after: () => askAgain(doors.key), failed: () => askAgain(doors.key) })
  return (
    <li className="stack-s">
      <div className="row row-apart">
        <span className="strong">{roomMeasures[row.measure]}</span>
        <Mark tone={row.state === 'inForce' ? 'liquor' : 'plain'}>{t.states[row.state]}</Mark>
      </div>
      {row.chat === null ? null : <p className="wrap">“{row.chat}”</p>}
      <p>{measureWords(row)}</p>
      <p className="hint small">
        {t.by(dayAndTime(row.at), `${t.sides[row.side]} ${row.by ?? ''}`)}
        {row.undoneAt === null ? null : ` · ${t.undoneBy(dayAndTime(row.undoneAt), row.undoneBy ?? '')}`}
        {row.appeal === 'none' ? null : ` · ${appealStateWords[row.appeal]}`}
      </p>
      {row.state === 'inForce' && doors.mayUndo(row) ? (
        <div>
          <Button size="small" loading={undo.isPending} onClick={() => undo.mutate()}>
            {t.undo}
          </Button>
        </div>
      ) : null}
    </li>
  )
}
