import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import type { LiveSessionId, ShopId, SkuId } from '@shared/ids.ts'
import { type Bp, type Fen, fen } from '@shared/money.ts'
import { type OfferKind, type OfferRule, offerKindWords, offerLimits, ruleWords } from '@shared/promotions/offers.ts'
import { DAY } from '@shared/time.ts'
import { Button, Input, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import { fieldsOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { fromWall, toWall } from '@/lib/time.ts'
import { trpc } from '@/lib/trpc.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { MoneyInput, TextInput, WholeInput } from '@/ui/inputs.tsx'
import { useAct } from '@/ui/useAct.ts'
import type { OfferAsk } from './queries.ts'

const t = texts.offers
const ZHE = /^[1-9](\.\d)?$/

export interface Choices {
  skus: { value: SkuId; label: string }[]
  sessions: { value: LiveSessionId; label: string }[]
}

interface Typed {
  kind: OfferKind
  title: string
  over: Fen | null
  off: 'sum' | 'rate'
  less: Fen | null
  zhe: string
  cap: Fen | null
  quota: number | null
  perPerson: number | null
  session: LiveSessionId | null
  steps: { overFen: Fen | null; offFen: Fen | null }[]
  items: { skuId: SkuId | null; count: number | null }[]
  bundle: Fen | null
  starts: string
  ends: string
}

/** The rule as typed so far; null while something is missing. */
function ruleFrom(v: Typed): OfferRule | null {
  if (v.kind === 'coupon') {
    if (v.over === null) return null
    if (v.off === 'sum') return v.less ? { kind: 'coupon', overFen: v.over, off: { is: 'sum', fen: v.less } } : null
    if (!ZHE.test(v.zhe) || !v.cap) return null
    return { kind: 'coupon', overFen: v.over, off: { is: 'rate', bp: (10_000 - Math.round(Number(v.zhe) * 1000)) as Bp, capFen: v.cap } }
  }
  if (v.kind === 'reduction') {
    const steps = v.steps.flatMap((s) => (s.overFen && s.offFen ? [{ overFen: s.overFen, offFen: s.offFen }] : []))
    return steps.length === v.steps.length ? { kind: 'reduction', steps } : null
  }
  const items = v.items.flatMap((i) => (i.skuId && i.count ? [{ skuId: i.skuId, count: i.count }] : []))
  return items.length === v.items.length && v.bundle ? { kind: 'bundle', items, bundleFen: v.bundle } : null
}

/** Makes an offer of a shop's, or (shopId null) of the park's. */
export function OfferDialog({ shopId, choices, onClose }: { shopId: ShopId | null; choices: Choices; onClose: () => void }) {
  const [v, setV] = useState<Typed>(() => ({
    kind: 'coupon',
    title: '',
    over: fen(9900),
    off: 'sum',
    less: null,
    zhe: '',
    cap: null,
    quota: 100,
    perPerson: 1,
    session: null,
    steps: [{ overFen: null, offFen: null }],
    items: [{ skuId: null, count: 1 }],
    bundle: null,
    starts: toWall(Date.now()),
    ends: toWall(Date.now() + 7 * DAY),
  }))
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const set = (change: Partial<Typed>): void => {
    setWrong({})
    setV((now) => ({ ...now, ...change }))
  }
  const rule = ruleFrom(v)
  const [startsAt, endsAt] = [fromWall(v.starts), fromWall(v.ends)]
  const whole = rule !== null && startsAt !== null && endsAt !== null && [...v.title.trim()].length >= offerLimits.title.min
  const send = useAct(
    (ask: OfferAsk) => {
      const { liveSessionId, ...parks } = ask
      return shopId ? trpc.shop.promotions.make.mutate({ shopId, ...parks, liveSessionId }) : trpc.park.promotions.make.mutate(parks)
    },
    {
      done: t.made,
      after: async () => {
        await askAgain(['offers'])
        onClose()
      },
      failed: (error) => setWrong(fieldsOf(error)),
    },
  )
  const kinds: OfferKind[] = shopId ? ['coupon', 'reduction', 'bundle'] : ['coupon', 'reduction']
  const input = { disabled: false, wrong: undefined }
  return (
    <Modal
      open
      width={640}
      title={t.make}
      maskClosable={false}
      onCancel={onClose}
      okText={t.save}
      cancelText={texts.common.cancel}
      okButtonProps={{ loading: send.isPending, disabled: !whole }}
      onOk={() => {
        if (rule && startsAt !== null && endsAt !== null)
          send.mutate({
            title: v.title.trim(),
            rule: rule as OfferAsk['rule'],
            startsAt,
            endsAt,
            quota: v.kind === 'coupon' ? (v.quota ?? 0) : 0,
            perPerson: v.kind === 'coupon' ? (v.perPerson ?? 0) : 0,
            liveSessionId: v.kind === 'coupon' ? v.session : null,
          })
      }}
      destroyOnHidden
    >
      <div className="stack">
        <Field id="offer-kind" label={t.kind} group>
          <Segmented
            value={v.kind}
            options={kinds.map((value) => ({ value, label: offerKindWords[value] }))}
            onChange={(kind) => set({ kind })}
          />
        </Field>
        <Field id="offer-title" label={t.name} hint={t.nameHint} wrong={wrong.title} must>
          <TextInput {...input} id="offer-title" value={v.title} max={offerLimits.title.max} onChange={(title) => set({ title })} />
        </Field>
        {v.kind === 'coupon' ? (
          <>
            <Field id="offer-over" label={t.over} hint={t.overHint} must>
              <MoneyInput {...input} id="offer-over" value={v.over} unit={texts.common.yuan} onChange={(over) => set({ over })} />
            </Field>
            <Field id="offer-off" label={t.off} wrong={wrong['rule.off']} group>
              <Segmented
                value={v.off}
                options={[
                  { value: 'sum', label: t.sum },
                  { value: 'rate', label: t.rate },
                ]}
                onChange={(off) => set({ off: off as Typed['off'] })}
              />
            </Field>
            {v.off === 'sum' ? (
              <Field id="offer-less" label={t.less} must>
                <MoneyInput {...input} id="offer-less" value={v.less} unit={texts.common.yuan} onChange={(less) => set({ less })} />
              </Field>
            ) : (
              <>
                <Field id="offer-zhe" label={t.zhe} hint={t.zheHint} must>
                  <Input
                    id="offer-zhe"
                    value={v.zhe}
                    inputMode="decimal"
                    maxLength={3}
                    suffix="折"
                    status={statusOf(v.zhe !== '' && !ZHE.test(v.zhe) ? t.zheHint : undefined)}
                    onChange={(e) => set({ zhe: e.target.value.replace(/[^\d.]/g, '') })}
                  />
                </Field>
                <Field id="offer-cap" label={t.cap} must>
                  <MoneyInput {...input} id="offer-cap" value={v.cap} unit={texts.common.yuan} onChange={(cap) => set({ cap })} />
                </Field>
              </>
            )}
            <div className="row">
              <Field id="offer-quota" label={t.quota} wrong={wrong.quota} must>
                <WholeInput {...input} id="offer-quota" value={v.quota} unit={t.sheets} onChange={(quota) => set({ quota })} />
              </Field>
              <Field id="offer-each" label={t.perPerson} wrong={wrong.perPerson} must>
                <WholeInput {...input} id="offer-each" value={v.perPerson} unit={t.sheets} onChange={(perPerson) => set({ perPerson })} />
              </Field>
            </div>
            {shopId && choices.sessions.length > 0 ? (
              <Field id="offer-room" label={t.room}>
                <Select
                  id="offer-room"
                  allowClear
                  placeholder={t.roomNone}
                  value={v.session}
                  options={choices.sessions}
                  onChange={(session) => set({ session: session ?? null })}
                />
              </Field>
            ) : null}
          </>
        ) : null}
        {v.kind === 'reduction' ? (
          <Field id="offer-steps" label={t.steps} wrong={wrong['rule.steps']} group>
            <div className="stack-s">
              {v.steps.map((step, i) => {
                const at = (change: Partial<typeof step>) => set({ steps: v.steps.map((s, n) => (n === i ? { ...s, ...change } : s)) })
                return (
                  <div key={String(i)} className="stack-s">
                    <div className="row">
                      <MoneyInput
                        {...input}
                        id={`over-${i}`}
                        label={t.stepOver(i + 1)}
                        value={step.overFen}
                        unit={texts.common.yuan}
                        onChange={(overFen) => at({ overFen })}
                      />
                      <MoneyInput
                        {...input}
                        id={`less-${i}`}
                        label={t.stepOff(i + 1)}
                        value={step.offFen}
                        unit={texts.common.yuan}
                        onChange={(offFen) => at({ offFen })}
                      />
                      {v.steps.length > 1 ? (
                        <Button
                          aria-label={t.dropStep}
                          icon={<MinusOutlined />}
                          onClick={() => set({ steps: v.steps.filter((_, n) => n !== i) })}
                        />
                      ) : null}
                    </div>
                    {wrong[`rule.steps.${i}`] ? <span className="field-wrong">{wrong[`rule.steps.${i}`]}</span> : null}
                  </div>
                )
              })}
              {v.steps.length < offerLimits.steps ? (
                <Button icon={<PlusOutlined />} onClick={() => set({ steps: [...v.steps, { overFen: null, offFen: null }] })}>
                  {t.addStep}
                </Button>
              ) : null}
            </div>
          </Field>
        ) : null}
        {v.kind === 'bundle' ? (
          <>
            <Field id="offer-items" label={t.bundle} wrong={wrong['rule.items']} group>
              <div className="stack-s">
                {v.items.map((item, i) => {
                  const at = (change: Partial<typeof item>) => set({ items: v.items.map((s, n) => (n === i ? { ...s, ...change } : s)) })
                  return (
                    <div key={String(i)} className="row">
                      <Select
                        aria-label={t.sku}
                        placeholder={t.sku}
                        style={{ flex: 1, minWidth: 0 }}
                        value={item.skuId}
                        options={choices.skus}
                        showSearch={{ optionFilterProp: 'label' }}
                        onChange={(skuId) => at({ skuId })}
                      />
                      <span style={{ width: 110 }}>
                        <WholeInput
                          {...input}
                          id={`count-${i}`}
                          label={t.count}
                          value={item.count}
                          unit={texts.common.pieces}
                          onChange={(count) => at({ count })}
                        />
                      </span>
                      {v.items.length > 1 ? (
                        <Button
                          aria-label={t.dropItem}
                          icon={<MinusOutlined />}
                          onClick={() => set({ items: v.items.filter((_, n) => n !== i) })}
                        />
                      ) : null}
                    </div>
                  )
                })}
                {v.items.length < offerLimits.bundleSkus ? (
                  <Button icon={<PlusOutlined />} onClick={() => set({ items: [...v.items, { skuId: null, count: 1 }] })}>
                    {t.addItem}
                  </Button>
                ) : null}
              </div>
            </Field>
            <Field id="offer-bundle" label={t.bundlePrice} must>
              <MoneyInput {...input} id="offer-bundle" value={v.bundle} unit={texts.common.yuan} onChange={(bundle) => set({ bundle })} />
            </Field>
          </>
        ) : null}
        <div className="row">
          <Field id="offer-starts" label={t.starts} wrong={wrong.startsAt} must>
            <Input id="offer-starts" type="datetime-local" value={v.starts} onChange={(e) => set({ starts: e.target.value })} />
          </Field>
          <Field id="offer-ends" label={t.ends} wrong={wrong.endsAt} must>
            <Input
              id="offer-ends"
              type="datetime-local"
              status={statusOf(wrong.endsAt)}
              value={v.ends}
              onChange={(e) => set({ ends: e.target.value })}
            />
          </Field>
        </div>
        {rule ? <p className="notice">{ruleWords(rule)}</p> : null}
      </div>
    </Modal>
  )
}
