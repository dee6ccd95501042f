import { exampleFault, parkRuleLimits as limits, type ParkRuleDraft } from '@shared/moderation/park-rules.ts'
import { type ClaimClass, claimClassWords, claimLaws } from '@shared/moderation/rules.ts'
import { Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { fieldsOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { useAct } from '@/ui/useAct.ts'
import type { ParkRule } from './queries.ts'

const t = texts.words

const LISTS = ['patterns', 'except', 'mustMatch', 'mustNotMatch'] as const
type List = (typeof LISTS)[number]
type Typed = Record<List, string> & { class: ClaimClass; suggest: string }

/** Lists are written a line each. */
const linesOf = (text: string): string[] => [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean)

const typedFrom = (draft: ParkRuleDraft | null): Typed => ({
  class: draft?.class ?? 'absolute',
  suggest: draft?.suggest ?? '',
  ...(Object.fromEntries(LISTS.map((list) => [list, (draft?.[list] ?? []).join('\n')])) as Record<List, string>),
})

const draftFrom = ({ class: of, suggest, ...lists }: Typed): ParkRuleDraft => ({
  class: of,
  suggest: suggest.trim(),
  ...(Object.fromEntries(LISTS.map((list) => [list, linesOf(lists[list])])) as Record<List, string[]>),
})

/** Writes a rule of the park's own, or a new version of one. Whether it does what its examples say is seen while it is written. */
export function RuleDialog({ rule, onClose }: { rule: ParkRule | null; onClose: () => void }) {
  const [v, setV] = useState<Typed>(() => typedFrom(rule?.draft ?? null))
  const [said, setSaid] = useState<Record<string, string>>({})
  const draft = draftFrom(v)
  const whole = draft.patterns.length > 0 && draft.mustMatch.length > 0 && draft.mustNotMatch.length > 0 && draft.suggest !== ''
  const fault = whole ? exampleFault(draft) : null
  const wrong: Record<string, string> = { ...said, ...(fault ? { [fault.field]: fault.words } : {}) }
  const send = useAct(
    () =>
      rule
        ? trpc.park.moderation.changeRule.mutate({ ruleId: rule.ruleId, no: rule.no, draft })
        : trpc.park.moderation.addRule.mutate({ draft }),
    {
      done: t.saved,
      after: async () => {
        await askAgain(['words'])
        onClose()
      },
      failed: (error) =>
        setSaid(
          Object.fromEntries(
            Object.entries(fieldsOf(error)).map(([path, words]) => [path.replace('draft.', '').replace(/\..*/, ''), words]),
          ),
        ),
    },
  )
  const set = (change: Partial<Typed>): void => {
    setSaid({})
    setV((now) => ({ ...now, ...change }))
  }
  return (
    <Modal
      open
      width={640}
      title={rule ? t.change : t.add}
      maskClosable={false}
      onCancel={onClose}
      okText={t.save}
      cancelText={texts.common.cancel}
      okButtonProps={{ loading: send.isPending, disabled: !whole || fault !== null }}
      onOk={() => send.mutate(undefined)}
      destroyOnHidden
    >
      <div className="stack">
        <Field id="rule-class" label={t.class} hint={claimLaws[v.class]}>
          <Select
            id="rule-class"
            value={v.class}
            onChange={(of) => set({ class: of })}
            options={(Object.keys(claimClassWords) as ClaimClass[]).map((one) => ({ value: one, label: claimClassWords[one] }))}
          />
        </Field>
        {LISTS.map((list) => (
          <Field key={list} id={`rule-${list}`} label={t.lists[list]} hint={t.listHints[list]} wrong={wrong[list]}>
            <Input.TextArea
              id={`rule-${list}`}
              autoSize={{ minRows: 2, maxRows: 6 }}
              status={statusOf(wrong[list])}
              value={v[list]}
              onChange={(e) => set({ [list]: e.target.value })}
            />
          </Field>
        ))}
        <Field id="rule-suggest" label={t.suggest} wrong={wrong.suggest}>
          <Input
            id="rule-suggest"
            maxLength={limits.suggest.max}
            status={statusOf(wrong.suggest)}
            value={v.suggest}
            onChange={(e) => set({ suggest: e.target.value })}
          />
        </Field>
      </div>
    </Modal>
  )
}
