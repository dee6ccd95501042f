/** Writes the listings of the demonstration, hands them to the desk, and lets the desk decide. */
import { and, asc, eq, inArray } from 'drizzle-orm'
import { baseUnitOf, onlyOfClass } from '../../shared/catalogue/classes.ts'
import {
  type BrewCard,
  emptyDraft,
  emptyLabel,
  emptySku,
  type ListingDraft,
  type PackLevel,
  type PackUnit,
  type ProductClass,
} from '../../shared/catalogue/draft.ts'
import { skuNameAt } from '../../shared/catalogue/units.ts'
import type { AssetId, BatchId, ListingId, ShopId, SkuId, UserId } from '../../shared/ids.ts'
import type { Verdict } from '../../shared/moderation/flow.ts'
import { fen } from '../../shared/money.ts'
import { after, businessDay, DAY, HOUR, type Instant } from '../../shared/time.ts'
import { takeOff } from '../modules/catalogue/move-shelf.ts'
import { saveDraft } from '../modules/catalogue/save-draft.ts'
import { submitListing } from '../modules/catalogue/submit-listing.ts'
import { listings, revisions, skus } from '../modules/catalogue/tables.ts'
import { decideCase } from '../modules/moderation/decide-case.ts'
import { moderationCases } from '../modules/moderation/tables.ts'
import type { App } from '../platform/app.ts'
import { type DemoTea, teas } from './data/teas.ts'
import { type DemoTenant, tenants } from './data/tenants.ts'
import { galleryOf } from './gallery.ts'
import { bagLabel, farmYard, hillScene, type OtherWare, otherWare, teaCake, teaDetail, teaLabel, wrappers } from './pictures/index.ts'
import { addressIn, type DemoShop, foodLicenceOf, licenceOf } from './shops.ts'
import { firstDay, type Story } from './story.ts'

/** Between one listing and the next; shops take turns, so that the front page's shelf is of many houses. */
const STEP = 3 * HOUR
const DESK = 2 * HOUR

export const teasOf = (shop: { tenant: { key: string } }): readonly DemoTea[] => teas[shop.tenant.key] ?? []

/** The last year whose spring tea was made when the story began. */
export const lastSpring = (day: string): number => Number(day.slice(0, 4)) - (day.slice(5) >= '06-01' ? 0 : 1)

const pad = (n: number): string => String(n).padStart(2, '0')

/** The day a tea was pressed or dried: in its season; a ripe one, rice and coffee in the spring after; a dish the day before. */
const madeOn = (tea: DemoTea, year: number, seed: number, began: string): string => {
  const day = pad(6 + ((seed * 7) % 22))
  if (tea.class === 'dish') return began
  if (tea.kind !== 'raw') return `${year + 1}-03-${day}`
  return `${year}-${tea.season === 'spring' ? '04' : tea.season === 'summer' ? '07' : '10'}-${day}`
}

/** The registration of the one demo workshop, as on its paper and on its labels. */
export const WORKSHOP_NUMBER = '云小作坊登字 530822000012'

/** A ware's class: what is said, or a farmer's loose leaf, or puer. */
export const classOf = (tenant: DemoTenant, tea: DemoTea): ProductClass => tea.class ?? (tenant.org === null ? 'maocha' : 'puer')

const bases: Record<Exclude<ProductClass, 'puer' | 'workshopTea'>, PackUnit> = {
  maocha: 'bag',
  rice: 'bag',
  coffee: 'bag',
  dish: 'serving',
}

/** The base unit, and what it is packed into. */
const packOf = (tea: DemoTea, productClass: ProductClass): PackLevel[] => {
  const base = tea.form ? baseUnitOf[tea.form] : bases[productClass as keyof typeof bases]
  return [{ unit: base, count: 1 }, ...(tea.packs ?? []).map(({ unit, count }) => ({ unit, count }))]
}

const brewOf = (tea: DemoTea): BrewCard | null => {
  if (tea.class === 'coffee') return { grams: 15, celsius: 92, millilitres: 240, seconds: [30, 60, 50] }
  if (tea.kind === null) return null
  return tea.kind === 'raw'
    ? { grams: 7, celsius: 95, millilitres: 110, seconds: [5, 5, 8, 12, 18, 25] }
    : { grams: 8, celsius: 100, millilitres: 110, seconds: [8, 6, 8, 12, 20, 30] }
}

