/**
 * Storefront: a shop as buyers meet it, its story and photos, its shows and shelf, and who follows it.
 * Promises: nothing a shop says of itself is shown before the desk has read it; a suspended shop has no front.
 * Leaves to others: who the tenant is and whether the shop is open (tenants), what it sells (catalogue), its broadcasts (live).
 */
export { saveProfile } from './save-profile.ts'
export { submitProfile } from './submit-profile.ts'
