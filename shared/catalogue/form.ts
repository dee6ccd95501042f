/**
 * What the forms of phone and desk share beyond the tables of classes.ts: which fields stand there now, what an edit changes beside its own
 * field, and which words stand at which input. The screens only draw.
 */
import type { AssetId } from '../ids.ts'
import {
  baseUnitOf,
  type ClassForm,
  classForms,
  type FieldGroup,
  type FieldInput,
  type FieldName,
  fieldsOfClass,
  inClass,
  inputs,
  labelOf,
  mustFill,
  notYetKnown,
} from './classes.ts'
import type { Missing } from './complete.ts'
import { emptySku, freeKey, type LabelFields, type ListingDraft, type PackLevel, type PackUnit, packUnits, type SkuDraft } from './draft.ts'
import { listingLimits as limits } from './limits.ts'
import { skuNameAt } from './units.ts'

/** A field as it is drawn now. */
export interface DrawnField {
  name: FieldName
  label: string
  hint: string
  must: boolean
  input: FieldInput
}

export interface DrawnGroup {
  key: FieldGroup['key']
  words: string
  fields: DrawnField[]
}

/** Fields that mean nothing yet stay out of the way; what was typed into one keeps it in sight. */
const isIdle = (draft: ListingDraft, name: FieldName): boolean => {
  if (name === 'shares') return draft.blend !== 'blend' && draft.shares === ''
  if (name === 'treeBasis') return (draft.treeClass === null || draft.treeClass === 'terrace') && draft.treeBasis === ''
  if (name === 'grade') return draft.form !== 'loose' && draft.grade === null
  return draft.presale !== null && notYetKnown.includes(name) && !isFilled(draft[name])
}

const narrowed = (input: FieldInput, options: readonly string[] | null): FieldInput => {
  if (options === null) return input
  if (input.is === 'choice') return { is: 'choice', options: input.options.filter((o) => options.includes(o.value)) }
  return input.is === 'pack' ? { is: 'pack', units: input.units.filter((u) => options.includes(u)) } : input
}

/** The form of a draft's class as it stands now, in the table's order; nothing before the class is chosen. */
export const drawnForm = (draft: ListingDraft): DrawnGroup[] => {
  if (draft.productClass === null) return []
  const form = classForms[draft.productClass]
  return form.groups.flatMap(({ key, words, fields }) => {
    const drawn = fields
      .filter((f) => !isIdle(draft, f.name))
      .map((f) => ({
        name: f.name,
        label: labelOf(form, f.name),
        hint: f.hint,
        must: mustFill(draft, f),
        input: narrowed(inputs[f.name], f.options),
      }))
    return drawn.length > 0 ? [{ key, words, fields: drawn }] : []
  })
}

const isFilled = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length > 0
  if (value !== null && typeof value === 'object') return Object.values(value).some(isFilled)
  return value !== null && value !== undefined && value !== ''
}

/** What stands at an input: 'title', 'skus.1.priceFen', 'label.netContent'. */
const valueAt = (draft: ListingDraft, path: string): unknown =>
  path.split('.').reduce<unknown>((at, step) => (at as Record<string, unknown> | null | undefined)?.[step], draft)

/** The server's names of inputs without the call's own frame: 'draft.skus.1.priceFen' → 'skus.1.priceFen'. */
export const pathsOf = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, words]) => [name.replace(/^draft\./, ''), words]))

/**
 * The words that stand at each input now: the server's, then what contradicts itself, and what is merely not filled in yet only at the inputs
 * that somebody has left (`begun`), or everywhere once a submit was tried (`told`).
 */
export const wordsByPath = (
  draft: ListingDraft,
  lacks: readonly Missing[],
  seen: { said: Readonly<Record<string, string>>; begun: ReadonlySet<string>; told: boolean },
): Record<string, string> => {
  const words: Record<string, string> = { ...seen.said }
  for (const lack of lacks)
    if (seen.told || seen.begun.has(lack.path) || isFilled(valueAt(draft, lack.path))) words[lack.path] ??= lack.words
  return words
}

/** The words at an input or at one inside it, where the inside has no place of its own. */
export const wordsWithin = (words: Readonly<Record<string, string>>, path: string): string | undefined =>
  words[path] ?? Object.entries(words).find(([at]) => at.startsWith(`${path}.`))?.[1]

/** The draft in a class, with the base unit that can only be one proposed. */
export const chooseClass = (draft: ListingDraft, productClass: ClassForm['class']): ListingDraft => {
  const next = inClass(draft, productClass)
  const { fixed } = classForms[productClass]
  const units = baseUnits(next)
  const [base] = next.pack
  // a tree that was only proposed makes room for the one of this class
  const proposed = next.pack.length === 1 && base !== undefined && !units.includes(base.unit)
  if (next.pack.length > 0 && !proposed) return next
  if (next.form === null && units.includes('cake')) return proposed ? withPack(next, []) : next
  const unit = fixed.form ? baseUnitOf[fixed.form] : units[0]
  return unit ? withPack(next, [{ unit, count: 1 }]) : next
}

/** One field changed, with what follows from it: a form of tea proposes its unit, pictures take their captions along. */
export const edited = <N extends FieldName>(draft: ListingDraft, name: N, value: ListingDraft[N]): ListingDraft => {
  const next = { ...draft, [name]: value }
  if (name === 'pictures') return { ...next, captions: captionsFor(draft, next.pictures) }
  if (name === 'pack') return withPack(draft, next.pack)
  if (name === 'form' && next.form !== null) {
    const [unit, old] = [baseUnitOf[next.form], draft.form && baseUnitOf[draft.form]]
    const proposed = draft.pack.length === 0 || draft.pack[0]?.unit === old
    if (proposed && baseUnits(next).includes(unit)) return withPack(next, [{ unit, count: 1 }, ...draft.pack.slice(1)])
  }
  return next
}

