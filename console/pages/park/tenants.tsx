import type { ShopId } from '@shared/ids.ts'
import type { ShopAct } from '@shared/tenants/flow.ts'
import { SHOP_REASON_MAX } from '@shared/tenants/limits.ts'
import { tenantKinds } from '@shared/tenants/roles.ts'
import { shopActWords, shopStateWords } from '@shared/tenants/words.ts'
import { longTime } from '@shared/time.ts'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Modal } from 'antd'
import { useState } from 'react'
import { maySuspend } from '@/lib/may.ts'
import { useParkRole } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { type Outputs, trpc } from '@/lib/trpc.ts'
import { Mark } from '@/ui/Mark.tsx'
import { Page } from '@/ui/Page.tsx'
import { ReasonDialog } from '@/ui/ReasonDialog.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'

type Row = Outputs['park']['tenants']['list']['rows'][number]

const t = texts.tenants

/** Every tenant of the park with its shop; a shop is suspended and let open again here, each time with a reason. */
export function Component() {
  const role = useParkRole()
  const store = useQueryClient()
  const { message } = App.useApp()
  const [moving, setMoving] = useState<{ row: Row; act: ShopAct } | null>(null)
  const [reading, setReading] = useState<Row | null>(null)
  const tenants = useInfiniteQuery({
    queryKey: ['tenants'],
    queryFn: ({ pageParam, signal }) => trpc.park.tenants.list.query({ cursor: pageParam, limit: 30 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  const move = async (row: Row, act: ShopAct, reason: string): Promise<void> => {
    await trpc.park.tenants[act].mutate({ shopId: row.shopId, reason })
    message.success((act === 'suspend' ? t.suspended : t.reopened)(row.shopName))
    await Promise.all([
      store.invalidateQueries({ queryKey: ['tenants'] }),
      store.invalidateQueries({ queryKey: ['tenant-history', row.shopId] }),
      store.invalidateQueries({ queryKey: ['patrol'] }),
    ])
  }
  return (
    <Page title={t.title}>
      <div className="card flush">
        <Answer query={tenants} bones={<Bones rows={6} height={40} />}>
          {(data) => {
            const rows = data.pages.flatMap((page) => page.rows)
            if (rows.length === 0) return <Empty title={t.empty[0]} hint={t.empty[1]} />
            return (
              <>
                <Table
                  rowKey="shopId"
                  dataSource={rows}
                  columns={[
                    { title: t.columns.shop, dataIndex: 'shopName' },
                    { title: t.columns.tenant, dataIndex: 'name' },
                    { title: t.columns.kind, render: (_, row) => tenantKinds[row.kind] },
                    { title: t.columns.village, dataIndex: 'village' },
                    {
                      title: t.columns.state,
                      render: (_, row) => <Mark tone={row.state === 'open' ? 'leaf' : 'alarm'}>{shopStateWords[row.state]}</Mark>,
                    },
                    {
                      title: t.acts,
                      render: (_, row) => {
                        const act: ShopAct = row.state === 'open' ? 'suspend' : 'reopen'
                        return (
                          <div className="row">
                            {maySuspend(role) ? (
                              <Button size="small" type="text" danger={act === 'suspend'} onClick={() => setMoving({ row, act })}>
                                {shopActWords[act]}
                              </Button>
                            ) : null}
                            <Button size="small" type="text" onClick={() => setReading(row)}>
                              {t.history}
                            </Button>
                          </div>
                        )
                      },
                    },
                  ]}
                />
                <More query={tenants} />
              </>
            )
          }}
        </Answer>
      </div>
      {moving ? (
        <ReasonDialog
          title={(moving.act === 'suspend' ? t.suspendTitle : t.reopenTitle)(moving.row.shopName)}
          hint={moving.act === 'suspend' ? t.suspendHint : t.reopenHint}
          act={shopActWords[moving.act]}
          quick={t.quick[moving.act]}
          most={SHOP_REASON_MAX}
          onAct={(reason) => move(moving.row, moving.act, reason)}
          onClose={() => setMoving(null)}
        />
      ) : null}
      {reading ? <History shopId={reading.shopId} name={reading.shopName} onClose={() => setReading(null)} /> : null}
    </Page>
  )
}

/** When, by whom, what and why. */
function History({ shopId, name, onClose }: { shopId: ShopId; name: string; onClose: () => void }) {
  const moves = useInfiniteQuery({
    queryKey: ['tenant-history', shopId],
    queryFn: ({ pageParam, signal }) => trpc.park.tenants.history.query({ shopId, cursor: pageParam, limit: 20 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  return (
    <Modal
      open
      title={t.historyTitle(name)}
      width={760}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{texts.common.close}</Button>}
    >
      <Answer query={moves} bones={<Bones rows={3} height={40} />}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.rows)
          if (rows.length === 0) return <Empty title={t.historyEmpty[0]} hint={t.historyEmpty[1]} />
          return (
            <>
              <Table
                rowKey="id"
                dataSource={rows}
                columns={[
                  { title: t.historyColumns.at, render: (_, row) => longTime(row.at) },
                  { title: t.historyColumns.who, render: (_, row) => row.who ?? texts.common.none },
                  {
                    title: t.historyColumns.act,
                    render: (_, row) => <Mark tone={row.act === 'reopen' ? 'leaf' : 'alarm'}>{shopActWords[row.act]}</Mark>,
                  },
                  { title: t.historyColumns.reason, dataIndex: 'reason' },
                ]}
              />
              <More query={moves} />
            </>
          )
        }}
      </Answer>
    </Modal>
  )
}
