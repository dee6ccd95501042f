/** Tables of the storefront: what shops say of themselves, version by version. */
import { index, int, mysqlTable, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { ProfileState } from '../../../shared/storefront/flow.ts'
import type { ProfileDraft } from '../../../shared/storefront/profile.ts'
import { idOf, instantColumn, jsonColumn, stateOf, words } from '../../platform/columns.ts'

/** One wording of a shop's profile. Once submitted it never changes any more; the approved one is also what tenants keeps for buyers. */
export const profiles = mysqlTable(
  'profiles',
  {
    id: idOf('Profile', 'id').primaryKey(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    /** 1, 2, 3 … within its shop. */
    no: int('no').notNull(),
    state: stateOf<ProfileState>('state').notNull(),
    draft: jsonColumn<ProfileDraft>('draft').notNull(),
    savedAt: instantColumn('saved_at').notNull(),
    /** When it first went to the desk; from then on it stands still. */
    submittedAt: instantColumn('submitted_at'),
    decidedAt: instantColumn('decided_at'),
    /** Why it was rejected; empty otherwise. */
    reasons: words('reasons', 500).notNull(),
  },
  (t) => [uniqueIndex('profiles_no').on(t.shopId, t.no), index('profiles_state').on(t.shopId, t.state)],
)
