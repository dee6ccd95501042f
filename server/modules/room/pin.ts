import type { BagItemId, LiveSessionId, ShopId } from '../../../shared/ids.ts'
import type { App } from '../../platform/app.ts'
import type { Actor } from '../../platform/work.ts'
import { pinItem } from '../live/index.ts'
import { spread } from './news.ts'

/**
 * Shows what is being explained now. The feed is told at once; the event tells it again, for the case that we die in between, and the count of
 * pins makes the second telling nothing. Refuses `notFound`, `notNow`.
 */
export async function pin(
  app: App,
  by: Actor,
  ask: { shopId: ShopId; sessionId: LiveSessionId; bagItemId: BagItemId | null },
): Promise<{ pinned: BagItemId | null; seq: number }> {
  const answer = await app.work(by, (work) => pinItem(work, ask))
  await spread(app, ask.sessionId, { type: 'pin', bagItemId: answer.pinned, seq: answer.seq })
  return answer
}
