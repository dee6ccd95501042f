/** Pictures and listings for tests, made through the doors as people make them. */
import sharp from 'sharp'
import type { Picture } from '../../server/modules/assets/index.ts'
import { emptyDraft, type ListingDraft } from '../../shared/catalogue/draft.ts'
import type { AssetId, BatchId, ListingId, RevisionId, ShopId, SkuId } from '../../shared/ids.ts'
import { type Fen, fen } from '../../shared/money.ts'
import { batchOf } from './batches.ts'
import { type House, type Person, until } from './house.ts'

export type Farmer = Person & { shopId: ShopId }

let drawn = 0

/** A small JPEG, no two alike. */
export const jpeg = (width = 320, height = 240): Promise<Buffer> => {
  drawn++
  const background = { r: (drawn * 37) % 256, g: (drawn * 91) % 256, b: 60 }
  return sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer()
}

/** Sends bytes to the upload door as a phone does; the answer as it came. */
export async function sendPicture(
  house: House,
  farmer: Farmer,
  bytes: Uint8Array<ArrayBuffer> | Buffer,
  type = 'image/jpeg',
): Promise<Response> {
  const { url } = await farmer.trpc.shop.assets.ticket.mutate({ shopId: farmer.shopId })
  return fetch(house.origin + url, { method: 'POST', headers: { 'content-type': type }, body: bytes as never })
}

/** The batch that a shop's teas are of in tests, and the shop of each picture: a whole draft is of the batch of its picture's shop. */
const batchOfShop = new Map<ShopId, Promise<BatchId>>()
const batchOfPicture = new Map<AssetId, BatchId>()

/** The batch that the teas of this shop are of unless a test says otherwise. */
export function ownBatch(house: House, shopId: ShopId): Promise<BatchId> {
  const known = batchOfShop.get(shopId) ?? batchOf(house, shopId)
  batchOfShop.set(shopId, known)
  return known
}

/** A picture of this shop. */
export async function uploadPicture(house: House, farmer: Farmer): Promise<Picture> {
  const answer = await sendPicture(house, farmer, await jpeg())
  if (answer.status !== 200) throw new Error(`upload: ${answer.status} ${await answer.text()}`)
  const { asset } = (await answer.json()) as { asset: Picture }
  batchOfPicture.set(asset.id, await ownBatch(house, farmer.shopId))
  return asset
}

/** What a test may say of a draft: any of its fields, and price and stock of its one sku. */
export type DraftChange = Partial<ListingDraft> & { priceFen?: Fen | null; stock?: number | null; batchIds?: BatchId[] }

/** A draft with nothing missing: a cake with one sku, of its picture's shop's batch. */
export const wholeDraft = (picture: AssetId, change: DraftChange = {}): ListingDraft => {
  const { priceFen = fen(16800), stock = 50, batchIds, ...fields } = change
  const own = batchOfPicture.get(picture)
  const draft: ListingDraft = {
    ...emptyDraft(),
    productClass: 'puer',
    title: '凤凰窝春茶饼 2025',
    pictures: [picture],
    captions: [''],
    kind: 'raw',
    form: 'cake',
    materialYear: 2025,
    season: 'spring',
    ingredients: '云南大叶种晒青茶',
    hill: 'mojiang-fenghuangwo',
    village: '景星镇新华村',
    netGrams: 357,
    pack: [{ unit: 'cake', count: 1 }],
    labelPicture: picture,
    makerName: '墨江县新华茶厂',
    makerAddress: '云南省普洱市墨江县景星镇新华村',
    scNumber: 'SC11453082200011',
    standardCode: 'GB/T 22111',
    productionDate: '2025-04-20',
    shelfLife: '符合贮存条件下适宜长期保存',
    storage: '通风、干燥、无异味、避光',
    skus: [{ key: 's1', name: '单饼', level: 0, priceFen, struckFen: null, stock, batchIds: batchIds ?? (own ? [own] : []) }],
    story: '春天头采，石磨压制。',
    ...fields,
  }
  return { ...draft, label: change.label ?? labelOf(draft) }
}

/** What the label of a draft says when it says what the draft says. */
const labelOf = (draft: ListingDraft): ListingDraft['label'] => ({
  name: '普洱茶',
  netContent: draft.netGrams === null ? '357克' : `${draft.netGrams}克`,
  scNumber: draft.scNumber || 'SC11453082200011',
  standardCode: '',
  productionDate: draft.productionDate ?? '2025-04-20',
  shelfLife: '',
  maker: '',
})

export interface OnShelf {
  listingId: ListingId
  revisionId: RevisionId
  skuId: SkuId
}

/** A listing that was written, submitted, approved and stands on the shelf. */
export async function listingOnShelf(house: House, farmer: Farmer, reviewer: Person, change: DraftChange = {}): Promise<OnShelf> {
  const { shopId } = farmer
  const { id } = await uploadPicture(house, farmer)
  const { listingId, revisionId } = await farmer.trpc.shop.catalogue.saveDraft.mutate({ shopId, draft: wholeDraft(id, change) })
  await approve(house, farmer, reviewer, listingId)
  // whoever delivers beside us may have the verdict in hand
  const skuId = await until(async () => (await farmer.trpc.shop.catalogue.get.query({ shopId, listingId })).skus[0]?.id)
  return { listingId, revisionId, skuId }
}

/** Submits a listing's draft and approves it. */
export async function approve(house: House, farmer: Farmer, reviewer: Person, listingId: ListingId): Promise<void> {
  await farmer.trpc.shop.catalogue.submit.mutate({ shopId: farmer.shopId, listingId })
  const [open] = await house.sql<{ id: string }>(
    `select id from moderation_cases where subject_id = ? and state = 'open' order by opened_at desc, id desc`,
    [listingId],
  )
  await reviewer.trpc.park.moderation.decide.mutate({ caseId: open?.id as never, verdict: 'approved' })
  await house.deliver()
}
