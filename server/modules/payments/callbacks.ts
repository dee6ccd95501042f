/** The door for WeChat Pay's notices: the exact bytes are verified, written down, acknowledged; the rest is the worker's. */
import type { FastifyInstance } from 'fastify'
import type { App } from '../../platform/app.ts'
import { errorFacts } from '../../platform/log.ts'
import { ForgedNotice } from '../../ports/payment.ts'
import { receiveNotice } from './notices.ts'

/** Larger than any notice of WeChat's. */
const LIMIT = 64 << 10

/** Mounts the notice addresses. 204 takes a notice in; 401 refuses a forged one; 503 asks for it again. */
export async function mountNotices(server: FastifyInstance, app: App): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: LIMIT }, (_request, body, done) => done(null, body))
    for (const about of ['transaction', 'refund'])
      scope.post(`/callbacks/wechat-pay/${about}`, { bodyLimit: LIMIT }, async (request, reply) => {
        try {
          const headers = Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, Array.isArray(v) ? v.join(',') : v]))
          await receiveNotice(app, { headers, body: typeof request.body === 'string' ? request.body : '' })
          return reply.code(204).send()
        } catch (error) {
          if (error instanceof ForgedNotice) return reply.code(401).send({ code: 'FAIL', message: '签名错误' })
          app.log('error', 'a notice could not be taken in', errorFacts(error))
          return reply.code(503).send({ code: 'FAIL', message: '稍后重试' })
        }
      })
  })
}
