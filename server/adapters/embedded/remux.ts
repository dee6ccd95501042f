/** A recording becomes a film: the same pictures and sounds in an MP4 whose index comes first. */
import { spawn } from 'node:child_process'
import { rename, rm, stat } from 'node:fs/promises'

const QUIET = ['-hide_banner', '-nostdin', '-loglevel', 'error']
const MOST_WORDS = 500

const run = (program: string, args: readonly string[]): Promise<{ code: number | null; out: string; complaint: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let complaint = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-MOST_WORDS)
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, complaint }))
  })

/**
 * Writes the film of a recording (FLV) to `to`: whole or not at all, nothing is encoded anew. Answers its length and size, null when the recording
 * holds no picture. Rejects where there is no ffmpeg, or no room.
 */
export async function remux(from: string, to: string): Promise<{ ms: number; bytes: number } | null> {
  const beside = `${to}.part`
  const probed = await run('ffprobe', [
    '-v',
    'error',
    '-select_streams',
    'v',
    '-show_entries',
    'packet=size',
    '-read_intervals',
    '%+#1',
    '-of',
    'csv=p=0',
    from,
  ])
  if (probed.out.trim() === '') {
    if ((await stat(from).catch(() => null)) === null) throw new Error('the recording is not there')
    return null
  }
  try {
    const made = await run('ffmpeg', [
      ...[...QUIET, '-y', '-protocol_whitelist', 'file', '-f', 'flv', '-i', from],
      ...['-map', '0:v:0', '-map', '0:a:0?', '-c', 'copy', '-movflags', '+faststart', '-f', 'mp4', beside],
    ])
    if (made.code !== 0) throw new Error(`the film could not be made: ${made.complaint}`)
    const length = await run('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', beside])
    const ms = Math.round(Number(length.out.trim()) * 1000)
    if (!Number.isSafeInteger(ms) || ms < 0) throw new Error('the film has no length')
    const { size } = await stat(beside)
    await rename(beside, to)
    return { ms, bytes: size }
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}
