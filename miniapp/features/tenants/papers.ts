/** The calls of the paper wallet. */
import type { PaperId, ShopId } from '@shared/ids.ts'
import type { PaperDraft } from '@shared/tenants/papers.ts'
import { type Out, trpc } from '../../lib/trpc'

export type PaperRow = Out['shop']['tenants']['papers']['rows'][number]
export type PaperPage = Out['shop']['tenants']['paper']

const tenants = trpc.shop.tenants

export const papers = (shopId: ShopId, cursor: string | null) => tenants.papers.query({ shopId, cursor })
export const paper = (shopId: ShopId, paperId: PaperId) => tenants.paper.query({ shopId, paperId })
export const paperNotices = (shopId: ShopId) => tenants.paperNotices.query({ shopId })
export const savePaper = (shopId: ShopId, draft: PaperDraft, paperId?: PaperId) =>
  tenants.savePaper.mutate({ shopId, draft, ...(paperId ? { paperId } : {}) })
export const submitPaper = (shopId: ShopId, paperId: PaperId) => tenants.submitPaper.mutate({ shopId, paperId })
export const recallPaper = (shopId: ShopId, paperId: PaperId) => tenants.recallPaper.mutate({ shopId, paperId })
export const discardPaper = (shopId: ShopId, paperId: PaperId) => tenants.discardPaper.mutate({ shopId, paperId })
/** The shop's newest batches, for a paper to name. */
export const batchChoices = (shopId: ShopId) => trpc.shop.traceability.batches.query({ shopId, limit: 50 })
