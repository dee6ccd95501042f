import type { ListingDraft } from '../../../shared/catalogue/draft.ts'
import { hillName } from '../../../shared/catalogue/hills.ts'
import { netWords } from '../../../shared/catalogue/units.ts'
import { fieldWords, formWords, kindWords, seasonWords } from '../../../shared/catalogue/words.ts'
import type { RevisionId } from '../../../shared/ids.ts'
import type { CaseSheet } from '../../../shared/moderation/sheet.ts'
import { yuan } from '../../../shared/money.ts'

type Written = Exclude<keyof ListingDraft, 'pictures' | 'labelPicture'>

/** How a reviewer reads each field; stock is no wording and not reviewed. */
const readable: Record<Exclude<Written, 'stock'>, (draft: ListingDraft) => string | null> = {
  title: (d) => d.title,
  kind: (d) => (d.kind ? kindWords[d.kind] : null),
  form: (d) => (d.form ? formWords[d.form] : null),
  netGrams: (d) => (d.netGrams === null ? null : netWords(d.netGrams)),
  priceFen: (d) => (d.priceFen === null ? null : `¥${yuan(d.priceFen)}`),
  materialYear: (d) => (d.materialYear === null ? null : String(d.materialYear)),
  season: (d) => (d.season ? seasonWords[d.season] : null),
  productionDate: (d) => d.productionDate,
  hill: (d) => hillName(d.hill),
  village: (d) => d.village,
  makerName: (d) => d.makerName,
  makerAddress: (d) => d.makerAddress,
  scNumber: (d) => d.scNumber,
  standardCode: (d) => d.standardCode,
  shelfLife: (d) => d.shelfLife,
  storage: (d) => d.storage,
  story: (d) => d.story,
}

/** A revision as the desk reads it; empty fields are null. */
export const sheetOf = (revision: { id: RevisionId; no: number; draft: ListingDraft }): CaseSheet => ({
  revision: revision.id,
  no: revision.no,
  fields: (Object.keys(readable) as (keyof typeof readable)[]).map((field) => ({
    field,
    label: fieldWords[field],
    value: readable[field](revision.draft) || null,
  })),
  pictureIds: revision.draft.pictures,
  labelPictureId: revision.draft.labelPicture,
})
