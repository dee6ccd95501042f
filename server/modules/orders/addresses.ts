import { and, count, desc, eq, ne } from 'drizzle-orm'
import type { AddressId, UserId } from '../../../shared/ids.ts'
import { MAX_ADDRESSES } from '../../../shared/orders/limits.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import { matched } from '../../platform/db.ts'
import { newId } from '../../platform/work.ts'
import { addresses, type PostalAddress } from './tables.ts'

const shape = {
  id: addresses.id,
  name: addresses.name,
  phone: addresses.phone,
  province: addresses.province,
  city: addresses.city,
  county: addresses.county,
  detail: addresses.detail,
  isDefault: addresses.isDefault,
}

/** A buyer's address book, the default first. */
export async function listAddresses(app: App, buyerId: UserId) {
  return app.read
    .select(shape)
    .from(addresses)
    .where(eq(addresses.buyerId, buyerId))
    .orderBy(desc(addresses.isDefault), desc(addresses.savedAt))
}

/** Saves a new address or changes an own one; at most one is the default. Refuses `notFound` and `badInput` when the book is full. */
export async function saveAddress(app: App, buyerId: UserId, ask: PostalAddress & { id?: AddressId | undefined; isDefault: boolean }) {
  return app.work({ kind: 'buyer', userId: buyerId }, async (work) => {
    const { id: given, ...fields } = ask
    const [have] = await work.db.select({ n: count() }).from(addresses).where(eq(addresses.buyerId, buyerId))
    const first = Number(have?.n ?? 0) === 0
    const id = given ?? newId('Address')
    const isDefault = ask.isDefault || first
    if (given) {
      const changed = await work.db
        .update(addresses)
        .set({ ...fields, isDefault, savedAt: work.now })
        .where(and(eq(addresses.id, given), eq(addresses.buyerId, buyerId)))
      if (matched(changed) !== 1) throw refuse('notFound')
    } else {
      if (Number(have?.n ?? 0) >= MAX_ADDRESSES) throw refuse('badInput', { what: `最多保存 ${MAX_ADDRESSES} 个地址` })
      await work.db.insert(addresses).values({ id, buyerId, ...fields, isDefault, savedAt: work.now })
    }
    if (isDefault)
      await work.db
        .update(addresses)
        .set({ isDefault: false })
        .where(and(eq(addresses.buyerId, buyerId), ne(addresses.id, id)))
    return { id, ...fields, isDefault }
  })
}

/** Forgets an own address; orders keep what they were sent to. */
export async function removeAddress(app: App, buyerId: UserId, id: AddressId): Promise<{ done: true }> {
  await app.work({ kind: 'buyer', userId: buyerId }, (work) =>
    work.db.delete(addresses).where(and(eq(addresses.id, id), eq(addresses.buyerId, buyerId))),
  )
  return { done: true }
}
