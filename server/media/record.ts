/** A recording: the hub's own tags, appended to one FLV per push. It may be read while it grows, and a cut one still remuxes. */
import { createWriteStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import type { Tracks } from './flv.ts'

export interface Recording {
  /** `bytes` is shared with the viewers: it is not changed. */
  append(bytes: Buffer): void
  /** Resolves when the file is whole; to its path, or to null when nothing was written. */
  close(tracks: Tracks): Promise<string | null>
}

/** Starts a recording at `path`, which must not exist. Trouble with the disk ends the recording, never the stream. */
export const startRecording = (path: string, maxBacklogBytes: number, trouble: (code: string) => void): Recording => {
  const file = createWriteStream(path, { flags: 'wx' })
  let written = 0
  let broken = false
  const gone = new Promise<void>((resolve) => file.once('close', () => resolve()))
  const fail = (code: string): void => {
    if (broken) return
    broken = true
    trouble(code)
    file.destroy()
  }
  file.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.name))
  return {
    append(bytes) {
      if (broken) return
      if (file.writableLength > maxBacklogBytes) return fail('disk too slow')
      file.write(bytes)
      written += bytes.length
    },
    async close(tracks) {
      if (!broken) file.end()
      await gone
      if (written === 0 || file.bytesWritten === 0) {
        if (!broken) await rm(path, { force: true })
        return null
      }
      // a track may have shown after the header was written
      try {
        const again = await open(path, 'r+')
        await again.write(Buffer.from([(tracks.audio ? 4 : 0) | (tracks.video ? 1 : 0)]), 0, 1, 4)
        await again.close()
      } catch (error) {
        trouble((error as NodeJS.ErrnoException).code ?? 'unknown')
      }
      return path
    },
  }
}
