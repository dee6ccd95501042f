/** Doors of assets beside the router: pictures come in by POST /upload and go out by GET /files/…, neither of which is tRPC's business. */
import { finished, type Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ShopId, UserId } from '../../../shared/ids.ts'
import { Refusal, refuse } from '../../../shared/refusals.ts'
import { SECOND } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { httpStatusOf, refusalOf } from '../../platform/doors.ts'
import { errorFacts } from '../../platform/log.ts'
import type { Actor } from '../../platform/work.ts'
import { pictures } from './index.ts'
import { storePicture } from './store-picture.ts'
import { readTicket } from './ticket.ts'

const MEGABYTES = 12
const MOST_BYTES = MEGABYTES << 20
/** Each upload under way holds up to 12 MB of memory. */
const UPLOADS_AT_ONCE = 12
/** How long a refused sender may go on talking before the line is cut: long enough to read the answer. */
const HEARS_OUT = 2 * SECOND

/** Mounts `POST /upload?ticket=…`: a multipart field `file`, or the picture itself as the body with content-type image/…. */
export async function mountUploads(server: FastifyInstance, app: App): Promise<void> {
  let underWay = 0
  await server.register(async (scope) => {
    await scope.register(multipart, {
      limits: { fileSize: MOST_BYTES + 1, files: 1, fields: 4, parts: 5, fieldSize: 1024, headerPairs: 20 },
    })
    // the body stays a stream: it is counted while it comes, never gathered first
    scope.addContentTypeParser(/^image\/[a-z0-9.+-]+\s*(;|$)/i, (_request, payload, done) => done(null, payload))
    scope.addHook('onError', async (request) => hearOut(request))
    scope.post('/upload', async (request, reply) => {
      if (underWay >= UPLOADS_AT_ONCE) return refused(app, request, reply, refuse('busy'))
      underWay++
      try {
        const { userId, shopId } = readTicket(app.settings.secret, app.clock.now(), (request.query as { ticket?: unknown }).ticket)
        const by = await uploader(app, userId, shopId)
        const length = Number(request.headers['content-length'] ?? 0)
        if (length > MOST_BYTES + (64 << 10)) throw tooBig()
        const id = await storePicture(app, by, { shopId, bytes: await takePicture(request) })
        const asset = (await pictures(app.read, app.ports.storage.url, [id])).get(id)
        return { asset }
      } catch (error) {
        return refused(app, request, reply, error)
      } finally {
        underWay--
      }
    })
  })
}

/** Who brings it: for a shop whoever still belongs to it, else the person. Refuses `uploadTicket`. */
async function uploader(app: App, userId: UserId, shopId: ShopId | null): Promise<Actor> {
  if (shopId === null) return { kind: 'buyer', userId }
  const role = await app.gate.roleIn(app, userId, shopId)
  if (role === null) throw refuse('uploadTicket')
  return { kind: 'member', userId, shopId, role }
}

const tooBig = () => refuse('pictureTooBig', { mb: MEGABYTES })

const takePicture = async (request: FastifyRequest): Promise<Buffer> => {
  if (!request.isMultipart()) {
    const body = request.body as Readable | undefined
    if (!body || typeof body[Symbol.asyncIterator] !== 'function') throw refuse('pictureKind')
    return take(body)
  }
  const part = await request.file()
  if (part?.fieldname !== 'file') throw refuse('pictureKind')
  return take(part.file)
}

/** Gathers a stream up to the limit; the byte after it ends the reading. */
const take = (stream: Readable): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let total = 0
  // not for-await: leaving its loop would destroy the socket before the answer is out
  return new Promise<Buffer>((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      total += chunk.length
      if (total <= MOST_BYTES) chunks.push(chunk)
      else {
        chunks.length = 0
        stream.off('data', onData)
        reject(tooBig())
      }
    }
    stream.on('data', onData)
    // also tells of a stream that broke before anybody listened
    finished(stream, { writable: false }, (error) => (error ? reject(refuse('pictureBroken')) : resolve(Buffer.concat(chunks))))
  })
}

/** Lets what is still coming run into nothing for a moment, so that the sender hears the answer, then cuts the line. */
const hearOut = (request: FastifyRequest): void => {
  const { raw } = request
  if (raw.complete) return
  raw.unpipe()
  raw.resume()
  const cut = setTimeout(() => raw.destroy(), HEARS_OUT)
  cut.unref()
  raw.once('end', () => clearTimeout(cut))
  raw.once('close', () => clearTimeout(cut))
}

const refused = (app: App, request: FastifyRequest, reply: FastifyReply, error: unknown) => {
  hearOut(request)
  const code = (error as { code?: unknown }).code
  const torn = !(error instanceof Refusal) && typeof code === 'string' && code.startsWith('FST_')
  const refusal = refusalOf(error) ?? (torn ? refuse('pictureKind') : null)
  if (refusal) return reply.code(httpStatusOf(refusal)).send({ error: { refusal: refusal.code, message: refusal.message } })
  app.log('error', 'an upload failed', errorFacts(error))
  return reply.code(500).send({ error: { refusal: null, message: '系统出了点问题，请稍后再试' } })
}

/** A key of ours and nothing else: what storage holds besides pictures has no door here. */
const KEY = /^p\/[0-9a-f]{2}\/[0-9a-f]{32}_(240|640|1200)\.webp$/

/** Mounts `GET /files/*`: pictures by their key, for ever the same bytes, and nothing that a browser would run. */
export async function mountFiles(server: FastifyInstance, app: App): Promise<void> {
  server.get('/files/*', async (request, reply) => {
    const key = (request.params as { '*': string })['*']
    reply.headers({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'cross-origin',
    })
    const missing = () => {
      const refusal = refuse('notFound')
      return reply
        .code(404)
        .header('cache-control', 'no-store')
        .send({ error: { refusal: refusal.code, message: refusal.message } })
    }
    if (!KEY.test(key)) return missing()
    const etag = `"${key.slice(5, -5)}"`
    if (request.headers['if-none-match'] === etag) return reply.code(304).header('etag', etag).send()
    const found = await app.ports.storage.get(key)
    if (!found) return missing()
    return reply
      .headers({ etag, 'cache-control': 'public, max-age=31536000, immutable', 'content-type': 'image/webp' })
      .send(Buffer.from(found.bytes.buffer, found.bytes.byteOffset, found.bytes.byteLength))
  })
}
