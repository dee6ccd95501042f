import { treeClasses } from '@shared/catalogue/draft.ts'
import { hillName, hills } from '@shared/catalogue/hills.ts'
import { netWords } from '@shared/catalogue/units.ts'
import { treeClassWords } from '@shared/catalogue/words.ts'
import type { PlotId, ShopId } from '@shared/ids.ts'
import { plotLacks } from '@shared/traceability/complete.ts'
import { crops, emptyPlot, type PlotDraft, yieldStates } from '@shared/traceability/draft.ts'
import { traceLimits as limits } from '@shared/traceability/limits.ts'
import { kilos, muOf, readKilos, readMu, readWhole } from '@shared/traceability/units.ts'
import { cropWords, plotFieldWords, plotWords, yieldWords } from '@shared/traceability/words.ts'
import { Text, View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { useRef, useState } from 'react'
import { PhotosField } from '../../../features/assets/photos-field'
import { PlotBalance } from '../../../features/traceability/balance'
import { ourPlot, recallPlot, savePlot, submitPlot } from '../../../features/traceability/calls'
import { Fact, ProofList, ProofsField, proofsOf, type TypedProof, typedProofs } from '../../../features/traceability/proofs-field'
import { useDraft } from '../../../lib/draft'
import { useAct, useLoad } from '../../../lib/load'
import { fieldsOf, say, wordsOf } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { traceTexts } from '../../../texts/trace'
import { ChoiceField, PickField, TextField } from '../../../ui/field'
import { Loading } from '../../../ui/loading'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tag } from '../../../ui/tag'
import { Tap } from '../../../ui/tap'
import '../../../features/traceability/trace.scss'

const t = traceTexts.form

type Opened = Awaited<ReturnType<typeof ourPlot>>

/** A plot: written while it may be written, else looked at. */
export default function PlotPage() {
  const params = useRouter().params
  const shopId = (params.shop ?? '') as ShopId
  const plotId = params.id as PlotId | undefined
  const page = useLoad<Opened | null>(() => (plotId ? ourPlot(shopId, plotId) : Promise.resolve(null)), [shopId, plotId])
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="rows" count={5} />}>
        {(plot) =>
          plot && plot.state !== 'draft' && plot.state !== 'rejected' ? (
            <Look shopId={shopId} plot={plot} onDone={() => page.again()} />
          ) : (
            <Form shopId={shopId} plot={plot} />
          )
        }
      </Loading>
    </Screen>
  )
}

function Look({ shopId, plot, onDone }: { shopId: ShopId; plot: Opened; onDone: () => Promise<void> }) {
  const [busy, act] = useAct()
  const { draft } = plot
  const recall = () =>
    act(async () => {
      try {
        await recallPlot(shopId, plot.id)
        say(t.recalled)
      } catch (error) {
        say(wordsOf(error))
      }
      await onDone()
    })
  return (
    <View className="page-pad stack">
      <View className="between">
        <Text className="section-title grow">{plot.name}</Text>
        <Tag tone={plot.state === 'verified' ? 'leaf' : 'liquor'}>{plotWords[plot.state]}</Tag>
      </View>
      {plot.state === 'verified' ? (
        <View className="card">
          <PlotBalance plot={plot} />
        </View>
      ) : null}
      <View className="card">
        <Fact label={plotFieldWords.crop} value={cropWords[draft.crop]} />
        <Fact label={plotFieldWords.hill} value={hillName(draft.hill)} />
        <Fact label={plotFieldWords.village} value={draft.village} />
        <Fact label={plotFieldWords.grower} value={draft.grower} />
        <Fact label={plotFieldWords.areaTenths} value={draft.areaTenths === null ? null : `${muOf(draft.areaTenths)} ${t.mu}`} />
        <Fact label={plotFieldWords.trees} value={draft.trees === null ? null : `${draft.trees} ${t.count}`} />
        <Fact label={plotFieldWords.altitudeMetres} value={draft.altitudeMetres === null ? null : `${draft.altitudeMetres} ${t.metres}`} />
        <Fact label={plotFieldWords.treeClass} value={draft.treeClass === null ? null : treeClassWords[draft.treeClass]} />
        <Fact label={plotFieldWords.treeBasis} value={draft.treeBasis} />
        <Fact
          label={plotFieldWords.yearlyGrams}
          value={draft.yearlyGrams === null ? null : `${yieldWords[draft.crop][draft.yieldState]} ${netWords(draft.yearlyGrams)}`}
        />
      </View>
      <View className="card">
        <ProofList proofs={draft.proofs} pictures={plot.pictures} />
      </View>
      {plot.acts.includes('recall') ? (
        <View className="stack">
          <Text className="hint">{t.waiting}</Text>
          <Tap busy={busy} onTap={() => void recall()}>
            {t.recall}
          </Tap>
        </View>
      ) : null}
    </View>
  )
}

/** The form as it is typed: figures are text until they are sent. */
interface Typed extends Omit<PlotDraft, 'areaTenths' | 'trees' | 'altitudeMetres' | 'yearlyGrams' | 'proofs'> {
  /** Of a new one that was saved once. */
  id: PlotId | null
  areaTenths: string
  trees: string
  altitudeMetres: string
  yearlyGrams: string
  proofs: TypedProof[]
}

const figures = { areaTenths: readMu, trees: readWhole, altitudeMetres: readWhole, yearlyGrams: readKilos } as const
type Figure = keyof typeof figures

