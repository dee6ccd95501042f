/** The calls of live sessions for those who watch, and their answers by name. */
import type { LiveSessionId } from '@shared/ids.ts'
import { type Out, trpc } from '../../lib/trpc'

export type Home = Out['buyer']['live']['home']
export type SessionCardData = Home['live'][number]
export type SessionPage = Out['buyer']['live']['session']
export type BagItem = SessionPage['bag'][number]

export const home = () => trpc.buyer.live.home.query()
export const sessionOf = (sessionId: LiveSessionId) => trpc.buyer.live.session.query({ sessionId })
export const bagOf = (sessionId: LiveSessionId) => trpc.buyer.live.bag.query({ sessionId })
