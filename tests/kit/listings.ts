/** Pictures and listings for tests, made through the doors as people make them. */
import sharp from 'sharp'
import type { Picture } from '../../server/modules/assets/index.ts'
import type { ListingDraft } from '../../shared/catalogue/draft.ts'
import type { AssetId, ListingId, RevisionId, ShopId, SkuId } from '../../shared/ids.ts'
import { fen } from '../../shared/money.ts'
import type { House, Person } from './house.ts'

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

/** A picture of this shop. */
export async function uploadPicture(house: House, farmer: Farmer): Promise<Picture> {
  const answer = await sendPicture(house, farmer, await jpeg())
  if (answer.status !== 200) throw new Error(`upload: ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { asset: Picture }).asset
}

/** A draft with nothing missing. */
export const wholeDraft = (picture: AssetId, change: Partial<ListingDraft> = {}): ListingDraft => ({
  title: '凤凰窝春茶饼 2025',
  kind: 'raw',
  form: 'cake',
  netGrams: 357,
  materialYear: 2025,
  productionDate: '2025-04-20',
  season: 'spring',
  hill: 'mojiang-fenghuangwo',
  village: '景星镇新华村',
  makerName: '墨江县新华茶厂',
  makerAddress: '云南省普洱市墨江县景星镇新华村',
  scNumber: 'SC11453082200011',
  standardCode: 'GB/T 22111',
  shelfLife: '符合贮存条件下适宜长期保存',
  storage: '通风、干燥、无异味、避光',
  priceFen: fen(16800),
  stock: 50,
  pictures: [picture],
  labelPicture: picture,
  story: '春天头采，石磨压制。',
  ...change,
})

export interface OnShelf {
  listingId: ListingId
  revisionId: RevisionId
  skuId: SkuId
}

/** A listing that was written, submitted, approved and stands on the shelf. */
export async function listingOnShelf(house: House, farmer: Farmer, reviewer: Person, change: Partial<ListingDraft> = {}): Promise<OnShelf> {
  const { shopId } = farmer
  const { id } = await uploadPicture(house, farmer)
  const { listingId, revisionId } = await farmer.trpc.shop.catalogue.saveDraft.mutate({ shopId, draft: wholeDraft(id, change) })
  await approve(house, farmer, reviewer, listingId)
  const { sku } = await farmer.trpc.shop.catalogue.get.query({ shopId, listingId })
  return { listingId, revisionId, skuId: sku.id }
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
