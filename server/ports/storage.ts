/** Storage 存储: bytes under keys that we made. Owner: the assets module. */
export interface StoragePort {
  /** Stores bytes; the same key again replaces them. */
  put(key: string, bytes: Uint8Array, type: string): Promise<void>
  /** Reads bytes; null when there are none. */
  get(key: string): Promise<{ bytes: Uint8Array; type: string } | null>
  remove(key: string): Promise<void>
  /** The address from which a browser reads this key. */
  url(key: string): string
}

/** Keys are ours: small letters, digits and `/ _ . -`; no part is empty or begins with a dot, so none leaves the directory or the bucket. */
const KEY = /^(?!\.)[a-z0-9_.-]+(?:\/(?!\.)[a-z0-9_.-]+)*$/
const MOST_CHARACTERS = 200

/** Whether this is a key as storages keep them. */
export const isStorageKey = (key: string): boolean => key.length <= MOST_CHARACTERS && KEY.test(key)

/** Throws a RangeError for what is no key. */
export const mustBeStorageKey = (key: string): void => {
  if (!isStorageKey(key)) throw new RangeError('not a storage key')
}