/** The number on the paper by which its maker may make it: a production licence, a workshop's registration, a licence to sell food. */
const numbersOf = (tenant: DemoTenant, productClass: ProductClass): Pick<ListingDraft, 'scNumber' | 'permitNumber' | 'standardCode'> => {
  if (productClass === 'maocha') return { scNumber: '', permitNumber: '', standardCode: '' }
  if (productClass === 'dish') return { scNumber: '', permitNumber: foodLicenceOf(tenant), standardCode: '' }
  if (productClass === 'workshopTea') return { scNumber: '', permitNumber: WORKSHOP_NUMBER, standardCode: '' }
  if (productClass === 'rice') return { scNumber: licenceOf(tenant, '101'), permitNumber: '', standardCode: 'GB/T 1354' }
  if (productClass === 'coffee') return { scNumber: licenceOf(tenant, '120'), permitNumber: '', standardCode: 'NY/T 605' }
  return { scNumber: licenceOf(tenant), permitNumber: '', standardCode: 'GB/T 22111' }
}

/** What a ware is written down as, without its pictures. `latest`: the last spring's year; `began`: the day the story began. */
export const draftOf = (
  shop: Pick<DemoShop, 'tenant' | 'place'>,
  tea: DemoTea,
  nth: number,
  latest: number,
  began: string,
): ListingDraft => {
  const { tenant } = shop
  const year = latest - tea.age
  const productClass = classOf(tenant, tea)
  const pack = packOf(tea, productClass)
  const productionDate = madeOn(tea, year, shop.place * 5 + nth, began)
  const { scNumber, permitNumber, standardCode } = numbersOf(tenant, productClass)
  const sold = [{ yuan: tea.yuan, stock: tea.stock }, ...(tea.packs ?? [])]
  return onlyOfClass({
    ...emptyDraft(),
    productClass,
    title: tea.title.replace('{y}', String(year)),
    kind: tea.kind,
    form: tea.form,
    materialYear: year,
    season: tea.season,
    ingredients: '云南大叶种晒青茶',
    hill: tea.hill ?? null,
    village: tea.village ?? tenant.village,
    netGrams: tea.grams,
    pack,
    label: {
      ...emptyLabel(),
      name: tea.print,
      netContent: `${tea.grams}克`,
      scNumber,
      productionDate,
    },
    makerName: tenant.kind === 'farmer' ? `${tenant.name}（农户）` : tenant.name,
    makerAddress: addressIn(tenant.village),
    scNumber,
    permitNumber,
    standardCode,
    productionDate,
    shelfLife: '符合贮存条件下适宜长期保存',
    storage: '清洁、通风、避光、干燥、无异味',
    skus: sold.map(({ yuan, stock }, level) => ({
      ...emptySku(`s${level + 1}`, level),
      name: skuNameAt(pack, level),
      priceFen: yuan === 0 ? null : fen(yuan * 100),
      stock: stock === 0 ? null : stock,
    })),
    brew: brewOf(tea),
    story: tea.story,
    ...tea.more,
  })
}

/** The codes of the batches that a ware is sold from, in order. */
export const batchCodesOf = (tea: DemoTea, { productionDate }: Pick<ListingDraft, 'productionDate'>, nth: number): string[] => {
  const code = `${(productionDate ?? '').replaceAll('-', '')}-${pad(nth + 1)}`
  return tea.packs ? [`${code}A`, `${code}B`] : [code]
}

type Hung = Pick<ListingDraft, 'pictures' | 'captions' | 'labelPicture'>

