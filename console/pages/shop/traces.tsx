import { PlusOutlined } from '@ant-design/icons'
import { hillName } from '@shared/catalogue/hills.ts'
import { classWords } from '@shared/catalogue/words.ts'
import { dayAndTime } from '@shared/time.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Tabs } from 'antd'
import type { ReactNode } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { BatchBalance, PlotBalance } from '@/features/traceability/Balance.tsx'
import { batchesOptions, plotsOptions } from '@/features/traceability/queries.ts'
import { BatchMark, PlotMark } from '@/features/traceability/words.tsx'
import { mayWrite } from '@/lib/may.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { Page } from '@/ui/Page.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'

const t = texts.traces

/** Where a shop's wares come from: its plots and its batches, each with its account. */
export function Component() {
  const { shopId, role } = useShop()
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  const what = search.get('what') === 'plots' ? 'plots' : 'batches'
  const add = mayWrite(role) ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(`/shop/${shopId}/traces/${what}/new`)}>
      {what === 'plots' ? t.addPlot : t.addBatch}
    </Button>
  ) : null
  return (
    <Page title={t.shopTitle} aside={<span className="hint">{t.hint}</span>} acts={add}>
      <div className="card flush">
        <Tabs
          activeKey={what}
          onChange={(next) => setSearch({ what: next })}
          tabBarStyle={{ padding: '0 24px', margin: 0 }}
          items={(['batches', 'plots'] as const).map((key) => ({ key, label: t.tabs[key] }))}
        />
        {what === 'plots' ? <Plots add={add} /> : <Batches add={add} />}
      </div>
    </Page>
  )
}

const why = (reasons: string | null, state: string) =>
  reasons && (state === 'rejected' || state === 'frozen') ? <span className="field-wrong clip2">{reasons}</span> : null

function Plots({ add }: { add: ReactNode }) {
  const { shopId } = useShop()
  const list = useInfiniteQuery(plotsOptions(shopId))
  return (
    <Answer query={list} bones={<Bones rows={6} height={64} />}>
      {(data) => {
        const rows = data.pages.flatMap((page) => page.rows)
        if (rows.length === 0)
          return (
            <Empty title={t.empty.plots[0]} hint={t.empty.plots[1]}>
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
                  title: t.columns.name,
                  render: (_, row) => (
                    <span className="stack-s" style={{ gap: 0 }}>
                      <Link to={`/shop/${shopId}/traces/plots/${row.id}`}>{row.name || t.untitled}</Link>
                      {why(row.reasons, row.state)}
                    </span>
                  ),
                },
                { title: t.columns.where, render: (_, row) => [hillName(row.hill), row.village].filter(Boolean).join(' · ') },
                { title: t.columns.state, render: (_, row) => <PlotMark state={row.state} /> },
                {
                  title: t.columns.balance,
                  render: (_, row) => (row.state === 'verified' ? <PlotBalance plot={row} /> : texts.common.none),
                },
                { title: t.columns.updated, render: (_, row) => <span className="hint">{dayAndTime(row.updatedAt)}</span> },
              ]}
            />
            <More query={list} />
          </>
        )
      }}
    </Answer>
  )
}

function Batches({ add }: { add: ReactNode }) {
  const { shopId } = useShop()
  const list = useInfiniteQuery(batchesOptions(shopId))
  return (
    <Answer query={list} bones={<Bones rows={6} height={64} />}>
      {(data) => {
        const rows = data.pages.flatMap((page) => page.rows)
        if (rows.length === 0)
          return (
            <Empty title={t.empty.batches[0]} hint={t.empty.batches[1]}>
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
                  title: t.columns.name,
                  render: (_, row) => (
                    <span className="stack-s" style={{ gap: 0 }}>
                      <Link to={`/shop/${shopId}/traces/batches/${row.id}`}>{row.code}</Link>
                      <span className="hint small">{classWords[row.productClass]}</span>
                      {why(row.reasons, row.state)}
                    </span>
                  ),
                },
                {
                  title: t.columns.where,
                  render: (_, row) => [hillName(row.hill), row.village, row.materialYear].filter(Boolean).join(' · ') || texts.common.none,
                },
                { title: t.columns.state, render: (_, row) => <BatchMark state={row.state} /> },
                {
                  title: t.columns.balance,
                  render: (_, row) =>
                    row.state === 'verified' || row.state === 'frozen' ? <BatchBalance batch={row} /> : texts.common.none,
                },
                { title: t.columns.updated, render: (_, row) => <span className="hint">{dayAndTime(row.updatedAt)}</span> },
              ]}
            />
            <More query={list} />
          </>
        )
      }}
    </Answer>
  )
}
