/** The calls of search, and their answers by name. */
import type { Chosen, Sort } from '@shared/search/facets.ts'
import { type Out, trpc } from '../../lib/trpc'

export type Found = Out['buyer']['search']['find']
export type Tea = Found['rows'][number]

export interface Ask {
  text: string
  chosen: Chosen
  sort: Sort
}

export const findTeas = (ask: Ask, cursor: string | null, limit = 20) => trpc.buyer.search.find.query({ ...ask, cursor, limit })
export const suggestWords = (text: string) => trpc.buyer.search.suggest.query({ text })
