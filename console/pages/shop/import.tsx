import { classForms } from '@shared/catalogue/classes.ts'
import { type ProductClass, productClasses } from '@shared/catalogue/draft.ts'
import { importLimits } from '@shared/catalogue/import.ts'
import { Button, Select } from 'antd'
import { type ChangeEvent, useRef, useState } from 'react'
import { Link } from 'react-router'
import { type Imported, type ImportedRow, sendTable } from '@/features/catalogue/import.ts'
import { mayWrite } from '@/lib/may.ts'
import { askAgain } from '@/lib/query.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { Field } from '@/ui/Field.tsx'
import { Page } from '@/ui/Page.tsx'
import { Table } from '@/ui/Table.tsx'
import { useAct } from '@/ui/useAct.ts'

const t = texts.imports

/** Many listings from one table: the empty table of a class, a try that says what is wrong in which row, then the import. */
export function Component() {
  const { shopId, role } = useShop()
  const input = useRef<HTMLInputElement>(null)
  const [of, setOf] = useState<ProductClass>('puer')
  const [file, setFile] = useState<File | null>(null)
  const [said, setSaid] = useState<Imported | null>(null)
  const tried = useAct((table: File) => sendTable(shopId, of, table, false), {
    after: (answer) => setSaid(answer),
    failed: () => setSaid(null),
  })
  const run = useAct((table: File) => sendTable(shopId, of, table, true), {
    after: async (answer) => {
      setSaid(answer)
      await askAgain(['catalogue', shopId])
    },
    done: (answer) => t.done(answer.rows.filter((r) => r.state === 'done').length),
  })
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const [chosen] = event.target.files ?? []
    // the same file again, mended at home, is a new choice
    event.target.value = ''
    if (!chosen) return
    setFile(chosen)
    setSaid(null)
    tried.mutate(chosen)
  }
  const count = (state: ImportedRow['state']): number => said?.rows.filter((r) => r.state === state).length ?? 0
  const ready = count('ready')
  return (
    <Page
      title={t.title}
      aside={<span className="hint">{t.hint(importLimits.rows)}</span>}
      acts={<Link to={`/shop/${shopId}/listings`}>{t.back}</Link>}
    >
      {mayWrite(role) ? (
        <div className="stack">
          <div className="card stack">
            <Field id="class" label={t.class}>
              <Select
                id="class"
                value={of}
                onChange={(next) => {
                  setOf(next)
                  setFile(null)
                  setSaid(null)
                }}
                options={productClasses.map((one) => ({ value: one, label: classForms[one].words }))}
              />
            </Field>
            <div className="row">
              <Button href={`/import/template/${of}.xlsx`}>{t.template}</Button>
              <Button type="primary" loading={tried.isPending} disabled={run.isPending} onClick={() => input.current?.click()}>
                {t.choose}
              </Button>
              <input ref={input} className="off-screen" tabIndex={-1} aria-hidden type="file" accept=".xlsx,.csv" onChange={choose} />
              {file ? <span className="hint">{file.name}</span> : null}
            </div>
          </div>
          {said && file ? (
            <div className="card stack">
              <div className="row" style={{ justifyContent: 'space-between' }}>
                <strong>{t.sum(said.rows.length, ready, count('faulty'), count('done'), count('had'))}</strong>
                {ready > 0 ? (
                  <Button type="primary" loading={run.isPending} onClick={() => run.mutate(file)}>
                    {t.run(ready)}
                  </Button>
                ) : null}
              </div>
              {said.lacking.length > 0 ? <p className="notice">{t.lacking(said.lacking)}</p> : null}
              {said.ignored.length > 0 ? <p className="notice">{t.ignored(said.ignored)}</p> : null}
              <Table
                rowKey="no"
                dataSource={said.rows}
                columns={[
                  { title: t.columns.no, width: 72, render: (_, row) => row.no },
                  {
                    title: t.columns.title,
                    render: (_, row) =>
                      row.listingId ? <Link to={`/shop/${shopId}/listings/${row.listingId}`}>{row.title}</Link> : row.title,
                  },
                  { title: t.columns.state, width: 120, render: (_, row) => t.states[row.state] },
                  {
                    title: t.columns.faults,
                    render: (_, row) =>
                      row.faults.map((fault) => (
                        <p key={fault.column} className="field-wrong">
                          {fault.column}：{fault.words}
                        </p>
                      )),
                  },
                ]}
              />
            </div>
          ) : null}
        </div>
      ) : (
        <p className="notice">{t.readOnly}</p>
      )}
    </Page>
  )
}
