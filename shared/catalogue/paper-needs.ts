/** Which papers a listing needs on every day it is sold: asked at its submission, when it goes back on the shelf, and when a paper ends. */
import type { PaperNeed, PaperScope } from '../tenants/papers.ts'
import { classForms } from './classes.ts'
import type { ListingDraft } from './draft.ts'

/** What a wording needs by the table of its class, and the class for which the papers must speak. */
export const papersNeeded = ({ productClass }: Pick<ListingDraft, 'productClass'>): { needs: readonly PaperNeed[]; scope: PaperScope } => {
  const scope = productClass ?? 'puer'
  return { needs: classForms[scope].papers, scope }
}
