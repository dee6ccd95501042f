import { AwsClient } from 'aws4fetch'
import { isStorageKey, mustBeStorageKey, type StoragePort } from '../../ports/storage.ts'
import { OutsideTrouble } from '../../ports/trouble.ts'

export interface S3Place {
  /** Where the store answers: https://s3.example.cn, without bucket and path. */
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
  /** `path`: endpoint/bucket/key; `host`: bucket.endpoint/key, as Tencent COS, OSS and AWS want it. */
  addressing: 'path' | 'host'
  /** How long one call may take, milliseconds. */
  timeoutMs: number
}

/** Where the bucket's objects are, without a slash at the end. */
export const bucketAddress = ({ endpoint, bucket, addressing }: Pick<S3Place, 'endpoint' | 'bucket' | 'addressing'>): string => {
  const base = new URL(endpoint)
  if (addressing === 'host') base.hostname = `${bucket}.${base.hostname}`
  return `${base.origin}${addressing === 'path' ? `/${bucket}` : ''}`
}

/** How often a call that failed on the way is made in all: put, get and delete of a whole object may be repeated without harm. */
const TRIES = 3

/**
 * Storage in a bucket of any store that speaks S3 (Signature Version 4: docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html).
 * An object is replaced as a whole. The bucket may be private: browsers read under `publicBase`, our own /files or a CDN before the bucket.
 * OutsideTrouble `storage` when the store does not answer, or answers with an error of its own; wrong keys as every storage.
 */
export const createS3Storage = (options: S3Place & { publicBase: string }): StoragePort => {
  const { timeoutMs } = options
  const client = new AwsClient({ ...options, service: 's3', retries: 0 })
  const publicBase = options.publicBase.replace(/\/+$/, '')
  const root = bucketAddress(options)

  const once = async (key: string, init: { method: string; body?: Uint8Array; headers?: Record<string, string> }) => {
    const answer = await client.fetch(`${root}/${key}`, { ...init, signal: AbortSignal.timeout(timeoutMs) } as RequestInit)
    return { status: answer.status, type: answer.headers.get('content-type'), bytes: new Uint8Array(await answer.arrayBuffer()) }
  }

  /** The store's answer, whatever it is but its own trouble. */
  const call: typeof once = async (key, init) => {
    let code = ''
    for (let tried = 0; tried < TRIES; tried++) {
      try {
        const answer = await once(key, init)
        if (answer.status < 500 && answer.status !== 429) return answer
        code = String(answer.status)
      } catch (error) {
        code = error instanceof Error ? error.name : 'unknown'
      }
    }
    throw new OutsideTrouble('storage', code, `${init.method} ${key} failed ${TRIES} times`, init.method !== 'GET')
  }

  /** The code that the store gives in its XML, or the status. */
  const refused = (method: string, key: string, { status, bytes }: Awaited<ReturnType<typeof once>>): OutsideTrouble => {
    const code = /<Code>(\w{1,60})<\/Code>/.exec(Buffer.from(bytes).toString('utf8'))?.[1] ?? String(status)
    return new OutsideTrouble('storage', code, `${method} ${key} was refused: ${status}`)
  }

  return {
    put: async (key, bytes, type) => {
      mustBeStorageKey(key)
      const answer = await call(key, { method: 'PUT', body: bytes, headers: { 'content-type': type } })
      if (answer.status !== 200) throw refused('PUT', key, answer)
    },
    get: async (key) => {
      if (!isStorageKey(key)) return null
      const answer = await call(key, { method: 'GET' })
      // a bucket that may not be listed says 403 of an object that is not there; ours is asked only for keys that we made
      if (answer.status === 404) return null
      if (answer.status !== 200) throw refused('GET', key, answer)
      return { bytes: answer.bytes, type: answer.type ?? 'application/octet-stream' }
    },
    remove: async (key) => {
      mustBeStorageKey(key)
      const answer = await call(key, { method: 'DELETE' })
      if (![200, 204, 404].includes(answer.status)) throw refused('DELETE', key, answer)
    },
    url: (key) => {
      mustBeStorageKey(key)
      return `${publicBase}/${key}`
    },
  }
}
