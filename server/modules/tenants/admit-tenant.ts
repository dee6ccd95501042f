import type { AssetId, ShopId, TenantId, UserId } from '../../../shared/ids.ts'
import type { Bp } from '../../../shared/money.ts'
import { refuse } from '../../../shared/refusals.ts'
import { creditFault } from '../../../shared/tenants/check-digits.ts'
import { emptyPaper, type PaperDraft, type PaperKind, paperForms } from '../../../shared/tenants/papers.ts'
import type { ShopRole, TenantKind } from '../../../shared/tenants/roles.ts'
import { newId, type Work } from '../../platform/work.ts'
import { columnsOf } from './save-paper.ts'
import { papers, shopMembers, shops, tenants } from './tables.ts'

export interface Admission {
  kind: TenantKind
  name: string
  uscc: string | null
  address: string
  /** What the park has seen and found good: verified from the first day. */
  papers: (Partial<PaperDraft> & { kind: PaperKind })[]
  shop: { name: string; story: string; village: string; avatarId: AssetId | null; subMerchant: string; commissionBp: Bp }
  members: { userId: UserId; role: ShopRole }[]
}

/**
 * Admits a tenant with its papers, opens its shop and lets its people in; all or nothing. Refuses `badInput` by field: a credit code or a
 * paper's number that its own check digit gives the lie (`uscc`, `papers.0.number`).
 */
export async function admitTenant(work: Work, admission: Admission): Promise<{ tenantId: TenantId; shopId: ShopId }> {
  const tenantId = newId('Tenant')
  const shopId = newId('Shop')
  const { kind, name, uscc, address, shop } = admission
  mustCheck(admission)
  await work.db.insert(tenants).values({ id: tenantId, kind, name, uscc, address, admittedAt: work.now })
  await work.db.insert(shops).values({ id: shopId, tenantId, ...shop, pictureIds: [], state: 'open', openedAt: work.now })
  if (admission.papers.length > 0)
    await work.db.insert(papers).values(
      admission.papers.map((given) => {
        const draft = { ...emptyPaper(given.kind), ...given }
        return {
          ...columnsOf(draft),
          id: newId('Paper'),
          tenantId,
          shopId,
          state: 'verified' as const,
          version: 1,
          reasons: '',
          createdAt: work.now,
          submittedAt: work.now,
          decidedAt: work.now,
          decidedBy: work.by.kind === 'staff' ? work.by.userId : null,
        }
      }),
    )
  if (admission.members.length > 0)
    await work.db.insert(shopMembers).values(admission.members.map((m) => ({ id: newId('Member'), shopId, ...m, since: work.now })))
  return { tenantId, shopId }
}

const mustCheck = ({ uscc, papers: given }: Admission): void => {
  const fields: Record<string, string> = {}
  const fault = uscc === null ? null : creditFault(uscc)
  if (fault) fields.uscc = fault
  for (const [i, { kind, number }] of given.entries()) {
    const wrong = number ? paperForms[kind].numberFault(number) : null
    if (wrong) fields[`papers.${i}.number`] = wrong
  }
  if (Object.keys(fields).length > 0) throw refuse('badInput', { what: Object.values(fields).join('；') }, fields)
}

/** Lets somebody work in a shop; whoever is in already gets this role. */
export async function addMember(work: Work, shopId: ShopId, userId: UserId, role: ShopRole): Promise<void> {
  await work.db
    .insert(shopMembers)
    .values({ id: newId('Member'), shopId, userId, role, since: work.now })
    .onDuplicateKeyUpdate({ set: { role } })
}
