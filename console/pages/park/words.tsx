import { PlusOutlined } from '@ant-design/icons'
import { parkRuleLimits } from '@shared/moderation/park-rules.ts'
import { claimClassWords, claimLaws } from '@shared/moderation/rules.ts'
import { dayAndTime } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useDeferredValue, useState } from 'react'
import { withDoubts } from '@/features/moderation/marks.ts'
import { type ParkRule, type RulesPage, ruleHistoryOptions, rulesOptions } from '@/features/moderation/queries.ts'
import { RuleDialog } from '@/features/moderation/RuleDialog.tsx'
import { Runs } from '@/features/moderation/Runs.tsx'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Field } from '@/ui/Field.tsx'
import { Page } from '@/ui/Page.tsx'
import { Answer, Bones, Empty } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'
import { useAct, useAsk } from '@/ui/useAct.ts'
import '@/features/moderation/Review.css'

const t = texts.words

/** The desk of words: the park's own rules, the house's beside them, what each has hit, and a box to try a text in. */
export function Component() {
  const rules = useQuery(rulesOptions)
  const [search, setSearch] = useState('')
  const [writing, setWriting] = useState<ParkRule | 'new' | null>(null)
  const [reading, setReading] = useState<ParkRule | null>(null)
  return (
    <Page
      title={t.title}
      aside={<span className="hint">{t.hint}</span>}
      acts={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setWriting('new')}>
          {t.add}
        </Button>
      }
    >
      <div className="stack">
        <Try />
        <Input.Search aria-label={t.search} placeholder={t.search} allowClear value={search} onChange={(e) => setSearch(e.target.value)} />
        <Answer query={rules} bones={<Bones rows={6} height={48} />}>
          {(data) => (
            <>
              <Ours
                rules={data.park.filter((r) => fits(search, ...r.draft.patterns, ...r.draft.mustMatch))}
                onWrite={setWriting}
                onRead={setReading}
              />
              <Theirs rules={data.house.filter((r) => fits(search, r.id, claimClassWords[r.class], ...r.mustMatch))} />
            </>
          )}
        </Answer>
      </div>
      {writing ? <RuleDialog rule={writing === 'new' ? null : writing} onClose={() => setWriting(null)} /> : null}
      {reading ? <History rule={reading} onClose={() => setReading(null)} /> : null}
    </Page>
  )
}

const fits = (search: string, ...where: readonly string[]): boolean =>
  search.trim() === '' || where.some((words) => words.includes(search.trim()))

/** A text, with what would be marked in it. */
function Try() {
  const [text, setText] = useState('')
  const late = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['words', 'try', late],
    queryFn: ({ signal }) => trpc.park.moderation.tryWords.query({ text: late }, { signal }),
    enabled: late !== '',
  })
  return (
    <section className="card stack-s">
      <Field id="try" label={t.try} hint={t.tryHint}>
        <Input.TextArea
          id="try"
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={parkRuleLimits.try}
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
      </Field>
      {late !== '' && found.data ? (
        found.data.length === 0 ? (
          <p className="notice leaf">{t.clean}</p>
        ) : (
          <>
            <p>
              <Runs
                of={withDoubts(
                  late,
                  found.data.map((m) => m.text),
                )}
              />
            </p>
            <ul className="stack-s">
              {found.data.map((m) => (
                <li key={`${m.start}${m.ruleId}`}>
                  <strong>{m.text}</strong> <span className="hint">{m.advice}</span>
                </li>
              ))}
            </ul>
          </>
        )
      ) : null}
    </section>
  )
}

