/** The calls of live sessions for those who watch, and their answers by name. */
import type { ListingId, LiveSessionId } from '@shared/ids.ts'
import { token } from '../../lib/session'
import { type Out, trpc } from '../../lib/trpc'

export type Home = Out['buyer']['live']['home']
export type SessionCardData = Home['live'][number]
export type SessionPage = Out['buyer']['live']['session']
export type BagItem = SessionPage['bag'][number]

export type FeedCard = Home['shelf'][number]

export const home = () => trpc.buyer.live.home.query()
export const shelfAfter = (cursor: string) => trpc.buyer.live.shelf.query({ cursor })
/** What is new in the shops that one follows; nothing for a guest, and nothing where it does not come: the page is whole without it. */
export const followedNews = (): Promise<FeedCard[]> =>
  token() === null ? Promise.resolve([]) : trpc.buyer.live.followed.query().catch(() => [])
export const calendar = (cursor: string | null) => trpc.buyer.live.calendar.query({ cursor })
export const sessionOf = (sessionId: LiveSessionId) => trpc.buyer.live.session.query({ sessionId })
export const bagOf = (sessionId: LiveSessionId) => trpc.buyer.live.bag.query({ sessionId })

export type Replay = Out['buyer']['live']['replay']
/** Where a tea was explained last, or null. */
export const clipOf = async (listingId: ListingId) => (await trpc.buyer.live.clip.query({ listingId })).clip
/** What was asked and answered in a broadcast. */
export const answersIn = (sessionId: LiveSessionId) => trpc.buyer.room.answers.query({ sessionId })
/** A broadcast that is over, to be seen again; from an instant, and about some teas, where that is asked for. */
export const replayOf = (sessionId: LiveSessionId, from: { at?: number; listingIds?: ListingId[] }) =>
  trpc.buyer.live.replay.query({ sessionId, ...from })

export type Flash = Out['buyer']['promotions']['flashes']['flashes'][number]
/** The flash sales that run in a room, with the server's now. */
export const flashesIn = (sessionId: LiveSessionId) => trpc.buyer.promotions.flashes.query({ sessionId })
