/** The form of a listing on a phone: the saver of shared/catalogue/draft-saver.ts with the phone's store, timers and server. */

import type { ListingDraft } from '@shared/catalogue/draft.ts'
import { draftSaver, type SaverState } from '@shared/catalogue/draft-saver.ts'
import { edited, pathsOf } from '@shared/catalogue/form.ts'
import type { ListingId, ShopId } from '@shared/ids.ts'
import Taro, { useDidHide } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import type { Sent } from '../../../features/assets/photos-field'
import { saveDraft } from '../../../features/catalogue/shop-calls'
import { fieldsOf, wordsOf } from '../../../lib/trouble'

/** What is typed: the draft, and the pictures that it names. */
export interface Typed {
  listingId: ListingId | null
  draft: ListingDraft
  pictures: Sent[]
}

const later = (ms: number, act: () => void): (() => void) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

/** Opens the form on `start`, or on what this phone kept of it under `key`; `saved` hears of every save. A locked form only shows. */
export const useForm = (shopId: ShopId, key: string, start: Typed, locked: boolean, saved: (id: ListingId) => void) => {
  const [kept] = useState(() => (locked ? '' : (Taro.getStorageSync(key) as Typed | '')))
  const [shown, show] = useState<SaverState<Typed> | null>(null)
  const heard = useRef(saved)
  heard.current = saved
  const [tools] = useState(() => {
    let waiting: Typed | null = null
    let callOff = (): void => {}
    const write = (): void => {
      callOff()
      if (waiting) Taro.setStorageSync(key, waiting)
      waiting = null
    }
    const begun = kept ? { ...start, ...kept, draft: { ...start.draft, ...kept.draft } } : start
    const saver = draftSaver<Typed>(
      { form: begun, id: begun.listingId, dirty: kept !== '' },
      {
        save: async ({ draft }, id) => {
          const { listingId } = await saveDraft(shopId, id ?? undefined, draft)
          heard.current(listingId)
          return listingId
        },
        wrongOf: (error) => ({ words: wordsOf(error), said: pathsOf(fieldsOf(error)) }),
        keep: (form, id) => {
          // writing stops a phone for a moment: not at every letter
          waiting = { ...form, listingId: id }
          callOff()
          callOff = later(300, write)
        },
        forget: () => {
          callOff()
          waiting = null
          Taro.removeStorageSync(key)
        },
        born: () => undefined,
        later,
        tell: show,
      },
    )
    return { saver, write }
  })
  const { saver, write } = tools
  useDidHide(() => {
    write()
    void saver.flush()
  })
  useEffect(
    () => () => {
      write()
      saver.leave()
    },
    [saver, write],
  )
  return {
    ...(shown ?? saver.state()),
    kept: kept !== '',
    /** An edit of the draft; `paths` are the inputs it touches. */
    edit: (change: (draft: ListingDraft) => ListingDraft, paths: readonly string[]) => {
      const now = saver.state().form
      if (!locked) saver.change({ ...now, draft: change(now.draft) }, paths)
    },
    setPhotos: (field: 'pictures' | 'labelPicture', photos: readonly Sent[]) => {
      const { draft, pictures, listingId } = saver.state().form
      const known = new Map([...pictures, ...photos].map((p) => [p.id, p]))
      const ids = photos.map((p) => p.id)
      const next = field === 'pictures' ? edited(draft, 'pictures', ids) : edited(draft, 'labelPicture', ids.at(-1) ?? null)
      if (!locked) saver.change({ listingId, draft: next, pictures: [...known.values()] }, [field])
    },
    flush: saver.flush,
  }
}

export type Form = ReturnType<typeof useForm>
