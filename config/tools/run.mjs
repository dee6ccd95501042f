/**
 * The set-up step: `node config/tools/run.mjs <what> [arguments]`. Plain JavaScript without packages, for the Node that the machine brings (20 or later).
 * It completes node_modules when they do not match package-lock.json, finds the project's own Node among them, and runs the wanted program by that.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const at = (...parts) => path.join(root, ...parts)
const modules = at('node_modules')
const stampFile = at('node_modules', '.chashan-stamp')

/** What can be asked for: the program and its first arguments. `told`: it ends when this process is gone, even by kill -9. */
const programs = {
  start: { run: ['server/launch/start.ts'], told: true },
  dev: { run: ['server/launch/start.ts', '--watch'], told: true },
  build: { run: ['server/launch/web.ts'] },
  'build:weapp': { run: ['config/tools/weapp.ts'] },
  test: { first: ['config/tools/need.ts'], run: ['node_modules/vitest/vitest.mjs', 'run', '-c', 'config/tools/vitest.ts'] },
  check: { run: ['config/tools/check.ts'] },
  migrate: { run: ['server/launch/chore.ts', 'migrate'] },
  seed: { run: ['server/launch/chore.ts', 'seed'] },
  stream: { run: ['server/launch/publish-clip.ts', 'server/seed/clip.flv'] },
  'bench:browse': { run: ['tests/bench/browse.ts'] },
  'bench:purchase': { run: ['tests/bench/purchase.ts'] },
  'bench:room': { run: ['tests/bench/room.ts'] },
  clip: { run: ['server/seed/pictures/make-clip.ts'] },
  /** Only the set-up. */
  setup: { run: ['-e', ''] },
}

const say = (line) => console.log(line)
const giveUp = (sentence) => {
  console.error(sentence)
  process.exit(1)
}
const major = (version) => Number.parseInt(version.replace(/^v/, ''), 10)
const stampNow = () =>
  createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex')

/** Is what npm itself noted about node_modules the lock's? So an installation made by hand counts too. */
const installed = () => {
  try {
    const wanted = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages
    const have = JSON.parse(readFileSync(at('node_modules', '.package-lock.json'), 'utf8')).packages
    return Object.entries(wanted).every(([where, entry]) => {
      if (where === '' || entry.link) return true
      if (!have[where]) return Boolean(entry.optional || entry.devOptional || entry.peer)
      return have[where].version === entry.version && existsSync(at(where))
    })
  } catch {
    return false
  }
}

const complete = () => {
  const stamp = stampNow()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return true
  if (!installed()) return false
  writeFileSync(stampFile, stamp)
  return true
}

/** How npm is called: the one that called us, the one beside this Node, or the one on the PATH. */
const npm = () => {
  const beside = path.join(path.dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')
  const node = process.env.npm_node_execpath && existsSync(process.env.npm_node_execpath) ? process.env.npm_node_execpath : process.execPath
  const called = process.env.npm_execpath
  if (called && /\.[cm]?js$/.test(called) && existsSync(called)) return [node, called]
  if (existsSync(beside)) return [process.execPath, beside]
  return ['npm']
}

const alive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** One installation at a time: a second call waits for the first. Gives back how to let go. */
const takeTurn = async () => {
  const turn = at('.data', 'setup.pid')
  mkdirSync(at('.data'), { recursive: true, mode: 0o700 })
  const mine = `${turn}.${process.pid}`
  writeFileSync(mine, String(process.pid))
  for (let told = false; ; ) {
    try {
      linkSync(mine, turn)
      rmSync(mine)
      return () => rmSync(turn, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const owner = existsSync(turn) ? Number.parseInt(readFileSync(turn, 'utf8'), 10) : 0
    if (owner && !alive(owner)) rmSync(turn, { force: true })
    else if (!told) {
      told = true
      say(`[1/5] another process (${owner}) is installing the packages; waiting for it`)
    }
    await new Promise((done) => setTimeout(done, 200))
  }
}

let child = null
let asked = null
/** Runs a program and passes signals on to it, each once: it has a process group of its own, so a terminal's Ctrl-C reaches only us. */
const running = (command, options) =>
  new Promise((resolve) => {
    child = spawn(command[0], command.slice(1), { cwd: root, detached: true, ...options })
    child.once('error', (error) => resolve({ code: null, error }))
    child.once('exit', (code, signal) => {
      child = null
      resolve({ code, signal })
    })
  })

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    // npm passes Ctrl-C on as well: the second one is the same one
    if (asked) return
    asked = signal
    setTimeout(() => (asked = null), 1_000).unref()
    if (child) child.kill(signal)
    else process.exit(130)
  })

// npm killed without a word must not leave us behind
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 500).unref()
}

const install = async () => {
  const turn = await takeTurn()
  try {
    if (complete()) return
    const from = Date.now()
    say('[1/5] installing packages … (about 800 MB, one to two minutes)')
    const beat = setInterval(() => {
      const n = existsSync(modules) ? readdirSync(modules).length : 0
      say(`[1/5] installing packages … ${Math.round((Date.now() - from) / 1000)} s, ${n} folders`)
    }, 15_000)
    const quiet = [
      '--no-progress',
      '--loglevel=error',
      '--no-fund',
      '--no-audit',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
    ]
    const end = await running([...npm(), 'ci', ...quiet], { stdio: ['ignore', 'inherit', 'inherit'] })
    clearInterval(beat)
    if (end.signal) process.exit(130)
    if (end.error) giveUp('npm was not found: install Node.js 20 or later with npm.')
    if (end.code !== 0) giveUp(`The packages could not be installed (npm ci ended with ${end.code}); what npm said stands above.`)
    writeFileSync(stampFile, stampNow())
    say(`[1/5] packages installed in ${Math.round((Date.now() - from) / 1000)} s`)
  } finally {
    turn()
  }
}

/** The project's own Node, or the running one when it is new enough. */
const findNode = () => {
  const wanted = major(JSON.parse(readFileSync(at('package.json'), 'utf8')).engines.node.replace(/[^\d.]/g, ''))
  const own = at('node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  for (const node of [own, process.execPath]) {
    if (!existsSync(node)) continue
    const answer = spawnSync(node, ['--version'], { encoding: 'utf8' })
    if (answer.status === 0 && major(answer.stdout) >= wanted) return node
  }
  return giveUp(
    `There is no ready-made Node.js for ${process.platform} ${process.arch}: install Node.js ${wanted} or later and call this again.`,
  )
}

const [what, ...more] = process.argv.slice(2)
const program = Object.hasOwn(programs, what ?? '') ? programs[what] : null
if (!program) giveUp(`usage: node config/tools/run.mjs <${Object.keys(programs).join('|')}> [arguments]`)
if (major(process.version) < 20) giveUp(`Node.js 20 or later is needed for the set-up; this is ${process.version}.`)
if (!complete()) await install()

const node = findNode()
const env = { ...process.env, PATH: [at('node_modules', '.bin'), path.dirname(node), process.env.PATH ?? ''].join(path.delimiter) }
for (const one of program.first ? [program.first, [...program.run, ...more]] : [[...program.run, ...more]]) {
  const end = await running([node, ...one], { env, stdio: ['inherit', 'inherit', 'inherit', ...(program.told ? ['ipc'] : [])] })
  if (end.error) giveUp(String(end.error.message))
  if (end.signal) process.exit(end.signal === 'SIGINT' ? 130 : 143)
  if (end.code !== 0) process.exit(end.code ?? 1)
}
process.exit(0)
