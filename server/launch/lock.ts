/** One owner per directory: a file that names the owner's process. The file of a process that is gone is taken over. */
import fs from 'node:fs'
import path from 'node:path'

/** Someone else has it; the message says who, in one sentence. */
export class Taken extends Error {
  override name = 'Taken'
}

/** A process number with its start time, so that a number used anew is not taken for the old process. Null when it is gone. */
export const identity = (pid: number): string | null => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // someone else's process is a process too
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null
  }
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? null : `${pid} ${fields[19]}`
  } catch {
    return `${pid}`
  }
}

/** Who holds this lock, as a process number; null when nobody does. */
export const ownerOf = (file: string): number | null => {
  try {
    const owner = fs.readFileSync(file, 'utf8')
    const pid = Number.parseInt(owner, 10)
    return identity(pid) === owner ? pid : null
  } catch {
    return null
  }
}

/** Takes the lock and gives back how to let it go. Throws Taken while its owner lives. */
export function takeLock(file: string): () => void {
  const mine = identity(process.pid) ?? `${process.pid}`
  const beside = `${file}.${process.pid}`
  // written whole, then named: nobody ever reads half an owner
  fs.writeFileSync(beside, mine)
  try {
    for (let i = 0; i < 3; i++) {
      try {
        fs.linkSync(beside, file)
        return () => {
          if (ownerOf(file) === process.pid) fs.rmSync(file, { force: true })
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const owner = ownerOf(file)
      if (owner !== null)
        throw new Taken(`Another copy (process ${owner}) is already running on ${path.dirname(path.resolve(file))}; stop it first.`)
      clearAway(file)
    }
    throw new Taken(`Could not take ${file}.`)
  } finally {
    fs.rmSync(beside, { force: true })
  }
}

/** Moves a dead owner's file away. Should a living one have come in between, its file is put back. */
function clearAway(file: string): void {
  const away = `${file}.${process.pid}.gone`
  try {
    fs.renameSync(file, away)
    if (ownerOf(away) !== null) fs.linkSync(away, file)
  } catch {
    // another one was quicker: the next round sees what it did
  }
  fs.rmSync(away, { force: true })
}
