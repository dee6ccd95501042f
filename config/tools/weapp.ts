/** Builds the mini-program for WeChat into dist/weapp and says how large its main package is: everything that is not in a sub-package. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { childEnvironment } from '../settings.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const out = path.join(root, 'dist/weapp')
/** What the main package may weigh, KB; WeChat's own limit is 2048. */
const MOST = 1536

fs.rmSync(out, { recursive: true, force: true })
const built = spawnSync(process.execPath, ['node_modules/@tarojs/cli/bin/taro', 'build', '--type', 'weapp'], {
  cwd: root,
  stdio: 'inherit',
  env: childEnvironment({ NODE_ENV: 'production' }) as NodeJS.ProcessEnv,
})
if (built.status !== 0) process.exit(built.status ?? 1)

const app = JSON.parse(fs.readFileSync(path.join(out, 'app.json'), 'utf8')) as {
  subPackages?: { root: string }[]
  subpackages?: { root: string }[]
}
const parts = [...(app.subPackages ?? []), ...(app.subpackages ?? [])].map((part) => `${part.root.replace(/\/+$/, '')}/`)
const files = fs
  .readdirSync(out, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(out, path.join(entry.parentPath, entry.name)))
const sizeOf = (names: string[]): number => names.reduce((sum, name) => sum + fs.statSync(path.join(out, name)).size, 0) / 1024
for (const part of parts) console.log(`sub-package ${part} ${sizeOf(files.filter((name) => name.startsWith(part))).toFixed(1)} KB`)
const main = sizeOf(files.filter((name) => !parts.some((part) => name.startsWith(part))))
console.log(`figure weapp.main_package ${main.toFixed(1)} KB`)
if (main > MOST) {
  console.error(`The main package is larger than ${MOST} KB.`)
  process.exit(1)
}
