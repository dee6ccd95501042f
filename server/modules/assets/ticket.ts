/**
 * Upload tickets: a signed word that this user may upload for ten minutes, for a shop or for themselves. Nothing is stored; membership is asked
 * again at the upload.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { isId, type ShopId, type UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { after, type Instant, instant, MINUTE } from '../../../shared/time.ts'

const LIVES = 10 * MINUTE
/** Stands where a shop's id would: the picture is the person's own. */
const OWN = 'own'

const sign = (secret: string, text: string): Buffer => createHmac('sha256', secret).update(`upload ticket ${text}`).digest()

/** A ticket and when it ends. */
export const uploadTicket = (secret: string, now: Instant, who: { userId: UserId; shopId: ShopId | null }) => {
  const expiresAt = after(now, LIVES)
  const text = `${who.userId}.${who.shopId ?? OWN}.${expiresAt}`
  return { ticket: `${text}.${sign(secret, text).toString('base64url')}`, expiresAt }
}

/** Who holds this ticket; refuses `uploadTicket` when it is forged, torn or over. */
export const readTicket = (secret: string, now: Instant, ticket: unknown): { userId: UserId; shopId: ShopId | null } => {
  const parts = typeof ticket === 'string' && ticket.length < 200 ? ticket.split('.') : []
  const [userId, shopId, until, mac] = parts
  if (parts.length !== 4 || !isId('User', userId) || !(shopId === OWN || isId('Shop', shopId)) || !/^\d{13}$/.test(until ?? ''))
    throw refuse('uploadTicket')
  const given = Buffer.from(mac ?? '', 'base64url')
  const right = sign(secret, `${userId}.${shopId}.${until}`)
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw refuse('uploadTicket')
  if (instant(Number(until)) <= now) throw refuse('uploadTicket')
  return { userId, shopId: shopId === OWN ? null : shopId }
}
