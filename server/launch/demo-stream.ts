/** The demonstration's streamers: pushes the clip to every address that the seed names, until the parent is gone. Run by the launcher as a child. */
import fs from 'node:fs'
import { readSettings, type Settings } from '../../config/settings.ts'
import { publishClip } from './publish-clip.ts'

interface DemoStream {
  url: string
  file: string
}

/** A break may be a key that has run out: new addresses are asked for, but not more often than this. */
const ASK_AGAIN = 60_000

const maker = new URL('../seed/demo-stream.ts', import.meta.url)
if (!fs.existsSync(maker)) throw new Error('there is no server/seed/demo-stream.ts')
const { demoStreams } = (await import(maker.href)) as { demoStreams(settings: Settings): Promise<DemoStream[]> }
const settings = readSettings()

let streams = await demoStreams(settings)
let askedAt = Date.now()
const addressOf = async (i: number): Promise<string> => {
  if (Date.now() - askedAt > ASK_AGAIN) {
    askedAt = Date.now()
    streams = await demoStreams(settings)
  }
  const stream = streams[i]
  if (!stream) throw new Error('this session is over')
  return stream.url
}

const publishers = streams.map(({ file }, i) =>
  publishClip({ file, url: () => addressOf(i), log: (line) => console.log(`${new Date().toISOString()} stream ${i + 1}: ${line}`) }),
)
const leave = () => void Promise.all(publishers.map((one) => one.stop())).finally(() => process.exit(0))
for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(signal, leave)
process.send?.({ ready: true })
