import { kinds, productClasses, seasons } from '@shared/catalogue/draft.ts'
import { hillName } from '@shared/catalogue/hills.ts'
import { netWords } from '@shared/catalogue/units.ts'
import { classWords, kindWords, seasonWords } from '@shared/catalogue/words.ts'
import type { BatchId, ShopId } from '@shared/ids.ts'
import { businessDay, type Instant } from '@shared/time.ts'
import { materialOf, originRules } from '@shared/traceability/balance.ts'
import { batchLacks } from '@shared/traceability/complete.ts'
import { type BatchDraft, emptyBatch } from '@shared/traceability/draft.ts'
import { traceLimits as limits } from '@shared/traceability/limits.ts'
import { kilos, readKilos, readWhole } from '@shared/traceability/units.ts'
import { batchFieldWords, batchWords, plotFieldWords } from '@shared/traceability/words.ts'
import { Text, View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { useRef, useState } from 'react'
import { PhotosField } from '../../../features/assets/photos-field'
import { BatchBalance } from '../../../features/traceability/balance'
import { ourBatch, recallBatch, type Sources, saveBatch, sourcesOf, submitBatch } from '../../../features/traceability/calls'
import { PartsField, partOf, type TypedPart, typedParts } from '../../../features/traceability/parts-field'
import { Fact, ProofList, ProofsField, proofsOf, type TypedProof, typedProofs } from '../../../features/traceability/proofs-field'
import { useDraft } from '../../../lib/draft'
import { go } from '../../../lib/go'
import { useAct, useLoad } from '../../../lib/load'
import { fieldsOf, say, wordsOf } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { traceTexts } from '../../../texts/trace'
import { ChoiceField, PickField, TextField, WhenField } from '../../../ui/field'
import { Loading } from '../../../ui/loading'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tag } from '../../../ui/tag'
import { Tap } from '../../../ui/tap'
import '../../../features/traceability/trace.scss'

const t = traceTexts.form

type Opened = Awaited<ReturnType<typeof ourBatch>>

/** A batch: written while it may be written, else looked at. */
export default function BatchPage() {
  const params = useRouter().params
  const shopId = (params.shop ?? '') as ShopId
  const batchId = params.id as BatchId | undefined
  const page = useLoad(async () => {
    const batch = batchId ? await ourBatch(shopId, batchId) : null
    const writes = batch === null || batch.state === 'draft' || batch.state === 'rejected'
    return { batch, sources: writes ? await sourcesOf(shopId) : null }
  }, [shopId, batchId])
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="rows" count={5} />}>
        {({ batch, sources }) =>
          sources ? (
            <Form shopId={shopId} batch={batch} sources={sources} />
          ) : batch ? (
            <Look shopId={shopId} batch={batch} onDone={() => page.again()} />
          ) : null
        }
      </Loading>
    </Screen>
  )
}

function Look({ shopId, batch, onDone }: { shopId: ShopId; batch: Opened; onDone: () => Promise<void> }) {
  const [busy, act] = useAct()
  const { draft } = batch
  const verified = batch.state === 'verified' || batch.state === 'frozen'
  const recall = () =>
    act(async () => {
      try {
        await recallBatch(shopId, batch.id)
        say(t.recalled)
      } catch (error) {
        say(wordsOf(error))
      }
      await onDone()
    })
  return (
    <View className="page-pad stack">
      <View className="between">
        <Text className="section-title grow">{batch.code}</Text>
        <Tag tone={batch.state === 'verified' ? 'leaf' : batch.state === 'frozen' ? 'alarm' : 'liquor'}>{batchWords[batch.state]}</Tag>
      </View>
      {batch.state === 'frozen' && batch.reasons ? (
        <View className="banner banner-alarm">
          <Text>{traceTexts.land.reasons(batch.reasons)}</Text>
        </View>
      ) : null}
      {verified ? (
        <View className="card">
          <BatchBalance batch={batch} />
        </View>
      ) : null}
      <View className="card">
        <Fact label={batchFieldWords.productClass} value={classWords[draft.productClass]} />
        <Fact label={batchFieldWords.kind} value={draft.kind === null ? null : kindWords[draft.kind]} />
        <Fact label={batchFieldWords.season} value={draft.season === null ? null : seasonWords[draft.season]} />
        <Fact label={batchFieldWords.materialYear} value={batch.materialYear === null ? null : String(batch.materialYear)} />
        <Fact label={plotFieldWords.hill} value={hillName(batch.hill)} />
        <Fact label={batchFieldWords.village} value={batch.village} />
        <Fact label={batchFieldWords.madeGrams} value={draft.madeGrams === null ? null : netWords(draft.madeGrams)} />
        <Fact label={batchFieldWords.makerName} value={draft.makerName} />
        <Fact label={batchFieldWords.makerAddress} value={draft.makerAddress} />
        <Fact label={batchFieldWords.scNumber} value={draft.scNumber} />
        <Fact label={batchFieldWords.standardCode} value={draft.standardCode} />
        <Fact label={batchFieldWords.productionDate} value={draft.productionDate} />
        <Fact label={batchFieldWords.pressingDate} value={draft.pressingDate} />
        <Fact label={batchFieldWords.storedSince} value={draft.storedSince} />
        {draft.parts.map((part) => (
          <Fact
            key={'plotId' in part ? `${part.plotId}${part.year}` : part.batchId}
            label={batchFieldWords.parts}
            value={
              'plotId' in part
                ? `${batch.plots.find((p) => p.id === part.plotId)?.name ?? ''} ${part.year} ${t.year} ${netWords(part.grams)}`
                : `${batch.parents.find((b) => b.id === part.batchId)?.code ?? ''} ${netWords(part.grams)}`
            }
          />
        ))}
      </View>
      {draft.proofs.length > 0 ? (
        <View className="card">
          <ProofList proofs={draft.proofs} pictures={batch.pictures} />
        </View>
      ) : null}
      {batch.acts.includes('recall') ? (
        <View className="stack">
          <Text className="hint">{t.waiting}</Text>
          <Tap busy={busy} onTap={() => void recall()}>
            {t.recall}
          </Tap>
        </View>
      ) : null}
      {verified ? (
        <Tap look="quiet" onTap={() => go('batch', { id: batch.id })}>
          {t.preview}
        </Tap>
      ) : null}
    </View>
  )
}

