/** Doors of live for buyers: the same answers for everyone. */
import { z } from 'zod'
import { refuse } from '../../../shared/refusals.ts'
import { idInput, router, sharedProcedure } from '../../platform/doors.ts'
import { sessionOf } from './facts.ts'
import { bagPage, home, sessionPage } from './queries.ts'

const input = z.strictObject({ sessionId: idInput('LiveSession') })
/** What makes a session's page stale; stock comes down the room's socket and is at most two seconds old here. */
const ofSession = (raw: unknown): string[] => [
  String((raw as { sessionId?: unknown } | null | undefined)?.sessionId),
  'listing.onShelf',
  'listing.offShelf',
  'listing.approved',
]

export const buyer = router({
  home: sharedProcedure(() => [
    'session.scheduled',
    'session.changed',
    'bag.changed',
    'listing.onShelf',
    'listing.offShelf',
    'listing.approved',
  ])
    .input(z.strictObject({}).optional())
    .query(({ ctx }) => home(ctx.app)),
  session: sharedProcedure(ofSession)
    .input(input)
    .query(({ ctx, input: { sessionId } }) => sessionPage(ctx.app, sessionId)),
  bag: sharedProcedure(ofSession)
    .input(input)
    .query(async ({ ctx, input: { sessionId } }) => {
      if (!(await sessionOf(ctx.app.read, sessionId))) throw refuse('notFound')
      return bagPage(ctx.app, sessionId)
    }),
})
