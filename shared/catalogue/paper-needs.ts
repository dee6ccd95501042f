/** Which papers a listing needs on every day it is sold: asked at its submission, when it goes back on the shelf, and when a paper ends. */
import type { PaperNeed, PaperScope } from '../tenants/papers.ts'
import { isFarmProduce, type ListingDraft } from './draft.ts'

const farmProduce: readonly PaperNeed[] = [
  { anyOf: ['selfGrownStatement', 'businessLicence'], why: '自产自销要有声明（电子商务法第十条），否则要有营业执照' },
  { anyOf: ['qualityCertificate'], why: '食用农产品要有承诺达标合格证' },
]

const prepacked: readonly PaperNeed[] = [
  { anyOf: ['businessLicence'], why: '经营者要有营业执照' },
  {
    anyOf: ['foodBusinessLicence', 'prepackFiling', 'productionLicence'],
    why: '卖预包装食品要有食品经营许可证、预包装食品备案或生产许可证',
  },
]

/** What a wording needs, and the class for which the papers must speak. */
export const papersNeeded = (
  draft: Pick<ListingDraft, 'kind' | 'form' | 'scNumber'>,
): { needs: readonly PaperNeed[]; scope: PaperScope } =>
  isFarmProduce(draft) ? { needs: farmProduce, scope: 'maocha' } : { needs: prepacked, scope: 'puer' }
