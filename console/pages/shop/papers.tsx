import { paperForms, paperKinds, paperWords } from '@shared/tenants/papers.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { papersOptions } from '@/features/tenants/queries.ts'
import { Ending, PaperMark } from '@/features/tenants/words.tsx'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { Page } from '@/ui/Page.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'
import '@/features/tenants/papers.css'

/** The shop's paper wallet. */
export function Component() {
  const { shopId } = useShop()
  const navigate = useNavigate()
  const papers = useInfiniteQuery(papersOptions(shopId))
  const [choosing, setChoosing] = useState(false)
  const add = (
    <Button type="primary" onClick={() => setChoosing(true)}>
      {texts.papers.add}
    </Button>
  )
  return (
    <Page title={texts.papers.title} aside={<span className="hint">{texts.papers.hint}</span>} acts={add}>
      <div className="card flush">
        <Answer query={papers} bones={<Bones rows={5} height={56} />}>
          {(data) => {
            const rows = data.pages.flatMap((page) => page.rows)
            if (rows.length === 0)
              return (
                <Empty title={texts.papers.empty[0]} hint={texts.papers.empty[1]}>
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
                      title: texts.papers.columns.paper,
                      render: (_, row) => (
                        <span className="item">
                          <Photo picture={row.picture} size={48} />
                          <span className="grow">
                            <Link to={`/shop/${shopId}/papers/${row.id}`}>{paperWords[row.kind]}</Link>
                            {row.state === 'rejected' && row.reasons ? <span className="field-wrong clip2">{row.reasons}</span> : null}
                          </span>
                        </span>
                      ),
                    },
                    { title: texts.papers.columns.number, render: (_, row) => row.number || texts.common.none },
                    { title: texts.papers.columns.until, render: (_, row) => <Ending row={row} /> },
                    { title: texts.papers.columns.state, render: (_, row) => <PaperMark state={row.state} /> },
                  ]}
                />
                <More query={papers} />
              </>
            )
          }}
        </Answer>
      </div>
      <Modal open={choosing} title={texts.papers.choose} footer={null} onCancel={() => setChoosing(false)}>
        <div className="stack-s">
          {paperKinds.map((kind) => (
            <button
              key={kind}
              type="button"
              className="paper-kind"
              onClick={() => void navigate(`/shop/${shopId}/papers/new?kind=${kind}`)}
            >
              <strong>{paperWords[kind]}</strong>
              <br />
              <span className="hint small">{paperForms[kind].sentence}</span>
            </button>
          ))}
        </div>
      </Modal>
    </Page>
  )
}
