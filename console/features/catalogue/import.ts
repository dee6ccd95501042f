import type { ProductClass } from '@shared/catalogue/draft.ts'
import type { ListingId, ShopId } from '@shared/ids.ts'
import { SpokenError } from '@/lib/errors.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'

export interface ImportedRow {
  no: number
  title: string
  state: 'ready' | 'faulty' | 'done' | 'had'
  faults: { column: string; words: string }[]
  listingId: ListingId | null
}

export interface Imported {
  rows: ImportedRow[]
  ignored: string[]
  lacking: string[]
}

/** Sends a table: tried, or (`run`) imported. Rejects with words to read. */
export async function sendTable(shopId: ShopId, productClass: ProductClass, file: File, run: boolean): Promise<Imported> {
  const { url } = await trpc.shop.catalogue.importTicket.mutate({ shopId })
  const answer = await fetch(`${url}&class=${productClass}${run ? '&run=1' : ''}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  })
  const said = (await answer.json().catch(() => null)) as (Imported & { error?: { message?: string } }) | null
  if (!answer.ok || !said) throw new SpokenError(said?.error?.message ?? texts.failure.network)
  return said
}
