import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { emptyState, type State } from './state.ts'

/** Reads the state file; a missing file is an empty world, an unreadable one throws. */
export const loadState = (file: string | null): State => {
  if (!file) return emptyState()
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return emptyState()
    throw error
  }
  return { ...emptyState(), ...(JSON.parse(text) as State) }
}

/** Writes the state beside the file and renames it over: a reader sees the old or the new, never half. */
export const saveState = (file: string, state: State): void => {
  const beside = `${file}.${process.pid}.tmp`
  writeFileSync(beside, JSON.stringify(state), { mode: 0o600 })
  renameSync(beside, file)
}
