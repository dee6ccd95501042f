/**
 * Rows by the ten thousand, for measuring: shops, listings on the shelf, orders that are done, chats of a broadcast that is over. Written straight
 * into the tables in batches, and consistent: approved wording, stock and its moves, payments and a ledger that balances. No events are told,
 * nobody hears of it, and every run adds to what is there.
 */
import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { MySqlTable } from 'drizzle-orm/mysql-core'
import type { Settings } from '../../config/settings.ts'
import { baseUnitOf } from '../../shared/catalogue/classes.ts'
import { emptyDraft, emptyLabel, forms, kinds, type ListingDraft, seasons } from '../../shared/catalogue/draft.ts'
import { formWords, packUnitWords } from '../../shared/catalogue/words.ts'
import type {
  AssetId,
  BatchId,
  ListingId,
  LiveSessionId,
  LotId,
  PriceVersionId,
  RevisionId,
  ShopId,
  SkuId,
  TenantId,
  UserId,
} from '../../shared/ids.ts'
import { bp, type Fen, fen, rateOf, timesFen } from '../../shared/money.ts'
import { emptyPaper, type PaperKind } from '../../shared/tenants/papers.ts'
import { after, businessDay, DAY, HOUR, type Instant, MINUTE, SECOND } from '../../shared/time.ts'
import { redraw, versionKey } from '../modules/assets/redraw.ts'
import { assets } from '../modules/assets/tables.ts'
import {
  listings,
  lots,
  offerLots,
  offerSkus,
  offers,
  priceVersions,
  reservations,
  revisions,
  skus,
  stockMoves,
} from '../modules/catalogue/tables.ts'
import { users } from '../modules/identity/tables.ts'
import { bagItems, liveSessions, sessionTotals } from '../modules/live/tables.ts'
import { orderLineLots, orderLines, orderMoves, orders, subOrders } from '../modules/orders/tables.ts'
import { paymentParts, payments } from '../modules/payments/tables.ts'
import { chats } from '../modules/room/tables.ts'
import { rebuild } from '../modules/search/index.ts'
import { ledgerEntries } from '../modules/settlement/tables.ts'
import { waybills } from '../modules/shipping/tables.ts'
import { columnsOf } from '../modules/tenants/save-paper.ts'
import { papers, shopMembers, shops, tenants } from '../modules/tenants/tables.ts'
import { batches } from '../modules/traceability/tables.ts'
import type { App } from '../platform/app.ts'
import { newId } from '../platform/work.ts'
import { businessLicence, creditCode, teaLicence } from './numbers.ts'
import { dice } from './pictures/dice.ts'
import { render, teaCake, wrappers } from './pictures/index.ts'
import { lastSpring } from './shelf.ts'
import { openStory } from './story.ts'

export interface Scale {
  shops: number
  /** In all, spread evenly over the shops. */
  skus: number
  orders: number
  chats: number
}

const BATCH = 1000
/** Pictures drawn for all; every shop has its own rows of them. */
const PICTURES = 8
const OPENING = 500
/** Every shop sells from so many batches, its listings by turns. */
const BATCHES = 10
const SHELF_LIFE = '符合贮存条件下适宜长期保存'
const STORAGE = '清洁、通风、避光、干燥、无异味'
const TOWNS = [
  '联珠镇',
  '景星镇',
  '新抚镇',
  '通关镇',
  '雅邑镇',
  '坝溜镇',
  '那哈乡',
  '文武乡',
  '龙坝镇',
  '鱼塘镇',
  '团田镇',
  '孟弄乡',
] as const
const GRAMS = { cake: 357, brick: 250, tuo: 100, loose: 200, dragonBall: 80, melon: 500 } as const
const TALK = ['多少钱一饼', '第一泡出汤几秒', '这个耐泡吗', '主播好', '熟茶有堆味吗', '已经下单', '寄到东北几天', '叶底再给看看'] as const

