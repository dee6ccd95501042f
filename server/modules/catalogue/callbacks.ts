/** Doors of the catalogue beside the router: tables of many listings come in by POST /import, empty ones go out by GET /import/template/…. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { productClasses } from '../../../shared/catalogue/draft.ts'
import { importLimits } from '../../../shared/catalogue/import.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import { httpStatusOf, refusalOf } from '../../platform/doors.ts'
import { errorFacts } from '../../platform/log.ts'
import { readTicket } from '../assets/index.ts'
import { importListings } from './import-listings.ts'
import { importTemplate } from './template.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** Reading a table takes the whole thread for a moment. */
const AT_ONCE = 2

/** Mounts `POST /import?ticket=…&class=…[&run=1]` with the file as its body, and the templates. */
export async function mountImport(server: FastifyInstance, app: App): Promise<void> {
  let underWay = 0
  await server.register(async (scope) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.post('/import', { bodyLimit: (importLimits.megabytes << 20) + 1 }, async (request, reply) => {
      if (underWay >= AT_ONCE) return refused(app, reply, refuse('busy'))
      underWay++
      try {
        const { ticket, class: of, run } = request.query as Record<string, unknown>
        const { userId, shopId } = readTicket(app.settings.secret, app.clock.now(), ticket)
        const role = shopId === null ? null : await app.gate.roleIn(app, userId, shopId)
        if (shopId === null || (role !== 'owner' && role !== 'assistant')) throw refuse('uploadTicket')
        const productClass = productClasses.find((c) => c === of)
        if (!productClass || !Buffer.isBuffer(request.body)) throw refuse('importKind')
        const ask = { shopId, productClass, bytes: request.body, dryRun: run !== '1' }
        return await importListings(app, { kind: 'member', userId, shopId, role }, ask)
      } catch (error) {
        return refused(app, reply, error)
      } finally {
        underWay--
      }
    })
    scope.setErrorHandler((error, _request, reply) =>
      refused(
        app,
        reply,
        (error as { statusCode?: number }).statusCode === 413
          ? refuse('importTooBig', { what: `文件超过 ${importLimits.megabytes} MB` })
          : refuse('importKind'),
      ),
    )
    scope.get('/import/template/:name', async (request, reply) => {
      const { name } = request.params as { name: string }
      const productClass = productClasses.find((c) => name === `${c}.xlsx`)
      if (!productClass) return refused(app, reply, refuse('notFound'))
      return reply
        .headers({ 'content-type': XLSX, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-cache' })
        .send(Buffer.from(importTemplate(productClass)))
    })
  })
}

const refused = (app: App, reply: FastifyReply, error: unknown) => {
  const refusal = refusalOf(error)
  if (refusal) return reply.code(httpStatusOf(refusal)).send({ error: { refusal: refusal.code, message: refusal.message } })
  app.log('error', 'an import failed', errorFacts(error))
  return reply.code(500).send({ error: { refusal: null, message: '系统出了点问题，请稍后再试' } })
}
