/** What every storage promises, and who keeps the promise. */

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { AwsV4Signer } from 'aws4fetch'
import S3rver from 's3rver'
import { afterAll, describe, expect, test } from 'vitest'
import { createDiskStorage } from '../../server/adapters/embedded/storage.ts'
import { bucketAddress, createS3Storage, type S3Place } from '../../server/adapters/s3/storage.ts'
import type { StoragePort } from '../../server/ports/storage.ts'
import { OutsideTrouble } from '../../server/ports/trouble.ts'

/**
 * The promises of the storage port. `makeAdapter` gives an empty storage whose addresses begin with `publicBase`. `storeKeepsWhole`: that a reader sees no
 * half of a writing is kept by the store behind the adapter. S3 promises it for every PUT; the one that plays it here writes in place, so it cannot show it.
 */
const storageContract = (
  name: string,
  makeAdapter: () => Promise<{ storage: StoragePort; publicBase: string }>,
  { storeKeepsWhole = false } = {},
): void => {
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

    test.skipIf(storeKeepsWhole)('whoever reads while others write sees one of the writings whole', async () => {
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

/** A store that speaks S3 over a real socket. It knows its accounts but does not reckon signatures after: those are held to the official examples below. */
const stores: S3rver[] = []
const KEYS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
const store = async (): Promise<S3Place> => {
  const served = new S3rver({
    ...{ port: 0, address: '127.0.0.1', silent: true, directory: await directory(), resetOnClose: true },
    configureBuckets: [{ name: 'pictures', configs: [] }],
  })
  const { port } = (await served.run()) as AddressInfo
  stores.push(served)
  const endpoint = `http://127.0.0.1:${port}`
  return { ...KEYS, endpoint, region: 'us-east-1', bucket: 'pictures', addressing: 'path', timeoutMs: 5_000 }
}
afterAll(async () => {
  for (const one of stores) await one.close()
})

storageContract(
  'storage in a bucket',
  async () => {
    const publicBase = 'https://cdn.example.cn/pictures'
    return { storage: createS3Storage({ ...(await store()), publicBase }), publicBase }
  },
  { storeKeepsWhole: true },
)

describe('storage in a bucket, seen from its store', () => {
  const bytes = Uint8Array.of(1, 2, 3)

  test('an account that is none and a bucket that is not there are trouble with the store’s own code', async () => {
    const place = await store()
    const codeOf = (change: Partial<S3Place>) =>
      createS3Storage({ ...place, ...change, publicBase: '/files' })
        .put('a/b', bytes, 'image/png')
        .then(
          () => null,
          (error: unknown) => (error instanceof OutsideTrouble ? [error.system, error.code] : error),
        )
    expect(await codeOf({})).toBeNull()
    expect(await codeOf({ accessKeyId: 'NOBODY' })).toEqual(['storage', 'InvalidAccessKeyId'])
    expect(await codeOf({ bucket: 'elsewhere' })).toEqual(['storage', 'NoSuchBucket'])
    await expect(createS3Storage({ ...place, bucket: 'elsewhere', publicBase: '/files' }).get('p/x')).resolves.toBeNull()
  })

  test('the bucket stands before the name or behind it, as the store wants it', () => {
    const place = { endpoint: 'https://cos.ap-guangzhou.myqcloud.com', bucket: 'chashan-1250000000' }
    expect(bucketAddress({ ...place, addressing: 'host' })).toBe('https://chashan-1250000000.cos.ap-guangzhou.myqcloud.com')
    expect(bucketAddress({ ...place, addressing: 'path' })).toBe('https://cos.ap-guangzhou.myqcloud.com/chashan-1250000000')
  })

  /** docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, examples "GET Object" and "PUT Object". */
  test.each([
    {
      method: 'GET',
      path: 'test.txt',
      headers: { range: 'bytes=0-9', 'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
      signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    },
    {
      method: 'PUT',
      path: 'test%24file.text',
      headers: {
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      },
      signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    },
  ])('a $method is signed as in the official example', async ({ method, path: at, headers, signature }) => {
    const signed = await new AwsV4Signer({
      ...{ method, url: `https://examplebucket.s3.amazonaws.com/${at}`, headers: headers as unknown as Record<string, string> },
      ...{ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
      ...{ service: 's3', region: 'us-east-1', datetime: '20130524T000000Z', allHeaders: true },
    }).sign()
    expect(signed.headers.get('authorization')).toMatch(new RegExp(`Signature=${signature}$`))
  })

  test('a store that stumbles is asked again, one that stays down is trouble, and one that hangs is given up', async () => {
    const asked: string[] = []
    let answers: ((response: http.ServerResponse) => void)[] = []
    const stumbling = http.createServer((request, response) => {
      asked.push(`${request.method} ${request.headers.host?.split(':')[0]} ${request.url}`)
      request.resume()
      request.on('end', () => answers.shift()?.(response))
    })
    await new Promise<void>((done) => stumbling.listen(0, '127.0.0.1', done))
    const { port } = stumbling.address() as AddressInfo
    const storage = createS3Storage({
      ...{ ...KEYS, endpoint: `http://127.0.0.1:${port}`, region: 'auto', bucket: 'pictures', addressing: 'path', timeoutMs: 200 },
      publicBase: '/files',
    })
    const says = (status: number) => (response: http.ServerResponse) => void response.writeHead(status).end()
    answers = [says(503), says(429), says(200)]
    await storage.put('a/b', bytes, 'image/png')
    expect(asked).toEqual(Array.from({ length: 3 }, () => 'PUT 127.0.0.1 /pictures/a/b'))
    answers = [says(500), says(500), says(500)]
    await expect(storage.get('a/b')).rejects.toMatchObject({ system: 'storage', code: '500' })
    // no answer at all
    answers = []
    await expect(storage.get('a/b')).rejects.toMatchObject({ system: 'storage', code: 'TimeoutError' })
    stumbling.closeAllConnections()
    stumbling.close()
  })
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