/** Draws a ware: itself, then, for a tea, its leaf, liquor, stack or hill, which the teas of a shop share; and its label. */
async function drawn(shop: DemoShop, tea: DemoTea, nth: number, draft: ListingDraft, gallery: Gallery): Promise<Hung> {
  const { place, tenant } = shop
  const seed = place * 101 + nth + 1
  const paper = tenant.papers[nth % 2] ?? 'kraftPlain'
  const [wrapper, year] = [wrappers[paper], draft.materialYear ?? undefined]
  const { kind, form, print: name } = tea
  const scene = () => gallery.hang('place', 900, () => (tenant.place === 'hill' ? hillScene(place + 21) : farmYard(place + 21)))
  const label = { name, grams: tea.grams, day: draft.productionDate ?? '', licence: draft.scNumber, seed }
  if (kind === null || form === null) {
    const what = tea.class as OtherWare
    const pictures = await Promise.all([gallery.hang(draft.title, 1000, () => otherWare({ what, wrapper, seed })), scene()])
    const shown = what === 'dish' ? null : await gallery.hang(`label ${draft.title}`, 700, () => bagLabel(label))
    return { pictures, captions: ['', ''], labelPicture: shown }
  }
  const detail = (view: 'leaf' | 'liquor' | 'stack') => {
    // a name stands for one drawing, whichever tea asks first: only a close-up of leaves shows nothing of the paper
    const shared = view === 'leaf' ? `leaf ${kind}` : `${view} ${kind} ${paper}`
    return gallery.hang(shared, 800, () => teaDetail({ view, kind, wrapper, seed: place * 7 + (kind === 'ripe' ? 3 : 1) }))
  }
  const close = () => [detail(form === 'cake' ? 'stack' : 'leaf'), form === 'cake' ? '整提' : '叶底'] as const
  const liquor = () => [detail('liquor'), '茶汤'] as const
  const others = [
    () => [liquor(), [scene(), '山场'] as const],
    () => [[detail('leaf'), '叶底'] as const, liquor()],
    () => [close(), liquor()],
  ]
  const hero = gallery.hang(draft.title, 1000, () => teaCake({ kind, form, wrapper, name, seed, ...(year ? { year } : {}) }))
  // a draft is what somebody has not finished
  if (tea.ends === 'draft') return { pictures: [await hero], captions: [''], labelPicture: null }
  const labelPicture = gallery.hang(`label ${draft.title}`, 700, () => teaLabel({ kind, wrapper, ...label }))
  const more = others[nth % 3]?.() ?? []
  const pictures: AssetId[] = await Promise.all([hero, ...more.map(([picture]) => picture)])
  return { pictures, captions: ['', ...more.map(([, caption]) => caption)], labelPicture: await labelPicture }
}

type Gallery = ReturnType<typeof galleryOf>

interface Written {
  listingId: ListingId
  /** Its first sku; null before the first approval. */
  skuId: SkuId | null
}

/** The listing that began with this title, or null. */
export async function listingByTitle(app: App, shopId: ShopId, title: string): Promise<Written | null> {
  const [row] = await app.read
    .select({ listingId: listings.id, skuId: skus.id })
    .from(listings)
    .innerJoin(revisions, and(eq(revisions.listingId, listings.id), eq(revisions.no, 1)))
    .leftJoin(skus, and(eq(skus.listingId, listings.id), eq(skus.key, 's1')))
    .where(and(eq(listings.shopId, shopId), eq(revisions.title, title)))
    .orderBy(asc(listings.id))
    .limit(1)
  return row ?? null
}

const stateOf = async (app: App, listingId: ListingId) => {
  const [row] = await app.read
    .select({ shelf: listings.state, review: revisions.state, no: revisions.no })
    .from(listings)
    .innerJoin(revisions, eq(revisions.id, listings.workingRevisionId))
    .where(eq(listings.id, listingId))
  if (!row) throw new Error('a listing that was written is not there')
  return row
}

const decide = async (app: App, reviewer: UserId, listingId: ListingId, verdict: Verdict, reasons: string): Promise<void> => {
  const open = await app.read
    .select({ id: moderationCases.id })
    .from(moderationCases)
    .where(and(eq(moderationCases.subject, 'listing'), inArray(moderationCases.subjectId, [listingId]), eq(moderationCases.state, 'open')))
  for (const { id: caseId } of open)
    await app.work({ kind: 'staff', userId: reviewer, role: 'reviewer' }, (work) =>
      decideCase(work, { caseId, verdict, reasons, reviewer }),
    )
}

