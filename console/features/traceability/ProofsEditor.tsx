import type { ShopId } from '@shared/ids.ts'
import { type Proof, type ProofKind, proofKinds } from '@shared/traceability/draft.ts'
import { traceLimits } from '@shared/traceability/limits.ts'
import { proofWords } from '@shared/traceability/words.ts'
import { Button, Input, Select } from 'antd'
import { texts } from '@/lib/texts.ts'
import { type Picture, uploadPicture } from '@/lib/upload.ts'
import { Field } from '@/ui/Field.tsx'
import { PhotoPick } from '@/ui/PhotoPick.tsx'

const t = texts.traces

/** A paper as the form has it: with its picture, so that it can be shown. */
export interface TypedProof {
  key: string
  kind: ProofKind
  number: string
  picture: Picture | null
}

let keys = 0

/** The papers of a draft as the form has them. */
export const typedProofs = (proofs: readonly Proof[], pictures: readonly Picture[]): TypedProof[] =>
  proofs.map((p) => ({
    key: `had${++keys}`,
    kind: p.kind,
    number: p.number,
    picture: pictures.find((one) => one.id === p.pictureId) ?? null,
  }))

/** The papers as the server takes them. */
export const proofsOf = (typed: readonly TypedProof[]): Proof[] =>
  typed.map(({ kind, number, picture }) => ({ kind, number: number.trim(), pictureId: picture?.id ?? null }))

/** Papers: kind, number, photo. `onChange` gets a change of the latest list, because uploads end in their own time. */
export function ProofsEditor({
  shopId,
  value,
  first,
  wrong,
  onChange,
}: {
  shopId: ShopId
  value: readonly TypedProof[]
  /** The kind that a new row begins with. */
  first: ProofKind
  wrong: string | undefined
  onChange: (edit: (now: readonly TypedProof[]) => TypedProof[]) => void
}) {
  const edit = (key: string, change: (now: TypedProof) => TypedProof): void =>
    onChange((now) => now.map((one) => (one.key === key ? change(one) : one)))
  return (
    <Field id="proofs" label={t.proofs} wrong={wrong} group>
      <div className="stack-s">
        {value.map((proof) => (
          <div key={proof.key} className="trace-proof">
            <Select
              aria-label={t.proofKind}
              value={proof.kind}
              onChange={(kind) => edit(proof.key, (now) => ({ ...now, kind }))}
              options={proofKinds.map((kind) => ({ value: kind, label: proofWords[kind] }))}
            />
            <Input
              aria-label={t.proofNumber}
              placeholder={t.proofNumber}
              maxLength={traceLimits.proofNumber}
              value={proof.number}
              onChange={(e) => edit(proof.key, (now) => ({ ...now, number: e.target.value }))}
            />
            <PhotoPick
              id={`photo-${proof.key}`}
              value={proof.picture ? [proof.picture] : []}
              most={1}
              add={t.proofPhoto}
              altOf={() => t.proofPhotoAlt}
              removeWords={() => t.removePhoto}
              upload={(file, progress, signal) => uploadPicture(shopId, file, progress, signal)}
              onChange={(change) =>
                edit(proof.key, (now) => ({ ...now, picture: change(now.picture ? [now.picture] : []).at(-1) ?? null }))
              }
            />
            <Button onClick={() => onChange((now) => now.filter((one) => one.key !== proof.key))}>{t.removeProof}</Button>
          </div>
        ))}
        {value.length < traceLimits.proofs ? (
          <div>
            <Button onClick={() => onChange((now) => [...now, { key: `new${++keys}`, kind: first, number: '', picture: null }])}>
              {t.addProof}
            </Button>
          </div>
        ) : null}
      </div>
    </Field>
  )
}
