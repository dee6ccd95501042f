/** Verified batches for tests that need something to sell from; how a batch comes about is traceability's own test. */
import { batches } from '../../server/modules/traceability/tables.ts'
import { newId } from '../../server/platform/work.ts'
import type { BatchId, ShopId } from '../../shared/ids.ts'
import type { House } from './house.ts'

let made = 0

/** A verified batch of this shop; two thousand tonnes of tea unless said. */
export async function batchOf(
  house: Pick<House, 'app'>,
  shopId: ShopId,
  change: Partial<typeof batches.$inferInsert> = {},
): Promise<BatchId> {
  made++
  const id = newId('Batch')
  const now = house.app.clock.now()
  await house.app.read.insert(batches).values({
    id,
    shopId,
    code: `MJ2504-${String(made).padStart(3, '0')}`,
    state: 'verified',
    productClass: 'puer',
    kind: 'raw',
    season: 'spring',
    materialYear: 2025,
    hill: 'mojiang-fenghuangwo',
    village: '景星镇新华村',
    makerName: '墨江县新华茶厂',
    makerAddress: '云南省普洱市墨江县景星镇新华村',
    scNumber: 'SC11453082200011',
    standardCode: 'GB/T 22111',
    productionDate: '2025-04-20',
    madeGrams: 2_000_000_000,
    listedGrams: 0,
    usedGrams: 0,
    origins: [],
    proofs: [],
    reasons: '',
    createdAt: now,
    updatedAt: now,
    ...change,
  })
  return id
}
