/** Doors of search for buyers; the answers are the same for all and kept until something on the shelf changes. */
import { z } from 'zod'
import { facets, searchLimits as limits, sorts } from '../../../shared/search/facets.ts'
import { router, sharedProcedure, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { find, suggest } from './find.ts'

/** Any of these makes every kept answer stale: of what is on the shelf, how many there are, and in which order. */
const news = () => ['search.changed', 'listing.offShelf', 'shop.suspended']

const values = z
  .array(z.string().min(1).max(limits.value))
  .max(limits.values, `每一项最多选 ${limits.values} 个`)
  .transform((v) => [...new Set(v)].sort())

export const buyer = router({
  find: sharedProcedure(news)
    .input(
      z.strictObject({
        text: textInput(0, limits.text).default(''),
        chosen: z.partialRecord(z.enum(facets), values).default({}),
        sort: z.enum(sorts).default('relevance'),
        ...pageInput,
      }),
    )
    .query(({ ctx, input }) => find(ctx.app, input)),
  suggest: sharedProcedure(news)
    .input(z.strictObject({ text: textInput(0, limits.text) }))
    .query(({ ctx, input }) => suggest(ctx.app, input.text)),
})
