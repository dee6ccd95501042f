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
