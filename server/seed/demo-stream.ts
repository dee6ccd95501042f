/** What the demonstration streams: which address to push to now, and which clip. Asked at every start, and again when a push has broken off. */
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Settings } from '../../config/settings.ts'
import type { LiveSessionId, ShopId } from '../../shared/ids.ts'
import { onAir } from '../../shared/live/flow.ts'
import { MINUTE, SECOND } from '../../shared/time.ts'
import { bagOf, pinItem, sessionOf } from '../modules/live/index.ts'
import { takePushAddress } from '../modules/live/take-push-address.ts'
import { shopsOf } from '../modules/tenants/index.ts'
import type { App } from '../platform/app.ts'
import { errorFacts } from '../platform/log.ts'
import { announced, onAirNow } from './data/shows.ts'
import { tenants } from './data/tenants.ts'
import { introduce, ownerKey } from './people.ts'
import { type DemoShop, memberOf } from './shops.ts'
import { announce, sessionForNow } from './shows.ts'
import { openStory, userByOpenid } from './story.ts'

export interface DemoStream {
  /** rtmp://…, with its key. */
  url: string
  file: string
}

const clip = fileURLToPath(new URL('./clip.flv', import.meta.url))
/** How long a stream may take to come before nobody waits any more to show its first tea. */
const PATIENCE = 2 * MINUTE

async function shopOf(app: App, key: string): Promise<DemoShop | null> {
  const tenant = tenants.find((t) => t.key === key)
  const ownerId = tenant && (await userByOpenid(app, ownerKey(tenant)))
  const [shop] = ownerId ? await shopsOf(app, ownerId) : []
  return tenant && ownerId && shop ? memberOf(tenant, shop.id, ownerId) : null
}

/**
 * Makes sure that the first shop has a session that takes a stream now, and that what is announced is still to come. Gives the address and the
 * clip; nothing without demonstration data. Once the stream is there, and unless the farmer was faster, the first tea is shown as being explained:
 * `explained` tells whether it came to that.
 */
export async function openDemoStreams(settings: Settings): Promise<{ streams: DemoStream[]; explained: Promise<boolean> }> {
  const { story, end } = await openStory(settings)
  const { app } = story
  let explained: Promise<boolean> | null = null
  try {
    const shop = await shopOf(app, onAirNow.shop)
    if (!shop) return { streams: [], explained: Promise.resolve(false) }
    await introduce(app)
    for (const show of announced) {
      const other = await shopOf(app, show.shop)
      if (other) await announce(app, other, show)
    }
    const sessionId = await sessionForNow(app, shop, onAirNow.title)
    const { shopId, ownerId: userId } = shop
    const { url } = await takePushAddress(app, shop.owner, { shopId, sessionId, userId, role: 'owner' })
    explained = explainFirst(app, shop, sessionId).finally(end)
    return { streams: [{ url, file: clip }], explained }
  } finally {
    if (!explained) await end()
  }
}

/** The addresses and clips of `openDemoStreams`, for whoever pushes. */
export async function demoStreams(settings: Settings): Promise<DemoStream[]> {
  const { streams, explained } = await openDemoStreams(settings)
  explained.catch((error: unknown) => console.error('the first tea could not be shown', errorFacts(error).message))
  return streams
}

/** Waits for the stream, then pins the first item of the bag; a session in which anything was ever pinned is left to its farmer. */
async function explainFirst(app: App, shop: { shopId: ShopId; owner: DemoShop['owner'] }, sessionId: LiveSessionId): Promise<boolean> {
  for (const until = performance.now() + PATIENCE; performance.now() < until; await wait(SECOND / 4)) {
    const session = await sessionOf(app.read, sessionId)
    if (!session || session.pinSeq > 0) return false
    if (session.state === 'ended' || session.state === 'cancelled') return false
    if (!(onAir as readonly string[]).includes(session.state)) continue
    const [first] = await bagOf(app.read, sessionId)
    if (!first) return false
    await app.work(shop.owner, (work) => pinItem(work, { shopId: shop.shopId, sessionId, bagItemId: first.id }))
    return true
  }
  return false
}
