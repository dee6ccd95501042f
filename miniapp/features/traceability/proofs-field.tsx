/** Papers of a plot or a batch: what each is, its number and a photo. */
import type { AssetId } from '@shared/ids.ts'
import { type Proof, type ProofKind, proofKinds } from '@shared/traceability/draft.ts'
import { traceLimits } from '@shared/traceability/limits.ts'
import { batchFieldWords, proofWords } from '@shared/traceability/words.ts'
import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { traceTexts } from '../../texts/trace'
import { PickField, TextField } from '../../ui/field'
import { Photo } from '../../ui/photo'
import { Tap } from '../../ui/tap'

const t = traceTexts.form

/** A paper as the form has it: with its thumbnail, so that it can be shown. */
export interface TypedProof {
  key: string
  kind: ProofKind
  number: string
  photo: { id: AssetId; thumb: string } | null
}

let keys = 0

export const typedProofs = (proofs: readonly Proof[], pictures: readonly { id: AssetId; thumb: string }[]): TypedProof[] =>
  proofs.map((p) => {
    const picture = pictures.find((one) => one.id === p.pictureId)
    return { key: `had${++keys}`, kind: p.kind, number: p.number, photo: picture ? { id: picture.id, thumb: picture.thumb } : null }
  })

export const proofsOf = (typed: readonly TypedProof[]): Proof[] =>
  typed.map(({ kind, number, photo }) => ({ kind, number: number.trim(), pictureId: photo?.id ?? null }))

/** The rows; `photos` draws the photo field of one (features do not meet: the page brings it). */
export function ProofsField({
  value,
  first,
  wrong,
  photos,
  onChange,
}: {
  value: TypedProof[]
  first: ProofKind
  wrong: string | null
  photos: (proof: TypedProof, onPhoto: (photo: TypedProof['photo']) => void) => ReactNode
  onChange: (edit: (now: TypedProof[]) => TypedProof[]) => void
}) {
  const edit = (key: string, change: Partial<TypedProof>) =>
    onChange((now) => now.map((one) => (one.key === key ? { ...one, ...change } : one)))
  return (
    <View className="stack">
      {wrong ? <Text className="field-words">{wrong}</Text> : null}
      {value.map((proof) => (
        <View key={proof.key} className="trace-row">
          <PickField
            label={batchFieldWords.proofs}
            value={proof.kind}
            options={proofKinds.map((kind) => ({ value: kind, words: proofWords[kind] }))}
            onChange={(kind) => edit(proof.key, { kind: kind as ProofKind })}
          />
          <TextField
            label={t.proofNumber}
            max={traceLimits.proofNumber}
            value={proof.number}
            onChange={(number) => edit(proof.key, { number })}
          />
          {photos(proof, (photo) => edit(proof.key, { photo }))}
          <Tap look="quiet" onTap={() => onChange((now) => now.filter((one) => one.key !== proof.key))}>
            {t.removeProof}
          </Tap>
        </View>
      ))}
      {value.length < traceLimits.proofs ? (
        <Tap onTap={() => onChange((now) => [...now, { key: `new${Date.now()}${++keys}`, kind: first, number: '', photo: null }])}>
          {t.addProof}
        </Tap>
      ) : null}
    </View>
  )
}

/** Papers as they stand, to look at. */
export function ProofList({ proofs, pictures }: { proofs: readonly Proof[]; pictures: readonly { id: AssetId; thumb: string }[] }) {
  return (
    <View className="stack">
      {proofs.map((p) => {
        const picture = pictures.find((one) => one.id === p.pictureId)
        return (
          <View key={`${p.kind}${p.number}${p.pictureId}`} className="trace-fact">
            {picture ? (
              <View className="trace-photo">
                <Photo src={picture.thumb} alt={proofWords[p.kind]} />
              </View>
            ) : null}
            <View className="grow">
              <Text className="strong">{proofWords[p.kind]}</Text>
              <View>
                <Text className="soft">{picture ? p.number : `${p.number} ${t.noPhoto}`}</Text>
              </View>
            </View>
          </View>
        )
      })}
    </View>
  )
}

/** A fact with its name; nothing where there is nothing to say. */
export const Fact = ({ label, value }: { label: string; value: string | null }) =>
  value === null || value === '' ? null : (
    <View className="trace-fact">
      <Text className="hint trace-label">{label}</Text>
      <Text className="grow">{value}</Text>
    </View>
  )
