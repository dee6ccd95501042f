/** Every bound of the media server. Nothing that comes from outside may grow past one of these. */
export interface Limits {
  /** From the first byte of a connection until it publishes; not prolonged by anything. */
  handshakeMs: number
  /** A publisher that sends nothing for so long is cut. */
  idleMs: number
  maxConnections: number
  maxConnectionsPerAddress: number
  /** Of one RTMP message, once the connection may publish. */
  maxMessageBytes: number
  /** The same before that. */
  maxEarlyMessageBytes: number
  /** Bytes in one ten seconds' window from one publisher. */
  maxBytesPerWindow: number
  /** A second publisher with a right key takes over from one that has sent no sound or picture for so long. */
  takeoverAfterMs: number
  /** How long viewers of a publisher that was lost (not: that left) are kept waiting for its return. */
  holdMs: number
  flushMs: number
  /** How long the first tags wait for the other track to show. */
  tracksWaitMs: number
  maxGopBytes: number
  maxGopTags: number
  /** Beyond this a viewer gets nothing until the next key frame finds it with half. */
  backlogBytes: number
  /** A viewer with a backlog of which nothing has left for so long is dead. */
  stalledMs: number
  maxViewers: number
  /** What may wait for the disk before a recording is given up. */
  maxRecordBacklogBytes: number
  maxHlsStreams: number
  /** HLS nobody asked for in so long is put away. */
  hlsIdleMs: number
}

const MIB = 1024 * 1024

export const defaultLimits: Limits = {
  handshakeMs: 10_000,
  idleMs: 10_000,
  maxConnections: 200,
  maxConnectionsPerAddress: 30,
  maxMessageBytes: 4 * MIB,
  maxEarlyMessageBytes: 64 * 1024,
  maxBytesPerWindow: 48 * MIB,
  takeoverAfterMs: 3_000,
  holdMs: 15_000,
  flushMs: 30,
  tracksWaitMs: 600,
  maxGopBytes: 12 * MIB,
  maxGopTags: 3_000,
  backlogBytes: MIB,
  stalledMs: 20_000,
  maxViewers: 5_000,
  maxRecordBacklogBytes: 32 * MIB,
  maxHlsStreams: 8,
  hlsIdleMs: 20_000,
}
