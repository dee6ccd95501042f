/** What every storage promises, and who keeps the promise. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createDiskStorage } from '../../server/adapters/embedded/storage.ts'
import type { StoragePort } from '../../server/ports/storage.ts'

/** The promises of the storage port. `makeAdapter` gives an empty storage whose addresses begin with `publicBase`. */
const storageContract = (name: string, makeAdapter: () => Promise<{ storage: StoragePort; publicBase: string }>): void => {
  const bytes = (...values: number[]) => Uint8Array.from(values)
  const fresh = async () => (await makeAdapter()).storage
  const read = async (storage: StoragePort, key: string) => {
    const found = await storage.get(key)
    return found ? { bytes: [...found.bytes], type: found.type } : null
  }

  describe(name, () => {
    test('what was put is read back byte for byte with its type', async () => {
      const storage = await fresh()
      const every = Uint8Array.from({ length: 256 * 1024 }, (_, i) => (i * 31) & 255)
      await storage.put('photos/2026/ast_01.webp', every, 'image/webp')
      const found = await storage.get('photos/2026/ast_01.webp')
      expect(found?.type).toBe('image/webp')
      expect(Buffer.compare(found!.bytes, every)).toBe(0)
    })

    test('an empty file is not the same as none', async () => {
      const storage = await fresh()
      await storage.put('empty', bytes(), 'text/plain')
      expect(await read(storage, 'empty')).toEqual({ bytes: [], type: 'text/plain' })
      expect(await read(storage, 'nothing')).toBeNull()
    })

    test('the same key again replaces bytes and type', async () => {
      const storage = await fresh()
      await storage.put('a/b', bytes(1, 2, 3), 'image/png')
      await storage.put('a/b', bytes(9), 'image/jpeg')
      expect(await read(storage, 'a/b')).toEqual({ bytes: [9], type: 'image/jpeg' })
    })

    test('what was removed is gone, and removing it again is no error', async () => {
      const storage = await fresh()
      await storage.put('a/b', bytes(1), 'image/png')
      await storage.put('a/c', bytes(2), 'image/png')
      await storage.remove('a/b')
      await storage.remove('a/b')
      expect(await read(storage, 'a/b')).toBeNull()
      expect(await read(storage, 'a/c')).toEqual({ bytes: [2], type: 'image/png' })
    })

    test('a folder of other keys is not itself a key', async () => {
      const storage = await fresh()
      await storage.put('a/b', bytes(1), 'image/png')
      expect(await read(storage, 'a')).toBeNull()
      expect(await read(storage, 'a/b/c')).toBeNull()
    })

    test('whoever reads while others write sees one of the writings whole', async () => {
      const storage = await fresh()
      const writing = (value: number) => new Uint8Array(64 * 1024).fill(value)
      await storage.put('hot', writing(0), 'image/png')
      let writes = true
      const seen = new Set<number>()
      const reader = (async () => {
        while (writes) {
          const found = await storage.get('hot')
          expect(found?.bytes.length).toBe(64 * 1024)
          expect(new Set(found!.bytes).size).toBe(1)
          seen.add(found!.bytes[0]!)
        }
      })()
      await Promise.all(Array.from({ length: 24 }, (_, i) => storage.put('hot', writing(i + 1), 'image/png')))
      writes = false
      await reader
      expect(seen.size).toBeGreaterThan(0)
    })

    test('an address is the base and the key', async () => {
      const { storage, publicBase } = await makeAdapter()
      expect(storage.url('photos/ast_01.webp')).toBe(`${publicBase}/photos/ast_01.webp`)
    })

    test('keys that are not of our making are refused, and nothing is read under them', async () => {
      const storage = await fresh()
      const wrong = [
        '',
        '/a',
        'a/',
        'a//b',
        '..',
        '../a',
        'a/../b',
        './a',
        'a/.',
        '.types/a',
        'A',
        'a b',
        'a\\b',
        'a\0',
        '茶',
        'a?b',
        'a%2fb',
        'x'.repeat(300),
      ]
      for (const key of wrong) {
        await expect(storage.put(key, bytes(1), 'image/png'), key).rejects.toThrow(RangeError)
        await expect(storage.remove(key), key).rejects.toThrow(RangeError)
        expect(() => storage.url(key), key).toThrow(RangeError)
        expect(await storage.get(key), key).toBeNull()
      }
    })
  })
}

const made: string[] = []
const directory = async (): Promise<string> => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'storage-'))
  made.push(dir)
  return dir
}
afterAll(() => Promise.all(made.map((dir) => rm(dir, { recursive: true, force: true }))))

storageContract('storage in a directory', async () => {
  const publicBase = 'https://shop.example.cn/files'
  return { storage: createDiskStorage({ dir: path.join(await directory(), 'files'), publicBase }), publicBase }
})

describe('storage in a directory, seen from its disk', () => {
  test('a file holds exactly the bytes, and nothing half-written stays behind', async () => {
    const dir = await directory()
    const storage = createDiskStorage({ dir, publicBase: 'https://shop.example.cn/' })
    await Promise.all(Array.from({ length: 8 }, (_, i) => storage.put(`p/${i}.png`, Uint8Array.of(i), 'image/png')))
    expect([...(await readFile(path.join(dir, 'p/3.png')))]).toEqual([3])
    expect(await readdir(path.join(dir, '.beside'))).toEqual([])
    expect(storage.url('p/3.png')).toBe('https://shop.example.cn/p/3.png')
  })

  test('a write that fails leaves the old bytes and no remains', async () => {
    const dir = await directory()
    const storage = createDiskStorage({ dir, publicBase: 'https://shop.example.cn' })
    await storage.put('a/b', Uint8Array.of(1), 'image/png')
    await expect(storage.put('a', Uint8Array.of(2), 'image/png')).rejects.toThrow()
    expect(await storage.get('a/b')).toMatchObject({ type: 'image/png' })
    expect(await readdir(path.join(dir, '.beside'))).toEqual([])
  })

  test('a second process over the same directory reads what the first wrote', async () => {
    const dir = await directory()
    await createDiskStorage({ dir, publicBase: 'https://a.example' }).put('a/b', Uint8Array.of(7), 'image/webp')
    const other = createDiskStorage({ dir, publicBase: 'https://a.example' })
    expect(await other.get('a/b')).toMatchObject({ type: 'image/webp' })
  })

  test('a file that someone copied in without a type is read as plain bytes', async () => {
    const dir = await directory()
    await writeFile(path.join(dir, 'copied'), 'x')
    const found = await createDiskStorage({ dir, publicBase: 'https://a.example' }).get('copied')
    expect(found?.type).toBe('application/octet-stream')
  })
})
