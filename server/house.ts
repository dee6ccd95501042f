/** The house as a whole: the gate, the app and its roles, built from settings. main.ts starts it; tests build it around a fake clock. */
import type { Settings } from '../config/settings.ts'
import type { UserId } from '../shared/ids.ts'
import { parkRoles } from '../shared/tenants/roles.ts'
import { parkRole, people, staff, userOf } from './modules/identity/index.ts'
import { owners, roleIn, shopsOf } from './modules/tenants/index.ts'
import { batchesOf } from './modules/traceability/index.ts'
import { type App, buildApp, type Gate } from './platform/app.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import { openDatabase } from './platform/db.ts'
import { createLog, type Log } from './platform/log.ts'
import { type ApiRole, startApi } from './roles/api.ts'
import { jobs } from './roles/jobs.ts'
import { startMedia } from './roles/media.ts'
import { subscribers } from './roles/subscribers.ts'
import { startWorker } from './roles/worker.ts'
import { wirePorts } from './wiring.ts'

const gate: Gate = {
  userOf,
  roleIn,
  parkRole,
  ownsBatches: async (app, shopId, batchIds) => {
    const found = await batchesOf(app.read, batchIds)
    return batchIds.every((id) => found.get(id)?.shopId === shopId)
  },
  desksOf: async (app, userId) => {
    const [shops, role] = await Promise.all([shopsOf(app, userId), parkRole(app, userId)])
    return { shops, park: role ? { role } : null }
  },
  deskPeople: async (app) => {
    const [farmers, staffed] = await Promise.all([owners(app.read, 40), staff(app.read)])
    const names = await people(
      app.read,
      [...farmers, ...staffed].map((p) => p.userId),
    )
    const nameOf = (id: UserId) => names.get(id)?.nickname ?? ''
    return [
      ...farmers.map((f) => ({ userId: f.userId, name: nameOf(f.userId), as: 'farmer' as const, where: f.shopName })),
      ...staffed.map((s) => ({ userId: s.userId, name: nameOf(s.userId), as: 'staff' as const, where: parkRoles[s.role] })),
    ]
  },
}

/** Builds the app without starting any role. `end` closes what it opened. */
export function buildHouse(settings: Settings, given: { clock?: Clock; log?: Log } = {}): { app: App; end(): Promise<void> } {
  const clock = given.clock ?? systemClock
  const log = given.log ?? createLog(settings.logLevel)
  const database = openDatabase(settings.databaseUrl, settings.databasePool)
  const app = buildApp({ settings, clock, log, ports: wirePorts(settings, clock, log), gate, database, subscribers, jobs })
  return { app, end: () => database.end() }
}

/** Starts the roles that the settings name; `stop` ends them in reverse order, letting what is under way finish. */
export async function startHouse(settings: Settings): Promise<{ app: App; api: ApiRole | null; stop(): Promise<void> }> {
  const { app, end } = buildHouse(settings)
  const { roles } = settings
  const stops: (() => Promise<void>)[] = [end]
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one()
  }
  try {
    if (roles.includes('media')) stops.push((await startMedia(app)).stop)
    if (roles.includes('worker')) stops.push((await startWorker(app)).stop)
    let api: ApiRole | null = null
    if (roles.includes('api')) {
      api = await startApi(app)
      stops.push(api.stop)
    }
    return { app, api, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
