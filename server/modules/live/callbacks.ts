/** What the media server asks and tells; its adapter has checked the key before any of this is called. And where its films are read. */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { App } from '../../platform/app.ts'
import { errorFacts } from '../../platform/log.ts'
import type { Actor } from '../../platform/work.ts'
import type { MediaHooks } from '../../ports/media.ts'
import { mayPublish, streamBegan, streamStopped } from './follow-stream.ts'
import { recordingBegan, recordingEnded } from './recordings.ts'

const by: Actor = { kind: 'outside', system: 'media' }

/** The hooks that `media.start` wants. Each may be called again with the same facts. */
export const mediaHooks = (app: App): MediaHooks => ({
  mayPublish: ({ stream }) => mayPublish(app.read, app.clock.now(), stream),
  published: async ({ stream, publisherId }) => {
    const goesOn = await app.work(by, async (work) => {
      const began = await streamBegan(work, stream, publisherId)
      if (began) await recordingBegan(work, stream, publisherId)
      return began
    })
    if (goesOn) return
    // not awaited: the adapter calls the hooks of a stream one after another, and its kick may wait for this one
    app.ports.media.kick(stream).catch((error: unknown) => app.log('warn', 'a stream could not be cut', { stream, ...errorFacts(error) }))
  },
  unpublished: async ({ stream, publisherId, recording }) => {
    await app.work(by, async (work) => {
      await recordingEnded(work, stream, publisherId, recording)
      await streamStopped(work, stream, publisherId)
    })
  },
})

/** Films, read in the parts that players ask for. Their names cannot be guessed, and what is under a name never changes. */
export const mountFilms = async (server: FastifyInstance, app: App): Promise<void> => {
  const root = path.resolve(app.settings.dataDir, 'films')
  await mkdir(root, { recursive: true })
  await server.register(fastifyStatic, { root, prefix: '/films/', decorateReply: false, index: false, immutable: true, maxAge: '30d' })
}
