/** Request keys: made when a sheet opens, the same on every retry, so that a click sent twice acts once. */

/** 128 random bits in hex; works on plain http too, where randomUUID does not exist. */
export const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('')
