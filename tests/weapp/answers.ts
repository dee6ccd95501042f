/** One small world, in the very types of the router: what a stubbed server answers to the mini-program. */
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/router.ts'
import { emptyDraft, emptySku } from '../../shared/catalogue/draft.ts'
import { type Id, idPrefixes, type Noun } from '../../shared/ids.ts'
import { fen } from '../../shared/money.ts'
import { emptyBrew, figuresOf } from '../../shared/reviews/draft.ts'
import { emptyPaper } from '../../shared/tenants/papers.ts'
import { instant } from '../../shared/time.ts'
import { emptyBatch, emptyPlot } from '../../shared/traceability/draft.ts'

type Out = inferRouterOutputs<AppRouter>

const id = <N extends Noun>(noun: N, n = 1): Id<N> => `${idPrefixes[noun]}_01JQZX5V8N3M4K7P2R6T9W0Y1${n}`.padEnd(30, '0') as Id<N>
const at = instant(Date.now())

export const ids = {
  shop: id('Shop'),
  session: id('LiveSession'),
  listing: id('Listing'),
  order: id('Order'),
  subOrder: id('SubOrder'),
  paper: id('Paper'),
  plot: id('Plot'),
  batch: id('Batch'),
  line: id('OrderLine'),
}

const picture = { id: id('Asset'), width: 1200, height: 1200, thumb: '/files/t.webp', card: '/files/c.webp', full: '/files/f.webp' }
const chip = { id: ids.shop, name: '界牌古茶合作社', avatar: picture }
const tenant: Out['buyer']['live']['session']['seller'] = {
  name: '墨江县界牌古茶农民专业合作社',
  kind: 'cooperative',
  uscc: '93530822MA6K123491',
  address: '云南省普洱市墨江县新抚镇界牌村',
  licences: [{ name: '食品生产许可证', number: 'SC11453082200126', until: '2028-03-31' }],
}
const tea = {
  skuId: id('Sku'),
  skuName: '单饼',
  title: '迷帝古树生茶 2024 春 357 克饼',
  picture,
  unit: '饼',
  netGrams: 357,
  kind: 'raw' as const,
  priceFen: fen(46800),
  per100gFen: fen(13109),
  left: 12,
}
const bare: Out['shop']['live']['candidates'][number] = {
  ...tea,
  id: ids.listing,
  productClass: 'puer',
  shipBy: null,
  shop: chip,
  form: 'cake',
  materialYear: 2024,
  hill: '迷帝',
}
const card: Out['buyer']['live']['home']['shelf'][number] = { ...bare, shelvedAt: at, reason: '新上架' }
const bag: Out['buyer']['live']['bag'] = [
  { ...tea, id: id('BagItem'), number: 1, listingId: ids.listing, revisionId: id('Revision'), onSale: true },
]
const sessionCard: Out['buyer']['live']['home']['live'][number] = {
  id: ids.session,
  title: '迷帝春茶开采，现场看杀青',
  state: 'live',
  shop: chip,
  cover: picture,
  aiHost: false,
  startsAt: at,
  startedAt: at,
  bagCount: 1,
  reason: '正在直播',
}
const session: Out['buyer']['live']['session'] = {
  ...sessionCard,
  streamer: '李阿姐',
  endedAt: null,
  endedBecause: null,
  seller: tenant,
  play: { flv: 'http://127.0.0.1:1/live/x.flv', hls: null },
  playback: 'livePlayer',
  replay: false,
  bag,
  pinned: id('BagItem'),
  serverNow: at,
}
const shop: Out['buyer']['storefront']['front']['shop'] = {
  ...chip,
  story: '一年只采两季。',
  pictures: [picture],
  village: '界牌村',
  township: 'xinfu',
  hills: [{ id: 'mojiang-midi', name: '迷帝', county: '墨江县', township: 'xinfu' }],
  tenant,
  openedAt: at,
  followers: 12,
}
const line = {
  id: id('OrderLine'),
  listingId: ids.listing,
  title: tea.title,
  skuName: '单饼',
  batches: [{ batchId: id('Batch'), code: 'MD2404-01', baseUnits: 1 }],
  picture,
  unit: '饼',
  quantity: 1,
  priceFen: tea.priceFen,
  lineFen: tea.priceFen,
  paidFen: tea.priceFen,
  returnedUnits: 0,
}
const address = { name: '王小满', phone: '13800138000', province: '云南省', city: '昆明市', county: '五华区', detail: '翠湖东路 12 号' }
const waybill = { courier: 'SF' as const, courierName: '顺丰速运' as const, trackingNo: 'SF1234567890123', shippedAt: at }
const sums = { payableFen: tea.priceFen, goodsFen: tea.priceFen, discountFen: fen(0), freightFen: fen(0), freightWhy: '店铺包邮' }
const orderCard: Out['buyer']['orders']['mine']['rows'][number] = {
  id: ids.order,
  orderNo: '202611230001',
  state: 'paid',
  placedAt: at,
  dueAt: null,
  payableFen: tea.priceFen,
  acts: [],
  subOrders: [
    {
      id: ids.subOrder,
      subOrderNo: '202611230001-1',
      state: 'shipped',
      shop: chip,
      ...sums,
      acts: ['receive'],
      promisedDay: null,
      waybill,
      lines: [line],
    },
  ],
}
const orderPage: Out['buyer']['orders']['one'] = {
  ...orderCard,
  closedBecause: null,
  paidAt: at,
  liveSessionId: null,
  note: '',
  address,
  refunds: [],
  subOrders: orderCard.subOrders.map((part) => ({ ...part, addressSeen: null, history: [{ at, words: '已付款' }] })),
  money: [{ label: '实付', fen: tea.priceFen }],
}
const shopOrder: Out['shop']['orders']['list']['rows'][number] = {
  id: ids.subOrder,
  subOrderNo: '202611230001-1',
  state: 'toShip',
  placedAt: at,
  paidAt: at,
  shipBy: at,
  ...sums,
  note: '请用纸箱包好',
  liveSessionId: null,
  promisedDay: null,
  waybill: null,
  acts: ['ship'],
  lines: [line],
}
const home: Out['buyer']['live']['home'] = {
  live: [sessionCard],
  upcoming: [{ ...sessionCard, state: 'scheduled' }],
  shelf: [card],
  next: null,
  serverNow: at,
}
const profile: Out['shop']['storefront']['profile'] = {
  shop: { id: ids.shop, name: chip.name, village: '界牌村', state: 'open' },
  shown: { story: shop.story, avatar: picture, pictures: [picture] },
  newest: null,
}
const legal: Out['buyer']['catalogue']['listing']['legal'] = [{ key: 'scNumber', label: '生产许可证编号', value: 'SC11453082200123' }]
const listing: Out['buyer']['catalogue']['listing'] = {
  ...card,
  revisionId: id('Revision'),
  pictures: [{ ...picture, caption: '' }],
  skus: [
    {
      skuId: tea.skuId,
      name: '单饼',
      unit: '饼',
      netGrams: 357,
      packed: '357 克',
      priceFen: tea.priceFen,
      per100gFen: tea.per100gFen,
      struckFen: null,
      left: 12,
      batches: [{ batchId: id('Batch'), code: 'MD2404-01' }],
      legal,
    },
  ],
  returnRule: 'sevenDays',
  freight: '包邮',
  story: '',
  brew: null,
  legal,
  village: '界牌村',
  season: 'spring',
  onSale: true,
}
const ourSkus: Out['shop']['catalogue']['get']['skus'] = [
  {
    id: tea.skuId,
    key: 's1',
    name: '单饼',
    unit: '饼',
    priceFen: tea.priceFen,
    left: 12,
    batches: [{ batchId: id('Batch'), code: 'MD2404-01', left: 12, frozen: false }],
    baseUnits: 1,
  },
]
const paperLine: Out['shop']['tenants']['paperNotices'][number] = {
  id: ids.paper,
  kind: 'foodBusinessLicence',
  state: 'rejected',
  number: 'JY15308220000001',
  issuer: '墨江县市场监督管理局',
  validFrom: '2024-12-31',
  validUntil: '2029-12-30',
  daysLeft: 1135,
  isOld: false,
  reasons: '照片看不清',
  submittedAt: at,
}
const ours: Out['shop']['catalogue']['list'] = {
  rows: [
    {
      id: ids.listing,
      productClass: 'puer',
      skus: ourSkus,
      title: tea.title,
      picture,
      shelf: 'onShelf',
      offBecause: null,
      review: 'approved',
      priceFen: tea.priceFen,
      updatedAt: at,
      reasons: null,
      acts: ['saveDraft', 'takeOff', 'changeStock'],
    },
  ],
  next: null,
  counts: { draft: 0, onShelf: 1, offShelf: 0, inReview: 0 },
}
const whole: Out['shop']['catalogue']['get'] = {
  id: ids.listing,
  shelf: 'onShelf',
  revision: {
    id: id('Revision'),
    no: 1,
    state: 'approved',
    reasons: null,
    draft: {
      ...emptyDraft(),
      productClass: 'puer',
      title: tea.title,
      kind: 'raw',
      form: 'cake',
      netGrams: 357,
      materialYear: 2024,
      productionDate: '2024-04-18',
      season: 'spring',
      hill: 'mojiang-midi',
      village: '界牌村',
      makerName: tenant.name,
      makerAddress: tenant.address,
      scNumber: 'SC11453082200126',
      standardCode: 'GB/T 22111',
      shelfLife: '长期',
      storage: '通风干燥',
      pack: [{ unit: 'cake', count: 1 }],
      skus: [{ ...emptySku('s1'), name: '单饼', priceFen: tea.priceFen, stock: 30, batchIds: [id('Batch')] }],
      pictures: [picture.id],
      labelPicture: picture.id,
      story: '',
    },
  },
  approved: { id: id('Revision'), no: 1 },
  pictures: [picture],
  missing: [],
  known: { batches: [], struck: {}, opened: ['s1'], approved: null },
  skus: ourSkus,
  acts: ['saveDraft'],
}
const span = { orders: 1, paidFen: tea.priceFen, chats: 3 }
const desk: Out['shop']['live']['desk'] = {
  session: { ...session, acts: ['end'], stopReason: null },
  health: { publishing: true, videoKbps: 1180, fps: 25, width: 720, height: 1280, sinceMs: 1000 },
  figures: { viewers: 12, likes: 34, orders: 1, paidFen: tea.priceFen, last10: span, before10: span },
}
const quote = (input: unknown): Out['buyer']['orders']['quote'] => {
  const [asked] = (input as { lines: { quantity: number }[] }).lines
  const quantity = asked?.quantity ?? 1
  const goodsFen = fen(tea.priceFen * quantity)
  return {
    lines: [
      {
        skuId: tea.skuId,
        listingId: ids.listing,
        revisionId: id('Revision'),
        title: tea.title,
        skuName: '单饼',
        shipBy: null,
        picture,
        unit: '饼',
        shopId: ids.shop,
        priceFen: tea.priceFen,
        quantity,
        lineFen: goodsFen,
        paidFen: goodsFen,
        left: 12,
        noReasonReturn: true,
        trouble: null,
      },
    ],
    shops: [{ shop: chip, goodsFen, discountFen: fen(0), freightFen: fen(0), freightWhy: '店铺包邮', canShip: true, payableFen: goodsFen }],
    discounts: [],
    coupons: [],
    goodsFen,
    discountFen: fen(0),
    freightFen: fen(0),
    payableFen: goodsFen,
  }
}
const cart: Out['buyer']['orders']['cart'] = {
  shops: [
    {
      shop: chip,
      lines: [
        {
          skuId: tea.skuId,
          listingId: ids.listing,
          revisionId: id('Revision'),
          title: tea.title,
          skuName: '单饼',
          unit: '饼',
          netGrams: 357,
          per100gFen: fen(4706),
          picture,
          priceFen: tea.priceFen,
          quantity: 2,
          left: 12,
          shipBy: null,
          liveSessionId: null,
          changes: ['比加入时降了 8.00 元'],
        },
      ],
    },
  ],
  invalid: [{ skuId: id('Sku'), title: '去年的秋茶', why: '已售完' }],
}
const coupons: Out['buyer']['promotions']['mine'] = [
  {
    id: id('Coupon'),
    state: 'held',
    title: '春茶券',
    words: '满 100.00 减 10.00 元',
    endsAt: at,
    orderId: null,
    room: false,
    shop: { id: ids.shop, name: chip.name },
  },
]
const askable: Out['buyer']['afterSale']['askable'] = {
  subOrderId: ids.subOrder,
  orderId: ids.order,
  unshipped: false,
  open: false,
  reasons: [{ reason: 'quality', words: '质量问题' }],
  freightFen: fen(0),
  lines: [{ id: ids.line, title: tea.title, skuName: '单饼', unit: '饼', picture, left: 1, noReasonReturn: true, backFen: [tea.priceFen] }],
}
const afterSale: Out['buyer']['afterSale']['one'] = {
  id: id('AfterSale'),
  orderId: ids.order,
  subOrderId: ids.subOrder,
  subOrderNo: '202611230001-1',
  shop: { id: ids.shop, name: chip.name },
  buyerNickname: '茶友',
  kind: 'return',
  kindWords: '退货退款',
  reason: '质量问题',
  state: 'toReturn',
  stateWords: '等买家寄回',
  unshipped: false,
  openedAt: at,
  dueAt: at,
  askedFen: tea.priceFen,
  refundedFen: fen(0),
  returned: null,
  reshipped: null,
  lines: [
    {
      id: ids.line,
      title: tea.title,
      skuName: '单饼',
      unit: '饼',
      units: 1,
      quantity: 1,
      paidFen: tea.priceFen,
      batches: ['MD2404-01'],
      picture,
    },
  ],
  steps: [{ no: 1, at, who: '买家', act: '提交售后申请', words: '有霉点', pictures: [picture] }],
  acts: ['sendBack', 'withdraw'],
}
const pairing: Out['buyer']['identity']['pairing'] = {
  pairingId: id('Pairing'),
  browser: 'Chrome',
  place: '112.112.0.8',
  startedAt: at,
  expiresAt: at,
  choices: ['27', '63', '91'],
}
const entrance: Out['buyer']['room']['ticket'] = { ticket: 't', path: '/room?ticket=t&session=s', seq: 0, viewerKey: 'gAAAAAAAAAAAAAAAA' }
const ownShop: Out['shop']['tenants']['shop'] = {
  id: ids.shop,
  name: chip.name,
  story: shop.story,
  village: shop.village,
  tenant,
  openedAt: at,
  role: 'owner',
  state: 'open',
  suspended: null,
  commissionBp: 300 as Out['shop']['tenants']['shop']['commissionBp'],
}

