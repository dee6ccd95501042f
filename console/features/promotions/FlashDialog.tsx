import type { LiveSessionId, ShopId, SkuId } from '@shared/ids.ts'
import { type Fen, yuan } from '@shared/money.ts'
import { flashLimits } from '@shared/promotions/flash.ts'
import { span } from '@shared/time.ts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { App, Button, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { fieldsOf, wordsOf } from '@/lib/errors.ts'
import { newKey } from '@/lib/keys.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { type Outputs, trpc } from '@/lib/trpc.ts'
import { Field } from '@/ui/Field.tsx'
import { MoneyInput, WholeInput } from '@/ui/inputs.tsx'
import { Money } from '@/ui/Money.tsx'
import { useAct } from '@/ui/useAct.ts'

const t = texts.flash
const EVERY = 5_000
export type Flash = Outputs['shop']['promotions']['flashes'][number]

/** The flash sales that run in a session. */
export const flashesOptions = (shopId: ShopId, sessionId: LiveSessionId) =>
  queryOptions({
    queryKey: ['live', shopId, sessionId, 'flashes'],
    queryFn: ({ signal }) => trpc.shop.promotions.flashes.query({ shopId, sessionId }, { signal }),
    refetchInterval: EVERY,
    staleTime: 0,
  })

/** Begins a flash sale of one ware; the same tap twice begins one. */
export function FlashDialog({
  shopId,
  sessionId,
  ware,
  onClose,
}: {
  shopId: ShopId
  sessionId: LiveSessionId
  ware: { skuId: SkuId; number: number; title: string; priceFen: number; unit: string }
  onClose: () => void
}) {
  const { message } = App.useApp()
  const [key] = useState(newKey)
  const [flashFen, setFlashFen] = useState<Fen | null>(null)
  const [quota, setQuota] = useState<number | null>(20)
  const [perPerson, setPerPerson] = useState<number | null>(1)
  const [minutes, setMinutes] = useState<number | null>(10)
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const within = (n: number | null, [least, most]: readonly [number, number]) => n !== null && n >= least && n <= most
  const submit = async (): Promise<void> => {
    const found = {
      ...(flashFen !== null && flashFen > 0 && flashFen < ware.priceFen ? {} : { flashFen: t.below(yuan(ware.priceFen as Fen)) }),
      ...(within(quota, flashLimits.quota) ? {} : { quota: t.between(...flashLimits.quota) }),
      ...(within(perPerson, flashLimits.perPerson) ? {} : { perPerson: t.between(...flashLimits.perPerson) }),
      ...(within(minutes, flashLimits.minutes) ? {} : { minutes: t.between(...flashLimits.minutes) }),
    }
    setWrong(found)
    if (Object.keys(found).length > 0 || flashFen === null || quota === null || perPerson === null || minutes === null) return
    setBusy(true)
    try {
      await trpc.shop.promotions.beginFlash.mutate({ shopId, key, sessionId, skuId: ware.skuId, flashFen, quota, perPerson, minutes })
      message.success(t.begun(ware.number))
      await askAgain(['live', shopId, sessionId, 'flashes'])
      onClose()
    } catch (error) {
      const fields = fieldsOf(error)
      setWrong(Object.keys(fields).length > 0 ? fields : { flashFen: wordsOf(error) })
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t.titleOf(ware.number, ware.title)}
      okText={t.begin}
      cancelText={texts.common.cancel}
      confirmLoading={busy}
      maskClosable={false}
      onOk={() => void submit()}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="hint">{t.rule}</p>
        <Field id="flashFen" label={t.price(yuan(ware.priceFen as Fen), ware.unit)} wrong={wrong.flashFen}>
          <MoneyInput
            id="flashFen"
            disabled={busy}
            wrong={wrong.flashFen}
            unit={`/ ${ware.unit}`}
            value={flashFen}
            onChange={setFlashFen}
          />
        </Field>
        <Field id="quota" label={t.quota} wrong={wrong.quota}>
          <WholeInput id="quota" disabled={busy} wrong={wrong.quota} unit={ware.unit} value={quota} onChange={setQuota} />
        </Field>
        <Field id="perPerson" label={t.perPerson} wrong={wrong.perPerson}>
          <WholeInput id="perPerson" disabled={busy} wrong={wrong.perPerson} unit={ware.unit} value={perPerson} onChange={setPerPerson} />
        </Field>
        <Field id="minutes" label={t.minutes} wrong={wrong.minutes}>
          <WholeInput id="minutes" disabled={busy} wrong={wrong.minutes} unit={t.minute} value={minutes} onChange={setMinutes} />
        </Field>
      </div>
    </Modal>
  )
}

/** A flash sale as it runs: price, what is left, how long. */
export function FlashLine({
  shopId,
  sessionId,
  flash,
  mayStop,
}: {
  shopId: ShopId
  sessionId: LiveSessionId
  flash: Flash
  mayStop: boolean
}) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const again = () => askAgain(['live', shopId, sessionId, 'flashes'])
  const stop = useAct(() => trpc.shop.promotions.stopFlash.mutate({ shopId, flashSaleId: flash.id }), {
    done: t.stopped,
    after: again,
    failed: again,
  })
  return (
    <span className="row small">
      <strong className="field-wrong">
        {t.running} <Money fen={flash.flashFen} />
      </strong>
      <span>{t.left(flash.left, flash.quota)}</span>
      <span className="hint">{span(Math.max(0, flash.endsAt - now))}</span>
      {mayStop ? (
        <Button size="small" type="text" loading={stop.isPending} onClick={() => stop.mutate()}>
          {t.stop}
        </Button>
      ) : null}
    </span>
  )
}

export const useFlashes = (shopId: ShopId, sessionId: LiveSessionId, on: boolean): ReadonlyMap<SkuId, Flash> => {
  const list = useQuery({ ...flashesOptions(shopId, sessionId), enabled: on })
  return new Map((on ? list.data : undefined)?.map((flash) => [flash.skuId, flash]))
}