/** The form as it is typed: figures are text until they are sent. */
interface Typed extends Omit<BatchDraft, 'materialYear' | 'madeGrams' | 'parts' | 'proofs'> {
  /** Of a new one that was saved once. */
  id: BatchId | null
  materialYear: string
  madeGrams: string
  parts: TypedPart[]
  proofs: TypedProof[]
}

const typedFrom = (id: BatchId | null, d: BatchDraft, pictures: Opened['pictures']): Typed => ({
  ...d,
  id,
  materialYear: d.materialYear === null ? '' : String(d.materialYear),
  madeGrams: kilos(d.madeGrams),
  parts: typedParts(d.parts),
  proofs: typedProofs(d.proofs, pictures),
})

function Form({ shopId, batch, sources }: { shopId: ShopId; batch: Opened | null; sources: Sources }) {
  const form = useDraft<Typed>(
    `batch.${shopId}.${batch?.id ?? 'new'}`,
    typedFrom(batch?.id ?? null, batch?.draft ?? emptyBatch('puer'), batch?.pictures ?? []),
  )
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [busy, act] = useAct()
  const v = form.value
  // photos are sent in their own time: always change what is there now
  const proofs = useRef(v.proofs)
  proofs.current = v.proofs
  const { id, ...rest } = v
  const rule = originRules[v.productClass]
  const read = v.parts.map(partOf)
  const draft: BatchDraft = {
    ...rest,
    code: rest.code.trim(),
    village: rest.village.trim(),
    makerName: rest.makerName.trim(),
    makerAddress: rest.makerAddress.trim(),
    scNumber: rest.scNumber.trim().toUpperCase(),
    standardCode: rest.standardCode.trim(),
    materialYear: readWhole(v.materialYear),
    madeGrams: readKilos(v.madeGrams),
    parts: read.flatMap((part) => part ?? []),
    proofs: proofsOf(v.proofs),
  }
  const set = (change: Partial<Typed>) => {
    form.set(change)
    const names = Object.keys(change)
    if (names.some((n) => wrong[n])) setWrong((w) => Object.fromEntries(Object.entries(w).filter(([n]) => !names.includes(n))))
  }
  const send = (toDesk: boolean) =>
    act(async () => {
      const lacks: Record<string, string> = {}
      if (v.materialYear.trim() !== '' && draft.materialYear === null) lacks.materialYear = t.unread
      if (v.madeGrams.trim() !== '' && !draft.madeGrams) lacks.madeGrams = t.unread
      if (read.some((part) => part === null)) lacks.parts = t.unread
      if (toDesk) for (const { field, words } of batchLacks(draft, businessDay(Date.now() as Instant))) lacks[field] ??= words
      else if (draft.code === '') lacks.code = t.needed(batchFieldWords.code)
      setWrong(lacks)
      const [first] = Object.values(lacks)
      if (first) return say(first)
      try {
        const { batchId } = await saveBatch(shopId, id ?? undefined, draft)
        form.set({ id: batchId })
        if (toDesk) await submitBatch(shopId, batchId)
        form.clear()
        say(toDesk ? t.submitted : t.saved)
        setTimeout(() => void Taro.navigateBack(), 800)
      } catch (error) {
        setWrong(named(fieldsOf(error)))
        say(wordsOf(error))
      }
    })
  const line = (name: 'code' | 'village' | 'makerName' | 'makerAddress' | 'scNumber' | 'standardCode', max: number, hint?: string) => (
    <TextField
      label={batchFieldWords[name]}
      max={max}
      hint={hint}
      value={v[name]}
      wrong={wrong[name]}
      onChange={(text) => set({ [name]: text })}
    />
  )
  const today = businessDay(Date.now() as Instant)
  const day = (name: 'productionDate' | 'pressingDate' | 'storedSince', hint?: string) => (
    <WhenField
      label={batchFieldWords[name]}
      mode="date"
      end={today}
      hint={hint}
      value={v[name]}
      wrong={wrong[name]}
      onChange={(picked) => set({ [name]: picked })}
    />
  )
  return (
    <View className="page-pad form">
      {batch?.reasons ? (
        <View className="banner banner-alarm">
          <Text>{traceTexts.land.reasons(batch.reasons)}</Text>
        </View>
      ) : null}
      {form.kept ? (
        <View className="banner banner-leaf">
          <Text>{texts.common.kept}</Text>
        </View>
      ) : null}
      <Text className="section-title trace-group">{t.what}</Text>
      {line('code', limits.code, t.codeHint)}
      <PickField
        label={batchFieldWords.productClass}
        value={v.productClass}
        options={productClasses.map((one) => ({ value: one, words: classWords[one] }))}
        onChange={(picked) => {
          const productClass = picked as BatchDraft['productClass']
          const { crop } = originRules[productClass]
          set({
            productClass,
            kind: productClass === 'maocha' ? 'raw' : crop === 'tea' ? v.kind : null,
            season: crop === 'tea' ? v.season : null,
            parts: crop === rule.crop ? v.parts : [],
          })
        }}
      />
      {v.productClass === 'puer' || v.productClass === 'workshopTea' ? (
        <ChoiceField
          label={batchFieldWords.kind}
          value={v.kind}
          wrong={wrong.kind}
          options={kinds.map((one) => ({ value: one, words: kindWords[one] }))}
          onChange={(kind) => set({ kind })}
        />
      ) : null}
      {rule.crop === 'tea' ? (
        <ChoiceField
          label={batchFieldWords.season}
          value={v.season}
          wrong={wrong.season}
          options={seasons.map((one) => ({ value: one, words: seasonWords[one] }))}
          onChange={(season) => set({ season })}
        />
      ) : null}
      <TextField
        label={batchFieldWords.madeGrams}
        kind="digit"
        max={11}
        unit={t.kilo}
        value={v.madeGrams}
        wrong={wrong.madeGrams}
        onChange={(madeGrams) => set({ madeGrams })}
      />
      {rule.crop === null ? null : (
        <View>
          <Text className="section-title trace-group">{t.from}</Text>
          <PartsField
            value={v.parts}
            sources={sources}
            self={id}
            to={materialOf(v.productClass, v.kind)}
            wrong={wrong.parts ?? null}
            onChange={(parts) => set({ parts })}
          />
        </View>
      )}
      {v.parts.length === 0 && !rule.must ? (
        <View>
          {line('village', limits.village)}
          {rule.crop === null ? null : (
            <TextField
              label={batchFieldWords.materialYear}
              kind="number"
              max={4}
              unit={t.year}
              value={v.materialYear}
              wrong={wrong.materialYear}
              onChange={(materialYear) => set({ materialYear })}
            />
          )}
        </View>
      ) : null}
      <Text className="section-title trace-group">{t.made}</Text>
      {line('makerName', limits.makerName)}
      {line('makerAddress', limits.makerAddress)}
      {line('scNumber', limits.scNumber, t.scHint)}
      {line('standardCode', limits.standardCode)}
      {day('productionDate')}
      {rule.crop === 'tea' ? day('pressingDate') : null}
      {day('storedSince', t.storedHint)}
      <Text className="section-title trace-group">{t.papers}</Text>
      <ProofsField
        value={v.proofs}
        first="labReport"
        wrong={wrong.proofs ?? null}
        photos={(proof, onPhoto) => (
          <PhotosField
            shopId={shopId}
            label={t.proofPhoto}
            hint={t.proofPhotoHint}
            most={1}
            photos={proof.photo ? [proof.photo] : []}
            onChange={([photo]) => onPhoto(photo ?? null)}
          />
        )}
        onChange={(edit) => {
          proofs.current = edit(proofs.current)
          set({ proofs: proofs.current })
        }}
      />
      <View className="bar-space" />
      <View className="bar">
        <Tap busy={busy} onTap={() => void send(false)}>
          {t.save}
        </Tap>
        <Tap look="main" busy={busy} onTap={() => void send(true)}>
          {t.submit}
        </Tap>
      </View>
    </View>
  )
}

/** The server names a field by its place in the call: draft.village, draft.parts.0.grams. */
const named = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([path, words]) => [path.replace(/^draft\./, '').replace(/\..*/, ''), words]))
