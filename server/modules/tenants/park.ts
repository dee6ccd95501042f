/** Doors of tenants for park staff. */
import { z } from 'zod'
import { parkProcedure, router } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { listTenants } from './queries.ts'

export const park = router({
  list: parkProcedure()
    .input(z.strictObject(pageInput))
    .query(({ ctx, input }) => listTenants(ctx.app, input)),
})
