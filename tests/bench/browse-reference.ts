/** What there is to be measured against: bare Fastify answering the same bytes from memory, and bare Fastify that reads the same row by its key. */
import { once } from 'node:events'
import Fastify from 'fastify'
import mysql from 'mysql2/promise'

const [{ body, databaseUrl, revisionIds }] = (await once(process, 'message')) as [
  { body: string; databaseUrl: string; revisionIds: string[] },
]
const pool = mysql.createPool({ uri: databaseUrl, connectionLimit: 20 })
const server = Fastify({ logger: false })
let n = 0
const bytes = Buffer.from(body)
server.get('/memory', async (_request, reply) => reply.header('content-type', 'application/json; charset=utf-8').send(bytes))
server.get('/row', async (_request, reply) => {
  n = (n + 1) % revisionIds.length
  const [rows] = await pool.execute('select * from offers where revision_id = ?', [revisionIds[n] as string])
  return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(rows))
})
await server.listen({ port: 0, host: '127.0.0.1' })
process.send?.({ port: (server.server.address() as { port: number }).port })
process.on('disconnect', () => process.exit(0))
