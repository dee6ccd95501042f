/** What each package of the built mini-program weighs, unzipped. The last line is the figure that the gate reads. */
import fs from 'node:fs'
import path from 'node:path'

/** Bytes of every file under `dir`, without the sub-packages named. */
const bytesUnder = (dir: string, without: readonly string[]): number =>
  fs.readdirSync(dir, { withFileTypes: true }).reduce((sum, entry) => {
    const full = path.join(dir, entry.name)
    if (without.includes(full)) return sum
    return sum + (entry.isDirectory() ? bytesUnder(full, without) : fs.statSync(full).size)
  }, 0)

/** The main package and each sub-package of a weapp build, bytes. Throws when there is no build. */
export function weappSizes(dist: string): { main: number; packages: Record<string, number> } {
  const root = path.resolve(dist)
  const app = JSON.parse(fs.readFileSync(path.join(root, 'app.json'), 'utf8')) as { subPackages?: { root: string }[] }
  const roots = (app.subPackages ?? []).map((s) => s.root)
  // the DevTools' own settings are not uploaded
  const without = [...roots.map((r) => path.join(root, r)), path.join(root, 'project.config.json')]
  return {
    main: bytesUnder(root, without),
    packages: Object.fromEntries(roots.map((r) => [r, bytesUnder(path.join(root, r), [])])),
  }
}

if (import.meta.main) {
  const { main, packages } = weappSizes(process.argv[2] ?? 'dist/weapp')
  const kb = (bytes: number): string => (bytes / 1024).toFixed(1)
  for (const [name, bytes] of Object.entries(packages)) console.log(`${name} ${kb(bytes)} KB`)
  console.log(`figure weapp.main_package ${kb(main)} KB`)
}