function Ours({ rules, onWrite, onRead }: { rules: ParkRule[]; onWrite: (rule: ParkRule) => void; onRead: (rule: ParkRule) => void }) {
  const ask = useAsk()
  const retire = useAct((rule: ParkRule) => trpc.park.moderation.retireRule.mutate({ ruleId: rule.ruleId, no: rule.no }), {
    done: t.retired,
    after: () => askAgain(['words']),
    failed: () => askAgain(['words']),
  })
  return (
    <section className="card flush">
      <h2 style={{ padding: '16px 24px 8px' }}>{t.ours}</h2>
      {rules.length === 0 ? (
        <Empty title={t.none[0]} hint={t.none[1]} />
      ) : (
        <Table
          rowKey="ruleId"
          dataSource={rules}
          columns={[
            {
              title: t.columns.words,
              render: (_, row) => (
                <span className="stack-s" style={{ gap: 0 }}>
                  <span>{row.draft.patterns.join('、')}</span>
                  <span className="hint small">{claimClassWords[row.draft.class]}</span>
                </span>
              ),
            },
            { title: t.columns.standing, width: 96, render: (_, row) => t.standings[row.standing] },
            { title: t.columns.hits, width: 200, render: (_, row) => t.hits(row.hits, row.upheld, row.waved) },
            {
              title: t.columns.by,
              width: 180,
              render: (_, row) => <span className="hint">{`${row.writtenBy} · ${dayAndTime(row.writtenAt)}`}</span>,
            },
            {
              title: t.columns.acts,
              width: 220,
              render: (_, row) => (
                <span className="row">
                  <Button size="small" onClick={() => onWrite(row)}>
                    {row.standing === 'active' ? t.change : t.again}
                  </Button>
                  <Button size="small" type="text" onClick={() => onRead(row)}>
                    {t.history(row.no)}
                  </Button>
                  {row.standing === 'active' ? (
                    <Button
                      size="small"
                      type="text"
                      danger
                      onClick={() =>
                        ask({
                          ...{
                            title: t.retireAsk(row.draft.patterns[0] ?? ''),
                            hint: t.retireHint,
                            ok: t.retire,
                            cancel: texts.common.cancel,
                          },
                          act: () => retire.mutateAsync(row),
                        })
                      }
                    >
                      {t.retire}
                    </Button>
                  ) : null}
                </span>
              ),
            },
          ]}
        />
      )}
    </section>
  )
}

function Theirs({ rules }: { rules: RulesPage['house'] }) {
  return (
    <section className="card flush">
      <h2 style={{ padding: '16px 24px 8px' }}>{t.house}</h2>
      <Table
        rowKey="id"
        dataSource={rules}
        columns={[
          {
            title: t.columns.words,
            render: (_, row) => (
              <span className="stack-s" style={{ gap: 0 }}>
                <span>{claimClassWords[row.class]}</span>
                <span className="hint small">{row.mustMatch.join('；')}</span>
              </span>
            ),
          },
          { title: t.columns.law, render: (_, row) => <span className="hint">{row.law}</span> },
          { title: t.columns.hits, width: 200, render: (_, row) => t.hits(row.hits, row.upheld, row.waved) },
        ]}
      />
    </section>
  )
}

/** Every version of a rule: what it was, who wrote it, when. */
function History({ rule, onClose }: { rule: ParkRule; onClose: () => void }) {
  const history = useQuery(ruleHistoryOptions(rule.ruleId))
  return (
    <Modal open width={640} title={t.historyTitle} footer={null} onCancel={onClose} destroyOnHidden>
      <Answer query={history} bones={<Bones rows={3} height={48} />}>
        {(versions) => (
          <div className="stack">
            {versions.map((v) => (
              <section key={v.no} className="stack-s">
                <strong>{t.version(v.no, t.standings[v.standing])}</strong>
                <span className="hint">{`${v.writtenBy} · ${dayAndTime(v.writtenAt)} · ${claimLaws[v.draft.class]}`}</span>
                <span>{v.draft.patterns.join('、')}</span>
                {v.draft.except.length > 0 ? <span className="hint">{`${t.lists.except}：${v.draft.except.join('、')}`}</span> : null}
                <span className="hint">{`${t.suggest}：${v.draft.suggest}`}</span>
              </section>
            ))}
          </div>
        )}
      </Answer>
    </Modal>
  )
}
