/**
 * The hub: one publisher in, many viewers out.
 * Tags are checked, put on one rising time line, gathered in one buffer and flushed to all viewers together; every viewer of a stream shares the same bytes.
 * A viewer that cannot keep up skips to a later key frame; one that takes nothing at all is cut. No stream waits for another, no publisher for a viewer.
 */
import { AUDIO, flvHeader, flvTag, metadataTag, readPicture, readSound, type Tracks, tagTime, VIDEO } from './flv.ts'
import type { Limits } from './limits.ts'
import { type Recording, startRecording } from './record.ts'

/** Where a viewer's bytes go: a socket, or the input of a program. */
export interface Sink {
  readonly writableLength: number
  write(bytes: Buffer): unknown
  /** After what was written has left. */
  end(): unknown
  /** At once. */
  destroy(): unknown
}

export interface Figures {
  publishing: boolean
  sincePublishMs: number
  viewers: number
  videoKbps: number
  audioKbps: number
  fps: number
  width: number
  height: number
  bytesIn: number
  dropped: number
}

/** A publisher's hold on its stream; after `end`, or once it was put out, its calls do nothing. */
export interface Publication {
  /** A sound or picture message as it came in. False when the stream is only of a codec that is not carried. */
  media(type: number, timestamp: number, body: Buffer): boolean
  /** Frames per second as the publisher's metadata has it. */
  framerate(fps: number): void
  /** `left`: it said goodbye, viewers go home. `lost`: it may come back, viewers wait a while. */
  end(how: 'left' | 'lost'): void
}

export interface OpenAsk {
  stream: string
  publisherId: string
  /** Where to record; null: not at all. */
  recordTo: string | null
  /** Called when the publisher is put out: taken over, kicked, or the hub closes. */
  putOut(why: string): void
}

export interface Facts {
  published(fact: { stream: string; publisherId: string }): void
  unpublished(fact: { stream: string; publisherId: string; recording: string | null }): void
  trouble(message: string, facts: Record<string, string | number>): void
}

export interface Hub {
  /** Null when somebody is on air there and alive. */
  open(ask: OpenAsk): Publication | null
  /** Joins a viewer; false when there is no such stream or the house is full. `quiet` viewers are ours and not counted. */
  watch(stream: string, sink: Sink, quiet?: boolean): (() => void) | false
  has(stream: string): boolean
  kick(stream: string): boolean
  figures(stream: string): Figures | null
  /** The last key frame's tag, and how to make a tiny FLV of it alone; null before the first. */
  still(stream: string): { frame: Buffer; flv(): Buffer } | null
  /** Ends everything; resolves when recordings are whole and the facts told. */
  close(): Promise<void>
}

interface Viewer {
  sink: Sink
  quiet: boolean
  /** `start`: has nothing yet. `flowing`: gets every block. `skipping`: waits for a key frame and an emptier backlog. */
  state: 'start' | 'flowing' | 'skipping'
  tracks: Tracks | null
  headersSeen: number
  allowance: number
  given: number
  taken: number
  movedAt: number
}

interface Push {
  id: string
  startedAt: number
  lastMediaAt: number
  putOut(why: string): void
  recording: Recording | null
  recordHeaderDone: boolean
  firstMediaAt: number
  lengthSize: number
  width: number
  height: number
  framerate: number
  foreignSound: number
  foreignPicture: number
  videoBytes: number
  audioBytes: number
  frames: number
  dropped: number
  marks: { at: number; video: number; audio: number; frames: number }[]
}

interface Stream {
  name: string
  push: Push | null
  hold: NodeJS.Timeout | null
  viewers: Set<Viewer>
  /** Null until the tracks are known; nothing leaves before. */
  tracks: Tracks | null
  videoHeader: Buffer | null
  audioHeader: Buffer | null
  headersVersion: number
  pending: Buffer[]
  /** Index in `pending` of its first key frame; -1 without. */
  pendingKey: number
  gop: Buffer[]
  gopBytes: number
  /** The last key frame's tag and the header it needs. */
  still: { header: Buffer; frame: Buffer } | null
  time: { shift: number; last: number; audio: number; video: number; begun: boolean }
}

const FORWARD_JUMP_MS = 10_000
const BACKWARD_JUMP_MS = 1_000
const STEP_MS = 20
const FOREIGN_TAGS = 60

const sameTracks = (a: Tracks, b: Tracks): boolean => a.audio === b.audio && a.video === b.video