const captionsFor = (draft: ListingDraft, pictures: readonly AssetId[]): string[] =>
  pictures.map((id) => draft.captions[draft.pictures.indexOf(id)] ?? '')

/** The caption of one picture. */
export const withCaption = (draft: ListingDraft, at: number, caption: string): ListingDraft => ({
  ...draft,
  captions: draft.pictures.map((_, i) => (i === at ? caption : (draft.captions[i] ?? ''))),
})

/** One field of the label panel. */
export const withLabel = (draft: ListingDraft, name: keyof LabelFields, text: string): ListingDraft => ({
  ...draft,
  label: { ...draft.label, [name]: text },
})

/** The base units that a draft's class allows, its usual one first. */
const baseUnits = (draft: ListingDraft): readonly PackUnit[] => {
  if (draft.productClass === null) return packUnits
  const options = fieldsOfClass(classForms[draft.productClass]).find((f) => f.name === 'pack')?.options
  return options ? options.flatMap((o) => packUnits.find((u) => u === o) ?? []) : packUnits
}

/** The label panel with what a machine has read: it fills what is still empty and never writes over a person. */
export const withRead = (draft: ListingDraft, read: Partial<LabelFields>): ListingDraft => ({
  ...draft,
  label: Object.fromEntries(
    Object.entries(draft.label).map(([name, text]) => [name, text || (read[name as keyof LabelFields] ?? '')]),
  ) as unknown as LabelFields,
})

/** What a level may be called: at the bottom what the class allows, above it anything but grams and what another level is called. */
export const unitsAt = (draft: ListingDraft, level: number): PackUnit[] => {
  const others = new Set(draft.pack.filter((_, i) => i !== level).map((l) => l.unit))
  return (level === 0 ? baseUnits(draft) : packUnits.filter((u) => u !== 'gram')).filter((u) => !others.has(u))
}

/** The pack tree changed: names that say how a sku is packed follow it, and the first tree gets its first sku. */
const withPack = (draft: ListingDraft, pack: PackLevel[]): ListingDraft => {
  const renamed = draft.skus.map((s) => (s.name === skuNameAt(draft.pack, s.level) ? { ...s, name: skuNameAt(pack, s.level) } : s))
  const skus = renamed.length === 0 && pack.length > 0 ? [{ ...emptySku(freeKey([])), name: skuNameAt(pack, 0) }] : renamed
  const grams = pack[0]?.unit === 'gram' ? 1 : draft.pack[0]?.unit === 'gram' && draft.netGrams === 1 ? null : draft.netGrams
  return { ...draft, pack, skus, netGrams: grams }
}

/** Whether another level fits on top. */
export const mayAddLevel = (draft: ListingDraft): boolean => draft.pack.length > 0 && draft.pack.length < limits.packLevels.max

/** Another level on top: a stack of seven, a crate of six, or ten of what is below. */
export const addLevel = (draft: ListingDraft): ListingDraft => {
  const free = unitsAt(draft, draft.pack.length)
  const unit = (['stack', 'crate', 'box', 'tin', 'bag'] as const).find((u) => free.includes(u)) ?? free[0]
  if (!unit || !mayAddLevel(draft)) return draft
  const grams = draft.pack[0]?.unit === 'gram' && draft.pack.length === 1
  return withPack(draft, [...draft.pack, { unit, count: grams ? 500 : unit === 'stack' ? 7 : unit === 'crate' ? 6 : 10 }])
}

/** One level changed. */
export const setLevel = (draft: ListingDraft, level: number, change: Partial<PackLevel>): ListingDraft =>
  withPack(
    draft,
    draft.pack.map((l, i) => (i === level ? { ...l, ...change } : l)),
  )

/** The topmost level taken away; skus that stood on it stand on the one below. */
export const dropLevel = (draft: ListingDraft): ListingDraft => {
  const top = draft.pack.length - 1
  if (top < 1) return draft
  const pack = draft.pack.slice(0, top)
  const skus = draft.skus.map((s) => {
    if (s.level < top) return s
    const ready = s.name === skuNameAt(draft.pack, s.level)
    return { ...s, level: top - 1, name: ready ? skuNameAt(pack, top - 1) : s.name }
  })
  return { ...draft, pack, skus }
}

/** Another sku: at the first level that none has yet, from the batches of the one before. */
export const addSku = (draft: ListingDraft): ListingDraft => {
  if (draft.skus.length >= limits.skus.max) return draft
  const free = draft.pack.findIndex((_, i) => !draft.skus.some((s) => s.level === i))
  const level = Math.max(0, free)
  const name = skuNameAt(draft.pack, level)
  const sku = { ...emptySku(freeKey(draft.skus), level), name: draft.skus.some((s) => s.name === name) ? '' : name }
  return { ...draft, skus: [...draft.skus, { ...sku, batchIds: draft.skus.at(-1)?.batchIds ?? [] }] }
}

/** One sku changed; a ready name follows its level. */
export const setSku = (draft: ListingDraft, at: number, change: Partial<SkuDraft>): ListingDraft => ({
  ...draft,
  skus: draft.skus.map((s, i) => {
    if (i !== at) return s
    const ready = s.name === '' || s.name === skuNameAt(draft.pack, s.level)
    const name = change.level !== undefined && ready ? skuNameAt(draft.pack, change.level) : s.name
    return { ...s, name, ...change }
  }),
})

/** One sku taken away. */
export const dropSku = (draft: ListingDraft, at: number): ListingDraft => ({ ...draft, skus: draft.skus.filter((_, i) => i !== at) })