/** The seed's listings of a shop, in the order of its list of teas, sold from these batches (by code). */
export async function seedShelf(story: Story, shop: DemoShop, reviewer: UserId, batches: ReadonlyMap<string, BatchId>): Promise<Written[]> {
  const { app } = story
  const { shopId, owner } = shop
  const began = businessDay(firstDay(story))
  const latest = lastSpring(began)
  const gallery = galleryOf(app, owner, shopId, story.pictures)
  const rows = teasOf(shop).map((tea, nth) => {
    const draft = draftOf(shop, tea, nth, latest, began)
    const batchIds = batchCodesOf(tea, draft, nth).flatMap((code) => batches.get(code) ?? [])
    return { tea, nth, draft: { ...draft, skus: draft.skus.map((sku) => ({ ...sku, batchIds })) } }
  })
  const atOf = (nth: number): Instant => after(firstDay(story), 11 * DAY + (nth * tenants.length + shop.place) * STEP)
  story.to(atOf(0))
  const written = await Promise.all(
    rows.map(async ({ tea, nth, draft }) => {
      const before = await listingByTitle(app, shopId, draft.title)
      return { tea, nth, before, draft: before ? draft : { ...draft, ...(await drawn(shop, tea, nth, draft, gallery)) } }
    }),
  )
  const done: { tea: DemoTea; nth: number; row: Written }[] = []
  for (const { tea, nth, before, draft } of written) {
    story.to(atOf(nth))
    if (!before) await app.work(owner, (work) => saveDraft(work, { shopId, draft }))
    const row = before ?? (await listingByTitle(app, shopId, draft.title))
    if (!row) throw new Error('a listing that was written is not there')
    done.push({ tea, nth, row })
    const { listingId } = row
    const { review } = await stateOf(app, listingId)
    if (review === 'draft' && tea.ends !== 'draft') await app.work(owner, (work) => submitListing(work, { shopId, listingId }))
  }
  await story.hear()
  for (const { tea, nth, row } of done) {
    story.to(after(atOf(nth), DESK))
    const { no, review } = await stateOf(app, row.listingId)
    if (no !== 1 || review !== 'inReview' || tea.ends === 'inReview') continue
    if (tea.ends === 'rejected') await decide(app, reviewer, row.listingId, 'rejected', tea.reasons ?? '')
    else await decide(app, reviewer, row.listingId, 'approved', '')
  }
  await story.hear()
  for (const { tea, nth, row } of done) {
    story.to(after(atOf(nth), 20 * HOUR))
    if (tea.ends === 'offShelf' && (await stateOf(app, row.listingId)).shelf === 'onShelf')
      await app.work(owner, (work) => takeOff(work, { shopId, listingId: row.listingId }))
    if (tea.edit) await rewrite(app, shop, row.listingId, tea.edit)
  }
  await story.hear()
  const sold: Written[] = []
  for (const { draft } of rows) sold.push((await listingByTitle(app, shopId, draft.title)) as Written)
  return sold
}

/** What a shop wants to change of what it sells: written beside it, and handed to the desk. */
async function rewrite(app: App, { shopId, owner }: DemoShop, listingId: ListingId, edit: NonNullable<DemoTea['edit']>): Promise<void> {
  const { no, review } = await stateOf(app, listingId)
  if (no === 1) {
    const [now] = await app.read
      .select({ draft: revisions.draft })
      .from(revisions)
      .where(and(eq(revisions.listingId, listingId), eq(revisions.no, 1)))
    if (!now) throw new Error('a listing without its first wording')
    const { yuan, ...words } = edit
    const draft = {
      ...now.draft,
      ...words,
      ...(yuan ? { skus: now.draft.skus.map((s, i) => (i === 0 ? { ...s, priceFen: fen(yuan * 100) } : s)) } : {}),
    }
    await app.work(owner, (work) => saveDraft(work, { shopId, listingId, draft }))
  }
  if (no === 1 || review === 'draft') await app.work(owner, (work) => submitListing(work, { shopId, listingId }))
}
