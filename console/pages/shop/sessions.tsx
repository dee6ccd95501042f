import { PlusOutlined } from '@ant-design/icons'
import { onAir } from '@shared/live/flow.ts'
import { dayAndTime } from '@shared/time.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { type SessionRow, sessionsOptions } from '@/features/live/queries.ts'
import { ScheduleDialog } from '@/features/live/ScheduleDialog.tsx'
import { SessionMark } from '@/features/live/words.tsx'
import { onTheSet } from '@/lib/may.ts'
import { askAgain } from '@/lib/query.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Page } from '@/ui/Page.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'
import { useAct, useAsk } from '@/ui/useAct.ts'

/** The sessions of a shop: announced, on air and past. */
export function Component() {
  const { shopId, role } = useShop()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const sessions = useInfiniteQuery(sessionsOptions(shopId))
  const add = onTheSet(role) ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setSearch({ new: '1' })}>
      {texts.sessions.schedule}
    </Button>
  ) : null
  return (
    <Page title={texts.sessions.title} acts={add}>
      <div className="card flush">
        <Answer query={sessions} bones={<Bones rows={5} height={64} />}>
          {(data) => {
            const rows = data.pages.flatMap((page) => page.rows)
            if (rows.length === 0)
              return (
                <Empty title={texts.sessions.empty[0]} hint={texts.sessions.empty[1]}>
                  {add}
                </Empty>
              )
            return (
              <>
                <Table
                  rowKey="id"
                  dataSource={rows}
                  columns={[
                    {
                      title: texts.sessions.columns.session,
                      render: (_, row) => (
                        <span className="item" style={{ width: 340 }}>
                          <Photo picture={row.cover} size={56} />
                          <Link className="clip2" to={`/shop/${shopId}/sessions/${row.id}`}>
                            {row.title}
                          </Link>
                        </span>
                      ),
                    },
                    { title: texts.sessions.columns.state, render: (_, row) => <SessionMark state={row.state} /> },
                    { title: texts.sessions.columns.startsAt, render: (_, row) => dayAndTime(row.startedAt ?? row.startsAt) },
                    { title: texts.sessions.columns.bag, align: 'right', render: (_, row) => texts.sessions.bagCount(row.bagCount) },
                    {
                      title: texts.sessions.columns.acts,
                      fixed: 'right',
                      render: (_, row) => <Acts row={row} />,
                    },
                  ]}
                />
                <More query={sessions} />
              </>
            )
          }}
        </Answer>
      </div>
      {search.get('new') && onTheSet(role) ? (
        <ScheduleDialog
          shopId={shopId}
          onClose={() => setSearch({})}
          onDone={(sessionId) => void navigate(`/shop/${shopId}/sessions/${sessionId}`)}
        />
      ) : null}
    </Page>
  )
}

function Acts({ row }: { row: SessionRow }) {
  const { shopId, role } = useShop()
  const navigate = useNavigate()
  const ask = useAsk()
  const cancel = useAct(() => trpc.shop.live.cancel.mutate({ shopId, sessionId: row.id }), {
    after: () => askAgain(['live', shopId]),
    done: texts.sessions.cancelled,
  })
  const air = (onAir as readonly string[]).includes(row.state)
  const ahead = row.state === 'scheduled'
  return (
    <span className="row" style={{ flexWrap: 'nowrap' }}>
      {air || ahead ? (
        <Button size="small" type={air ? 'primary' : 'default'} onClick={() => void navigate(`/shop/${shopId}/sessions/${row.id}/desk`)}>
          {texts.sessions.desk}
        </Button>
      ) : null}
      <Button size="small" onClick={() => void navigate(`/shop/${shopId}/sessions/${row.id}`)}>
        {air || ahead ? texts.sessions.prepare : texts.sessions.look}
      </Button>
      {row.acts.includes('cancel') && onTheSet(role) ? (
        <Button
          size="small"
          danger
          onClick={() =>
            ask({
              title: texts.sessions.cancelAsk(row.title),
              hint: texts.sessions.cancelHint,
              ok: texts.sessions.cancel,
              cancel: texts.common.back,
              act: () => cancel.mutateAsync(undefined),
            })
          }
        >
          {texts.sessions.cancel}
        </Button>
      ) : null}
    </span>
  )
}
