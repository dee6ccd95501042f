import type { LiveSessionId, ShopId } from '../../../shared/ids.ts'
import { type AfterShow, afterShow } from '../../../shared/orders/after-show.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { Instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { sellables } from '../catalogue/index.ts'
import { explainedIn, sessionOf } from '../live/index.ts'
import { questionCounts } from '../room/index.ts'
import { sessionSales } from './session-sales.ts'

/** The sheet of a show that is over. Refuses `notFound` for another shop's, `notNow` before it is over. Nine queries. */
export async function afterShowOf(
  app: App,
  shopId: ShopId,
  sessionId: LiveSessionId,
): Promise<AfterShow & { onAirMs: number; endedAt: Instant | null }> {
  const session = await sessionOf(app.read, sessionId)
  if (session?.shopId !== shopId) throw refuse('notFound')
  if (session.state !== 'ended') throw refuse('notNow')
  const [explained, sold, asked] = await Promise.all([
    explainedIn(app.read, sessionId, app.clock.now()),
    sessionSales(app.read, sessionId, shopId),
    questionCounts(app.read, sessionId),
  ])
  const wares = await sellables(
    app.read,
    explained.map((e) => e.skuId),
  )
  const sheet = afterShow({
    explained: explained.map(({ id, ...e }) => ({
      ...e,
      bagItemId: id,
      title: wares.get(e.skuId)?.title ?? '',
      left: wares.get(e.skuId)?.left ?? 0,
      questions: asked.get(id)?.asked ?? 0,
      unanswered: asked.get(id)?.open ?? 0,
    })),
    ...sold,
  })
  return { ...sheet, onAirMs: (session.endedAt ?? 0) - (session.startedAt ?? session.endedAt ?? 0), endedAt: session.endedAt }
}
