/** What modules mount beside the router: uploads and pictures, the room's socket, suppliers' callbacks. */
import type { FastifyInstance } from 'fastify'
import { mountFiles, mountUploads } from '../modules/assets/callbacks.ts'
import { mountImport } from '../modules/catalogue/callbacks.ts'
import { mountFilms } from '../modules/live/callbacks.ts'
import { mountNotices } from '../modules/payments/callbacks.ts'
import { mountRoom } from '../modules/room/socket.ts'
import { mountParcelNews } from '../modules/shipping/callbacks.ts'
import type { App } from '../platform/app.ts'

/** Mounts routes; may give back what to call before the server closes. */
export type Mount = (server: FastifyInstance, app: App) => Promise<(() => Promise<void>) | undefined> | Promise<void>

/** The room's socket shares the port. */
const mountSocket: Mount = async (server, app) => mountRoom(server.server, app).close

export const mounts: readonly Mount[] = [mountUploads, mountFiles, mountImport, mountSocket, mountNotices, mountParcelNews, mountFilms]
