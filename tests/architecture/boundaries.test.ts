/** The import rules hold over the tree; and each of them bites on a small tree that breaks it and nothing else, so that no rule is asleep. */
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser'
import { expect, test } from 'vitest'

const require = createRequire(import.meta.url)
const root = path.resolve(import.meta.dirname, '../..')
const boundaries = require('../../config/tools/boundaries.cjs') as {
  forbidden: (IForbiddenRuleType & { name: string; from: { path?: string }; to: { path?: string } })[]
  options: ICruiseOptions & { webpackConfig?: unknown }
}
const aliases = require('../../config/tools/aliases.cjs') as { resolve: { alias: Record<string, string> } }
const { webpackConfig: _, ...options } = boundaries.options
const fixtures = path.join(import.meta.dirname, 'fixtures')
const nameOf = (rule: { name: string }): string => rule.name
const orders = boundaries.forbidden.filter((r) => r.name.startsWith('order-'))
const written = boundaries.forbidden.filter((r) => !r.name.startsWith('order-'))

/** What dependency-cruiser finds in a tree, and who breaks which rule. */
const look = async (baseDir: string, where: string[]) => {
  const { output } = await cruise(
    where,
    { ...options, baseDir, validate: true, ruleSet: { forbidden: boundaries.forbidden }, outputType: 'json' },
    aliases.resolve,
  )
  const { modules, summary } = (typeof output === 'string' ? JSON.parse(output) : output) as ICruiseResult
  return { modules, broken: summary.violations.map((v) => ({ rule: v.rule.name, from: v.from, to: v.to })) }
}

const wings = (baseDir: string) =>
  ['shared', 'config', 'server', 'miniapp', 'console', 'tests'].filter((wing) => fs.existsSync(path.join(baseDir, wing)))

test('nobody in the house imports what they may not', async () => {
  const { modules, broken } = await look(root, wings(root))
  expect(broken).toEqual([])
  expect(modules.filter((m) => m.source.startsWith('server/modules/')).length).toBeGreaterThan(50)
})

test('an import of types only is seen, and known for what it is', async () => {
  const { modules } = await look(path.join(fixtures, 'module-through-its-index'), ['server'])
  const [dependency] = modules.find((m) => m.source.endsWith('place-order.ts'))?.dependencies ?? []
  expect(dependency?.dependencyTypes).toContain('type-only')
})

test('every rule that was written by hand has its fixture', () => {
  expect(fs.readdirSync(fixtures).sort()).toEqual(written.map(nameOf).sort())
})

test.each(written.map(nameOf))('%s bites', async (rule) => {
  const at = path.join(fixtures, rule)
  const { broken } = await look(at, wings(at))
  expect([...new Set(broken.map((b) => b.rule))]).toEqual([rule])
})

test.each(orders.map((rule) => [nameOf(rule), rule] as const))('%s bites on every room above it', async (name, rule) => {
  const room = /modules\/([\w-]+)\//.exec(rule.from.path ?? '')?.[1] ?? ''
  const above = (/\(([\w|-]+)\)/.exec(rule.to.path ?? '')?.[1] ?? '').split('|')
  const at = fs.mkdtempSync(path.join(os.tmpdir(), 'chashan-order-'))
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(at, file)), { recursive: true })
    fs.writeFileSync(path.join(at, file), text)
  }
  try {
    for (const one of above) write(`server/modules/${one}/index.ts`, 'export interface Asked {}\n')
    write(`server/modules/${room}/act.ts`, above.map((one) => `import type {} from '../${one}/index.ts'\n`).join(''))
    const { broken } = await look(at, ['server'])
    expect(broken.map((b) => b.rule)).toEqual(above.map(() => name))
    expect(broken.map((b) => b.to).sort()).toEqual(above.map((one) => `server/modules/${one}/index.ts`).sort())
  } finally {
    fs.rmSync(at, { recursive: true, force: true })
  }
})
