/**
 * The demonstration: people, shops, teas, broadcasts and orders, made by the house's own acts. It is made once; a seed that was killed goes on
 * where it stopped, because every piece is looked for by its natural key before it is made.
 */
import { and, eq, sql } from 'drizzle-orm'
import type { Settings } from '../../config/settings.ts'
import type { ListingId, UserId } from '../../shared/ids.ts'
import { after, HOUR, instant, MINUTE } from '../../shared/time.ts'
import { openDatabase } from '../platform/db.ts'
import { onceMarks } from '../platform/tables.ts'
import { orders } from './data/sales.ts'
import { announced, onAirNow, past } from './data/shows.ts'
import { tenants } from './data/tenants.ts'
import { seedFronts } from './fronts.ts'
import { seedMakings } from './makings.ts'
import { seedOffers } from './offers.ts'
import { seedPapers } from './papers.ts'
import { introduce, seedPeople } from './people.ts'
import { seedReviews } from './reviews.ts'
import { confirmBills, type Stocked, tellOrder } from './sales.ts'
import { seedShelf } from './shelf.ts'
import { seedShop } from './shops.ts'
import { announce, coverOf, pastShow, pastStart, sessionForNow } from './shows.ts'
import { openStory, type Story, type Telling } from './story.ts'

/** Stands in the database when the demonstration is whole; swept in the year 2100. */
const whole = { kind: 'seed', mark: 'demo', endsAt: instant(Date.parse('2100-01-01T00:00:00Z')) }

/** Thrown when another process is seeding this database. */
export class SeedTaken extends Error {
  override name = 'SeedTaken'
}

interface Stock extends Stocked {
  listingIds: readonly ListingId[]
}

/** Makes the demonstration, or what is lacking of it. Answers whether there was anything to do. Throws SeedTaken. */
export async function seedDemo(settings: Settings, telling: Telling = {}): Promise<'made' | 'was there'> {
  // a pool of one is one connection: its lock is let go when we end, however we end
  const turn = openDatabase(settings.databaseUrl, 1)
  try {
    const name = `seed ${new URL(settings.databaseUrl).pathname.slice(1)}`.slice(0, 60)
    const [rows] = (await turn.read.execute(sql`select get_lock(${name}, 0) as mine`)) as unknown as [{ mine: number | null }[]]
    if (rows[0]?.mine !== 1)
      throw new SeedTaken('Another process is making the demonstration data of this database; wait until it is done.')
    const { story, end } = await openStory(settings, telling)
    try {
      if (await isWhole(story)) return 'was there'
      await tell(story)
      await story.app.read.insert(onceMarks).values(whole)
      return 'made'
    } finally {
      await end()
    }
  } finally {
    await turn.end()
  }
}

const isWhole = async ({ app }: Story): Promise<boolean> => {
  const rows = await app.read
    .select({ mark: onceMarks.mark })
    .from(onceMarks)
    .where(and(eq(onceMarks.kind, whole.kind), eq(onceMarks.mark, whole.mark)))
  return rows.length > 0
}

async function tell(story: Story): Promise<void> {
  const { app, say } = story
  story.to(null)
  // what a seed that was killed has told and nobody heard
  await story.hear()
  say('seeding people')
  if (!(await introduce(app))) say('WeChat is not there to be told who these people are; the rest goes on without it')
  const people = await seedPeople(story)
  const shops = new Map<string, Stock>()
  for (const [i, tenant] of tenants.entries()) {
    say(`seeding shops ${i + 1}/${tenants.length}`)
    const shop = await seedShop(story, people, tenant)
    const reviewer = people.get('demo_reviewer') as UserId
    const batches = await seedMakings(story, shop, reviewer)
    await seedPapers(story, shop, reviewer, batches)
    const written = await seedShelf(story, shop, reviewer, batches)
    shops.set(tenant.key, { shop, skuIds: written.map((w) => w.skuId), listingIds: written.map((w) => w.listingId) })
  }
  say('seeding fronts')
  await seedFronts(
    story,
    [...shops.values()].map((s) => s.shop),
    people,
  )
  say('seeding orders')
  for (const order of orders) if (!order.show) await tellOrder(story, shops, people, order, after(story.told, -order.hoursAgo * HOUR), null)
  say('seeding reviews')
  await seedReviews(story)
  say('seeding broadcasts')
  const stockOf = (key: string): Stock => {
    const stock = shops.get(key)
    if (!stock) throw new Error(`no shop ${key}`)
    return stock
  }
  const bagOf = (stock: Stock, places: readonly number[]) => places.flatMap((place) => stock.listingIds[place] ?? [])
  for (const show of past) {
    const stock = stockOf(show.shop)
    const during = orders.filter((o) => o.show?.[0] === show.key)
    await pastShow(story, stock.shop, show, bagOf(stock, show.bag), async (sessionId) => {
      for (const order of during)
        await tellOrder(story, shops, people, order, after(pastStart(story, show), (order.show?.[1] ?? 0) * MINUTE), sessionId)
    })
  }
  story.to(null)
  for (const show of announced) {
    const stock = stockOf(show.shop)
    await announce(app, stock.shop, show, { coverId: await coverOf(story, stock.shop), listingIds: bagOf(stock, show.bag) })
  }
  const first = stockOf(onAirNow.shop)
  const given = { coverId: await coverOf(story, first.shop), listingIds: bagOf(first, onAirNow.bag) }
  await sessionForNow(app, first.shop, onAirNow.title, given)
  await seedOffers(
    story,
    [...shops.values()].map((s) => s.shop),
    people.get('demo_finance') as UserId,
  )
  await story.hear()
  await confirmBills(story)
}
