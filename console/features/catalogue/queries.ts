import type { KnownBatch } from '@shared/catalogue/complete.ts'
import type { ProductClass } from '@shared/catalogue/draft.ts'
import { classWords } from '@shared/catalogue/words.ts'
import type { BatchId, ListingId, ShopId } from '@shared/ids.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { texts } from '@/lib/texts.ts'
import { type Outputs, trpc } from '@/lib/trpc.ts'

export type ListingRow = Outputs['shop']['catalogue']['list']['rows'][number]
export type ListingOpened = Outputs['shop']['catalogue']['get']
export type Shelf = ListingRow['shelf']

/** A shop's listings, on one shelf or all. */
export const listingsOptions = (shopId: ShopId, shelf?: Shelf) =>
  infiniteQueryOptions({
    queryKey: ['catalogue', shopId, 'list', shelf ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      trpc.shop.catalogue.list.query({ shopId, ...(shelf ? { shelf } : {}), cursor: pageParam as never, limit: 20 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })

/** One listing with its newest revision. */
export const listingOptions = (shopId: ShopId, listingId: ListingId) =>
  queryOptions({
    queryKey: ['catalogue', shopId, 'one', listingId],
    queryFn: ({ signal }) => trpc.shop.catalogue.get.query({ shopId, listingId }, { signal }),
  })

/** A sku as its shop counts it. */
export type OurSku = ListingRow['skus'][number]

/** A batch as the form's picker offers it. */
export interface BatchChoice {
  id: BatchId
  words: string
  disabled: boolean
}

/** A shop's batches for the picker; those of another class, and those that may not be sold, are shown and cannot be chosen. */
export const choicesOf = (known: readonly KnownBatch[], productClass: ProductClass | null): BatchChoice[] =>
  known.map(({ id, code, productClass: made, state }) => ({
    id,
    words: `${code} · ${classWords[made]}${state === 'verified' ? '' : ` · ${texts.form.sku.unverified}`}`,
    disabled: state !== 'verified' || made !== productClass,
  }))
