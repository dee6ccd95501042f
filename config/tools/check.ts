/** Everything that can be said about the code without running it: types of every wing, format and lint, import rules, what nobody uses. */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const has = (file: string): boolean => fs.existsSync(path.join(root, file))
const bin = (name: string): string => path.join(root, 'node_modules/.bin', name)

interface Check {
  name: string
  command: string[]
}

const wings = ['shared', 'server', 'tests', 'miniapp', 'console']
const checks: Check[] = [
  ...wings.map((wing) => ({ name: `types of ${wing}`, command: [bin('tsc'), '-p', `${wing}/tsconfig.json`] })),
  { name: 'format and lint', command: [bin('biome'), 'check', '--config-path=config/tools/biome-house.json', '--error-on-warnings'] },
]
if (has('config/tools/boundaries.cjs'))
  checks.push({
    name: 'import rules',
    command: [bin('depcruise'), '--config', 'config/tools/boundaries.cjs', 'shared', 'server', 'miniapp', 'console', 'config'],
  })
if (has('config/tools/knip.json')) checks.push({ name: 'what nobody uses', command: [bin('knip'), '--config', 'config/tools/knip.json'] })

const run = ({ command }: Check): Promise<{ ok: boolean; said: string }> =>
  new Promise((resolve) => {
    const [program, ...args] = command as [string, ...string[]]
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stdout.on('data', (bytes) => (said += bytes))
    child.stderr.on('data', (bytes) => (said += bytes))
    child.once('error', (error) => resolve({ ok: false, said: error.message }))
    child.once('close', (code) => resolve({ ok: code === 0, said }))
  })

/** Two at a time: most of them use more than one core already. */
const AT_ONCE = 2
const queue = [...checks]
const failed: string[] = []
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      const from = performance.now()
      const { ok, said } = await run(check)
      console.log(`${ok ? 'good' : 'BAD '}  ${check.name}  ${((performance.now() - from) / 1000).toFixed(1)} s`)
      if (ok) continue
      failed.push(check.name)
      console.log(said.trimEnd())
    }
  }),
)
if (failed.length > 0) {
  console.error(`\n${failed.length} of ${checks.length} checks failed: ${failed.join(', ')}`)
  process.exit(1)
}
console.log(`\nall ${checks.length} checks are good`)
