/** The form of a listing in a page: the saver of shared/catalogue/draft-saver.ts with this tab's store, timers and server. */

import type { ListingDraft } from '@shared/catalogue/draft.ts'
import { draftSaver, type SaverState } from '@shared/catalogue/draft-saver.ts'
import { edited, pathsOf } from '@shared/catalogue/form.ts'
import type { ListingId, ShopId } from '@shared/ids.ts'
import { useEffect, useRef, useState } from 'react'
import { fieldsOf, wordsOf } from '@/lib/errors.ts'
import { trpc } from '@/lib/trpc.ts'
import type { Picture } from '@/lib/upload.ts'
import { forgetDraft, type Kept, keepDraft } from './draftStore.ts'

export interface DraftForm extends Omit<SaverState<Kept>, 'form'> {
  draft: ListingDraft
  pictures: Picture[]
  savedAt: number | null
  /** An edit of the draft; `paths` are the inputs it touches. */
  edit: (change: (draft: ListingDraft) => ListingDraft, paths: readonly string[]) => void
  setPictures: (field: 'pictures' | 'labelPicture', change: (now: Picture[]) => Picture[]) => void
  /** Saves what is not saved yet; resolves to the listing's id, or null when it could not be saved. */
  flush: () => Promise<ListingId | null>
}

const later = (ms: number, act: () => void): (() => void) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

/** Opens the form on `start`. `dirty` says that `start` is not what the server has. */
export const useDraft = (
  shopId: ShopId,
  listingId: ListingId | null,
  start: Kept & { dirty: boolean },
  heard: { born: (id: ListingId) => void; saved: (id: ListingId) => void },
): DraftForm => {
  const [shown, show] = useState<SaverState<Kept> | null>(null)
  const [savedAt, setSavedAt] = useState<number | null>(null)
  const latest = useRef(heard)
  latest.current = heard
  const [saver] = useState(() =>
    draftSaver<Kept>(
      { form: { draft: start.draft, pictures: start.pictures }, id: listingId, dirty: start.dirty },
      {
        save: async ({ draft }, id) => {
          const answer = await trpc.shop.catalogue.saveDraft.mutate({ shopId, ...(id ? { listingId: id } : {}), draft })
          setSavedAt(Date.now())
          latest.current.saved(answer.listingId)
          return answer.listingId
        },
        wrongOf: (error) => ({ words: wordsOf(error), said: pathsOf(fieldsOf(error)) }),
        keep: (form, id) => keepDraft(shopId, id ?? 'new', form),
        forget: (id) => forgetDraft(shopId, id ?? 'new'),
        born: (id) => latest.current.born(id),
        later,
        tell: show,
      },
    ),
  )
  useEffect(() => () => saver.leave(), [saver])
  const { form, ...state } = shown ?? saver.state()
  return {
    ...form,
    ...state,
    savedAt,
    edit: (change, paths) => {
      const now = saver.state().form
      saver.change({ ...now, draft: change(now.draft) }, paths)
    },
    setPictures: (field, change) => {
      const { draft, pictures } = saver.state().form
      const known = new Map(pictures.map((p) => [p.id, p]))
      const ids = field === 'pictures' ? draft.pictures : draft.labelPicture ? [draft.labelPicture] : []
      const next = change(ids.flatMap((one) => known.get(one) ?? []))
      for (const picture of next) known.set(picture.id, picture)
      const nextIds = next.map((picture) => picture.id)
      const draftNext = field === 'pictures' ? edited(draft, 'pictures', nextIds) : edited(draft, 'labelPicture', nextIds[0] ?? null)
      saver.change({ pictures: [...known.values()], draft: draftNext }, [field])
    },
    flush: saver.flush,
  }
}
