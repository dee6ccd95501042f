import { eq, inArray } from 'drizzle-orm'
import type { FreightRules } from '../../../shared/freight/rules.ts'
import type { ShopId } from '../../../shared/ids.ts'
import type { Db } from '../../platform/db.ts'
import { freightTemplates as templates } from './tables.ts'

/** The templates of shops, one query; a shop without one sends free and is left out. */
export async function freightRules(db: Db, shopIds: readonly ShopId[]): Promise<Map<ShopId, FreightRules>> {
  if (shopIds.length === 0) return new Map()
  const rows = await db
    .select({ shopId: templates.shopId, rules: templates.rules })
    .from(templates)
    .where(inArray(templates.shopId, [...new Set(shopIds)]))
  return new Map(rows.map((r) => [r.shopId, r.rules]))
}

/** A shop's own template with its version; `rules` null and version 0 where it has none. */
export async function templateOf(db: Db, shopId: ShopId): Promise<{ rules: FreightRules | null; version: number }> {
  const [row] = await db.select({ rules: templates.rules, version: templates.version }).from(templates).where(eq(templates.shopId, shopId))
  return row ?? { rules: null, version: 0 }
}
