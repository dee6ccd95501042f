/**
 * The built front ends: the buyer app (the mini-program's H5 build) in dist/h5 and the console in dist/console. Built when their sources
 * have changed since; a hash of the sources lies beside each build. By hand, always both: node server/launch/web.ts
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { childEnvironment } from '../../config/settings.ts'
import { killGroup, lastWords } from './child.ts'
import { CannotStart, root } from './prepare.ts'

interface FrontEnd {
  name: string
  /** What it is built from. */
  sources: string[]
  out: string
  command: string[]
}

const common = ['shared', 'tsconfig.json', 'package-lock.json']

export const frontEnds: readonly FrontEnd[] = [
  {
    name: 'the buyer app',
    sources: ['miniapp', 'config/index.ts', ...common],
    out: 'dist/h5',
    command: ['node_modules/@tarojs/cli/bin/taro', 'build', '--type', 'h5'],
  },
  {
    name: 'the console',
    sources: ['console', 'config/tools/vite.console.ts', ...common],
    out: 'dist/console',
    command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'config/tools/vite.console.ts', '--logLevel', 'warn'],
  },
]

/** One number for all that a front end is built from. */
const hashOf = ({ sources, command }: FrontEnd): string => {
  const hash = createHash('sha256').update(command.join(' '))
  const files = sources.flatMap((source) => {
    const at = path.join(root, source)
    if (!fs.existsSync(at)) return []
    if (fs.statSync(at).isFile()) return [source]
    return fs
      .readdirSync(at, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
  })
  for (const file of files.sort()) hash.update(`\0${file}\0`).update(fs.readFileSync(path.join(root, file)))
  return hash.digest('hex')
}

const stampOf = (one: FrontEnd): string => path.join(root, `${one.out}.sources`)

/** Is the build there, and of these sources? */
export const isCurrent = (one: FrontEnd): boolean =>
  fs.existsSync(path.join(root, one.out, 'index.html')) &&
  fs.existsSync(stampOf(one)) &&
  fs.readFileSync(stampOf(one), 'utf8') === hashOf(one)

/**
 * Runs one of Node's programs to its end, its words into a log and, when `say` is given, its lines there too; throws with the last of them
 * when it fails. `signal` ends it with its children.
 */
export const runProgram = (
  command: string[],
  given: { log: string; env?: Record<string, string>; say?(line: string): void; signal?: AbortSignal },
): Promise<void> =>
  new Promise((resolve, reject) => {
    const log = fs.openSync(given.log, 'w', 0o600)
    const child = spawn(process.execPath, command, {
      cwd: root,
      detached: true,
      stdio: ['ignore', given.say ? 'pipe' : log, log],
      env: childEnvironment(given.env ?? {}, 'settings') as NodeJS.ProcessEnv,
    })
    if (child.stdout && given.say) {
      const { say } = given
      createInterface({ input: child.stdout }).on('line', (line) => {
        fs.appendFileSync(given.log, `${line}\n`)
        say(line)
      })
    }
    const end = () => killGroup(child.pid)
    if (given.signal?.aborted) end()
    given.signal?.addEventListener('abort', end, { once: true })
    child.once('exit', (code, signal) => {
      fs.closeSync(log)
      given.signal?.removeEventListener('abort', end)
      killGroup(child.pid)
      if (code === 0) resolve()
      else reject(new Error(`it ended with ${signal ?? code}; see ${given.log}\n${lastWords(given.log, 20)}`))
    })
    child.once('error', reject)
  })

/** Builds one front end. */
export async function build(one: FrontEnd, given: { logDir: string; say(line: string): void; signal?: AbortSignal }): Promise<void> {
  const hash = hashOf(one)
  const from = Date.now()
  given.say(`building ${one.name} …`)
  fs.mkdirSync(path.join(root, 'dist'), { recursive: true })
  fs.rmSync(stampOf(one), { force: true })
  try {
    await runProgram(one.command, {
      log: path.join(given.logDir, `build-${path.basename(one.out)}.log`),
      env: { NODE_ENV: 'production' },
      signal: given.signal,
    })
  } catch (error) {
    throw new CannotStart(`Building ${one.name} failed: ${(error as Error).message}`)
  }
  if (!fs.existsSync(path.join(root, one.out, 'index.html'))) throw new CannotStart(`Building ${one.name} left no ${one.out}/index.html.`)
  fs.writeFileSync(stampOf(one), hash)
  given.say(`${one.name} is built, ${((Date.now() - from) / 1000).toFixed(0)} s`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const logDir = path.join(root, '.data')
  fs.mkdirSync(logDir, { recursive: true, mode: 0o700 })
  try {
    await Promise.all(frontEnds.map((one) => build(one, { logDir, say: (line) => console.log(line) })))
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
