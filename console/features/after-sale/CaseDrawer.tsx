import type { AfterSaleId, ShopId } from '@shared/ids.ts'
import { type Courier, couriers } from '@shared/shipping/couriers.ts'
import { dayAndTime, longTime } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Input, Select } from 'antd'
import { useState } from 'react'
import { fieldsOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { saveFile } from '@/lib/save.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { Money } from '@/ui/Money.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { ReasonDialog } from '@/ui/ReasonDialog.tsx'
import { Answer, Bones } from '@/ui/states.tsx'
import { useAct, useAsk } from '@/ui/useAct.ts'
import { type CasePage, caseOptions } from './queries.ts'

const t = texts.afterSale
type Saying = 'decline' | 'dispute' | 'uphold' | 'reject'

/** A case beside the list: what it is about, every step, and what may be done now. `shopId` null: the park's desk. */
export function CaseDrawer({
  shopId,
  afterSaleId,
  mayServe,
  onClose,
}: {
  shopId: ShopId | null
  afterSaleId: AfterSaleId
  mayServe: boolean
  onClose: () => void
}) {
  const one = useQuery(caseOptions(shopId, afterSaleId))
  return (
    <Drawer open size={560} title={t.one} onClose={onClose} destroyOnHidden>
      <Answer query={one} bones={<Bones rows={5} height={56} />}>
        {(data) => <Whole shopId={shopId} one={data} mayServe={mayServe} />}
      </Answer>
    </Drawer>
  )
}

function Whole({ shopId, one, mayServe }: { shopId: ShopId | null; one: CasePage; mayServe: boolean }) {
  const ask = useAsk()
  const [saying, setSaying] = useState<Saying | null>(null)
  const does = (what: string): boolean => mayServe && (one.acts as string[]).includes(what)
  const ours = { shopId: shopId as ShopId, afterSaleId: one.id }
  const again = () => askAgain(['after-sale', shopId])
  const grant = useAct(() => trpc.shop.afterSale.grant.mutate(ours), { done: t.granted, after: again, failed: again })
  const takeBack = useAct(() => trpc.shop.afterSale.takeBack.mutate(ours), { done: t.takenBack, after: again, failed: again })
  const evidence = useAct(() => trpc.park.afterSale.evidence.query({ afterSaleId: one.id }), {
    after: (pack) => saveFile(pack.name, pack.text, 'application/json'),
    done: (pack) => t.packed(pack.sha256.slice(0, 12)),
  })
  const say = async (words: string): Promise<void> => {
    if (saying === 'decline') await trpc.shop.afterSale.decline.mutate({ ...ours, words })
    if (saying === 'dispute') await trpc.shop.afterSale.dispute.mutate({ ...ours, words })
    if (saying === 'uphold' || saying === 'reject') await trpc.park.afterSale.decide.mutate({ afterSaleId: one.id, verdict: saying, words })
    await again()
  }
  const sure = (title: string, hint: string, ok: string, act: () => Promise<unknown>): void =>
    ask({ title, hint, ok, cancel: texts.common.cancel, act })
  const money = one.kind === 'refund' || one.kind === 'return'
  const grants = (['grant', 'grantReturn', 'grantReship'] as const).some((act) => does(act))
  return (
    <div className="stack">
      <div className="row row-apart">
        <h3>{one.stateWords}</h3>
        {one.dueAt === null ? null : <span className="hint">{t.due(dayAndTime(one.dueAt))}</span>}
      </div>
      <dl className="facts">
        <dt>{t.kind}</dt>
        <dd>{`${one.kindWords} · ${one.reason}${one.unshipped ? ` · ${t.unshipped}` : ''}`}</dd>
        <dt>{t.order}</dt>
        <dd className="wrap">{one.subOrderNo}</dd>
        <dt>{t.who}</dt>
        <dd>{shopId ? one.buyerNickname : `${one.buyerNickname} → ${one.shop.name}`}</dd>
        {money ? (
          <>
            <dt>{one.state === 'refunded' ? t.refunded : t.asked}</dt>
            <dd className="strong">
              <Money fen={one.askedFen} />
            </dd>
          </>
        ) : null}
        {one.returned ? (
          <>
            <dt>{t.parcelBack}</dt>
            <dd>{`${one.returned.courierName} ${one.returned.trackingNo}`}</dd>
          </>
        ) : null}
        {one.reshipped ? (
          <>
            <dt>{t.parcelAgain}</dt>
            <dd>{`${one.reshipped.courierName} ${one.reshipped.trackingNo}`}</dd>
          </>
        ) : null}
      </dl>
      {one.lines.map((l) => (
        <div key={l.id} className="item">
          <Photo picture={l.picture} size={56} />
          <span className="grow">
            <span className="clip2">{l.title}</span>
            <span className="hint small">{`${l.skuName} × ${l.units} / ${l.quantity} · ${t.batch(l.batches.join('、'))}`}</span>
          </span>
          <Money fen={l.paidFen} />
        </div>
      ))}
      {grants || does('decline') ? (
        <div className="row">
          {grants ? (
            <Button
              type="primary"
              loading={grant.isPending}
              onClick={() =>
                does('grant') && one.kind === 'refund'
                  ? sure(t.grantAsk, t.grantHint, t.grant.refund, () => grant.mutateAsync(undefined))
                  : grant.mutate(undefined)
              }
            >
              {t.grant[one.kind]}
            </Button>
          ) : null}
          {does('decline') ? <Button onClick={() => setSaying('decline')}>{t.decline}</Button> : null}
        </div>
      ) : null}
      {does('takeBack') || does('swap') ? (
        <div className="row">
          <Button
            type="primary"
            loading={takeBack.isPending}
            onClick={() =>
              sure(t.takeBackAsk, one.kind === 'exchange' ? t.swapHint : t.takeBackHint, t.takeBack, () => takeBack.mutateAsync(undefined))
            }
          >
            {t.takeBack}
          </Button>
          <Button onClick={() => setSaying('dispute')}>{t.dispute}</Button>
        </div>
      ) : null}
      {does('reship') ? <Reship ours={ours} onDone={again} /> : null}
      {does('uphold') ? (
        <div className="row">
          <Button type="primary" onClick={() => setSaying('uphold')}>
            {t.uphold}
          </Button>
          <Button onClick={() => setSaying('reject')}>{t.reject}</Button>
        </div>
      ) : null}
      {shopId === null ? (
        <div>
          <Button loading={evidence.isPending} onClick={() => evidence.mutate(undefined)}>
            {t.evidence}
          </Button>
        </div>
      ) : null}
      <section className="stack-s">
        <h3>{t.steps}</h3>
        {one.steps.map((s) => (
          <div key={s.no} className="stack-s" style={{ gap: 2 }}>
            <span>
              <strong>{s.who}</strong> {s.act} <span className="hint small">{longTime(s.at)}</span>
            </span>
            {s.words ? <span className="wrap">{s.words}</span> : null}
            {s.pictures.length > 0 ? (
              <span className="row">
                {s.pictures.map((p) => (
                  <a key={p.id} href={p.full} target="_blank" rel="noreferrer" aria-label={t.photo}>
                    <Photo picture={p} size={72} />
                  </a>
                ))}
              </span>
            ) : null}
          </div>
        ))}
      </section>
      {saying ? (
        <ReasonDialog
          title={t.say[saying][0]}
          hint={t.say[saying][1]}
          act={t.say[saying][2]}
          quick={t.quick[saying]}
          onAct={say}
          onClose={() => setSaying(null)}
        />
      ) : null}
    </div>
  )
}

function Reship({ ours, onDone }: { ours: { shopId: ShopId; afterSaleId: AfterSaleId }; onDone: () => Promise<void> }) {
  const [courier, setCourier] = useState<Courier | null>(null)
  const [no, setNo] = useState('')
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const send = useAct(() => trpc.shop.afterSale.reship.mutate({ ...ours, courier: courier ?? '', trackingNo: no }), {
    done: t.reshipped,
    after: onDone,
    failed: (error) => setWrong(fieldsOf(error)),
  })
  return (
    <section className="card stack-s">
      <Field id="reship-courier" label={t.courier} wrong={wrong.courier}>
        <Select
          id="reship-courier"
          value={courier}
          options={Object.entries(couriers).map(([value, label]) => ({ value: value as Courier, label }))}
          onChange={setCourier}
        />
      </Field>
      <Field id="reship-no" label={t.trackingNo} wrong={wrong.trackingNo}>
        <Input id="reship-no" maxLength={30} status={statusOf(wrong.trackingNo)} value={no} onChange={(e) => setNo(e.target.value)} />
      </Field>
      <div>
        <Button type="primary" loading={send.isPending} disabled={!courier || no.trim() === ''} onClick={() => send.mutate(undefined)}>
          {t.reship}
        </Button>
      </div>
    </section>
  )
}
