/** Builders for broadcasts: tea on a shelf, a session on air, and somebody at the other end of the room's socket. */
import sharp from 'sharp'
import WebSocket from 'ws'
import { storePicture } from '../../server/modules/assets/index.ts'
import { saveDraft } from '../../server/modules/catalogue/save-draft.ts'
import { settleReview } from '../../server/modules/catalogue/settle-review.ts'
import { submitListing } from '../../server/modules/catalogue/submit-listing.ts'
import { mediaHooks } from '../../server/modules/live/callbacks.ts'
import { emptyDraft } from '../../shared/catalogue/draft.ts'
import type { AssetId, ListingId, LiveSessionId, ShopId, SkuId } from '../../shared/ids.ts'
import { fen } from '../../shared/money.ts'
import type { FeedMessage, Frame, RoomSnapshot } from '../../shared/room/feed.ts'
import { after, HOUR } from '../../shared/time.ts'
import { batchOf } from './batches.ts'
import { type House, type Person, until } from './house.ts'

const by = { kind: 'clock', job: 'tests' } as const
const photos = new WeakMap<House, Map<ShopId, AssetId>>()

async function photo(house: House, shopId: ShopId): Promise<AssetId> {
  const known = photos.get(house) ?? new Map<ShopId, AssetId>()
  photos.set(house, known)
  const before = known.get(shopId)
  if (before) return before
  const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#5F7A3A' } })
    .jpeg()
    .toBuffer()
  const id = await storePicture(house.app, by, { shopId, bytes })
  known.set(shopId, id)
  return id
}

/** A tea of this shop that has been approved and stands on the shelf. */
export async function tea(
  house: House,
  shopId: ShopId,
  given: { title?: string; priceFen?: number; stock?: number } = {},
): Promise<{ listingId: ListingId; skuId: SkuId }> {
  const picture = await photo(house, shopId)
  const batchId = await batchOf(house, shopId, { productClass: 'maocha' })
  const { listingId, revisionId } = await house.app.work(by, async (work) => {
    const saved = await saveDraft(work, {
      shopId,
      draft: {
        ...emptyDraft(),
        productClass: 'maocha',
        title: given.title ?? '景星晒青毛茶 2026 春',
        pictures: [picture],
        kind: 'raw',
        form: 'loose',
        materialYear: 2026,
        season: 'spring',
        village: '景星镇新华村',
        netGrams: 100,
        pack: [{ unit: 'bag', count: 1 }],
        labelPicture: picture,
        makerName: '茶农阿布',
        makerAddress: '云南省普洱市墨江县景星镇新华村',
        productionDate: '2026-04-10',
        shelfLife: '符合贮存条件下适宜长期保存',
        storage: '清洁、通风、避光、干燥、无异味',
        skus: [
          {
            key: 's1',
            name: '单袋',
            level: 0,
            priceFen: fen(given.priceFen ?? 16_800),
            struckFen: null,
            stock: given.stock ?? 10,
            batchIds: [batchId],
          },
        ],
      },
    })
    await submitListing(work, { shopId, listingId: saved.listingId })
    return saved
  })
  await house.app.work(by, (work) => settleReview(work, { listingId, revisionId, verdict: 'approved', reasons: '' }))
  const [row] = await house.sql<{ id: SkuId }>('select id from skus where listing_id = ?', [listingId])
  return { listingId, skuId: row?.id as SkuId }
}

export type Farmer = Person & { shopId: ShopId }

/** An announced session of this farmer's shop. */
export async function announced(house: House, farmer: Farmer, inMs = HOUR): Promise<LiveSessionId> {
  const { sessionId } = await farmer.trpc.shop.live.schedule.mutate({
    shopId: farmer.shopId,
    title: '凤凰窝春茶，现场开汤',
    startsAt: after(house.clock.now(), inMs),
  })
  return sessionId
}

