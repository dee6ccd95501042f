/** What the shops of the demonstration have made: a batch for each of their wares, before any of them is listed; two where it is sold in packs too. */
import type { BatchId, UserId } from '../../shared/ids.ts'
import { after, businessDay, DAY, HOUR } from '../../shared/time.ts'
import { type Making, seedBatches } from './batches.ts'
import { galleryOf } from './gallery.ts'
import { hillScene } from './pictures/index.ts'
import { batchCodesOf, draftOf, lastSpring, teasOf } from './shelf.ts'
import type { DemoShop } from './shops.ts'
import { firstDay, type Story } from './story.ts'

/** The batches of a shop's wares, in the order of its list; more than is listed at first, so that stock can be added. */
export const makingsOf = (shop: Pick<DemoShop, 'tenant' | 'place'>, latest: number, began: string): Making[] =>
  teasOf(shop).flatMap((tea, nth) => {
    const draft = draftOf(shop, tea, nth, latest, began)
    if (draft.productClass === null) return []
    const { productClass } = draft
    const packs = tea.packs ?? []
    const inPacks = packs.map((p, i) => p.stock * packs.slice(0, i + 1).reduce((n, q) => n * q.count, 1))
    const units = tea.stock + inPacks.reduce((sum, n) => sum + n, 0)
    return batchCodesOf(tea, draft, nth).map((code, i, codes) => ({
      code,
      productClass,
      kind: draft.kind,
      season: draft.season,
      year: draft.materialYear,
      hill: draft.hill,
      village: draft.village,
      // the first of two holds two thirds of what is listed, so that a shelf is served from both
      grams: Math.max(1_000, (codes.length === 2 && i === 0 ? Math.floor((units * 2) / 3) : Math.ceil(units * 1.5)) * tea.grams),
      productionDate: draft.productionDate ?? began,
      makerName: draft.makerName,
      makerAddress: draft.makerAddress,
      scNumber: draft.scNumber,
      standardCode: draft.standardCode,
    }))
  })

/** Makes the plots and batches of a shop's wares, or what is lacking of them; by code. */
export async function seedMakings(story: Story, shop: DemoShop, reviewer: UserId): Promise<Map<string, BatchId>> {
  story.to(after(firstDay(story), 10 * DAY + shop.place * HOUR))
  const began = businessDay(firstDay(story))
  const paper = await galleryOf(story.app, shop.owner, shop.shopId, story.pictures).hang('land paper', 700, () =>
    hillScene(shop.place + 61),
  )
  return seedBatches(story, shop, reviewer, makingsOf(shop, lastSpring(began), began), paper)
}
