/** The two things that are left to ffmpeg where it is installed: drawing a cover, and HLS for phones that cannot play FLV. Live FLV needs neither. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hub } from './hub.ts'
import type { Limits } from './limits.ts'

const COVER_MS = 5_000
const MAX_COVER_BYTES = 8 * 1024 * 1024
const MAX_COVERS_AT_ONCE = 2
const PLAYLIST_MS = 12_000
const HLS_VIEWER_MS = 12_000
const MAX_HLS_VIEWERS = 2_000

/** Is ffmpeg there? Asked once, at the start. */
export const findFfmpeg = (): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn('ffmpeg', ['-version'], { stdio: 'ignore' })
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })

const QUIET = ['-hide_banner', '-nostdin', '-loglevel', 'error', '-threads', '1']

const drawn = new WeakMap<Buffer, Buffer>()
let drawing = 0

/** Draws the one frame of `still` (from `hub.still`) as a JPEG; null when ffmpeg cannot, is busy with others, or takes longer than five seconds. */
export const drawCover = (still: Buffer): Promise<Buffer | null> =>
  new Promise((resolve) => {
    if (drawing >= MAX_COVERS_AT_ONCE) return resolve(null)
    drawing++
    const child = spawn(
      'ffmpeg',
      [...QUIET, '-protocol_whitelist', 'pipe', '-f', 'flv', '-i', 'pipe:0', '-frames:v', '1', '-q:v', '4', '-f', 'mjpeg', 'pipe:1'],
      {
        stdio: ['pipe', 'pipe', 'ignore'],
      },
    )
    const parts: Buffer[] = []
    let size = 0
    const late = setTimeout(() => child.kill('SIGKILL'), COVER_MS)
    let settled = false
    const settle = (picture: Buffer | null): void => {
      if (settled) return
      settled = true
      drawing--
      clearTimeout(late)
      resolve(picture)
    }
    child.once('error', () => settle(null))
    child.stdin.on('error', () => {}) // ffmpeg may stop reading; its exit tells the rest
    child.stdout.on('data', (part: Buffer) => {
      size += part.length
      if (size > MAX_COVER_BYTES) child.kill('SIGKILL')
      else parts.push(part)
    })
    child.once('close', (code) => settle(code === 0 && size > 0 ? Buffer.concat(parts) : null))
    child.stdin.end(still)
  })

/** `drawCover`, once per key frame. */
export const cachedCover = async (frame: Buffer, still: () => Buffer): Promise<Buffer | null> => {
  const known = drawn.get(frame)
  if (known) return known
  const picture = await drawCover(still())
  if (picture) drawn.set(frame, picture)
  return picture
}

interface Packager {
  dir: string
  child: ChildProcess
  leave(): void
  askedAt: number
  viewers: Map<string, number>
  ended: boolean
}

export interface Hls {
  /** A file of a stream's HLS (`index.m3u8` or `<n>.ts`); null when there is none. The first ask starts the packager and waits for its first segment. */
  file(stream: string, name: string, addr: string): Promise<Buffer | null>
  viewers(stream: string): number
  close(): Promise<void>
}

/** HLS by `ffmpeg -c copy`, one packager per stream that is asked for, fed from the hub like any viewer. Segments live in `root`, which is emptied first. */
export const createHls = async (hub: Hub, limits: Limits, root: string): Promise<Hls> => {
  await rm(root, { recursive: true, force: true })
  const packagers = new Map<string, Packager>()
  let serial = 0
  const now = (): number => performance.now()

  const putAway = (stream: string, one: Packager): void => {
    if (packagers.get(stream) === one) packagers.delete(stream)
    one.leave()
    one.child.kill('SIGKILL')
    void rm(one.dir, { recursive: true, force: true })
  }

  const sweep = setInterval(() => {
    for (const [stream, one] of packagers) if (now() - one.askedAt > limits.hlsIdleMs) putAway(stream, one)
  }, 1000)
  sweep.unref()

  const begin = async (stream: string): Promise<Packager | null> => {
    if (packagers.size >= limits.maxHlsStreams || !hub.has(stream)) return null
    const dir = join(root, `${stream}-${++serial}`)
    await mkdir(dir, { recursive: true })
    const child = spawn(
      'ffmpeg',
      [
        ...QUIET,
        ...[
          '-protocol_whitelist',
          'pipe,file',
          '-fflags',
          '+nobuffer',
          '-f',
          'flv',
          '-i',
          'pipe:0',
          '-map',
          '0:v?',
          '-map',
          '0:a?',
          '-c',
          'copy',
        ],
        ...['-f', 'hls', '-hls_time', '2', '-hls_list_size', '6', '-hls_delete_threshold', '4'],
        ...['-hls_flags', 'delete_segments+temp_file', '-hls_segment_filename', '%d.ts', 'index.m3u8'],
      ],
      { stdio: ['pipe', 'ignore', 'ignore'], cwd: dir },
    )
    const one: Packager = { dir, child, leave: () => {}, askedAt: now(), viewers: new Map(), ended: false }
    packagers.set(stream, one)
    child.stdin!.on('error', () => {})
    child.once('error', () => {
      one.ended = true
    })
    child.once('exit', () => {
      one.ended = true
      one.leave()
    })
    const leave = hub.watch(stream, child.stdin!, true)
    if (!leave) {
      putAway(stream, one)
      return null
    }
    one.leave = leave
    return one
  }

  const starting = new Map<string, Promise<Packager | null>>()

  return {
    async file(stream, name, addr) {
      let one = packagers.get(stream) ?? null
      // what an ended push left stays readable until nobody asks any more; a new push gets a new packager
      if (one?.ended && hub.has(stream)) {
        putAway(stream, one)
        one = null
      }
      if (!one && name === 'index.m3u8') {
        const start = starting.get(stream) ?? begin(stream).finally(() => starting.delete(stream))
        starting.set(stream, start)
        one = await start
      }
      if (!one) return null
      one.askedAt = now()
      if (one.viewers.size < MAX_HLS_VIEWERS || one.viewers.has(addr)) one.viewers.set(addr, now())
      const path = join(one.dir, name)
      for (const until = now() + PLAYLIST_MS; ; ) {
        try {
          return await readFile(path)
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
        }
        if (name !== 'index.m3u8' || one.ended || now() > until) return null
        await new Promise((resolve) => setTimeout(resolve, 100))
        one.askedAt = now()
      }
    },
    viewers(stream) {
      const one = packagers.get(stream)
      if (!one) return 0
      for (const [addr, seen] of one.viewers) if (now() - seen > HLS_VIEWER_MS) one.viewers.delete(addr)
      return one.viewers.size
    },
    async close() {
      clearInterval(sweep)
      for (const [stream, one] of [...packagers]) putAway(stream, one)
      await rm(root, { recursive: true, force: true })
    },
  }
}
