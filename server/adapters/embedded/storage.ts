import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { isStorageKey, mustBeStorageKey, type StoragePort } from '../../ports/storage.ts'

const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

const readOrNull = async (file: string): Promise<Buffer | null> => {
  try {
    return await readFile(file)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

const syncDirectory = async (directory: string): Promise<void> => {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Storage in a directory: `<dir>/<key>` holds exactly the bytes, so that any web server may serve it; `<dir>/.types/<key>` holds the type.
 * A write is whole or absent, also after a power cut: written beside, synced, renamed. A key may not be the directory of another
 * (`a` and `a/b`). Wrong keys are a RangeError in `put`, `remove` and `url`; `get` has nothing under them.
 */
export const createDiskStorage = (options: { dir: string; publicBase: string }): StoragePort => {
  const dir = path.resolve(options.dir)
  const publicBase = options.publicBase.replace(/\/+$/, '')
  const bytesOf = (key: string): string => path.join(dir, key)
  const typeOf = (key: string): string => path.join(dir, '.types', key)

  const write = async (file: string, bytes: Uint8Array): Promise<void> => {
    const beside = path.join(dir, '.beside', randomBytes(12).toString('hex'))
    const folder = path.dirname(file)
    await Promise.all([mkdir(path.dirname(beside), { recursive: true }), mkdir(folder, { recursive: true })])
    try {
      const handle = await open(beside, 'wx', 0o640)
      try {
        await handle.writeFile(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(beside, file)
    } catch (error) {
      await rm(beside, { force: true })
      throw error
    }
    await syncDirectory(folder)
  }

  return {
    put: async (key, bytes, type) => {
      mustBeStorageKey(key)
      // The type first: whoever sees the bytes finds their type.
      await write(typeOf(key), Buffer.from(type, 'utf8'))
      await write(bytesOf(key), bytes)
    },
    get: async (key) => {
      if (!isStorageKey(key)) return null
      const bytes = await readOrNull(bytesOf(key))
      if (!bytes) return null
      const type = await readOrNull(typeOf(key))
      return { bytes, type: type?.toString('utf8') ?? 'application/octet-stream' }
    },
    remove: async (key) => {
      mustBeStorageKey(key)
      for (const file of [bytesOf(key), typeOf(key)]) {
        await rm(file).catch((error: unknown) => {
          if (!isMissing(error)) throw error
        })
      }
    },
    url: (key) => {
      mustBeStorageKey(key)
      return `${publicBase}/${key}`
    },
  }
}
