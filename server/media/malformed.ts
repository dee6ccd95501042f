/** The other side said something that is not in the protocol: its connection is closed, nothing else happens. Any other error is a fault of ours. */
export class Malformed extends Error {
  override name = 'Malformed'
}
