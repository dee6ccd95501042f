/** The life of a Shop 店铺 in the park. Suspended, it is gone for buyers everywhere, and what is paid is still served. */
import { type ActOf, defineFlow, type StateOf } from '../flow.ts'

export const shopFlow = defineFlow({
  open: { suspend: { to: 'suspended', by: ['park'] } },
  suspended: { reopen: { to: 'open', by: ['park'] } },
})

export type ShopState = StateOf<typeof shopFlow>
export type ShopAct = ActOf<typeof shopFlow>
