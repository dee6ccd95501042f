/** Where a replay is to begin, as every door asks it. */
import { z } from 'zod'
import type { ListingId } from '../../../shared/ids.ts'
import { instant } from '../../../shared/time.ts'
import { idInput } from '../../platform/doors.ts'
import type { Wanted } from './replays.ts'

const MOST_LISTINGS = 20

export const wantedInput = {
  at: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  listingIds: z.array(idInput('Listing')).max(MOST_LISTINGS).optional(),
}

export const wantedOf = (asked: { at?: number | undefined; listingIds?: ListingId[] | undefined }): Wanted | null =>
  asked.at === undefined ? null : { at: instant(asked.at), listingIds: asked.listingIds ?? [] }
