import type { ListingDraft } from './draft.ts'

/** One thing that a draft lacks, or in which it contradicts itself. */
export interface Missing {
  field: keyof ListingDraft
  /** The exact input: the field's name, or further down: 'skus.1.priceFen', 'label.netContent', 'pack.1', 'presale.shipBy'. */
  path: string
  words: string
}

/** A fault at an input of this field; `at` leads further down. */
export const fault = (field: keyof ListingDraft, words: string, at = ''): Missing => ({
  field,
  path: at === '' ? field : `${field}.${at}`,
  words,
})
