/** The form of a listing: what is typed is kept at once and saved to the server a moment later, one save after another. */

import type { ListingDraft } from '@shared/catalogue/draft.ts'
import type { ListingId, ShopId } from '@shared/ids.ts'
import { useEffect, useRef, useState } from 'react'
import { fieldsOf, wordsOf } from '@/lib/errors.ts'
import { trpc } from '@/lib/trpc.ts'
import type { Picture } from '@/lib/upload.ts'
import { forgetDraft, type Kept, keepDraft } from './draftStore.ts'

const SAVE_AFTER = 1_200
const AGAIN_AFTER = 8_000

export type Saving = 'clean' | 'waiting' | 'saving' | 'saved' | 'failed' | 'badValue'

export interface DraftForm {
  draft: ListingDraft
  pictures: Picture[]
  saving: Saving
  savedAt: number | null
  /** Why the last save failed. */
  words: string
  /** What the server finds wrong with single fields. */
  fields: Record<string, string>
  set: (change: Partial<ListingDraft>) => void
  setPictures: (field: 'pictures' | 'labelPicture', change: (now: Picture[]) => Picture[]) => void
  /** Saves what is not saved yet; resolves to the listing's id, or null when it could not be saved. */
  flush: () => Promise<ListingId | null>
}

/** Opens the form on `start`. `dirty` says that `start` is not what the server has. */
export const useDraft = (
  shopId: ShopId,
  listingId: ListingId | null,
  start: Kept & { dirty: boolean },
  onBorn: (id: ListingId) => void,
): DraftForm => {
  const [form, setForm] = useState<Kept>(start)
  const [saving, setSaving] = useState<Saving>(start.dirty ? 'waiting' : 'clean')
  const [savedAt, setSavedAt] = useState<number | null>(null)
  const [words, setWords] = useState('')
  const [fields, setFields] = useState<Record<string, string>>({})
  const now = useRef(form)
  const id = useRef(listingId)
  const version = useRef(start.dirty ? 1 : 0)
  const savedVersion = useRef(0)
  const running = useRef<Promise<void> | null>(null)
  const timer = useRef<number>()
  const gone = useRef(false)

  const saveOnce = async (): Promise<void> => {
    const mine = version.current
    setSaving('saving')
    try {
      const saved = await trpc.shop.catalogue.saveDraft.mutate({
        shopId,
        ...(id.current ? { listingId: id.current } : {}),
        draft: now.current.draft,
      })
      if (id.current === null) {
        forgetDraft(shopId, 'new')
        id.current = saved.listingId
        if (!gone.current) onBorn(saved.listingId)
      }
      savedVersion.current = mine
      setSavedAt(Date.now())
      setFields({})
      if (version.current === mine) {
        forgetDraft(shopId, saved.listingId)
        setSaving('saved')
      } else keepDraft(shopId, saved.listingId, now.current)
    } catch (error) {
      const wrong = Object.fromEntries(
        Object.entries(fieldsOf(error)).map(([path, what]) => [path.replace(/^draft\./, '').split('.')[0] ?? path, what]),
      )
      setFields(wrong)
      setWords(wordsOf(error))
      const bad = Object.keys(wrong).length > 0
      setSaving(bad ? 'badValue' : 'failed')
      if (!bad && !gone.current) timer.current = window.setTimeout(() => void save(), AGAIN_AFTER)
      throw error
    }
  }
  const save = async (): Promise<void> => {
    clearTimeout(timer.current)
    while (running.current) await running.current
    if (version.current === savedVersion.current) return
    running.current = saveOnce()
      .catch(() => {})
      .finally(() => {
        running.current = null
      })
    await running.current
  }
  const change = (next: Kept): void => {
    now.current = next
    version.current++
    setForm(next)
    setSaving((was) => (was === 'saving' ? was : 'waiting'))
    keepDraft(shopId, id.current ?? 'new', next)
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => void save(), SAVE_AFTER)
  }
  useEffect(() => {
    gone.current = false
    if (start.dirty) timer.current = window.setTimeout(() => void save(), SAVE_AFTER)
    return () => {
      gone.current = true
      clearTimeout(timer.current)
      if (version.current !== savedVersion.current) void save()
    }
  }, [])

  return {
    ...form,
    saving,
    savedAt,
    words,
    fields,
    set: (changed) => {
      setFields((was) => Object.fromEntries(Object.entries(was).filter(([field]) => !(field in changed))))
      change({ ...now.current, draft: { ...now.current.draft, ...changed } })
    },
    setPictures: (field, edit) => {
      const { draft, pictures } = now.current
      const known = new Map(pictures.map((p) => [p.id, p]))
      const ids = field === 'pictures' ? draft.pictures : draft.labelPicture ? [draft.labelPicture] : []
      const next = edit(ids.flatMap((one) => known.get(one) ?? []))
      for (const picture of next) known.set(picture.id, picture)
      const nextIds = next.map((picture) => picture.id)
      change({
        pictures: [...known.values()],
        draft: { ...draft, ...(field === 'pictures' ? { pictures: nextIds } : { labelPicture: nextIds[0] ?? null }) },
      })
    },
    flush: async () => {
      // what is typed while a save is on its way is saved by the next one; only a save that failed ends it
      for (let before = -1; version.current !== savedVersion.current && before !== savedVersion.current; ) {
        before = savedVersion.current
        await save()
      }
      return version.current === savedVersion.current ? id.current : null
    },
  }
}
