import type { LiveSessionId } from '@shared/ids.ts'
import { dayAndTime } from '@shared/time.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Answer, Bones, Empty } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'
import { Replay } from './Replay.tsx'

const t = texts.past

/** Broadcasts that are over, of the whole park; what was recorded of each can be seen, also of what the park stopped. */
export function Past() {
  const [seen, setSeen] = useState<{ id: LiveSessionId; title: string } | null>(null)
  const list = useInfiniteQuery({
    queryKey: ['patrol', 'past'],
    queryFn: ({ pageParam, signal }) => trpc.park.live.past.query({ cursor: pageParam, limit: 20 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  return (
    <section className="card flush">
      <div className="card-head" style={{ padding: '16px 24px 0' }}>
        <h2>{t.title}</h2>
      </div>
      <Answer query={list} bones={<Bones rows={3} />}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows)
          return rows.length === 0 ? (
            <Empty title={t.empty[0]} hint={t.empty[1]} />
          ) : (
            <>
              <Table
                rowKey="id"
                dataSource={rows}
                columns={[
                  { title: t.columns.session, render: (_, row) => row.title },
                  { title: t.columns.shop, render: (_, row) => row.shop.name },
                  { title: t.columns.when, width: 160, render: (_, row) => dayAndTime(row.startedAt ?? row.startsAt) },
                  { title: t.columns.why, render: (_, row) => row.endedBecause ?? texts.common.none },
                  {
                    title: t.columns.acts,
                    width: 120,
                    render: (_, row) => (
                      <Button size="small" onClick={() => setSeen({ id: row.id, title: row.title })}>
                        {t.see}
                      </Button>
                    ),
                  },
                ]}
              />
              {list.hasNextPage ? (
                <div style={{ padding: '16px 24px' }}>
                  <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                    {t.more}
                  </Button>
                </div>
              ) : null}
            </>
          )
        }}
      </Answer>
      {seen ? (
        <Drawer open title={seen.title} size={760} onClose={() => setSeen(null)} styles={{ wrapper: { maxWidth: '100vw' } }}>
          <Replay shopId={null} sessionId={seen.id} />
        </Drawer>
      ) : null}
    </section>
  )
}
