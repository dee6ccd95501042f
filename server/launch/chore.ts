/** A chore on the database, whether the house is running or not: node server/launch/chore.ts <migrate|seed> [arguments of the seed] */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { childEnvironment, readWishes, WrongSettings } from '../../config/settings.ts'
import { keysOf } from './keys.ts'
import { ownerOf, Taken, takeLock } from './lock.ts'
import { NoDatabase } from './mariadb.ts'
import { migrateDatabase } from './migrate.ts'
import { CannotStart, openDataDir, ownDatabase, type Places, portsFor, root, writeDemoSettings } from './prepare.ts'

const say = (line: string) => console.log(line)

/** The database that this data directory has now: the running house's, the one that was given, or our own for as long as the chore takes. */
async function withDatabase(places: Places, act: (url: string, settingsFile: string | null) => Promise<void>): Promise<void> {
  const wishes = readWishes()
  if (ownerOf(places.lock) !== null && fs.existsSync(places.ready) && fs.existsSync(places.settings)) {
    const { databaseUrl } = JSON.parse(fs.readFileSync(places.settings, 'utf8')) as { databaseUrl: string }
    return act(databaseUrl, places.settings)
  }
  const unlock = takeLock(places.lock)
  try {
    const keys = await keysOf(places.dir)
    const own = wishes.databaseUrl ? null : await ownDatabase(places, keys, say)
    try {
      const url = wishes.databaseUrl ?? (own as NonNullable<typeof own>).url
      if (!wishes.ownSettings) writeDemoSettings(places, wishes, keys, await portsFor(wishes), url)
      await act(url, wishes.ownSettings ? null : places.settings)
    } finally {
      await own?.server.stop()
    }
  } finally {
    unlock()
  }
}

async function seed(settingsFile: string | null, args: string[]): Promise<void> {
  if (!settingsFile) throw new CannotStart('A house with settings of its own is not filled with demonstration data.')
  const child = spawn(process.execPath, ['server/seed/main.ts', ...(args.length > 0 ? args : ['--demo'])], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: childEnvironment({ CHASHAN_SETTINGS: settingsFile }, 'settings') as NodeJS.ProcessEnv,
  })
  const pass = (signal: NodeJS.Signals) => child.kill(signal)
  process.on('SIGINT', pass).on('SIGTERM', pass)
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new CannotStart(`The seed ended with ${code}.`)
}

try {
  const [what, ...args] = process.argv.slice(2)
  if (what !== 'migrate' && what !== 'seed') throw new CannotStart('usage: chore <migrate|seed> [arguments]')
  await withDatabase(openDataDir(readWishes().dataDir), async (url, settingsFile) => {
    await migrateDatabase(url)
    say('the database is up to date')
    if (what === 'seed') await seed(settingsFile, args)
  })
} catch (error) {
  const mendable = [CannotStart, Taken, NoDatabase, WrongSettings].some((kind) => error instanceof kind)
  console.error(mendable ? (error as Error).message : error)
  process.exit(1)
}
