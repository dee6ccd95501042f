// Makes the demo clip again: node server/seed/pictures/make-clip.ts [file]. Wants ffmpeg with libx264 on the path; takes about two minutes.
// The clip is committed (server/seed/clip.flv); run this only after changing the scene. 540 × 960, 15 pictures a second, a key picture
// every second, no B-pictures, so that it can be pushed over RTMP as it is and a viewer comes in within a second; AAC mono; a loop of 24 s.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { liveFrame } from './live-table.ts'
import { melody } from './pluck.ts'

const seed = 12
const seconds = 24
const perSecond = 15
const [width, height] = [540, 960]
const target = process.argv[2] ?? fileURLToPath(new URL('../clip.flv', import.meta.url))

const scratch = await mkdtemp(join(tmpdir(), 'chashan-clip-'))
const sound = join(scratch, 'melody.pcm')
await writeFile(sound, melody(seed, seconds))

const encoder = spawn(
  'ffmpeg',
  [
    ...['-y', '-loglevel', 'error'],
    ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`, '-r', String(perSecond), '-i', 'pipe:0'],
    ...['-f', 's16le', '-ar', '44100', '-ac', '1', '-i', sound],
    ...['-c:v', 'libx264', '-preset', 'veryslow', '-profile:v', 'main', '-pix_fmt', 'yuv420p', '-bf', '0'],
    ...['-g', String(perSecond), '-keyint_min', String(perSecond), '-sc_threshold', '0'],
    ...['-crf', '27', '-maxrate', '500k', '-bufsize', '800k'],
    ...[
      '-c:a',
      'aac',
      '-b:a',
      '48k',
      '-ar',
      '44100',
      '-ac',
      '1',
      '-shortest',
      '-map_metadata',
      '-1',
      '-flvflags',
      'no_duration_filesize',
      target,
    ],
  ],
  { stdio: ['pipe', 'inherit', 'inherit'] },
)
const ended = once(encoder, 'close')

const frames = seconds * perSecond
const draw = (i: number) =>
  sharp(Buffer.from(liveFrame(seed, i / frames, width)))
    .resize(width, height)
    .removeAlpha()
    .raw()
    .toBuffer()
// Two pictures are drawn while two are waiting: more would only hold memory.
for (let i = 0; i < frames; i += 2) {
  for (const frame of await Promise.all([draw(i), draw(Math.min(i + 1, frames - 1))])) {
    if (!encoder.stdin.write(frame)) await once(encoder.stdin, 'drain')
  }
  if (i % 60 === 0) console.log(`${i} of ${frames}`)
}
encoder.stdin.end()
const [code] = await ended
await rm(scratch, { recursive: true })
if (code !== 0) throw new Error(`ffmpeg ended with ${code}`)
console.log(target)
