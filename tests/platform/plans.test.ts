/**
 * Every list of every door, asked of a middling house; the database is then asked how it found each answer. A list that grew a scan over a
 * large table fails here by name. Lists are known by their `cursor`: a new one is asked without anybody writing it down.
 */
import { tracingChannel } from 'node:diagnostics_channel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appointStaff, startSession } from '../../server/modules/identity/index.ts'
import { appRouter } from '../../server/router.ts'
import { seedScale } from '../../server/seed/scale.ts'
import type { ListingId, LiveSessionId, ShopId, UserId } from '../../shared/ids.ts'
import { after, DAY, HOUR } from '../../shared/time.ts'
import { type House, startHouse } from '../kit/house.ts'

const SHOPS = 30
const SKUS = 3_000
/** Rows from which on a table must not be read whole. */
const LARGE = 1_000
const TABLES = 'select table_name as name from information_schema.tables where table_schema = database()'

interface Asked {
  sql: string
  values: unknown
}

let house: House
let shopId: ShopId
let ownerId: UserId
let buyerId: UserId
let listingId: ListingId
let sessionId: LiveSessionId
let open: string

const tokenOf = (userId: UserId) =>
  house.app.work({ kind: 'guest' }, (work) =>
    startSession(work, userId, 'bearer', { userAgent: 'test', address: '127.0.0.1' }, after(work.now, 10 * DAY)),
  )

beforeAll(async () => {
  house = await startHouse({ startAt: Date.now() })
  await seedScale(house.app.settings, { shops: SHOPS, skus: SKUS, orders: 1_200, chats: 3_000 }, () => {})
  const [owner] = await house.sql<{ shopId: ShopId; userId: UserId }>(
    `select shop_id as shopId, user_id as userId from shop_members where role = 'owner' order by shop_id limit 1`,
  )
  const [buyer] = await house.sql<{ id: UserId }>('select buyer_id as id from orders order by id limit 1')
  shopId = owner?.shopId as ShopId
  ownerId = owner?.userId as UserId
  buyerId = buyer?.id as UserId
  // a review of every line: what was really received does not matter here
  await house.sql(
    `insert into reviews (id, order_line_id, turn, buyer_id, shop_id, listing_id, stars, text, picture_ids, picture_count, title, sku_name, batches,
       nickname, state, written_at, reasons, report, answer)
     select concat('rvw_', right(l.id, 26)), l.id, 1, s.buyer_id, l.shop_id, l.listing_id, 1 + l.line_no % 5, '好茶', '[]', 0, l.title, l.sku_name, '[]',
       '茶**', 'shown', s.placed_at, '', '', '' from order_lines l join sub_orders s on s.id = l.sub_order_id`,
  )
  // a case about every part, in every state there is
  await house.sql(
    `insert into after_sales (id, order_id, sub_order_id, shop_id, buyer_id, kind, reason, case_lines, unshipped, state, opened_at, refunded_fen)
     select concat('afs_', right(s.id, 26)), s.order_id, s.id, s.shop_id, s.buyer_id, 'refund', 'quality', '[]', false,
       elt(1 + ord(right(s.id, 1)) % 6, 'asked', 'declined', 'toReturn', 'atPark', 'refunded', 'ended'), s.placed_at, 0 from sub_orders s`,
  )
  const [talked] = await house.sql<{ id: LiveSessionId }>(
    'select s.id from live_sessions s join chats c on c.session_id = s.id where s.shop_id = ? limit 1',
    [shopId],
  )
  sessionId = talked?.id as LiveSessionId
  // a measure about every chat
  await house.sql(
    `insert into room_measures (id, shop_id, session_id, measure, chat_id, user_id, reason, words, side, actor_id, measured_at, state, appeal, appeal_words)
     select concat('msr_', right(c.id, 26)), s.shop_id, c.session_id, 'hide', c.id, c.user_id, 'spam', '', 'shop', c.user_id, c.said_at, 'inForce', 'none', ''
     from chats c join live_sessions s on s.id = c.session_id`,
  )
  const [reviewed] = await house.sql<{ id: ListingId }>(
    'select listing_id as id from reviews group by listing_id order by count(*) desc limit 1',
  )
  listingId = reviewed?.id as ListingId
  await house.app.work({ kind: 'guest' }, (work) => appointStaff(work, ownerId, 'head'))
  open = (await tokenOf(ownerId)) as string
  const tables = await house.sql<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = database()',
  )
  await house.sql(`analyze table ${tables.map((t) => `\`${t.name}\``).join(', ')}`)
})
afterAll(() => house?.stop())

interface Field {
  _zod: { def: { type: string; innerType?: Field; entries?: Record<string, string> } }
}

/** What a field of an input may be chosen from; null where it is no choice. */
const choices = (field: Field): string[] | null => {
  const { type, innerType, entries } = field._zod.def
  if (type === 'enum') return Object.values(entries ?? {})
  return innerType ? choices(innerType) : null
}

/** The lists of the house by name, with every way to ask for their first page. */
const lists = () =>
  Object.entries(
    appRouter._def.procedures as unknown as Record<string, { _def: { type: string; inputs: { shape?: Record<string, Field> }[] } }>,
  )
    .filter(([, { _def }]) => _def.type === 'query' && _def.inputs.some((input) => input.shape && 'cursor' in input.shape))
    .map(([name, { _def }]) => {
      const shape = Object.assign({}, ..._def.inputs.map((input) => input.shape ?? {})) as Record<string, Field>
      const base = {
        limit: 5,
        ...('shopId' in shape ? { shopId } : {}),
        ...('listingId' in shape ? { listingId } : {}),
        ...('sessionId' in shape ? { sessionId } : {}),
      }
      const ways = Object.entries(shape).flatMap(([field, zod]) => (choices(zod) ?? []).map((value) => ({ ...base, [field]: value })))
      return { name, ways: [base, ...ways] as Record<string, unknown>[] }
    })

const ask = async (name: string, input: unknown, token: string) => {
  const url = `${house.origin}/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  expect([name, input, answer.status]).toEqual([name, input, 200])
  return ((await answer.json()) as { result: { data: { next?: string | null } } }).result.data
}

