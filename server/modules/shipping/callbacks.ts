/** The door for couriers' news: signed for one parcel each, written down, acknowledged. */
import type { FastifyInstance } from 'fastify'
import { isId } from '../../../shared/ids.ts'
import type { App } from '../../platform/app.ts'
import { errorFacts } from '../../platform/log.ts'
import { ForgedNews } from '../../ports/tracking.ts'
import { takeNews } from './follow-parcels.ts'

/** Larger than any news of a parcel. */
const LIMIT = 128 << 10

/** Mounts the address. 401 refuses forged news, 404 those of no parcel of ours; what could not be taken in is asked for again. */
export async function mountParcelNews(server: FastifyInstance, app: App): Promise<void> {
  const { answers } = app.ports.tracking
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: LIMIT }, (_request, body, done) => done(null, body))
    scope.post<{ Params: { id: string } }>('/callbacks/kuaidi100/:id', { bodyLimit: LIMIT }, async (request, reply) => {
      void reply.type('application/json; charset=utf-8')
      const { id } = request.params
      if (!isId('Waybill', id)) return reply.code(404).send(answers.later)
      try {
        const ours = await takeNews(app, id, typeof request.body === 'string' ? request.body : '')
        return reply.code(ours ? 200 : 404).send(ours ? answers.taken : answers.later)
      } catch (error) {
        if (error instanceof ForgedNews) return reply.code(401).send(answers.later)
        app.log('error', 'news of a parcel could not be taken in', errorFacts(error))
        return reply.code(503).send(answers.later)
      }
    })
  })
}