const plotLine: Omit<Out['shop']['traceability']['plots']['rows'][number], 'acts'> = {
  id: ids.plot,
  state: 'verified',
  name: '界牌东坡',
  crop: 'tea',
  hill: 'mojiang-midi',
  village: '新抚镇界牌村',
  treeClass: 'arbor',
  areaTenths: 125,
  claimedGrams: 400_000,
  grantedGrams: 400_000,
  years: [{ year: 2024, takenGrams: 90_000 }],
  reasons: null,
  updatedAt: at,
}
const batchLine: Omit<Out['shop']['traceability']['batches']['rows'][number], 'acts'> = {
  id: ids.batch,
  state: 'verified',
  code: 'MD2404-01',
  productClass: 'puer',
  kind: 'raw',
  materialYear: 2024,
  hill: 'mojiang-midi',
  village: '新抚镇界牌村',
  madeGrams: 80_000,
  listedGrams: 35_700,
  usedGrams: 0,
  reasons: null,
  updatedAt: at,
}
const batchPage: Out['buyer']['traceability']['batch'] = {
  id: ids.batch,
  code: batchLine.code,
  state: 'verified',
  shop: { id: ids.shop, name: chip.name },
  productClass: 'puer',
  verifiedAt: at,
  storedSince: at,
  statements: [{ label: '山头', value: '迷帝（墨江）', basis: 'checked', paper: null }],
  plots: [
    {
      id: ids.plot,
      name: plotLine.name,
      verified: true,
      took: [{ year: 2024, grams: 90_000 }],
      statements: [{ label: '面积', value: '12.5 亩', basis: 'proved', paper: '地块权属证明 墨林证字第 0311 号' }],
    },
  ],
  parents: [{ id: id('Batch', 2), code: 'MD2304-02', isFrozen: false, grams: 10_000 }],
  reports: [{ number: 'WT40210', picture }],
  labReports: [
    {
      paperId: ids.paper,
      batchId: ids.batch,
      number: 'WT40211',
      lab: '云南省产品质量监督检验研究院',
      cmaNumber: '230012050001',
      method: 'GB/T 22111',
      sampleBatch: batchLine.code,
      reportDay: '2024-06-01',
      results: [{ item: '水分', value: '9.2 %', limit: '≤ 13.0 %', passed: true }],
      isOld: true,
    },
  ],
  gaps: ['没有入仓记录，不计陈放时间'],
}

