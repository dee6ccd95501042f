/** Tickets to the socket: 128 random bits, known to us by their hash, good once and for half a minute. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { and, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { LiveSessionId } from '../../../shared/ids.ts'
import { TICKET_LASTS } from '../../../shared/room/limits.ts'
import { after } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { matched } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { roomTickets } from './tables.ts'

const hashOf = (ticket: string): string => createHash('sha256').update(ticket).digest('hex')
const FORM = /^[\w-]{22}$/
/** Tickets redeemed together: those that came while the last group was being redeemed. */
const GROUP = 500

export interface Redeemed {
  sessionId: LiveSessionId
  viewerKey: string
}

/** Writes a ticket for one socket of this session. */
export async function issueTicket(work: Work, sessionId: LiveSessionId, viewerKey: string): Promise<string> {
  const ticket = randomBytes(16).toString('base64url')
  await work.db.insert(roomTickets).values({ hash: hashOf(ticket), sessionId, viewerKey, endsAt: after(work.now, TICKET_LASTS) })
  return ticket
}

/**
 * Redeems tickets, each once for ever and on whatever node: one UPDATE writes who redeems, what it wrote is theirs. After a restart everyone
 * comes back at once, so all that wait are redeemed together. Answers null for a ticket that is unknown, used or over.
 */
export const createRedeemer = (app: App): ((ticket: string) => Promise<Redeemed | null>) => {
  type Waiting = { hash: string; done: (redeemed: Redeemed | null) => void; failed: (error: unknown) => void }
  const waiting: Waiting[] = []
  let running = false

  const redeem = async (group: readonly Waiting[]): Promise<void> => {
    const redeemedBy = randomUUID()
    const hashes = [...new Set(group.map((w) => w.hash))]
    const result = await app.read
      .update(roomTickets)
      .set({ redeemedBy })
      .where(and(inArray(roomTickets.hash, hashes), isNull(roomTickets.redeemedBy), gt(roomTickets.endsAt, app.clock.now())))
    const rows =
      matched(result) === 0
        ? []
        : await app.read
            .select({ hash: roomTickets.hash, sessionId: roomTickets.sessionId, viewerKey: roomTickets.viewerKey })
            .from(roomTickets)
            .where(eq(roomTickets.redeemedBy, redeemedBy))
    const ours = new Map(rows.map((r) => [r.hash, { sessionId: r.sessionId, viewerKey: r.viewerKey }]))
    for (const one of group) {
      one.done(ours.get(one.hash) ?? null)
      // the same ticket twice in one group: the first has it
      ours.delete(one.hash)
    }
  }

  const run = async (): Promise<void> => {
    if (running) return
    running = true
    while (waiting.length > 0) {
      const group = waiting.splice(0, GROUP)
      try {
        await redeem(group)
      } catch (error) {
        for (const one of group) one.failed(error)
      }
    }
    running = false
  }

  return (ticket) => {
    if (!FORM.test(ticket)) return Promise.resolve(null)
    return new Promise((done, failed) => {
      waiting.push({ hash: hashOf(ticket), done, failed })
      void run()
    })
  }
}
