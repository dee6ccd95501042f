import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { type Province, provinces } from '@shared/freight/provinces.ts'
import { type FreightFee, type FreightRules, freightFaults, freightLimits, freightOf } from '@shared/freight/rules.ts'
import type { ShopId } from '@shared/ids.ts'
import { type Fen, fen, yuan } from '@shared/money.ts'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { fieldsOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { type Outputs, trpc } from '@/lib/trpc.ts'
import { Field } from '@/ui/Field.tsx'
import { MoneyInput, WholeInput } from '@/ui/inputs.tsx'
import { useAct } from '@/ui/useAct.ts'
import './freight.css'

const t = texts.offers.freight
const ordinary: FreightFee = { firstGrams: 1000, firstFen: fen(800), stepGrams: 1000, stepFen: fen(200), freeOverFen: fen(19900) }
const first: FreightRules = { packGrams: 150, zones: [], elsewhere: ordinary, noShip: [] }

/** A shop's freight template, with what a parcel would cost while it is written. */
export function FreightForm({
  shopId,
  template,
  mayWrite,
}: {
  shopId: ShopId
  template: Outputs['shop']['freight']['template']
  mayWrite: boolean
}) {
  const [rules, setRules] = useState<FreightRules | null>(template.rules)
  const [said, setSaid] = useState<Record<string, string>>({})
  const [where, setWhere] = useState<Province>('云南')
  const save = useAct((wanted: FreightRules) => trpc.shop.freight.save.mutate({ shopId, version: template.version, rules: wanted }), {
    done: t.saved,
    after: () => askAgain(['freight', shopId]),
    failed: (error) => setSaid(Object.fromEntries(Object.entries(fieldsOf(error)).map(([k, words]) => [k.replace('rules.', ''), words]))),
  })
  if (!rules)
    return (
      <div className="stack-s">
        <p className="notice leaf">{t.free}</p>
        {mayWrite ? (
          <div>
            <Button type="primary" onClick={() => setRules(first)}>
              {t.write}
            </Button>
          </div>
        ) : null}
      </div>
    )
  const wrong = { ...said, ...freightFaults(rules) }
  const set = (change: Partial<FreightRules>): void => {
    setSaid({})
    setRules({ ...rules, ...change })
  }
  const taken = (except: number) => new Set([...rules.noShip, ...rules.zones.flatMap((z, i) => (i === except ? [] : z.provinces))])
  const choices = (except: number) => provinces.map((p) => ({ value: p, label: p, disabled: taken(except).has(p) }))
  return (
    <div className="stack">
      <Field id="pack" label={t.pack} wrong={wrong.packGrams}>
        <WholeInput
          id="pack"
          disabled={!mayWrite}
          wrong={wrong.packGrams}
          value={rules.packGrams}
          unit="g"
          onChange={(n) => set({ packGrams: Math.min(n ?? 0, freightLimits.packGrams) })}
        />
      </Field>
      {rules.zones.map((zone, i) => (
        <section key={String(i)} className="card stack-s">
          <div className="row row-apart">
            <h3>{t.zone(i + 1)}</h3>
            {mayWrite ? (
              <Button aria-label={t.drop} icon={<MinusOutlined />} onClick={() => set({ zones: rules.zones.filter((_, n) => n !== i) })} />
            ) : null}
          </div>
          <Field id={`zone-${i}`} label={t.provinces} wrong={wrong[`zones.${i}.provinces`]}>
            <Select
              id={`zone-${i}`}
              mode="multiple"
              disabled={!mayWrite}
              value={zone.provinces}
              options={choices(i)}
              onChange={(chosen) => set({ zones: rules.zones.map((z, n) => (n === i ? { ...z, provinces: chosen } : z)) })}
            />
          </Field>
          <Fee
            id={`zones.${i}.`}
            fee={zone}
            disabled={!mayWrite}
            wrong={wrong}
            onChange={(fee) => set({ zones: rules.zones.map((z, n) => (n === i ? { ...z, ...fee } : z)) })}
          />
        </section>
      ))}
      {mayWrite && rules.zones.length < freightLimits.zones ? (
        <div>
          <Button icon={<PlusOutlined />} onClick={() => set({ zones: [...rules.zones, { provinces: [], ...ordinary }] })}>
            {t.add}
          </Button>
        </div>
      ) : null}
      <section className="card stack-s">
        <h3>{t.elsewhere}</h3>
        <Fee id="elsewhere." fee={rules.elsewhere} disabled={!mayWrite} wrong={wrong} onChange={(elsewhere) => set({ elsewhere })} />
      </section>
      <Field id="no-ship" label={t.noShip} wrong={wrong.noShip}>
        <Select
          id="no-ship"
          mode="multiple"
          disabled={!mayWrite}
          value={rules.noShip}
          options={provinces.map((p) => ({ value: p, label: p, disabled: rules.zones.some((z) => z.provinces.includes(p)) }))}
          onChange={(noShip) => set({ noShip })}
        />
      </Field>
      <section className="notice stack-s">
        <span className="row">
          <span>{t.try}</span>
          <Select
            aria-label={t.try}
            style={{ width: 110 }}
            value={where}
            options={provinces.map((p) => ({ value: p, label: p }))}
            onChange={setWhere}
          />
        </span>
        {[357, 2499, 5000].map((grams) => {
          const found = freightOf(rules, where, grams, fen(1))
          return <span key={grams}>{t.tryLine(`${grams} g`, found ? `¥${yuan(found.freightFen)}（${found.why}）` : t.tryNone)}</span>
        })}
      </section>
      {mayWrite ? (
        <div>
          <Button
            type="primary"
            loading={save.isPending}
            disabled={Object.keys(freightFaults(rules)).length > 0}
            onClick={() => save.mutate(rules)}
          >
            {t.save}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

function Fee({
  id,
  fee,
  disabled,
  wrong,
  onChange,
}: {
  id: string
  fee: FreightFee
  disabled: boolean
  wrong: Record<string, string>
  onChange: (fee: FreightFee) => void
}) {
  const grams = (name: 'firstGrams' | 'stepGrams', label: string) => (
    <Field id={`${id}${name}`} label={label} wrong={wrong[`${id}${name}`]}>
      <WholeInput
        id={`${id}${name}`}
        disabled={disabled}
        wrong={wrong[`${id}${name}`]}
        value={fee[name]}
        unit="g"
        onChange={(n) => onChange({ ...fee, [name]: n ?? 0 })}
      />
    </Field>
  )
  const money = (name: 'firstFen' | 'stepFen', label: string) => (
    <Field id={`${id}${name}`} label={label}>
      <MoneyInput
        id={`${id}${name}`}
        disabled={disabled}
        wrong={undefined}
        value={fee[name]}
        unit={texts.common.yuan}
        onChange={(n) => onChange({ ...fee, [name]: n ?? (0 as Fen) })}
      />
    </Field>
  )
  return (
    <div className="freight-fee">
      {grams('firstGrams', t.first)}
      {money('firstFen', t.firstFee)}
      {grams('stepGrams', t.step)}
      {money('stepFen', t.stepFee)}
      <Field id={`${id}freeOverFen`} label={t.freeOver} hint={t.freeOverHint} wrong={wrong[`${id}freeOverFen`]}>
        <MoneyInput
          id={`${id}freeOverFen`}
          disabled={disabled}
          wrong={wrong[`${id}freeOverFen`]}
          value={fee.freeOverFen}
          unit={texts.common.yuan}
          onChange={(freeOverFen) => onChange({ ...fee, freeOverFen })}
        />
      </Field>
    </div>
  )
}
