/** What the shops of the demonstration have made: a batch for each of their teas, before any of them is listed. */
import { isFarmProduce } from '../../shared/catalogue/draft.ts'
import type { BatchId, UserId } from '../../shared/ids.ts'
import { after, businessDay, DAY, HOUR } from '../../shared/time.ts'
import { type Making, seedBatches } from './batches.ts'
import { galleryOf } from './gallery.ts'
import { hillScene } from './pictures/index.ts'
import { draftOf, lastSpring, teasOf } from './shelf.ts'
import type { DemoShop } from './shops.ts'
import { firstDay, type Story } from './story.ts'

const pad = (n: number): string => String(n).padStart(2, '0')

/** A batch for every tea of a shop, in the order of its list; more than is listed at first, so that stock can be added. */
export const makingsOf = (shop: Pick<DemoShop, 'tenant' | 'place'>, latest: number): Making[] =>
  teasOf(shop).map((tea, nth) => {
    const draft = draftOf(shop, tea, nth, latest)
    const productionDate = draft.productionDate ?? `${latest}-04-20`
    return {
      code: `${productionDate.replaceAll('-', '')}-${pad(nth + 1)}`,
      productClass: isFarmProduce(draft) ? 'maocha' : 'puer',
      kind: tea.kind,
      season: tea.season,
      year: draft.materialYear,
      hill: draft.hill,
      village: draft.village,
      grams: Math.max(1_000, Math.ceil(tea.stock * 1.5) * tea.grams),
      productionDate,
      makerName: draft.makerName,
      makerAddress: draft.makerAddress,
      scNumber: draft.scNumber,
      standardCode: draft.standardCode,
    }
  })

/** Makes the plots and batches of a shop's teas, or what is lacking of them; by code. */
export async function seedMakings(story: Story, shop: DemoShop, reviewer: UserId): Promise<Map<string, BatchId>> {
  story.to(after(firstDay(story), 10 * DAY + shop.place * HOUR))
  const latest = lastSpring(businessDay(firstDay(story)))
  const paper = await galleryOf(story.app, shop.owner, shop.shopId, story.pictures).hang('land paper', 700, () =>
    hillScene(shop.place + 61),
  )
  return seedBatches(story, shop, reviewer, makingsOf(shop, latest), paper)
}