/** Makes a hub. It runs a timer only while it has streams. */
export const createHub = (limits: Limits, facts: Facts): Hub => {
  const streams = new Map<string, Stream>()
  let timer: NodeJS.Timeout | null = null
  let viewerCount = 0
  /** Facts are told in the order in which they happened, although a recording takes a moment to close. */
  let told: Promise<void> = Promise.resolve()
  const now = (): number => performance.now()

  const tell = (act: () => Promise<void> | void): void => {
    told = told.then(act).catch((error: unknown) => facts.trouble('a fact could not be told', { error: String(error) }))
  }

  /** Puts a publisher's time stamp on the stream's line, which never runs backwards and has no holes wider than ten seconds. */
  const place = (stream: Stream, type: number, timestamp: number): number => {
    const time = stream.time
    let at = timestamp + time.shift
    if (!time.begun || at < time.last - BACKWARD_JUMP_MS || at > time.last + FORWARD_JUMP_MS) {
      const target = time.begun ? time.last + STEP_MS : time.last
      time.shift = target - timestamp
      time.begun = true
      at = target
    }
    const track = type === AUDIO ? 'audio' : 'video'
    at = Math.max(at, time[track], 0)
    time[track] = at
    time.last = Math.max(time.last, at)
    return at
  }

  const bindTracks = (stream: Stream): void => {
    const tracks = { audio: stream.audioHeader !== null, video: stream.videoHeader !== null }
    if (stream.tracks && sameTracks(stream.tracks, tracks)) return
    stream.tracks = tracks
    stream.headersVersion++
    // a player that began with other tracks must begin again
    for (const viewer of stream.viewers) if (viewer.tracks && !sameTracks(viewer.tracks, tracks)) drop(stream, viewer, 'end')
  }

  const headers = (stream: Stream): Buffer => {
    const push = stream.push
    const at = stream.gop[0] ? tagTime(stream.gop[0]) : stream.time.last
    const facts = { tracks: stream.tracks!, width: push?.width ?? 0, height: push?.height ?? 0, framerate: push?.framerate ?? 0 }
    return Buffer.concat([
      metadataTag(facts),
      ...(stream.videoHeader ? [flvTag(VIDEO, at, stream.videoHeader)] : []),
      ...(stream.audioHeader ? [flvTag(AUDIO, at, stream.audioHeader)] : []),
    ])
  }

  const drop = (stream: Stream, viewer: Viewer, how: 'end' | 'destroy'): void => {
    if (!stream.viewers.delete(viewer)) return
    if (!viewer.quiet) viewerCount--
    if (how === 'end') viewer.sink.end()
    else viewer.sink.destroy()
  }

  const give = (viewer: Viewer, bytes: Buffer): void => {
    viewer.sink.write(bytes)
    viewer.given += bytes.length
  }

  const flushStream = (stream: Stream, at: number): void => {
    const push = stream.push
    if (!stream.tracks && push && push.firstMediaAt > 0) {
      const both = stream.videoHeader !== null && stream.audioHeader !== null
      if (both || at - push.firstMediaAt >= limits.tracksWaitMs) bindTracks(stream)
    }
    if (!stream.tracks) return
    if (push && at - (push.marks.at(-1)?.at ?? 0) >= 1000) {
      push.marks.push({ at, video: push.videoBytes, audio: push.audioBytes, frames: push.frames })
      if (push.marks.length > 5) push.marks.shift()
    }
    const block = stream.pending.length ? Buffer.concat(stream.pending) : null
    let fromKey: Buffer | null = null
    if (block && stream.pendingKey >= 0) {
      let offset = 0
      for (let i = 0; i < stream.pendingKey; i++) offset += stream.pending[i]!.length
      fromKey = block.subarray(offset)
    }
    stream.pending = []
    stream.pendingKey = -1
    if (block && push?.recording) {
      if (!push.recordHeaderDone) {
        push.recordHeaderDone = true
        push.recording.append(flvHeader(stream.tracks))
        push.recording.append(headers(stream))
      }
      push.recording.append(block)
    }
    if (stream.viewers.size === 0) return

    let heads: Buffer | null = null
    let opening: Buffer | null = null
    for (const viewer of stream.viewers) {
      const backlog = viewer.sink.writableLength
      const taken = viewer.given - backlog
      if (taken > viewer.taken || backlog === 0) {
        viewer.taken = taken
        viewer.movedAt = at
      } else if (at - viewer.movedAt > limits.stalledMs) {
        drop(stream, viewer, 'destroy')
        continue
      }
      if (backlog === 0) viewer.allowance = limits.backlogBytes
      if (viewer.state === 'start') {
        if (stream.tracks.video && stream.gop.length === 0) continue
        if (!opening) {
          heads ??= headers(stream)
          opening = Buffer.concat([flvHeader(stream.tracks), heads, ...stream.gop])
        }
        viewer.state = 'flowing'
        viewer.tracks = stream.tracks
        viewer.headersSeen = stream.headersVersion
        viewer.allowance = limits.backlogBytes + opening.length
        give(viewer, opening)
        continue
      }
      if (!block) continue
      if (viewer.state === 'flowing') {
        if (backlog <= viewer.allowance) {
          give(viewer, block)
          continue
        }
        viewer.state = 'skipping'
      }
      const entrance = stream.tracks.video ? fromKey : block
      if (entrance && backlog <= viewer.allowance / 2) {
        if (viewer.headersSeen !== stream.headersVersion) {
          heads ??= headers(stream)
          give(viewer, heads)
        }
        viewer.headersSeen = stream.headersVersion
        viewer.state = 'flowing'
        give(viewer, entrance)
      }
    }
  }

  const flush = (): void => {
    const at = now()
    for (const stream of streams.values()) flushStream(stream, at)
  }

  const forget = (stream: Stream, how: 'end' | 'destroy'): void => {
    if (stream.hold) clearTimeout(stream.hold)
    stream.hold = null
    for (const viewer of stream.viewers) drop(stream, viewer, how)
    streams.delete(stream.name)
    if (streams.size === 0 && timer) {
      clearInterval(timer)
      timer = null
    }
  }

  const closePush = (stream: Stream): void => {
    const push = stream.push
    if (!push) return
    flushStream(stream, now())
    stream.push = null
    stream.pending = []
    stream.pendingKey = -1
    const tracks = stream.tracks ?? { audio: false, video: false }
    const closing = push.recording?.close(tracks) ?? Promise.resolve(null)
    tell(async () => {
      const recording = await closing
      facts.unpublished({ stream: stream.name, publisherId: push.id, recording })
    })
  }

  const take = (stream: Stream, push: Push, type: number, timestamp: number, body: Buffer): boolean => {
    const at = now()
    push.lastMediaAt = at
    const kind = type === AUDIO ? readSound(body).kind : null
    const picture = type === VIDEO ? readPicture(body, push.lengthSize) : null
    const what = kind ?? picture!.kind
    if (what === 'foreign') {
      const count = type === AUDIO ? ++push.foreignSound : ++push.foreignPicture
      push.dropped++
      return count < FOREIGN_TAGS || (type === AUDIO ? stream.audioHeader : stream.videoHeader) !== null
    }
    if (what === 'damaged') {
      push.dropped++
      return true
    }
    if (what === 'header') {
      const old = type === AUDIO ? stream.audioHeader : stream.videoHeader
      if (picture?.kind === 'header') {
        push.lengthSize = picture.lengthSize
        push.width = picture.width
        push.height = picture.height
      }
      if (push.firstMediaAt === 0) push.firstMediaAt = at
      if (old && Buffer.compare(old, body) === 0) return true
      const copy = Buffer.from(body)
      if (type === AUDIO) stream.audioHeader = copy
      else {
        stream.videoHeader = copy
        stream.gop = []
        stream.gopBytes = 0
      }
      stream.headersVersion++
      if (stream.tracks) {
        bindTracks(stream)
        stream.pending.push(flvTag(type, place(stream, type, timestamp), copy))
      }
      return true
    }
    const header = type === AUDIO ? stream.audioHeader : stream.videoHeader
    if (!header) {
      push.dropped++
      return true
    }
    const tag = flvTag(type, place(stream, type, timestamp), body)
    const key = what === 'key'
    if (type === AUDIO) push.audioBytes += body.length
    else {
      push.videoBytes += body.length
      push.frames++
    }
    if (key) {
      stream.gop = []
      stream.gopBytes = 0
      stream.still = { header, frame: tag }
    }
    if (stream.videoHeader && (key || stream.gop.length > 0)) {
      stream.gop.push(tag)
      stream.gopBytes += tag.length
      if (stream.gopBytes > limits.maxGopBytes || stream.gop.length > limits.maxGopTags) {
        stream.gop = []
        stream.gopBytes = 0
      }
    }
    if (key && stream.pendingKey < 0) stream.pendingKey = stream.pending.length
    stream.pending.push(tag)
    return true
  }

  return {
    open({ stream: name, publisherId, recordTo, putOut }) {
      const at = now()
      let stream = streams.get(name)
      if (stream?.push) {
        if (at - stream.push.lastMediaAt < limits.takeoverAfterMs) return null
        const old = stream.push
        closePush(stream)
        old.putOut('taken over')
      }
      if (!stream) {
        stream = {
          name,
          push: null,
          hold: null,
          viewers: new Set(),
          tracks: null,
          videoHeader: null,
          audioHeader: null,
          headersVersion: 0,
          pending: [],
          pendingKey: -1,
          gop: [],
          gopBytes: 0,
          still: null,
          time: { shift: 0, last: 0, audio: 0, video: 0, begun: false },
        }
        streams.set(name, stream)
      }
      if (stream.hold) clearTimeout(stream.hold)
      stream.hold = null
      const mine = stream
      // a new push begins anew, on the old time line: the viewers who waited see a cut, not a jump
      mine.tracks = null
      mine.videoHeader = null
      mine.audioHeader = null
      mine.gop = []
      mine.gopBytes = 0
      mine.time.shift = 0
      if (mine.time.begun)
        mine.time = { shift: 0, last: mine.time.last + STEP_MS, audio: mine.time.audio, video: mine.time.video, begun: false }
      for (const viewer of mine.viewers) {
        if (viewer.state === 'flowing') viewer.state = 'skipping'
        viewer.movedAt = at
      }
      const push: Push = {
        id: publisherId,
        startedAt: at,
        lastMediaAt: at,
        putOut,
        recording: recordTo
          ? startRecording(recordTo, limits.maxRecordBacklogBytes, (code) => facts.trouble('a recording broke off', { stream: name, code }))
          : null,
        recordHeaderDone: false,
        firstMediaAt: 0,
        lengthSize: 0,
        width: 0,
        height: 0,
        framerate: 0,
        foreignSound: 0,
        foreignPicture: 0,
        videoBytes: 0,
        audioBytes: 0,
        frames: 0,
        dropped: 0,
        marks: [{ at, video: 0, audio: 0, frames: 0 }],
      }
      mine.push = push
      timer ??= setInterval(flush, limits.flushMs)
      tell(() => facts.published({ stream: name, publisherId }))
      const live = (): boolean => mine.push === push
      return {
        media: (type, timestamp, body) => !live() || take(mine, push, type, timestamp, body),
        framerate(fps) {
          if (live() && fps >= 1 && fps <= 240) push.framerate = fps
        },
        end(how) {
          if (!live()) return
          closePush(mine)
          if (how === 'left' || mine.viewers.size === 0) forget(mine, 'end')
          else mine.hold = setTimeout(() => forget(mine, 'end'), limits.holdMs)
        },
      }
    },

    watch(name, sink, quiet = false) {
      const stream = streams.get(name)
      if (!stream || (!quiet && viewerCount >= limits.maxViewers)) return false
      const viewer: Viewer = {
        sink,
        quiet,
        state: 'start',
        tracks: null,
        headersSeen: 0,
        allowance: limits.backlogBytes,
        given: 0,
        taken: 0,
        movedAt: now(),
      }
      stream.viewers.add(viewer)
      if (!quiet) viewerCount++
      return () => {
        drop(stream, viewer, 'destroy')
        if (!stream.push && stream.viewers.size === 0 && streams.get(name) === stream) forget(stream, 'end')
      }
    },

    has: (name) => streams.has(name),

    kick(name) {
      const stream = streams.get(name)
      if (!stream) return false
      const push = stream.push
      closePush(stream)
      forget(stream, 'end')
      push?.putOut('kicked')
      return push !== null
    },

    figures(name) {
      const stream = streams.get(name)
      if (!stream) return null
      const at = now()
      const push = stream.push
      const mark = push?.marks[0]
      const seconds = push && mark ? Math.max(0.2, (at - mark.at) / 1000) : 1
      const kbps = (bytes: number): number => Math.round((bytes * 8) / 1000 / seconds)
      let viewers = 0
      for (const viewer of stream.viewers) if (!viewer.quiet) viewers++
      return {
        publishing: push !== null,
        sincePublishMs: push ? Math.round(at - push.startedAt) : 0,
        viewers,
        videoKbps: push && mark ? kbps(push.videoBytes - mark.video) : 0,
        audioKbps: push && mark ? kbps(push.audioBytes - mark.audio) : 0,
        fps: push && mark ? Math.round(((push.frames - mark.frames) / seconds) * 10) / 10 : 0,
        width: push?.width ?? 0,
        height: push?.height ?? 0,
        bytesIn: push ? push.videoBytes + push.audioBytes : 0,
        dropped: push?.dropped ?? 0,
      }
    },

    still(name) {
      const stream = streams.get(name)
      if (!stream?.still) return null
      const { header, frame } = stream.still
      return { frame, flv: () => Buffer.concat([flvHeader({ audio: false, video: true }), flvTag(VIDEO, 0, header), frame]) }
    },

    async close() {
      for (const stream of [...streams.values()]) {
        const push = stream.push
        closePush(stream)
        forget(stream, 'end')
        push?.putOut('the media server is going down')
      }
      await told
    },
  }
}
