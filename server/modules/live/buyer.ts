/** Doors of live for buyers; but for what somebody follows, the same answers for everyone. */
import { z } from 'zod'
import { refuse } from '../../../shared/refusals.ts'
import { buyerProcedure, idInput, router, sharedProcedure } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { shownSession } from './facts.ts'
import { bagPage, calendar, followedNews, home, sessionPage, shelfFeed } from './queries.ts'
import { wantedInput, wantedOf } from './replay-input.ts'
import { clipOf, replayPage } from './replays.ts'

const input = z.strictObject({ sessionId: idInput('LiveSession') })
/** What makes a session's page stale; stock comes down the room's socket and is at most two seconds old here. */
const ofSession = (raw: unknown): string[] => [
  String((raw as { sessionId?: unknown } | null | undefined)?.sessionId),
  'listing.onShelf',
  'listing.offShelf',
  'listing.approved',
  'shop.suspended',
  'shop.reopened',
]
/** What makes a tea's clip stale. */
const ofTea = (): string[] => ['session.replayable', 'shop.suspended', 'shop.reopened']
/** What makes the lists of the whole park stale. */
const ofPark = (): string[] => [
  'session.scheduled',
  'session.changed',
  'bag.changed',
  'listing.onShelf',
  'listing.offShelf',
  'listing.approved',
  'shop.suspended',
  'shop.reopened',
  'shop.changed',
]

export const buyer = router({
  home: sharedProcedure(ofPark)
    .input(z.strictObject({}).optional())
    .query(({ ctx }) => home(ctx.app)),
  shelf: sharedProcedure(ofPark)
    .input(z.strictObject(pageInput))
    .query(({ ctx, input: page }) => shelfFeed(ctx.app, page)),
  followed: buyerProcedure.query(({ ctx }) => followedNews(ctx.app, ctx.userId)),
  calendar: sharedProcedure(ofPark)
    .input(z.strictObject(pageInput))
    .query(({ ctx, input: page }) => calendar(ctx.app, page)),
  session: sharedProcedure(ofSession)
    .input(input)
    .query(({ ctx, input: { sessionId } }) => sessionPage(ctx.app, sessionId)),
  replay: sharedProcedure(ofSession)
    .input(z.strictObject({ sessionId: idInput('LiveSession'), ...wantedInput }))
    .query(({ ctx, input: { sessionId, ...wanted } }) => replayPage(ctx.app, sessionId, wantedOf(wanted))),
  clip: sharedProcedure(ofTea)
    .input(z.strictObject({ listingId: idInput('Listing') }))
    .query(async ({ ctx, input }) => ({ clip: await clipOf(ctx.app, input.listingId) })),
  bag: sharedProcedure(ofSession)
    .input(input)
    .query(async ({ ctx, input: { sessionId } }) => {
      if (!(await shownSession(ctx.app.read, sessionId))) throw refuse('notFound')
      return bagPage(ctx.app, sessionId)
    }),
})