const typedFrom = (id: PlotId | null, d: PlotDraft, pictures: Opened['pictures']): Typed => ({
  ...d,
  id,
  areaTenths: muOf(d.areaTenths),
  trees: d.trees === null ? '' : String(d.trees),
  altitudeMetres: d.altitudeMetres === null ? '' : String(d.altitudeMetres),
  yearlyGrams: kilos(d.yearlyGrams),
  proofs: typedProofs(d.proofs, pictures),
})

function Form({ shopId, plot }: { shopId: ShopId; plot: Opened | null }) {
  const form = useDraft<Typed>(
    `plot.${shopId}.${plot?.id ?? 'new'}`,
    typedFrom(plot?.id ?? null, plot?.draft ?? emptyPlot(), plot?.pictures ?? []),
  )
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [busy, act] = useAct()
  const v = form.value
  // photos are sent in their own time: always change what is there now
  const proofs = useRef(v.proofs)
  proofs.current = v.proofs
  const { id, ...rest } = v
  const draft: PlotDraft = {
    ...rest,
    name: rest.name.trim(),
    village: rest.village.trim(),
    grower: rest.grower.trim(),
    treeBasis: rest.treeBasis.trim(),
    areaTenths: readMu(v.areaTenths),
    trees: readWhole(v.trees),
    altitudeMetres: readWhole(v.altitudeMetres),
    yearlyGrams: readKilos(v.yearlyGrams),
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
      for (const name of Object.keys(figures) as Figure[])
        if (v[name].trim() !== '' && figures[name](v[name]) === null) lacks[name] = t.unread
      if (toDesk) for (const { field, words } of plotLacks(draft)) lacks[field] ??= words
      else if (draft.name === '') lacks.name = t.needed(plotFieldWords.name)
      setWrong(lacks)
      const [first] = Object.values(lacks)
      if (first) return say(first)
      try {
        const { plotId } = await savePlot(shopId, id ?? undefined, draft)
        form.set({ id: plotId })
        if (toDesk) await submitPlot(shopId, plotId)
        form.clear()
        say(toDesk ? t.submitted : t.saved)
        setTimeout(() => void Taro.navigateBack(), 800)
      } catch (error) {
        setWrong(named(fieldsOf(error)))
        say(wordsOf(error))
      }
    })
  const line = (name: 'name' | 'village' | 'grower' | 'treeBasis', max: number, hint?: string) => (
    <TextField
      label={plotFieldWords[name]}
      max={max}
      hint={hint}
      value={v[name]}
      wrong={wrong[name]}
      onChange={(text) => set({ [name]: text })}
    />
  )
  const figure = (name: Figure, unit: string, hint?: string) => (
    <TextField
      label={plotFieldWords[name]}
      kind={name === 'areaTenths' || name === 'yearlyGrams' ? 'digit' : 'number'}
      max={11}
      unit={unit}
      hint={hint}
      value={v[name]}
      wrong={wrong[name]}
      onChange={(text) => set({ [name]: text })}
    />
  )
  return (
    <View className="page-pad form">
      {plot?.reasons ? (
        <View className="banner banner-alarm">
          <Text>{traceTexts.land.reasons(plot.reasons)}</Text>
        </View>
      ) : null}
      {form.kept ? (
        <View className="banner banner-leaf">
          <Text>{texts.common.kept}</Text>
        </View>
      ) : null}
      <Text className="section-title trace-group">{t.where}</Text>
      {line('name', limits.plotName, t.nameHint)}
      <ChoiceField
        label={plotFieldWords.crop}
        value={v.crop}
        options={crops.map((crop) => ({ value: crop, words: cropWords[crop] }))}
        onChange={(crop) => set(crop === 'tea' ? { crop } : { crop, hill: null, treeClass: null })}
      />
      {v.crop === 'tea' ? (
        <PickField
          label={plotFieldWords.hill}
          value={v.hill ?? ''}
          wrong={wrong.hill}
          options={[{ value: '', words: t.noHill }, ...hills.map((h) => ({ value: h.id, words: `${h.name} ${h.county}` }))]}
          onChange={(hill) => set({ hill: hill === '' ? null : hill })}
        />
      ) : null}
      {line('village', limits.village)}
      {line('grower', limits.grower, t.growerHint)}
      {figure('areaTenths', t.mu)}
      {figure('altitudeMetres', t.metres, t.optional)}
      <Text className="section-title trace-group">{t.yields}</Text>
      <ChoiceField
        label={plotFieldWords.yieldState}
        value={v.yieldState}
        options={yieldStates.map((state) => ({ value: state, words: yieldWords[v.crop][state] }))}
        onChange={(yieldState) => set({ yieldState })}
      />
      {figure('yearlyGrams', t.kilo, t.yearlyHint)}
      {v.crop === 'tea' ? (
        <View>
          <Text className="section-title trace-group">{t.trees}</Text>
          {figure('trees', t.count, t.optional)}
          <ChoiceField
            label={plotFieldWords.treeClass}
            value={v.treeClass}
            wrong={wrong.treeClass}
            options={treeClasses.map((one) => ({ value: one, words: treeClassWords[one] }))}
            onChange={(treeClass) => set({ treeClass: treeClass === v.treeClass ? null : treeClass })}
          />
          {line('treeBasis', limits.treeBasis, t.basisHint)}
        </View>
      ) : null}
      <Text className="section-title trace-group">{t.papers}</Text>
      <ProofsField
        value={v.proofs}
        first="plotEvidence"
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

/** The server names a field by its place in the call: draft.village, draft.proofs.0.number. */
const named = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([path, words]) => [path.replace(/^draft\./, '').replace(/\..*/, ''), words]))
