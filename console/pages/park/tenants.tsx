import { tenantKinds } from '@shared/tenants/roles.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Mark } from '@/ui/Mark.tsx'
import { Page } from '@/ui/Page.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'

/** Every tenant of the park with its shop. */
export function Component() {
  const tenants = useInfiniteQuery({
    queryKey: ['tenants'],
    queryFn: ({ pageParam, signal }) => trpc.park.tenants.list.query({ cursor: pageParam, limit: 30 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  return (
    <Page title={texts.tenants.title}>
      <div className="card flush">
        <Answer query={tenants} bones={<Bones rows={6} height={40} />}>
          {(data) => {
            const rows = data.pages.flatMap((page) => page.rows)
            if (rows.length === 0) return <Empty title={texts.tenants.empty[0]} hint={texts.tenants.empty[1]} />
            return (
              <>
                <Table
                  rowKey="shopId"
                  dataSource={rows}
                  columns={[
                    { title: texts.tenants.columns.shop, dataIndex: 'shopName' },
                    { title: texts.tenants.columns.tenant, dataIndex: 'name' },
                    { title: texts.tenants.columns.kind, render: (_, row) => tenantKinds[row.kind] },
                    { title: texts.tenants.columns.village, dataIndex: 'village' },
                    {
                      title: texts.tenants.columns.state,
                      render: (_, row) => <Mark tone={row.state === 'open' ? 'leaf' : 'alarm'}>{texts.tenants.state[row.state]}</Mark>,
                    },
                  ]}
                />
                <More query={tenants} />
              </>
            )
          }}
        </Answer>
      </div>
    </Page>
  )
}
