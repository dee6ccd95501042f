import type { AssetId, ShopId, TenantId, UserId } from '../../../shared/ids.ts'
import type { Bp } from '../../../shared/money.ts'
import type { ShopRole, TenantKind } from '../../../shared/tenants/roles.ts'
import { newId, type Work } from '../../platform/work.ts'
import { licences, shopMembers, shops, tenants } from './tables.ts'

export interface Admission {
  kind: TenantKind
  name: string
  uscc: string | null
  address: string
  licences: { name: string; number: string; until: string | null }[]
  shop: { name: string; story: string; village: string; avatarId: AssetId | null; subMerchant: string; commissionBp: Bp }
  members: { userId: UserId; role: ShopRole }[]
}

/** Admits a tenant with its papers, opens its shop and lets its people in; all or nothing. */
export async function admitTenant(work: Work, admission: Admission): Promise<{ tenantId: TenantId; shopId: ShopId }> {
  const tenantId = newId('Tenant')
  const shopId = newId('Shop')
  const { kind, name, uscc, address, shop } = admission
  await work.db.insert(tenants).values({ id: tenantId, kind, name, uscc, address, admittedAt: work.now })
  if (admission.licences.length > 0)
    await work.db.insert(licences).values(admission.licences.map((l) => ({ id: newId('Licence'), tenantId, ...l })))
  await work.db.insert(shops).values({ id: shopId, tenantId, ...shop, pictureIds: [], state: 'open', openedAt: work.now })
  if (admission.members.length > 0)
    await work.db.insert(shopMembers).values(admission.members.map((m) => ({ id: newId('Member'), shopId, ...m, since: work.now })))
  return { tenantId, shopId }
}

/** Lets somebody work in a shop; whoever is in already gets this role. */
export async function addMember(work: Work, shopId: ShopId, userId: UserId, role: ShopRole): Promise<void> {
  await work.db
    .insert(shopMembers)
    .values({ id: newId('Member'), shopId, userId, role, since: work.now })
    .onDuplicateKeyUpdate({ set: { role } })
}
