/** Doors of the room for park staff: whoever patrols does in any room what a shop may do in its own, and nobody of the shop takes it back. */
import { z } from 'zod'
import type { UserId } from '../../../shared/ids.ts'
import { idInput, parkProcedure, router } from '../../platform/doors.ts'
import { decideAppeal, type Hand, measure, undoMeasure } from './measure.ts'
import { measureInput } from './measure-input.ts'
import { allChats, heldLately, measuresOf, openAppeals } from './queries.ts'

const sessionId = idInput('LiveSession')
const onPatrol = ['patrol', 'reviewer'] as const
const handOf = (ctx: { userId: UserId }): Hand => ({ side: 'park', userId: ctx.userId })

export const park = router({
  chats: parkProcedure(...onPatrol, 'service')
    .input(z.strictObject({ sessionId, cursor: idInput('Chat').nullish(), limit: z.number().int().min(1).max(100).default(50) }))
    .query(({ ctx, input }) => allChats(ctx.app, input.sessionId, input.cursor ?? null, input.limit)),
  measures: parkProcedure(...onPatrol, 'service')
    .input(z.strictObject({ sessionId, cursor: idInput('Measure').nullish(), limit: z.number().int().min(1).max(100).default(50) }))
    .query(({ ctx, input }) => measuresOf(ctx.app, input.sessionId, input.cursor ?? null, input.limit)),
  hide: parkProcedure(...onPatrol)
    .input(z.strictObject({ sessionId, ...measureInput.hide }))
    .mutation(({ ctx, input }) => measure(ctx.app, ctx.by, handOf(ctx), { measure: 'hide', ...input })),
  mute: parkProcedure(...onPatrol)
    .input(z.strictObject({ sessionId, ...measureInput.mute }))
    .mutation(({ ctx, input }) => measure(ctx.app, ctx.by, handOf(ctx), { measure: 'mute', ...input })),
  block: parkProcedure(...onPatrol)
    .input(z.strictObject({ sessionId, ...measureInput.hide }))
    .mutation(({ ctx, input }) => measure(ctx.app, ctx.by, handOf(ctx), { measure: 'block', ...input })),
  slow: parkProcedure(...onPatrol)
    .input(z.strictObject({ sessionId, ...measureInput.slow }))
    .mutation(({ ctx, input }) => measure(ctx.app, ctx.by, handOf(ctx), { measure: 'slow', ...input })),
  undo: parkProcedure(...onPatrol)
    .input(z.strictObject({ measureId: idInput('Measure') }))
    .mutation(({ ctx, input }) => undoMeasure(ctx.app, ctx.by, handOf(ctx), input.measureId)),
  alarms: parkProcedure(...onPatrol, 'service').query(({ ctx }) => heldLately(ctx.app)),
  appeals: parkProcedure(...onPatrol).query(({ ctx }) => openAppeals(ctx.app)),
  decideAppeal: parkProcedure(...onPatrol)
    .input(z.strictObject({ measureId: idInput('Measure'), verdict: z.enum(['grant', 'uphold']) }))
    .mutation(({ ctx, input }) => decideAppeal(ctx.app, ctx.by, ctx.userId, input.measureId, input.verdict)),
})