/** Tables that the plan of a statement reads whole. */
const readsWhole = async ({ sql, values }: Asked, large: ReadonlySet<string>, names: readonly string[]): Promise<string[]> => {
  const plan = await house.sql<{ table: string | null; type: string | null; key: string | null }>(`explain ${sql}`, values as unknown[])
  return plan.flatMap(({ table, type }) => {
    if (type !== 'ALL' && type !== 'index') return []
    // a plan names a table by its alias
    const name = names.find((n) => n === table) ?? new RegExp(`\`?(\\w+)\`?(?: as)? \`?${table}\`?\\b`, 'i').exec(sql)?.[1] ?? ''
    // an index walked in its order under a limit stops after the page
    return large.has(name) && !(type === 'index' && / limit \?$/.test(sql.trim())) ? [name] : []
  })
}

/** Which lists read which large tables whole, of those whose name begins like this; and how much was looked at. */
const scansOf = async (start: string): Promise<{ found: string[]; pages: number; statements: number }> => {
  const names = (await house.sql<{ name: string }>(TABLES)).map((t) => t.name)
  const large = new Set<string>()
  for (const name of names) {
    const [row] = await house.sql<{ n: number }>(`select count(*) as n from \`${name}\``)
    if (Number(row?.n) >= LARGE) large.add(name)
  }
  expect([...large]).toEqual(
    expect.arrayContaining(['listings', 'offers', 'search_docs', 'orders', 'sub_orders', 'order_lines', 'reviews', 'after_sales']),
  )
  const buyer = (await tokenOf(buyerId)) as string
  // what each process reads once, search's index and the like, is read by now
  await ask('buyer.search.find', {}, buyer)
  const asked: Asked[] = []
  const listen = { start: (context: unknown) => void asked.push(contextOf(context)) }
  const channel = tracingChannel('mysql2:query')
  channel.subscribe(listen as never)
  const found: string[] = []
  let pages = 0
  const seen = new Set<string>()
  try {
    for (const { name, ways } of lists().filter((l) => l.name.startsWith(start)))
      for (const way of ways)
        for (let input = way, page = 1; page <= 2; page++) {
          house.clock.advance(HOUR / 100)
          asked.length = 0
          const { next } = await ask(name, input, name.startsWith('buyer.') ? buyer : open)
          pages++
          for (const one of asked.filter((a) => /^\s*select/i.test(a.sql))) {
            if (seen.has(one.sql)) continue
            seen.add(one.sql)
            for (const table of await readsWhole(one, large, names)) found.push(`${name} page ${page}: ${table}: ${one.sql}`)
          }
          if (!next) break
          input = { ...way, cursor: next }
        }
  } finally {
    channel.unsubscribe(listen as never)
  }
  return { found, pages, statements: seen.size }
}

test('no list reads a large table whole, on its first page and on its second, for buyers, shops and the park', async () => {
  const { found, pages, statements } = await scansOf('')
  expect(found).toEqual([])
  expect(pages).toBeGreaterThan(25)
  expect(statements).toBeGreaterThan(25)
})

test('a list whose index is gone is named', async () => {
  const indexes = await house.sql<{ name: string }>(
    `select distinct index_name as name from information_schema.statistics
     where table_schema = database() and table_name = 'listings' and index_name <> 'PRIMARY'`,
  )
  for (const { name } of indexes) await house.sql(`drop index \`${name}\` on listings`)
  expect((await scansOf('shop.catalogue.list')).found.join()).toMatch(/^shop\.catalogue\.list page 1: (listings|skus): select/)
})

const contextOf = (context: unknown): Asked => {
  const { query, values } = context as { query: string; values: unknown }
  return { sql: query, values }
}
