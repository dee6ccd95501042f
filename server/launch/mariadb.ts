/**
 * A private MariaDB of our own: own data directory, own socket, own port, production durability, no network, stopped cleanly.
 * For a park that has no database server yet, for the demo, and for tests.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import mysql from 'mysql2/promise'
import { identity, takeLock } from './lock.ts'
import { anyFreePort, findProgram, installDebian } from './machine.ts'

const run = promisify(execFile)

export interface PrivateDatabase {
  /** The URL of a database of this name, which is made when it is not there. */
  urlOf(name: string): Promise<string>
  pid: number
  port: number
  /** Resolves when the server has ended, whoever ended it. */
  ended: Promise<void>
  stop(): Promise<void>
}

/** Says in one sentence what a person can do. */
export class NoDatabase extends Error {
  override name = 'NoDatabase'
}

/** Makes sure that a database server is on this machine; throws NoDatabase with what to install. */
export async function needServer(say: (line: string) => void): Promise<string> {
  const have = findProgram('mariadbd', 'mysqld')
  if (have) return have
  await installDebian(['mariadb-server-core', 'mariadb-client-core'], say)
  const now = findProgram('mariadbd', 'mysqld')
  if (!now)
    throw new NoDatabase(
      'No database server found: run `apt-get install mariadb-server-core` (as root), or set DATABASE_URL to a MySQL-compatible server.',
    )
  return now
}

const user = 'chashan'

/**
 * Starts the server on `dir`. `durable: false` is for tests only, where speed matters and a power cut does not. A second start on the same
 * directory refuses (Taken) with the first one's process number. A server whose owner was killed is asked to stop first.
 */
export async function startPrivateDatabase(
  dir: string,
  options: { durable: boolean; password: string; port?: number; say?: (line: string) => void },
): Promise<PrivateDatabase> {
  const say = options.say ?? (() => {})
  const program = await needServer(say)
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
  const base = path.resolve(dir)
  const unlock = takeLock(path.join(base, 'owner.pid'))
  // a socket's path may be 107 bytes long; a deep checkout's is longer
  const socketDir = base.length < 80 ? base : fs.mkdtempSync(path.join(os.tmpdir(), 'chashan-db-'))
  const socket = path.join(socketDir, 'db.sock')
  const data = path.join(base, 'data')
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : []
  try {
    if (!fs.existsSync(path.join(data, 'mysql'))) {
      say('making the database directory')
      await initialise(program, data, asRoot)
    }
    await stopOrphan(base, data)
    const port = options.port ?? (await anyFreePort())
    const child = spawn(
      program,
      [
        '--no-defaults',
        `--datadir=${data}`,
        `--socket=${socket}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        `--tmpdir=${temporaryDir(base)}`,
        `--pid-file=${path.join(base, 'db.pid')}`,
        `--log-error=${path.join(base, 'db.log')}`,
        '--skip-name-resolve',
        '--character-set-server=utf8mb4',
        '--collation-server=utf8mb4_unicode_ci',
        '--local-infile=0',
        '--max-connections=400',
        '--max-allowed-packet=16M',
        '--innodb-buffer-pool-size=256M',
        '--max-statement-time=20',
        ...(options.durable
          ? [
              '--innodb-flush-log-at-trx-commit=1',
              '--innodb-doublewrite=1',
              '--log-bin=binlog',
              '--sync-binlog=1',
              '--binlog-format=ROW',
              '--expire-logs-days=7',
            ]
          : ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--innodb-flush-method=nosync', '--skip-log-bin']),
        ...asRoot,
      ],
      { stdio: 'ignore', detached: true },
    )
    child.unref()
    const ended = new Promise<void>((done) => child.once('exit', () => done()))
    const root = await waitUntilUp(child, socket, base).catch(async (error: unknown) => {
      await end(child, ended)
      throw error
    })
    await root.query(`create user if not exists '${user}'@'127.0.0.1' identified by '${options.password}'`)
    await root.query(`alter user '${user}'@'127.0.0.1' identified by '${options.password}'`)
    await root.query(`grant all on \`chashan%\`.* to '${user}'@'127.0.0.1'`)
    await root.end()
    return {
      pid: child.pid as number,
      port,
      ended,
      urlOf: async (name) => {
        const admin = await mysql.createConnection({ socketPath: socket, user: 'root' })
        await admin.query(`create database if not exists \`${name}\` character set utf8mb4 collate utf8mb4_unicode_ci`)
        await admin.end()
        return `mysql://${user}:${options.password}@127.0.0.1:${port}/${name}`
      },
      stop: async () => {
        await end(child, ended)
        unlock()
        if (socketDir !== base) fs.rmSync(socketDir, { recursive: true, force: true })
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** A server whose owner was killed goes on without one; it is asked to stop before the directory is used again. */
async function stopOrphan(base: string, data: string): Promise<void> {
  const file = path.join(base, 'db.pid')
  if (!fs.existsSync(file)) return
  const pid = Number.parseInt(fs.readFileSync(file, 'utf8'), 10)
  try {
    if (!fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--datadir=${data}`)) return
    process.kill(pid, 'SIGTERM')
  } catch {
    return
  }
  const until = Date.now() + 30_000
  while (identity(pid) !== null && Date.now() < until) await new Promise((done) => setTimeout(done, 50))
}

/** Where this server keeps its temporary tables: not in the directory that it would share with others. */
function temporaryDir(base: string): string {
  const dir = path.join(base, 'tmp')
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
  return dir
}

/** Makes the directory beside its place and names it when it is whole: a start that was killed leaves nothing half. */
async function initialise(program: string, data: string, asRoot: string[]): Promise<void> {
  const base = path.dirname(data)
  for (const left of fs.readdirSync(base)) if (left.startsWith('data.')) fs.rmSync(path.join(base, left), { recursive: true, force: true })
  fs.rmSync(data, { recursive: true, force: true })
  const beside = `${data}.${process.pid}`
  fs.mkdirSync(beside, { mode: 0o700 })
  // a place of its own for temporary tables: two installations at once must not meet in the system's
  const temporary = `--tmpdir=${temporaryDir(base)}`
  const installer = findProgram('mariadb-install-db', 'mysql_install_db')
  if (installer)
    await run(
      installer,
      ['--no-defaults', `--datadir=${beside}`, '--auth-root-authentication-method=normal', '--skip-test-db', temporary, ...asRoot],
      {
        maxBuffer: 16 << 20,
      },
    )
  else await run(program, ['--no-defaults', `--datadir=${beside}`, '--initialize-insecure', temporary, ...asRoot], { maxBuffer: 16 << 20 })
  fs.renameSync(beside, data)
}

async function waitUntilUp(child: ChildProcess, socketPath: string, base: string): Promise<mysql.Connection> {
  const until = Date.now() + 60_000
  for (;;) {
    try {
      return await mysql.createConnection({ socketPath, user: 'root' })
    } catch (error) {
      if (child.exitCode !== null || Date.now() > until) {
        const log = fs.existsSync(path.join(base, 'db.log'))
          ? fs.readFileSync(path.join(base, 'db.log'), 'utf8').split('\n').slice(-6).join('\n')
          : ''
        throw new NoDatabase(`The private database did not start: ${(error as Error).message}\n${log}`)
      }
      await new Promise((done) => setTimeout(done, 40))
    }
  }
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const hard = setTimeout(() => child.kill('SIGKILL'), 30_000)
  await ended
  clearTimeout(hard)
}
