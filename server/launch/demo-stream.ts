/** The demonstration's streamers: pushes the clip to every address that the seed names, until the parent is gone. Run by the launcher as a child. */
import { readSettings } from '../../config/settings.ts'
import { demoStreams } from '../seed/demo-stream.ts'
import { type Publisher, publishClip } from './publish-clip.ts'

/** The house may still be opening; ms. */
const RETRY = 200
/** A break may be a key that has run out: new addresses are asked for, but not more often than this. */
const ASK_AGAIN = 5_000

let publishers: Publisher[] = []
const leave = () => void Promise.all(publishers.map((one) => one.stop())).finally(() => process.exit(0))
for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(signal, leave)

const settings = readSettings()
let streams = await demoStreams(settings)
if (streams.length === 0) throw new Error('no session of the demonstration takes a stream')
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

publishers = streams.map(({ file }, i) =>
  publishClip({
    file,
    retryMs: RETRY,
    url: () => addressOf(i),
    log: (line) => console.log(`${new Date().toISOString()} stream ${i + 1}: ${line}`),
  }),
)
await Promise.all(publishers.map((one) => one.started))
process.send?.({ ready: true })
