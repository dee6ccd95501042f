/**
 * Keeps a form while it is typed: on the device at once, on the server a moment later, one save after another. A cut line is tried again, a
 * value that the server refuses waits for its correction, and nothing that was typed is ever thrown away. Pure: timers, device and server are given.
 */
import type { ListingId } from '../ids.ts'

/** A pause in typing after which it is saved, and how long after a failure it is tried again, ms. */
export const SAVE_AFTER = 1_200
export const AGAIN_AFTER = 8_000

export type Saving = 'clean' | 'waiting' | 'saving' | 'saved' | 'failed' | 'badValue'

/** How the saving stands, for the screen. */
export interface SaverState<F> {
  form: F
  saving: Saving
  /** Why the last save failed. */
  words: string
  /** What the server finds wrong with single inputs. */
  said: Record<string, string>
}

export interface SaverPorts<F> {
  /** Sends the form; `id` is null until the first answer. */
  save(form: F, id: ListingId | null): Promise<ListingId>
  /** What an error says: words, and words by input where a value is at fault. */
  wrongOf(error: unknown): { words: string; said: Record<string, string> }
  /** Keeps on the device what the server does not have yet; `id` null: of a new listing. */
  keep(form: F, id: ListingId | null): void
  forget(id: ListingId | null): void
  /** The first save gave the listing its id. */
  born(id: ListingId): void
  /** Calls `act` after so many ms; answers how to call it off. */
  later(ms: number, act: () => void): () => void
  /** Hears of every change. */
  tell(state: SaverState<F>): void
}

export interface DraftSaver<F> {
  state(): SaverState<F>
  /** A change by the person; the inputs in `paths` are no longer what the server found wrong. */
  change(form: F, paths?: readonly string[]): void
  /** Saves what is not saved yet, also what is typed meanwhile; the listing's id, or null when it could not be saved. */
  flush(): Promise<ListingId | null>
  /** The page is closed: what is not saved is saved now, and nobody is told any more. */
  leave(): void
}

/** A saver that begins with `form`; `dirty` says that the server does not have it. */
export const draftSaver = <F>(start: { form: F; id: ListingId | null; dirty: boolean }, ports: SaverPorts<F>): DraftSaver<F> => {
  let state: SaverState<F> = { form: start.form, saving: start.dirty ? 'waiting' : 'clean', words: '', said: {} }
  let id = start.id
  let version = start.dirty ? 1 : 0
  let saved = 0
  let running: Promise<void> | null = null
  let gone = false
  let callOff = (): void => {}

  const tell = (change: Partial<SaverState<F>>): void => {
    state = { ...state, ...change }
    if (!gone) ports.tell(state)
  }
  const soon = (ms: number): void => {
    callOff()
    callOff = ports.later(ms, () => void save())
  }
  const saveOnce = async (): Promise<void> => {
    const mine = version
    tell({ saving: 'saving' })
    try {
      const answered = await ports.save(state.form, id)
      saved = mine
      if (id === null) {
        ports.forget(null)
        id = answered
        if (!gone) ports.born(id)
      }
      if (version === mine) ports.forget(id)
      else ports.keep(state.form, id)
      tell({ saving: version === mine ? 'saved' : 'waiting', words: '', said: {} })
    } catch (error) {
      const { words, said } = ports.wrongOf(error)
      const bad = Object.keys(said).length > 0
      tell({ saving: bad ? 'badValue' : 'failed', words, said })
      if (!bad && !gone) soon(AGAIN_AFTER)
    }
  }
  const save = async (): Promise<void> => {
    callOff()
    while (running) await running
    if (version === saved) return
    running = saveOnce().finally(() => {
      running = null
    })
    await running
  }
  if (start.dirty) soon(SAVE_AFTER)
  return {
    state: () => state,
    change: (form, paths = []) => {
      version++
      const said = Object.fromEntries(Object.entries(state.said).filter(([at]) => !paths.some((p) => at === p || at.startsWith(`${p}.`))))
      tell({ form, said, saving: running ? 'saving' : 'waiting' })
      ports.keep(form, id)
      soon(SAVE_AFTER)
    },
    flush: async () => {
      // only a save that failed ends it
      for (let before = -1; version !== saved && before !== saved; ) {
        before = saved
        await save()
      }
      return version === saved ? id : null
    },
    leave: () => {
      callOff()
      gone = true
      if (version !== saved) void save()
    },
  }
}
