import { afterSaleLimits as limits } from '@shared/after-sale/limits.ts'
import type { AfterSaleKind, AfterSaleReason } from '@shared/after-sale/words.ts'
import type { OrderLineId, SubOrderId } from '@shared/ids.ts'
import { type Fen, fen, yuan } from '@shared/money.ts'
import { Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { type Askable, askAfterSale, askable } from '../../../features/after-sale/calls'
import { PhotosField, type Sent } from '../../../features/assets/photos-field'
import { useDraft } from '../../../lib/draft'
import { goBack, goInstead } from '../../../lib/go'
import { useAct, useLoad } from '../../../lib/load'
import { fieldsOf, say, wordsOf } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { afterSaleTexts as t } from '../../../texts/after-sale'
import { Empty } from '../../../ui/empty'
import { ChoiceField, LongField, Stepper } from '../../../ui/field'
import { Loading } from '../../../ui/loading'
import { Photo } from '../../../ui/photo'
import { Price } from '../../../ui/price'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tap } from '../../../ui/tap'

/** A case is asked for: what about, how, why, and what would go back. */
export default function Ask() {
  const id = (useRouter().params.id ?? '') as SubOrderId
  const page = useLoad(() => askable(id), [id])
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="rows" count={4} />}>
        {(data) =>
          data.open ? (
            <Empty icon="wait" title={t.openAlready} act={texts.common.back} onAct={goBack} />
          ) : data.reasons.length === 0 || data.lines.every((l) => l.left === 0) ? (
            <Empty icon="box" title={t.none} hint={t.noneHint} act={texts.common.back} onAct={goBack} />
          ) : (
            <Form data={data} />
          )
        }
      </Loading>
    </Screen>
  )
}

interface Typed {
  kind: AfterSaleKind
  reason: AfterSaleReason | null
  units: Record<string, number>
  words: string
  photos: Sent[]
}

function Form({ data }: { data: Askable }) {
  const { unshipped } = data
  const [only] = data.lines
  const form = useDraft<Typed>(`after-sale.${data.subOrderId}`, {
    kind: unshipped ? 'refund' : 'return',
    reason: null,
    units: data.lines.length === 1 && only ? { [only.id]: only.left } : {},
    words: '',
    photos: [],
  })
  const v = form.value
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [busy, act] = useAct()
  const change = (typed: Partial<Typed>) => {
    form.set(typed)
    setWrong({})
  }
  const money = v.kind === 'refund' || v.kind === 'return'
  const kinds: AfterSaleKind[] = unshipped ? ['refund'] : ['return', 'refund', 'exchange', 'reship']
  // without a reason the wares come back
  const reasons = data.reasons.filter((r) => v.kind === 'return' || r.reason !== 'noReason')
  const picked = data.lines.filter((l) => l.left > 0 && (v.units[l.id] ?? 0) > 0)
  const back = picked.reduce((sum, l) => sum + (l.backFen[Math.min(unshipped ? l.left : (v.units[l.id] ?? 1), l.left) - 1] ?? 0), 0)
  const whole = unshipped && data.lines.every((l) => l.left === 0 || (v.units[l.id] ?? 0) > 0)
  const sum = fen(back + (whole ? data.freightFen : 0))
  const send = () =>
    act(async () => {
      const lacks: Record<string, string> = {}
      if (v.reason === null) lacks.reason = t.reasonNeeded
      if (picked.length === 0) lacks.lines = t.lineNeeded
      if ([...v.words.trim()].length < limits.words.min) lacks.words = t.wordsNeeded
      setWrong(lacks)
      const [first] = Object.values(lacks)
      if (first || v.reason === null) return say(first ?? t.reasonNeeded)
      try {
        const { afterSaleId } = await askAfterSale({
          subOrderId: data.subOrderId,
          kind: v.kind,
          reason: v.reason,
          lines: picked.map((l) => ({
            orderLineId: l.id as OrderLineId,
            units: unshipped ? l.left : Math.min(v.units[l.id] ?? 1, l.left),
          })),
          words: v.words.trim(),
          pictureIds: v.photos.map((p) => p.id),
        })
        form.clear()
        say(t.done)
        goInstead('case', { id: afterSaleId })
      } catch (error) {
        setWrong(fieldsOf(error))
        say(wordsOf(error))
      }
    })
  return (
    <View className="page-pad stack">
      <Text className="hint">{unshipped ? t.unshippedHint : t.shippedHint}</Text>
      <View className="form">
        {kinds.length > 1 ? (
          <ChoiceField
            label={t.kind}
            value={v.kind}
            options={kinds.map((value) => ({ value, words: t.kinds[value] }))}
            onChange={(kind) => change({ kind, ...(kind !== 'return' && v.reason === 'noReason' ? { reason: null } : {}) })}
          />
        ) : null}
        <ChoiceField
          label={t.reason}
          wrong={wrong.reason}
          value={v.reason}
          options={reasons.map((r) => ({ value: r.reason, words: r.words }))}
          onChange={(reason) => change({ reason })}
        />
      </View>
      <View className="card stack">
        <Text className="section-title">{t.lines}</Text>
        {wrong.lines ? <Text className="small alarm">{wrong.lines}</Text> : null}
        {data.lines
          .filter((l) => l.left > 0)
          .map((l) => {
            const n = v.units[l.id] ?? 0
            return (
              <View key={l.id} className="row">
                <View className="case-photo">
                  <Photo src={l.picture?.thumb} alt={l.title} />
                </View>
                <View className="grow">
                  <Text className="clip-2">{l.title}</Text>
                  <Text className="hint">{v.reason === 'noReason' && !l.noReasonReturn ? t.perishable : `${l.skuName} × ${l.left}`}</Text>
                </View>
                {unshipped ? (
                  <Tap
                    look="bare"
                    className={n > 0 ? 'choice choice-on' : 'choice'}
                    label={t.units(l.title)}
                    onTap={() => change({ units: { ...v.units, [l.id]: n > 0 ? 0 : l.left } })}
                  >
                    {`× ${l.left}`}
                  </Tap>
                ) : (
                  <Stepper
                    label={t.units(l.title)}
                    value={n}
                    min={0}
                    max={l.left}
                    onChange={(units) => change({ units: { ...v.units, [l.id]: units } })}
                  />
                )}
              </View>
            )
          })}
      </View>
      <View className="form">
        <LongField
          label={t.words}
          hint={t.wordsHint}
          wrong={wrong.words}
          max={limits.words.max}
          value={v.words}
          onChange={(words) => change({ words })}
        />
        <PhotosField
          shopId={null}
          label={t.photos}
          hint={t.photosHint}
          wrong={wrong.pictureIds}
          most={limits.pictures}
          photos={v.photos}
          onChange={(photos) => form.set({ photos })}
        />
      </View>
      <View className="bar-space" />
      <View className="bar">
        <View className="grow">
          {money ? (
            <View className="row">
              <Text>{t.back}</Text>
              <Price fen={sum} loud />
            </View>
          ) : (
            <Text className="soft">{t.noMoney}</Text>
          )}
          {whole && data.freightFen > 0 ? (
            <Text className="hint num">{`${texts.checkout.freight} ¥${yuan(data.freightFen as Fen)}`}</Text>
          ) : null}
        </View>
        <View className="bar-fit">
          <Tap look="main" busy={busy} onTap={() => void send()}>
            {t.submit}
          </Tap>
        </View>
      </View>
    </View>
  )
}
