import { and, eq } from 'drizzle-orm'
import { type FreightRules, freightFaults } from '../../../shared/freight/rules.ts'
import type { ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { isDuplicate, matched } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { freightTemplates as templates } from './tables.ts'

/**
 * Keeps a shop's template; orders that stand keep the freight they were placed with. `version` is the one that was changed, 0 for the first.
 * Refuses `freightRules` with the fields, `stale` when somebody else has saved meanwhile.
 */
export async function saveTemplate(
  work: Work,
  ask: { shopId: ShopId; userId: UserId; version: number; rules: FreightRules },
): Promise<{ version: number }> {
  const { shopId, userId, version, rules } = ask
  const wrong = freightFaults(rules)
  if (Object.keys(wrong).length > 0)
    throw refuse(
      'freightRules',
      { count: Object.keys(wrong).length },
      Object.fromEntries(Object.entries(wrong).map(([k, v]) => [`rules.${k}`, v])),
    )
  const row = { rules, version: version + 1, savedBy: userId, savedAt: work.now }
  if (version === 0) {
    try {
      await work.db.insert(templates).values({ shopId, ...row })
    } catch (error) {
      if (isDuplicate(error)) throw refuse('stale')
      throw error
    }
  } else {
    const took = await work.db
      .update(templates)
      .set(row)
      .where(and(eq(templates.shopId, shopId), eq(templates.version, version)))
    if (matched(took) !== 1) throw refuse('stale')
  }
  await work.tell('freight.changed', { shopId })
  return { version: version + 1 }
}
