/** Admits the tenants of the demonstration and opens their shops. */
import type { ShopId, UserId } from '../../shared/ids.ts'
import { bp } from '../../shared/money.ts'
import type { ShopRole, TenantKind } from '../../shared/tenants/roles.ts'
import { after, DAY, HOUR } from '../../shared/time.ts'
import { admitTenant, shopsOf } from '../modules/tenants/index.ts'
import type { Actor } from '../platform/work.ts'
import { assistant } from './data/people.ts'
import { type DemoTenant, tenants } from './data/tenants.ts'
import { galleryOf } from './gallery.ts'
import { businessLicence, creditCode, productionLicence } from './numbers.ts'
import { ownerKey } from './people.ts'
import { shopAvatar } from './pictures/index.ts'
import { firstDay, type Story } from './story.ts'

/** Mojiang Hani Autonomous County 墨江哈尼族自治县 (GB/T 2260). */
export const COUNTY = '530822'
const FEES: Record<TenantKind, number> = { enterprise: 500, cooperative: 300, farmer: 200 }

/** A tenant's credit code; a farmer who sells what they grew needs none (E-Commerce Law art. 10). */
export const creditOf = ({ kind, org }: DemoTenant): string | null =>
  org === null ? null : creditCode(kind === 'enterprise' ? '91' : '93', COUNTY, org)

/** A tenant's production licence for a class of food, tea unless said, or empty for a farmer. */
export const licenceOf = (tenant: DemoTenant, food: Parameters<typeof productionLicence>[0] = '114'): string =>
  tenant.org === null ? '' : productionLicence(food, COUNTY, 31 + tenants.findIndex((t) => t.key === tenant.key))

/** A tenant's licence to sell food. */
export const foodLicenceOf = (tenant: DemoTenant): string => businessLicence('JY', COUNTY, 1201 + tenants.indexOf(tenant))

export const addressIn = (village: string): string => `云南省普洱市墨江哈尼族自治县${village}`

export interface DemoShop {
  tenant: DemoTenant
  /** Its place in the list of tenants. */
  place: number
  shopId: ShopId
  ownerId: UserId
  /** The owner, as the house knows who acts. */
  owner: Actor
}

/** A shop of the demonstration that is open, or null. */
export const memberOf = (tenant: DemoTenant, shopId: ShopId, ownerId: UserId): DemoShop => ({
  tenant,
  place: tenants.findIndex((t) => t.key === tenant.key),
  shopId,
  ownerId,
  owner: { kind: 'member', userId: ownerId, shopId, role: 'owner' },
})

/** Opens the shop of one tenant, once: an owner with a shop has had their turn. */
export async function seedShop(story: Story, people: Map<string, UserId>, tenant: DemoTenant): Promise<DemoShop> {
  const { app } = story
  const place = tenants.findIndex((t) => t.key === tenant.key)
  const ownerId = people.get(ownerKey(tenant)) as UserId
  const [have] = await shopsOf(app, ownerId)
  if (have) return memberOf(tenant, have.id, ownerId)
  const day = after(firstDay(story), DAY + place * 12 * HOUR)
  story.to(day)
  const head: Actor = { kind: 'staff', userId: people.get('demo_head') as UserId, role: 'head' }
  const avatarId = await galleryOf(app, head, null, story.pictures).hang('avatar', 400, () => shopAvatar(place + 11, tenant.badge))
  const members: { userId: UserId; role: ShopRole }[] = [{ userId: ownerId, role: 'owner' }]
  if (place === 0) members.push({ userId: people.get(assistant.key) as UserId, role: 'assistant' })
  const { shopId } = await app.work(head, (work) =>
    admitTenant(work, {
      kind: tenant.kind,
      name: tenant.name,
      uscc: creditOf(tenant),
      address: addressIn(tenant.village),
      papers: [],
      shop: {
        name: tenant.shop,
        story: tenant.story,
        village: tenant.village,
        avatarId,
        subMerchant: String(1_900_020_001 + place),
        commissionBp: bp(FEES[tenant.kind]),
      },
      members,
    }),
  )
  return memberOf(tenant, shopId, ownerId)
}