/** The name of a session's stream. */
export async function streamOf(house: House, sessionId: LiveSessionId): Promise<string> {
  const [row] = await house.sql<{ stream_name: string }>('select stream_name from live_sessions where id = ?', [sessionId])
  return row?.stream_name as string
}

/** A push begins, as the media server tells it. */
export async function pushes(house: House, sessionId: LiveSessionId, publisherId = 'push-1'): Promise<void> {
  await mediaHooks(house.app).published({ stream: await streamOf(house, sessionId), publisherId })
}

/** A push stops, as the media server tells it. */
export async function stopsPushing(house: House, sessionId: LiveSessionId, publisherId = 'push-1'): Promise<void> {
  await mediaHooks(house.app).unpublished({ stream: await streamOf(house, sessionId), publisherId, recording: null })
}

/** A session on air, with these teas in its bag. */
export async function onAir(house: House, farmer: Farmer, listingIds: ListingId[] = []): Promise<LiveSessionId> {
  const sessionId = await announced(house, farmer)
  if (listingIds.length > 0) await farmer.trpc.shop.live.addToBag.mutate({ shopId: farmer.shopId, sessionId, listingIds })
  await pushes(house, sessionId)
  await house.deliver()
  return sessionId
}

/** Somebody at the other end of the room's socket, keeping the books: what came, in order, and where numbers did not join. */
export interface Watcher {
  ws: WebSocket
  viewerKey: string
  frames: Frame[]
  /** Everything but hellos. */
  messages: FeedMessage[]
  snapshot: RoomSnapshot | null
  /** The number of the last message had. */
  seq: number
  /** Frames whose first message was not the next one. */
  breaks: string[]
  /** The close code, once closed. */
  closed: number | null
  of<T extends FeedMessage['type']>(type: T): Extract<FeedMessage, { type: T }>[]
  leave(): void
}

export interface Asking {
  as?: Person
  since?: number
  origin?: string
  /** A ticket of one's own instead of a fresh one. */
  path?: string
  viewerKey?: string
}

/** Opens a socket and waits until the room has answered; fails with the status when the handshake is refused. */
export async function watch(house: House, sessionId: LiveSessionId, asking: Asking = {}): Promise<Watcher> {
  const who = asking.as?.trpc ?? house.guest
  const given = asking.path
    ? { path: asking.path, viewerKey: '' }
    : await who.buyer.room.ticket.mutate({ sessionId, ...(asking.viewerKey ? { viewerKey: asking.viewerKey } : {}) })
  const since = asking.since === undefined ? '' : `&since=${asking.since}`
  const ws = new WebSocket(`${house.origin.replace('http', 'ws')}${given.path}${since}`, {
    perMessageDeflate: false,
    ...(asking.origin ? { origin: asking.origin } : {}),
  })
  const watcher: Watcher = {
    ws,
    viewerKey: given.viewerKey,
    frames: [],
    messages: [],
    snapshot: null,
    seq: asking.since ?? 0,
    breaks: [],
    closed: null,
    of: (type) => watcher.messages.filter((m) => m.type === type) as never,
    leave: () => ws.terminate(),
  }
  ws.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame
    watcher.frames.push(frame)
    const [first] = frame.messages
    if (first?.type === 'hello') {
      watcher.snapshot = first.snapshot
      watcher.seq = first.seq
      return
    }
    if (frame.seq - frame.messages.length !== watcher.seq) watcher.breaks.push(`${watcher.seq} → ${frame.seq} (${frame.messages.length})`)
    watcher.seq = frame.seq
    watcher.messages.push(...frame.messages)
  })
  await new Promise<void>((opened, failed) => {
    ws.once('open', opened)
    ws.on('unexpected-response', (_request, answer) => failed(new Error(`refused: ${answer.statusCode}`)))
    ws.on('error', failed)
    ws.on('close', (code) => {
      watcher.closed = code
    })
  })
  await until(() => watcher.frames.length > 0 || watcher.closed !== null)
  return watcher
}
