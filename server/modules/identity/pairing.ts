/**
 * Logging a console in by a code that is scanned with the mini-program. Scanning alone never logs anyone in: the person chooses the number
 * that stands on the screen, so that somebody else's screen cannot be slipped in. A wrong number ends the pairing.
 */
import { randomBytes, randomInt } from 'node:crypto'
import { and, eq, gt } from 'drizzle-orm'
import { browserWords, PAIRING_LASTS, type PairingState, pairingFlow } from '../../../shared/identity/words.ts'
import type { PairingId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { after, HOUR, type Instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { newId, tryAdvance } from '../../platform/work.ts'
import { hashOf, newToken, startSession } from './sign-in.ts'
import { pairings } from './tables.ts'

const twoDigits = (): string => String(randomInt(10, 100))

/** Opens a pairing for a browser; `nonce` goes into its cookie, the rest onto its screen. */
export async function startPairing(app: App, device: { userAgent: string; address: string }) {
  const number = twoDigits()
  const choices = new Set([number])
  while (choices.size < 3) choices.add(twoDigits())
  const nonce = newToken()
  const scene = randomBytes(16).toString('base64url')
  const id = newId('Pairing')
  const endsAt = await app.work({ kind: 'guest' }, async (work) => {
    const until = after(work.now, PAIRING_LASTS)
    await work.db.insert(pairings).values({
      id,
      scene,
      nonceHash: hashOf(nonce),
      number,
      choices: [...choices].sort(),
      state: 'waiting',
      browser: device.userAgent,
      address: device.address,
      startedAt: work.now,
      endsAt: until,
    })
    return until
  })
  return { pairingId: id, scene, number, nonce, expiresAt: endsAt }
}

/** What the phone shows after scanning: which browser asks, and three numbers to choose from. Refuses `pairingOver`. */
export async function scanPairing(app: App, userId: UserId, scene: string) {
  return app.work({ kind: 'buyer', userId }, async (work) => {
    const [row] = await work.db.select().from(pairings).where(eq(pairings.scene, scene))
    if (!row || row.endsAt <= work.now) throw refuse('pairingOver')
    const first = await tryAdvance(work, pairings, row.id, pairingFlow, 'scan', { userId })
    if (!first && !(row.state === 'scanned' && row.userId === userId)) throw refuse('pairingOver')
    return {
      pairingId: row.id,
      browser: browserWords(row.browser),
      place: row.address,
      startedAt: row.startedAt,
      expiresAt: row.endsAt,
      choices: row.choices,
    }
  })
}

/** The person chose a number. Refuses `noDesk`, `pairingOver`, and `pairingNumber`, which ends the pairing. */
export async function confirmPairing(app: App, userId: UserId, pairingId: PairingId, number: string): Promise<void> {
  const desks = await app.gate.desksOf(app, userId)
  if (desks.shops.length === 0 && !desks.park) throw refuse('noDesk')
  const right = await app.work({ kind: 'buyer', userId }, async (work) => {
    const [row] = await work.db.select().from(pairings).where(eq(pairings.id, pairingId))
    if (!row || row.userId !== userId || row.endsAt <= work.now) throw refuse('pairingOver')
    const fits = row.number === number
    if (
      !(await tryAdvance(
        work,
        pairings,
        pairingId,
        pairingFlow,
        fits ? 'confirm' : 'refuse',
        {},
        and(eq(pairings.userId, userId), gt(pairings.endsAt, work.now)),
      ))
    )
      throw refuse('pairingOver')
    return fits
  })
  // the burning of the pairing is committed before the refusal is said
  if (!right) throw refuse('pairingNumber')
}

/** "That is not me": ends the pairing. */
export async function refusePairing(app: App, userId: UserId, pairingId: PairingId): Promise<void> {
  await app.work({ kind: 'buyer', userId }, (work) =>
    tryAdvance(work, pairings, pairingId, pairingFlow, 'refuse', {}, eq(pairings.userId, userId)),
  )
}

/** The console asks how far it is; once, after the confirmation, it gets its token. Bound to the browser by the nonce. */
export async function pollPairing(
  app: App,
  pairingId: PairingId,
  nonce: string,
  device: { userAgent: string; address: string },
): Promise<{ state: Exclude<PairingState, 'entered'> | 'over'; token: string | null; endsAt: Instant | null }> {
  const [row] = await app.read.select().from(pairings).where(eq(pairings.id, pairingId))
  if (!row || row.nonceHash !== hashOf(nonce)) throw refuse('notFound')
  if (row.state === 'entered' || (row.endsAt <= app.clock.now() && row.state !== 'refused'))
    return { state: 'over', token: null, endsAt: null }
  const userId = row.userId
  if (row.state !== 'confirmed' || !userId) return { state: row.state, token: null, endsAt: null }
  return app.work({ kind: 'buyer', userId }, async (work) => {
    if (!(await tryAdvance(work, pairings, pairingId, pairingFlow, 'enter'))) return { state: 'over' as const, token: null, endsAt: null }
    const endsAt = after(work.now, app.settings.login.consoleHours * HOUR)
    return { state: 'confirmed' as const, token: await startSession(work, userId, 'cookie', device, endsAt), endsAt }
  })
}
