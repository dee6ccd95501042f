/** The house's own text, read and parsed, for lists that check themselves. */
import fs from 'node:fs'
import path from 'node:path'
import { type ESTree, parseSync, Visitor } from 'vite'

export const root = path.resolve(import.meta.dirname, '../..')

export interface Source {
  /** Its path from the root, with forward slashes. */
  file: string
  text: string
}

/** Every TypeScript file under these folders (or the files themselves), the fixtures of broken rules aside. */
export const sources = (...where: string[]): Source[] =>
  where.flatMap((one) => {
    const full = path.join(root, one)
    if (!fs.existsSync(full)) return []
    if (fs.statSync(full).isFile()) return [{ file: one, text: fs.readFileSync(full, 'utf8') }]
    return fs
      .readdirSync(full, { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(one, name).replaceAll('\\', '/'))
      .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('tests/architecture/fixtures/'))
      .sort()
      .map((file) => ({ file, text: fs.readFileSync(path.join(root, file), 'utf8') }))
  })

export interface Found {
  where: string
  what: string
}

interface Seen {
  call(node: ESTree.CallExpression): unknown
  make(node: ESTree.NewExpression): unknown
  member(node: ESTree.MemberExpression): unknown
}

/** Walks a file's tree and gathers what `look` finds: it is given a way to note a node. */
export const findIn = ({ file, text }: Source, look: (note: (node: ESTree.Node, what?: string) => void) => Partial<Seen>): Found[] => {
  const found: Found[] = []
  const note = (node: ESTree.Node, what?: string) => {
    const line = text.slice(0, node.start).split('\n').length
    found.push({ where: `${file}:${line}`, what: what ?? text.slice(node.start, node.end) })
  }
  const seen = look(note)
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`)
  new Visitor({
    CallExpression: (node) => seen.call?.(node),
    NewExpression: (node) => seen.make?.(node),
    MemberExpression: (node) => seen.member?.(node),
  }).visit(program)
  return found
}

/** `a.b` as text, when it is that and nothing more. */
export const dotted = (node: ESTree.Node): string =>
  node.type === 'Identifier'
    ? node.name
    : node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier'
      ? `${dotted(node.object)}.${node.property.name}`
      : ''

/** The comments of a file, each with its line. */
export const commentsOf = ({ file, text }: Source): Found[] =>
  parseSync(file, text).comments.map((c) => ({ where: `${file}:${text.slice(0, c.start).split('\n').length}`, what: c.value }))

/** What a string literal says, or null for anything else. */
export const literal = (node: ESTree.Node | undefined): string | null =>
  node?.type === 'Literal' && typeof node.value === 'string' ? node.value : null
