/** The calls of a room: up by tRPC; the feed comes down by the socket (lib/feed.ts). */
import type { LiveSessionId, MeasureId } from '@shared/ids.ts'
import type { ChatLine } from '@shared/room/feed.ts'
import { trpc } from '../../lib/trpc'

let guest: string | undefined

/** A fresh ticket to the socket; a guest keeps the same key, so that one person counts once. */
export const ticket = async (sessionId: LiveSessionId) => {
  const entrance = await trpc.buyer.room.ticket.mutate({ sessionId, ...(guest?.startsWith('g') ? { viewerKey: guest } : {}) })
  guest = entrance.viewerKey
  return entrance
}

/** Says something; the same `clientId` again is the same chat. */
export const sayInRoom = async (sessionId: LiveSessionId, clientId: string, text: string): Promise<ChatLine> =>
  (await trpc.buyer.room.say.mutate({ sessionId, clientId, text })).chat

/** What keeps me silent or out of a room, or null. */
export const standingIn = (sessionId: LiveSessionId) => trpc.buyer.room.standing.query({ sessionId })
export type Standing = NonNullable<Awaited<ReturnType<typeof standingIn>>>
export const appealTo = (measureId: MeasureId, words: string) => trpc.buyer.room.appeal.mutate({ measureId, words })

export const likeRoom = (sessionId: LiveSessionId, count: number) => trpc.buyer.room.like.mutate({ sessionId, count })