const reviewSaid = {
  ...{
    id: id('Review'),
    text: '汤色透亮，第三泡开始回甘。',
    pictures: [picture],
    brew: { ...emptyBrew(), grams: 8, celsius: 95 },
    writtenAt: at,
  },
  answer: '谢谢，存放一年再喝更甜。',
}
const reviewPage: Out['buyer']['reviews']['of'] = {
  rows: [
    {
      ...{ ...reviewSaid, stars: 5, nickname: '王**', skuName: '单饼', batches: [{ batchId: ids.batch, code: batchLine.code }] },
      followUp: { ...reviewSaid, id: id('Review', 2), text: '放了一个月更顺口。' },
    },
  ],
  next: null,
  figures: figuresOf([0, 0, 0, 1, 3], 1, 1),
}
const myReview: Out['buyer']['reviews']['mine']['rows'][number] = {
  ...{ ...reviewSaid, orderLineId: ids.line, turn: 1, stars: 5, title: tea.title, skuName: '单饼', state: 'shown', reasons: null },
}
const reviewLine: Out['buyer']['reviews']['ofOrder'][number] = {
  ...{ orderLineId: ids.line, title: tea.title, skuName: '单饼', picture, turn: 2, written: [myReview] },
}

/** By the procedure's name. */
export const answers: Record<string, (input: unknown) => unknown> = {
  'buyer.live.home': () => home,
  'buyer.live.session': () => session,
  'buyer.live.bag': () => bag,
  'buyer.catalogue.listing': () => listing,
  'buyer.live.shelf': () => ({ rows: [card], next: null }) satisfies Out['buyer']['live']['shelf'],
  'buyer.live.followed': () => [card] satisfies Out['buyer']['live']['followed'],
  'buyer.live.calendar': () => ({ rows: [{ ...sessionCard, state: 'scheduled' }], next: null }) satisfies Out['buyer']['live']['calendar'],
  'buyer.storefront.front': () =>
    ({
      shop,
      shows: { coming: [sessionCard], past: [{ ...sessionCard, state: 'ended' }] },
      shelf: { rows: [card], next: null },
    }) satisfies Out['buyer']['storefront']['front'],
  'buyer.storefront.shelf': () => ({ rows: [card], next: null }) satisfies Out['buyer']['storefront']['shelf'],
  'buyer.storefront.following': () => [ids.shop] satisfies Out['buyer']['storefront']['following'],
  'buyer.storefront.follows': () =>
    ({
      rows: [{ ...chip, village: '界牌村', followers: 12, since: at }],
      next: null,
    }) satisfies Out['buyer']['storefront']['follows'],
  'shop.storefront.profile': () => profile,
  'buyer.search.find': () =>
    ({ rows: [card], next: null, total: 1, facets: [], corrected: [], yielded: null }) satisfies Out['buyer']['search']['find'],
  'buyer.identity.pairing': () => pairing,
  'buyer.room.ticket': () => entrance,
  'buyer.orders.quote': quote,
  'buyer.orders.cart': () => cart,
  'buyer.afterSale.ofPart': () => [] satisfies Out['buyer']['afterSale']['ofPart'],
  'buyer.afterSale.askable': () => askable,
  'buyer.afterSale.one': () => afterSale,
  'buyer.orders.putInCart': () => ({ count: 1 }) satisfies Out['buyer']['orders']['putInCart'],
  'buyer.promotions.mine': () => coupons,
  'buyer.promotions.claimable': () => [] satisfies Out['buyer']['promotions']['claimable'],
  'buyer.orders.mine': () => ({ rows: [orderCard], next: null }) satisfies Out['buyer']['orders']['mine'],
  'buyer.promotions.flashes': () => ({ flashes: [], serverNow: at }) satisfies Out['buyer']['promotions']['flashes'],
  'buyer.room.standing': () =>
    ({ measureId: id('Measure'), measure: 'mute', reason: '刷屏', endsAt: at, appeal: 'none' }) satisfies Out['buyer']['room']['standing'],
  'buyer.live.clip': () => ({ clip: { sessionId: ids.session, at, ms: 90_000 } }) satisfies Out['buyer']['live']['clip'],
  'buyer.room.answers': () => [{ text: '能放多久', reply: '', at }] satisfies Out['buyer']['room']['answers'],
  'buyer.live.replay': () =>
    ({
      session: { ...sessionCard, state: 'ended', endedAt: at },
      films: [{ url: '/films/rec_1.mp4', beganAt: at, ms: 60_000 }],
      chapters: [{ bagItemId: id('BagItem'), at, film: 0, offsetMs: 1_000, ms: 30_000, item: bag[0] ?? null }],
      start: null,
    }) satisfies Out['buyer']['live']['replay'],
  'buyer.orders.one': () => orderPage,
  'buyer.shipping.parcels': () =>
    ({
      parcels: [
        { ...waybill, stage: 'delivering', points: [{ at, words: '昆明派送中', stage: 'delivering' }] },
        { ...waybill, trackingNo: 'SF1234567890124', stage: null, points: [] },
      ],
      receipt: null,
    }) satisfies Out['buyer']['shipping']['parcels'],
  'buyer.orders.addresses': () => [{ ...address, id: id('Address'), isDefault: true }] satisfies Out['buyer']['orders']['addresses'],
  'shop.tenants.shop': () => ownShop,
  'shop.tenants.papers': () =>
    ({ rows: [{ ...paperLine, picture, acts: ['submit', 'discard'] }], next: null }) satisfies Out['shop']['tenants']['papers'],
  'shop.tenants.paperNotices': () => [paperLine],
  'shop.tenants.paper': () =>
    ({
      ...paperLine,
      draft: { ...emptyPaper('foodBusinessLicence'), number: paperLine.number, pictures: [picture.id] },
      pictures: [picture],
      missing: [],
      mayWrite: true,
      acts: ['submit', 'discard'],
    }) satisfies Out['shop']['tenants']['paper'],
  'buyer.reviews.of': () => reviewPage,
  'buyer.reviews.mine': () => ({ rows: [myReview], next: null }) satisfies Out['buyer']['reviews']['mine'],
  'buyer.reviews.ofOrder': () => [reviewLine] satisfies Out['buyer']['reviews']['ofOrder'],
  'buyer.reviews.ofLine': () => reviewLine satisfies Out['buyer']['reviews']['ofLine'],
  'buyer.traceability.batch': () => batchPage,
  'shop.traceability.plots': () => ({ rows: [{ ...plotLine, acts: [] }], next: null }) satisfies Out['shop']['traceability']['plots'],
  'shop.traceability.batches': () => ({ rows: [{ ...batchLine, acts: [] }], next: null }) satisfies Out['shop']['traceability']['batches'],
  'shop.traceability.plot': () =>
    ({
      ...plotLine,
      shopId: ids.shop,
      draft: { ...emptyPlot(), name: plotLine.name },
      pictures: [picture],
      lacks: [],
      acts: [],
    }) satisfies Out['shop']['traceability']['plot'],
  'shop.traceability.batch': () =>
    ({
      ...{ ...batchLine, shopId: ids.shop, draft: { ...emptyBatch('puer'), code: batchLine.code } },
      ...{ origins: [], plots: [plotLine], parents: [], pictures: [picture], lacks: [], acts: [] },
    }) satisfies Out['shop']['traceability']['batch'],
  'shop.catalogue.list': () => ours,
  'shop.catalogue.get': () => whole,
  'shop.live.list': () => ({ rows: [{ ...sessionCard, acts: ['end'] }], next: null }) satisfies Out['shop']['live']['list'],
  'shop.live.desk': () => desk,
  'shop.live.candidates': () => [bare] satisfies Out['shop']['live']['candidates'],
  'shop.room.ticket': () => entrance,
  'shop.orders.list': () =>
    ({
      rows: [shopOrder],
      next: null,
      counts: { unpaid: 0, toShip: 1, shipped: 0, completed: 0, closed: 0 },
    }) satisfies Out['shop']['orders']['list'],
  'shop.orders.one': () =>
    ({ ...shopOrder, address, history: [{ at, words: '已付款' }], buyerNickname: '茶友' }) satisfies Out['shop']['orders']['one'],
  'shop.shipping.couriers': () => [{ code: 'SF', name: '顺丰速运' }],
  'shop.settlement.summary': () =>
    ({
      paidFen: fen(100),
      heldFen: fen(10),
      dueFen: fen(0),
      earnedFen: fen(79),
      commissionFen: fen(5),
      channelFeeFen: fen(1),
      refundedFen: fen(5),
      suspenseFen: fen(0),
    }) satisfies Out['shop']['settlement']['summary'],
  'shop.settlement.entries': () => ({ rows: [], next: null }) satisfies Out['shop']['settlement']['entries'],
}