type Rows<T extends MySqlTable> = T['$inferInsert'][]

/** Gathers rows and writes them a thousand at a time, tables in the order in which they were named. */
class Writer {
  readonly #app: App
  readonly #waiting = new Map<MySqlTable, object[]>()
  written = 0
  constructor(app: App, order: readonly MySqlTable[]) {
    this.#app = app
    for (const table of order) this.#waiting.set(table, [])
  }
  add<T extends MySqlTable>(table: T, rows: Rows<T>): void {
    const waiting = this.#waiting.get(table)
    if (!waiting) throw new Error('a table that was not named')
    waiting.push(...rows)
  }
  /** Writes out everything once one of the tables has `least` rows waiting. */
  async flush(least = BATCH): Promise<void> {
    if (![...this.#waiting.values()].some((rows) => rows.length >= least)) return
    for (const [table, rows] of this.#waiting) {
      for (let i = 0; i < rows.length; i += BATCH) {
        const batch = rows.slice(i, i + BATCH)
        await this.#app.read.insert(table).values(batch as never)
        this.written += batch.length
      }
      rows.length = 0
    }
  }
}

/** A verified paper of a scale shop, without end and without pictures. */
const paper = (tenantId: TenantId, shopId: ShopId, at: Instant, kind: PaperKind, number: string) => {
  const draft = { ...emptyPaper(kind), number }
  const seen = { createdAt: at, submittedAt: at, decidedAt: at, decidedBy: null, reasons: '' }
  return { ...columnsOf(draft), id: newId('Paper'), tenantId, shopId, state: 'verified' as const, version: 1, toldDays: null, ...seen }
}

interface Shop {
  id: ShopId
  owner: UserId
  pictures: AssetId[]
  batches: { id: BatchId; code: string }[]
  town: string
  maker: string
}

interface Ware {
  shop: Shop
  skuId: SkuId
  listingId: ListingId
  revisionId: RevisionId
  title: string
  pictureId: AssetId
  skuName: string
  priceVersionId: PriceVersionId
  lotId: LotId
  batch: Shop['batches'][number]
  unit: string
  grams: number
  priceFen: Fen
  left: number
}

/** Adds rows by the ten thousand and says how fast it went. */
export async function seedScale(settings: Settings, scale: Scale, say: (line: string) => void): Promise<void> {
  const { story, end } = await openStory(settings)
  const { app } = story
  const timed = async <T>(what: string, many: number, act: () => Promise<T>): Promise<T> => {
    const from = performance.now()
    const result = await act()
    const seconds = (performance.now() - from) / 1000
    say(`${many} ${what}, ${seconds.toFixed(1)} s, ${Math.round(many / Math.max(seconds, 0.001))}/s`)
    return result
  }
  try {
    const run = randomBytes(4).toString('hex')
    const now = app.clock.now()
    const made = await timed('shops', scale.shops, () => addShops(app, run, now, scale.shops))
    const wares = await timed('skus', scale.skus, () => addSkus(app, now, made, scale.skus))
    await timed('rows of search', scale.skus, () => rebuild(app))
    const buyers = scale.orders + scale.chats > 0 ? await addBuyers(app, run, now) : []
    if (scale.orders > 0) await timed('orders', scale.orders, () => addOrders(app, run, now, wares, buyers, scale.orders))
    if (scale.chats > 0) await timed('chats', scale.chats, () => addChats(app, run, now, made, wares, buyers, scale.chats))
  } finally {
    await end()
  }
}

async function addShops(app: App, run: string, now: Instant, many: number): Promise<Shop[]> {
  const drawn: { key: string; width: number; height: number; hash: string; bytes: number }[] = []
  for (let i = 0; i < PICTURES; i++) {
    const style = Object.values(wrappers)[i] ?? wrappers.kraftPlain
    const bytes = await render(
      teaCake({ kind: i % 2 ? 'ripe' : 'raw', form: forms[i % forms.length] ?? 'cake', wrapper: style, seed: i + 1 }),
      {
        width: 480,
      },
    )
    const picture = await redraw(bytes)
    const name = randomBytes(16).toString('hex')
    const key = `p/${name.slice(0, 2)}/${name}`
    for (const version of picture.versions) await app.ports.storage.put(versionKey(key, version.width), version.bytes, 'image/webp')
    const sum = picture.versions.reduce((total, v) => total + v.bytes.length, 0)
    drawn.push({ key, width: picture.width, height: picture.height, hash: picture.hash, bytes: sum })
  }
  const writer = new Writer(app, [users, tenants, shops, papers, shopMembers, assets, batches])
  const made: Shop[] = []
  for (let i = 0; i < many; i++) {
    const [shopId, tenantId, owner] = [newId('Shop'), newId('Tenant'), newId('User')]
    const [town, maker] = [TOWNS[i % TOWNS.length] ?? '联珠镇', `墨江第${i + 1}茶叶农民专业合作社`]
    const at = after(now, -60 * DAY + i * MINUTE)
    const credit = creditCode(
      '93',
      '530822',
      `MA6${(i + 46_656)
        .toString(36)
        .toUpperCase()
        .replaceAll(/[IOSVZ]/g, 'X')
        .padStart(5, '0')
        .slice(-5)}`,
    )
    const pictures = drawn.map(() => newId('Asset'))
    writer.add(users, [{ id: owner, openid: `scale_${run}_o${i}`, nickname: `茶农${i + 1}`, signedUpAt: at }])
    writer.add(tenants, [
      { id: tenantId, kind: 'cooperative', name: maker, uscc: credit, address: `云南省普洱市墨江哈尼族自治县${town}`, admittedAt: at },
    ])
    writer.add(shops, [
      {
        id: shopId,
        tenantId,
        name: `${town}茶社${i + 1}号`,
        story: '为测量而写的店铺。',
        village: town,
        avatarId: pictures[0] ?? null,
        pictureIds: [],
        state: 'open',
        subMerchant: String(1_910_000_000 + i),
        commissionBp: bp(300),
        openedAt: at,
      },
    ])
    writer.add(papers, [
      paper(tenantId, shopId, at, 'businessLicence', credit),
      paper(tenantId, shopId, at, 'prepackFiling', businessLicence('YB', '530822', 1 + i)),
    ])
    writer.add(shopMembers, [{ id: newId('Member'), shopId, userId: owner, role: 'owner', since: at }])
    writer.add(
      assets,
      drawn.map((d, nth) => ({
        id: pictures[nth] as AssetId,
        shopId,
        storageKey: d.key,
        width: d.width,
        height: d.height,
        hash: d.hash,
        bytes: d.bytes,
        storedAt: at,
      })),
    )
    const ours = Array.from({ length: BATCHES }, (_, nth) => ({ id: newId('Batch'), code: `S${run}-${i + 1}-${nth + 1}` }))
    writer.add(
      batches,
      ours.map(({ id, code }) => ({
        id,
        shopId,
        code,
        productClass: 'puer' as const,
        state: 'verified' as const,
        village: town,
        makerName: maker,
        makerAddress: `云南省普洱市墨江哈尼族自治县${town}`,
        scNumber: '',
        standardCode: 'GB/T 22111',
        madeGrams: 2_000_000_000,
        listedGrams: 0,
        usedGrams: 0,
        origins: [],
        proofs: [],
        reasons: '',
        createdAt: at,
        updatedAt: at,
      })),
    )
    made.push({ id: shopId, owner, pictures, batches: ours, town, maker })
    await writer.flush()
  }
  await writer.flush(1)
  return made
}

async function addSkus(app: App, now: Instant, made: readonly Shop[], many: number): Promise<Ware[]> {
  const writer = new Writer(app, [listings, revisions, offers, skus, priceVersions, offerSkus, lots, offerLots])
  const throwing = dice(many, 7)
  const latest = lastSpring(businessDay(now))
  const wares: Ware[] = []
  for (let i = 0; i < many; i++) {
    const shop = made[i % made.length] as Shop
    const [kind, form, season] = [throwing.pick(kinds), throwing.pick(forms), throwing.pick(seasons)]
    const year = latest - throwing.whole(1, 8)
    const at = after(now, -50 * DAY + Math.floor((i / many) * 49 * DAY))
    const priceFen = fen(throwing.whole(28, 680) * 100)
    const pictureId = shop.pictures[i % shop.pictures.length] as AssetId
    const title = `${shop.town}${kind === 'raw' ? '生茶' : '熟茶'}${formWords[form]} ${year} 第${i + 1}号`
    const batch = shop.batches[Math.floor(i / made.length) % BATCHES] as Shop['batches'][number]
    const productionDate = `${year + 1}-03-${String(throwing.whole(1, 28)).padStart(2, '0')}`
    const scNumber = teaLicence('530822', 1 + (i % 9000))
    const unit = baseUnitOf[form]
    const skuName = `单${packUnitWords[unit]}`
    const draft: ListingDraft = {
      ...emptyDraft(),
      productClass: 'puer',
      title,
      pictures: [pictureId, shop.pictures[(i + 1) % shop.pictures.length] as AssetId],
      captions: ['', ''],
      kind,
      form,
      materialYear: year,
      season,
      ingredients: '云南大叶种晒青茶',
      village: shop.town,
      netGrams: GRAMS[form],
      pack: [{ unit, count: 1 }],
      labelPicture: pictureId,
      label: { ...emptyLabel(), name: '普洱茶', netContent: `${GRAMS[form]}克`, scNumber, productionDate },
      makerName: shop.maker,
      makerAddress: `云南省普洱市墨江哈尼族自治县${shop.town}`,
      scNumber,
      standardCode: 'GB/T 22111',
      productionDate,
      shelfLife: SHELF_LIFE,
      storage: STORAGE,
      skus: [{ key: 's1', name: skuName, level: 0, priceFen, struckFen: null, stock: OPENING, batchIds: [batch.id] }],
      story: '为测量而写的商品。',
    }
    const [listingId, revisionId, skuId] = [newId('Listing'), newId('Revision'), newId('Sku')]
    const [lotId, priceVersionId] = [newId('Lot'), newId('PriceVersion')]
    const whenApproved = after(at, 2 * HOUR)
    writer.add(listings, [
      {
        id: listingId,
        shopId: shop.id,
        state: 'onShelf',
        approvedRevisionId: revisionId,
        workingRevisionId: revisionId,
        createdAt: at,
        shelvedAt: whenApproved,
        updatedAt: whenApproved,
      },
    ])
    writer.add(revisions, [
      {
        id: revisionId,
        listingId,
        no: 1,
        state: 'approved',
        title,
        draft,
        submittedAt: at,
        decidedAt: whenApproved,
        reasons: '',
        createdAt: at,
      },
    ])
    writer.add(offers, [
      { revisionId, productClass: 'puer', title, pictureId, kind, form, season, materialYear: year, hill: null, netGrams: GRAMS[form] },
    ])
    writer.add(skus, [{ id: skuId, listingId, key: 's1', openedAt: whenApproved }])
    writer.add(priceVersions, [
      { id: priceVersionId, skuId, no: 1, priceFen, fromAt: whenApproved, actor: { kind: 'clock', job: 'seed' }, revisionId },
    ])
    writer.add(offerSkus, [
      {
        revisionId,
        skuId,
        place: 0,
        name: skuName,
        unit,
        baseUnits: 1,
        grams: GRAMS[form],
        priceFen,
        priceVersionId,
        batches: [{ batchId: batch.id, code: batch.code }],
      },
    ])
    writer.add(lots, [
      {
        id: lotId,
        listingId,
        batchId: batch.id,
        batchCode: batch.code,
        left: OPENING,
        opening: OPENING,
        frozen: false,
        openedAt: whenApproved,
      },
    ])
    writer.add(offerLots, [{ revisionId, skuId, place: 0, lotId }])
    wares.push({
      shop,
      skuId,
      listingId,
      revisionId,
      title,
      pictureId,
      skuName,
      priceVersionId,
      lotId,
      batch,
      unit: packUnitWords[unit],
      grams: GRAMS[form],
      priceFen,
      left: OPENING,
    })
    await writer.flush()
  }
  await writer.flush(1)
  // what the listings have opened is listed of their batches
  await app.read.execute(
    sql`update ${batches} set listed_grams = listed_grams + (select coalesce(sum(l.opening_stock * o.net_grams), 0)
          from ${lots} l join ${listings} i on i.id = l.listing_id join ${offers} o on o.revision_id = i.approved_revision_id where l.batch_id = ${batches.id})
        where ${batches.shopId} in (${sql.join(
          made.map((shop) => sql`${shop.id}`),
          sql`, `,
        )})`,
  )
  return wares
}

async function addBuyers(app: App, run: string, now: Instant): Promise<UserId[]> {
  const ids = Array.from({ length: 500 }, () => newId('User'))
  await app.read
    .insert(users)
    .values(ids.map((id, i) => ({ id, openid: `scale_${run}_b${i}`, nickname: `茶友${i + 1}`, signedUpAt: after(now, -55 * DAY) })))
  return ids
}

const ENDS = ['completed', 'completed', 'completed', 'shipped', 'toShip'] as const

async function addOrders(app: App, run: string, now: Instant, wares: readonly Ware[], buyers: readonly UserId[], many: number) {
  if (many > wares.length * OPENING) throw new RangeError(`there is stock for ${wares.length * OPENING} orders of one piece`)
  const writer = new Writer(app, [
    orders,
    subOrders,
    orderLines,
    orderLineLots,
    orderMoves,
    payments,
    paymentParts,
    reservations,
    stockMoves,
    waybills,
    ledgerEntries,
  ])
  const throwing = dice(many, 8)
  const touched = new Set<Ware>()
  for (let i = 0; i < many; i++) {
    // the stock of the one that was thrown may be gone: the next that has some
    let at = throwing.whole(0, wares.length - 1)
    while (wares[at]?.left === 0) at = (at + 1) % wares.length
    const ware = wares[at] as Ware
    ware.left -= 1
    touched.add(ware)
    const ends = throwing.pick(ENDS)
    const nth = throwing.whole(0, buyers.length - 1)
    const buyerId = buyers[nth] as UserId
    const { shop, priceFen } = ware
    const placedAt = after(now, -(ends === 'toShip' ? throwing.whole(1, 40) * HOUR : throwing.whole(ends === 'shipped' ? 3 : 6, 45) * DAY))
    const paidAt = after(placedAt, MINUTE)
    const shippedAt = ends === 'toShip' ? null : after(paidAt, DAY)
    const completedAt = ends === 'completed' ? after(paidAt, 4 * DAY) : null
    const [orderId, subOrderId, paymentId, partId] = [newId('Order'), newId('SubOrder'), newId('Payment'), newId('PaymentPart')]
    const lineId = newId('OrderLine')
    const orderNo = `S${run}${String(i).padStart(9, '0')}`
    const sums = { goodsFen: priceFen, freightFen: fen(0), payableFen: priceFen }
    const trackingNo = shippedAt ? `SF${run.toUpperCase()}${String(i).padStart(8, '0')}` : null
    const buyer = { kind: 'buyer' as const, userId: buyerId }
    writer.add(orders, [
      {
        id: orderId,
        orderNo,
        buyerId,
        requestKey: `scale-${run}-${i}`,
        requestHash: '0'.repeat(64),
        state: 'paid',
        ...sums,
        shipTo: { name: '测量', phone: '13800000000', province: '云南省', city: '昆明市', county: '五华区', detail: '翠湖北路 1 号' },
        note: '',
        liveSessionId: null,
        paymentId,
        placedAt,
        dueAt: after(placedAt, 15 * MINUTE),
        paidAt,
      },
    ])
    writer.add(subOrders, [
      {
        id: subOrderId,
        subOrderNo: `${orderNo}-1`,
        orderId,
        shopId: shop.id,
        buyerId,
        state: ends,
        ...sums,
        commissionBp: bp(300),
        placedAt,
        paidAt,
        shipBy: after(paidAt, 48 * HOUR),
        shippedAt,
        courier: shippedAt ? 'SF' : null,
        trackingNo,
        receiveBy: shippedAt ? after(shippedAt, 45 * DAY) : null,
        completedAt,
      },
    ])
    writer.add(orderLines, [
      {
        id: lineId,
        orderId,
        lineNo: 1,
        subOrderId,
        shopId: shop.id,
        skuId: ware.skuId,
        listingId: ware.listingId,
        revisionId: ware.revisionId,
        title: ware.title,
        skuName: ware.skuName,
        priceVersionId: ware.priceVersionId,
        pictureId: ware.pictureId,
        unit: ware.unit,
        netGrams: ware.grams,
        priceFen,
        quantity: 1,
        lineFen: timesFen(priceFen, 1),
      },
    ])
    writer.add(orderLineLots, [{ orderLineId: lineId, batchId: ware.batch.id, orderId, batchCode: ware.batch.code, baseUnits: 1 }])
    writer.add(orderMoves, [
      { orderId, subjectId: orderId, act: 'place', actor: buyer, at: placedAt },
      { orderId, subjectId: orderId, act: 'pay', actor: { kind: 'outside', system: 'wechat-pay' }, at: paidAt },
      ...(shippedAt
        ? [
            {
              orderId,
              subjectId: subOrderId,
              act: 'ship',
              actor: { kind: 'member' as const, userId: shop.owner, shopId: shop.id, role: 'owner' },
              at: shippedAt,
            },
          ]
        : []),
      ...(completedAt ? [{ orderId, subjectId: subOrderId, act: 'receive', actor: buyer, at: completedAt }] : []),
    ])
    writer.add(payments, [
      {
        id: paymentId,
        paymentNo: `P${paymentId.slice(4)}`,
        orderId,
        buyerId,
        openid: `scale_${run}_b${nth}`,
        address: '127.0.0.1',
        state: 'settled',
        amountFen: priceFen,
        expiresAt: after(placedAt, 16 * MINUTE),
        settledAt: paidAt,
        checkAt: after(placedAt, 16 * MINUTE),
        checks: 0,
      },
    ])
    writer.add(paymentParts, [
      {
        id: partId,
        partNo: `S${partId.slice(4)}`,
        paymentId,
        subOrderId,
        shopId: shop.id,
        subMerchant: '1910000000',
        description: ware.title,
        amountFen: priceFen,
        commissionBp: bp(500),
        refundedFen: fen(0),
        transactionId: `42${run}${String(i).padStart(18, '0')}`,
      },
    ])
    writer.add(reservations, [
      { id: newId('Reservation'), orderId, skuId: ware.skuId, lotId: ware.lotId, baseUnits: 1, state: 'sold', heldAt: placedAt },
    ])
    writer.add(stockMoves, [{ lotId: ware.lotId, reason: 'reserve', ref: orderId, delta: -1, words: '', movedAt: placedAt }])
    if (shippedAt && trackingNo)
      writer.add(waybills, [
        { id: newId('Waybill'), shopId: shop.id, subOrderId, courier: 'SF', trackingNo, shippedBy: shop.owner, shippedAt },
      ])
    writer.add(ledgerEntries, ledgerOf(shop.id, subOrderId, priceFen, paidAt, completedAt))
    await writer.flush()
  }
  await writer.flush(1)
  const ids = [...touched].map((w) => w.lotId)
  for (let i = 0; i < ids.length; i += BATCH) {
    const some = sql.join(
      ids.slice(i, i + BATCH).map((id) => sql`${id}`),
      sql`, `,
    )
    await app.read.execute(
      sql`update ${lots} set left_count = opening_stock + (select coalesce(sum(m.delta), 0) from ${stockMoves} m where m.lot_id = ${lots.id})
          where ${lots.id} in (${some})`,
    )
  }
}

/** What settlement books of an order that was paid and, perhaps, received. */
const ledgerOf = (
  shopId: ShopId,
  subOrderId: (typeof ledgerEntries.$inferInsert)['subOrderId'],
  paid: Fen,
  paidAt: Instant,
  completedAt: Instant | null,
): (typeof ledgerEntries.$inferInsert)[] => {
  const fee = rateOf(paid, bp(300))
  const row = (
    booking: string,
    account: 'channel' | 'held' | 'shop' | 'commission',
    cause: 'paid' | 'completed' | 'commission',
    n: number,
    at: Instant,
  ) => ({
    id: newId('LedgerEntry'),
    booking: `${booking}:${subOrderId}`,
    account,
    cause,
    shopId,
    subOrderId,
    deltaFen: fen(n),
    at,
  })
  const received = completedAt
    ? [
        row('completed', 'held', 'completed', -paid, completedAt),
        row('completed', 'shop', 'completed', paid - fee, completedAt),
        ...(fee > 0 ? [row('completed', 'commission', 'commission', fee, completedAt)] : []),
      ]
    : []
  return [row('paid', 'channel', 'paid', -paid, paidAt), row('paid', 'held', 'paid', paid, paidAt), ...received]
}

/** One broadcast of the first shop, over since yesterday, in which people talked. */
async function addChats(
  app: App,
  run: string,
  now: Instant,
  made: readonly Shop[],
  wares: readonly Ware[],
  buyers: readonly UserId[],
  many: number,
): Promise<void> {
  const shop = made[0] as Shop
  const sessionId: LiveSessionId = newId('LiveSession')
  const start = after(now, -DAY)
  const end = after(start, 2 * HOUR)
  await app.read.insert(liveSessions).values({
    id: sessionId,
    shopId: shop.id,
    state: 'ended',
    title: `测量用的直播 ${run}`,
    coverId: shop.pictures[0] ?? null,
    startsAt: start,
    createdAt: after(start, -DAY),
    startedAt: start,
    endedAt: end,
    endedBecause: 'shop',
    streamName: `s${randomBytes(16).toString('hex')}`,
    streamerUserId: shop.owner,
    pinSeq: 0,
    lastNumber: 8,
  })
  await app.read.insert(sessionTotals).values({ sessionId, likes: 0, orders: 0, paidFen: fen(0), viewers: 0, viewersAt: end })
  const bag = wares.filter((w) => w.shop === shop).slice(0, 8)
  if (bag.length > 0)
    await app.read.insert(bagItems).values(
      bag.map(({ listingId, skuId }, i) => ({
        id: newId('BagItem'),
        sessionId,
        listingId,
        skuId,
        number: i + 1,
        position: i + 1,
        inBag: true,
      })),
    )
  const writer = new Writer(app, [chats])
  const throwing = dice(many, 9)
  const step = Math.max(1, Math.floor((2 * HOUR - SECOND) / many))
  for (let i = 0; i < many; i++) {
    writer.add(chats, [
      {
        id: newId('Chat'),
        sessionId,
        userId: throwing.pick(buyers),
        clientId: `scale-${i}`,
        speaker: 'buyer',
        text: throwing.pick(TALK),
        state: 'shown',
        at: after(start, (i * step) % (2 * HOUR)),
      },
    ])
    await writer.flush()
  }
  await writer.flush(1)
}
