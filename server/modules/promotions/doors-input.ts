import { z } from 'zod'
import type { Bp, Fen } from '../../../shared/money.ts'
import { offerLimits as limits } from '../../../shared/promotions/offers.ts'
import { instant } from '../../../shared/time.ts'
import { idInput, textInput } from '../../platform/doors.ts'

const money = z
  .number()
  .int()
  .min(0)
  .max(limits.sumFen)
  .transform((n) => n as Fen)
const moment = z
  .number()
  .int()
  .min(0)
  .max(4e12)
  .transform((n) => instant(n))

/** An offer as a form sends it; what contradicts itself is the act's to say. */
export const offerInput = {
  title: textInput(limits.title.min, limits.title.max),
  rule: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('coupon'),
      overFen: money,
      off: z.discriminatedUnion('is', [
        z.strictObject({ is: z.literal('sum'), fen: money }),
        z.strictObject({
          is: z.literal('rate'),
          bp: z
            .number()
            .int()
            .min(0)
            .max(10_000)
            .transform((n) => n as Bp),
          capFen: money,
        }),
      ]),
    }),
    z.strictObject({ kind: z.literal('reduction'), steps: z.array(z.strictObject({ overFen: money, offFen: money })).max(limits.steps) }),
    z.strictObject({
      kind: z.literal('bundle'),
      items: z
        .array(z.strictObject({ skuId: idInput('Sku'), count: z.number().int().min(1).max(limits.bundleCount) }))
        .max(limits.bundleSkus),
      bundleFen: money.refine((n) => n > 0, '套装价要大于 0'),
    }),
  ]),
  startsAt: moment,
  endsAt: moment,
  quota: z.number().int().min(0).max(limits.quota).default(0),
  perPerson: z.number().int().min(0).max(limits.perPerson).default(0),
}
