/** What the media server asks and tells. Its adapter has checked the key before any of this is called. */

import type { App } from '../../platform/app.ts'
import { errorFacts } from '../../platform/log.ts'
import type { Actor } from '../../platform/work.ts'
import type { MediaHooks } from '../../ports/media.ts'
import { mayPublish, streamBegan, streamStopped } from './follow-stream.ts'

const by: Actor = { kind: 'outside', system: 'media' }

/** The hooks that `media.start` wants. Each may be called again with the same facts. */
export const mediaHooks = (app: App): MediaHooks => ({
  mayPublish: ({ stream }) => mayPublish(app.read, app.clock.now(), stream),
  published: async ({ stream, publisherId }) => {
    const goesOn = await app.work(by, (work) => streamBegan(work, stream, publisherId))
    if (goesOn) return
    // not awaited: the adapter calls the hooks of a stream one after another, and its kick may wait for this one
    app.ports.media.kick(stream).catch((error: unknown) => app.log('warn', 'a stream could not be cut', { stream, ...errorFacts(error) }))
  },
  unpublished: async ({ stream, publisherId }) => {
    await app.work(by, (work) => streamStopped(work, stream, publisherId))
  },
})
