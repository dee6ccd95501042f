/** Writes the listings of the demonstration, hands them to the desk, and lets the desk decide. */
import { and, asc, eq, inArray } from 'drizzle-orm'
import { isFarmProduce, type ListingDraft } from '../../shared/catalogue/draft.ts'
import type { AssetId, ListingId, ShopId, SkuId, UserId } from '../../shared/ids.ts'
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
import { tenants } from './data/tenants.ts'
import { galleryOf } from './gallery.ts'
import { farmYard, hillScene, teaCake, teaDetail, teaLabel, wrappers } from './pictures/index.ts'
import { addressIn, type DemoShop, licenceOf } from './shops.ts'
import { firstDay, type Story } from './story.ts'

/** Between one listing and the next; shops take turns, so that the front page's shelf is of many houses. */
const STEP = 3 * HOUR
const DESK = 2 * HOUR

export const teasOf = (shop: { tenant: { key: string } }): readonly DemoTea[] => teas[shop.tenant.key] ?? []

/** The last year whose spring tea was made when the story began. */
export const lastSpring = (day: string): number => Number(day.slice(0, 4)) - (day.slice(5) >= '06-01' ? 0 : 1)

const pad = (n: number): string => String(n).padStart(2, '0')

/** The day a tea was pressed or dried: in its season; a ripe one in the spring after. */
const madeOn = (tea: DemoTea, year: number, seed: number): string => {
  const day = pad(6 + ((seed * 7) % 22))
  if (tea.kind === 'ripe') return `${year + 1}-03-${day}`
  return `${year}-${tea.season === 'spring' ? '04' : tea.season === 'summer' ? '07' : '10'}-${day}`
}

/** What a tea is written down as, without its pictures. */
export const draftOf = (shop: Pick<DemoShop, 'tenant' | 'place'>, tea: DemoTea, nth: number, latest: number): ListingDraft => {
  const { tenant } = shop
  const year = latest - tea.age
  const pressed = {
    title: tea.title.replace('{y}', String(year)),
    kind: tea.kind,
    form: tea.form,
    netGrams: tea.grams,
    materialYear: year,
    productionDate: madeOn(tea, year, shop.place * 5 + nth),
    season: tea.season,
    hill: tea.hill ?? null,
    village: tea.village ?? tenant.village,
    makerName: tenant.kind === 'farmer' ? `${tenant.name}（农户）` : tenant.name,
    makerAddress: addressIn(tenant.village),
    scNumber: licenceOf(tenant),
    shelfLife: '符合贮存条件下适宜长期保存',
    storage: '清洁、通风、避光、干燥、无异味',
    priceFen: tea.yuan === 0 ? null : fen(tea.yuan * 100),
    stock: tea.stock === 0 ? null : tea.stock,
    pictures: [],
    labelPicture: null,
    story: tea.story,
  }
  return { ...pressed, standardCode: isFarmProduce(pressed) ? '' : 'GB/T 22111' }
}

type Hung = Pick<ListingDraft, 'pictures' | 'labelPicture'>

/** Draws a tea: itself, then its leaf, liquor, stack or hill, which the teas of a shop share; and its label. */
async function drawn(shop: DemoShop, tea: DemoTea, nth: number, draft: ListingDraft, gallery: Gallery): Promise<Hung> {
  const { place, tenant } = shop
  const seed = place * 101 + nth + 1
  const paper = tenant.papers[nth % 2] ?? 'kraftPlain'
  const [wrapper, year] = [wrappers[paper], draft.materialYear ?? undefined]
  const { kind, form, print: name } = tea
  const detail = (view: 'leaf' | 'liquor' | 'stack') => {
    // a name stands for one drawing, whichever tea asks first: only a close-up of leaves shows nothing of the paper
    const shared = view === 'leaf' ? `leaf ${kind}` : `${view} ${kind} ${paper}`
    return gallery.hang(shared, 800, () => teaDetail({ view, kind, wrapper, seed: place * 7 + (kind === 'ripe' ? 3 : 1) }))
  }
  const scene = () => gallery.hang('place', 900, () => (tenant.place === 'hill' ? hillScene(place + 21) : farmYard(place + 21)))
  const close = () => detail(form === 'cake' ? 'stack' : 'leaf')
  const others =
    [
      [() => detail('liquor'), scene],
      [() => detail('leaf'), () => detail('liquor')],
      [close, () => detail('liquor')],
    ][nth % 3] ?? []
  const hero = gallery.hang(draft.title, 1000, () => teaCake({ kind, form, wrapper, name, seed, ...(year ? { year } : {}) }))
  // a draft is what somebody has not finished
  if (tea.ends === 'draft') return { pictures: [await hero], labelPicture: null }
  const label = gallery.hang(`label ${draft.title}`, 700, () =>
    teaLabel({ kind, name, grams: tea.grams, day: draft.productionDate ?? '', licence: draft.scNumber, wrapper, seed }),
  )
  const pictures: AssetId[] = await Promise.all([hero, ...others.map((draw) => draw())])
  return { pictures, labelPicture: await label }
}

type Gallery = ReturnType<typeof galleryOf>

interface Written {
  listingId: ListingId
  skuId: SkuId
}

/** The listing that began with this title, or null. */
export async function listingByTitle(app: App, shopId: ShopId, title: string): Promise<Written | null> {
  const [row] = await app.read
    .select({ listingId: listings.id, skuId: skus.id })
    .from(listings)
    .innerJoin(revisions, and(eq(revisions.listingId, listings.id), eq(revisions.no, 1)))
    .innerJoin(skus, eq(skus.listingId, listings.id))
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

/** The seed's listings of a shop, in the order of its list of teas. */
export async function seedShelf(story: Story, shop: DemoShop, reviewer: UserId): Promise<Written[]> {
  const { app } = story
  const { shopId, owner } = shop
  const latest = lastSpring(businessDay(firstDay(story)))
  const gallery = galleryOf(app, owner, shopId, story.pictures)
  const rows = teasOf(shop).map((tea, nth) => ({ tea, nth, draft: draftOf(shop, tea, nth, latest) }))
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
  return done.map(({ row }) => row)
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
    const draft = { ...now.draft, ...words, ...(yuan ? { priceFen: fen(yuan * 100) } : {}) }
    await app.work(owner, (work) => saveDraft(work, { shopId, listingId, draft }))
  }
  if (no === 1 || review === 'draft') await app.work(owner, (work) => submitListing(work, { shopId, listingId }))
}
