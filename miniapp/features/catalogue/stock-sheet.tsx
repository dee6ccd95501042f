/** Stock up or down by a difference, with its reason. The key is made when the sheet opens: a retry counts once. */

import { listingLimits } from '@shared/catalogue/limits.ts'
import type { BatchId, ListingId, ShopId, SkuId } from '@shared/ids.ts'
import { Text, View } from '@tarojs/components'
import { useRef, useState } from 'react'
import { newKey } from '../../lib/device'
import { useAct, useLoad } from '../../lib/load'
import { say, wordsOf } from '../../lib/trouble'
import { texts } from '../../texts'
import { farmerTexts } from '../../texts/farmer'
import { ChoiceField, TextField } from '../../ui/field'
import { Loading } from '../../ui/loading'
import { Sheet } from '../../ui/sheet'
import { Skeleton } from '../../ui/skeleton'
import { Tap } from '../../ui/tap'
import type { OurListing } from './calls'
import { changeStock, ourListing } from './shop-calls'

const t = farmerTexts.stock
type OurSku = OurListing['skus'][number]

const STEPS = [-10, -1, 1, 10] as const

/** Opens on what is counted now: the skus of a listing (or one of them), batch by batch. */
export function StockSheet({
  listingId,
  skuId,
  ...rest
}: {
  shopId: ShopId
  listingId: ListingId
  /** Only this one of its skus. */
  skuId?: SkuId
  title: string
  onClose: () => void
  /** The new figure of the sku, and the way to take it back. */
  onChanged: (left: number, undo: () => Promise<number>, skuId: SkuId) => void
}) {
  const opened = useLoad(() => ourListing(rest.shopId, listingId), [listingId])
  const skus = opened.data?.skus.filter((s) => skuId === undefined || s.id === skuId)
  if (skus) return <Count skus={skus} {...rest} />
  return (
    <Sheet title={t.title} onClose={rest.onClose}>
      <Loading of={opened} skeleton={<Skeleton kind="rows" count={2} />}>
        {() => null}
      </Loading>
    </Sheet>
  )
}

function Count({
  shopId,
  skus,
  title,
  onClose,
  onChanged,
}: {
  shopId: ShopId
  skus: readonly OurSku[]
  title: string
  onClose: () => void
  onChanged: (left: number, undo: () => Promise<number>, skuId: SkuId) => void
}) {
  const [picked, setPicked] = useState({ skuId: skus[0]?.id ?? null, batchId: null as BatchId | null })
  const sku = skus.find((s) => s.id === picked.skuId)
  const batches = sku?.batches.filter((b) => !b.frozen) ?? []
  const batchId = picked.batchId ?? (batches.length === 1 ? batches[0]?.batchId : null) ?? null
  const batch = batches.find((b) => b.batchId === batchId)
  // whole units of this batch: another's do not make up for it
  const left = sku && batch ? Math.floor(batch.left / sku.baseUnits) : 0
  const [delta, setDelta] = useState('')
  const [reason, setReason] = useState<string>(t.reasons[0])
  const attempt = useRef({ key: newKey(), what: '' })
  const [busy, act] = useAct()
  const n = /^-?\d{1,6}$/.test(delta) ? Number(delta) : 0
  const save = () =>
    act(async () => {
      if (!sku || !batchId) return
      const what = `${sku.id} ${batchId} ${n} ${reason}`
      const ask = { shopId, skuId: sku.id, batchId }
      if (attempt.current.what !== '' && attempt.current.what !== what) attempt.current.key = newKey()
      attempt.current.what = what
      try {
        const changed = await changeStock({ ...ask, delta: n, key: attempt.current.key, reason })
        const undoKey = newKey()
        onChanged(changed.left, async () => (await changeStock({ ...ask, delta: -n, key: undoKey, reason: t.undoReason })).left, sku.id)
      } catch (error) {
        say(wordsOf(error))
      }
    })
  return (
    <Sheet
      title={t.title}
      onClose={onClose}
      foot={
        <Tap look="main" wide busy={busy} disabled={n === 0 || batchId === null} onTap={() => void save()}>
          {n === 0 ? texts.common.save : t.save(n)}
        </Tap>
      }
    >
      <View className="field">
        <Text className="strong">{title}</Text>
        <View>
          <Text className="soft num">{batch ? `${batch.code} · ${t.now(left)} ${sku?.unit ?? ''}` : (sku?.name ?? '')}</Text>
        </View>
      </View>
      {skus.length > 1 ? (
        <ChoiceField
          label={t.sku}
          value={picked.skuId}
          options={skus.map((s) => ({ value: s.id, words: s.name }))}
          onChange={(skuId) => setPicked({ skuId, batchId: null })}
        />
      ) : null}
      {batches.length > 1 ? (
        <ChoiceField
          label={t.batch}
          value={batchId}
          options={batches.map((b) => ({ value: b.batchId, words: b.code }))}
          onChange={(one) => setPicked({ skuId: picked.skuId, batchId: one })}
        />
      ) : null}
      <TextField label={t.by} value={delta} max={7} placeholder="0" onChange={(text) => setDelta(text.replace(/[^\d-]/g, ''))} />
      <View className="field wrap">
        {STEPS.map((step) => (
          <Tap key={step} onTap={() => setDelta(String(Math.max(-listingLimits.stockDelta, Math.min(listingLimits.stockDelta, n + step))))}>
            {step > 0 ? `+${step}` : `−${-step}`}
          </Tap>
        ))}
      </View>
      <View className="field">
        <Text className="field-label">{t.reason}</Text>
        <View className="choices">
          {t.reasons.map((r) => (
            <Tap key={r} look="bare" className={r === reason ? 'choice choice-on' : 'choice'} onTap={() => setReason(r)}>
              {r}
            </Tap>
          ))}
        </View>
      </View>
    </Sheet>
  )
}
