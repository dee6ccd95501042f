/** Lists that check themselves: what the plan of the house promises of all its words, events, ports, bells and doors at once. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { EventName } from '../../server/events.ts'
import type { Ports } from '../../server/ports/index.ts'
import { jobs } from '../../server/roles/jobs.ts'
import { subscribers } from '../../server/roles/subscribers.ts'
import { appRouter } from '../../server/router.ts'
import type { Flow } from '../../shared/flow.ts'
import { refusals } from '../../shared/refusals.ts'
import { buyerDoors } from '../kit/buyer-doors.ts'
import { commentsOf, dotted, findIn, literal, root, sources } from './sources.ts'

const han = /\p{Script=Han}/u
const sorted = (names: Iterable<string>): string[] => [...names].sort()
const modules = fs.readdirSync(path.join(root, 'server/modules'))
const has = (file: string): boolean => fs.existsSync(path.join(root, file))

describe('words', () => {
  const isFlow = (value: unknown): value is Flow =>
    typeof value === 'object' && value !== null && 'states' in value && 'from' in value && 'allActs' in value
  const isWords = (value: unknown): value is Record<string, string> =>
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).length > 0 &&
    Object.values(value).every((w) => typeof w === 'string')

  test('every state and every act of every flow has its Chinese words beside it', async () => {
    const wordless: string[] = []
    let flows = 0
    for (const noun of fs.readdirSync(path.join(root, 'shared'), { withFileTypes: true }).filter((d) => d.isDirectory())) {
      const exported: Record<string, unknown> = {}
      for (const { file } of sources(`shared/${noun.name}`))
        Object.assign(exported, await import(pathToFileURL(path.join(root, file)).href))
      const tables = Object.values(exported).filter(isWords)
      const worded = (names: readonly string[]) =>
        names.length === 0 ||
        tables.some((table) => sorted(Object.keys(table)).join() === sorted(names).join() && Object.values(table).every((w) => han.test(w)))
      for (const [name, flow] of Object.entries(exported)) {
        if (!isFlow(flow)) continue
        flows++
        if (!worded(flow.states)) wordless.push(`${noun.name}: the states of ${name}`)
        if (!worded(flow.allActs())) wordless.push(`${noun.name}: the acts of ${name}`)
      }
    }
    expect(wordless).toEqual([])
    expect(flows).toBeGreaterThan(5)
  })

  test('every refusal has its Chinese words', () => {
    expect(Object.entries(refusals).filter(([, row]) => !han.test(row.words))).toEqual([])
  })

  test('whoever refuses gives the facts that the words have blanks for', () => {
    const blanks = (code: string): string[] =>
      [...(refusals[code as keyof typeof refusals]?.words ?? '').matchAll(/\{(\w+)\}/g)].map((m) => m[1] as string)
    const lacking = sources('server/modules', 'server/platform', 'server/roles').flatMap((source) =>
      findIn(source, (note) => ({
        call: (node) => {
          if (dotted(node.callee) !== 'refuse') return
          const code = literal(node.arguments[0])
          if (code === null) return
          const facts = node.arguments[1]
          const given =
            facts?.type === 'ObjectExpression'
              ? facts.properties.map((p) => (p.type === 'Property' && p.key.type === 'Identifier' ? p.key.name : ''))
              : []
          // facts that are built elsewhere are not seen from here
          if (facts === undefined || facts.type === 'ObjectExpression')
            for (const blank of blanks(code)) if (!given.includes(blank)) note(node, `${code} lacks ${blank}`)
        },
      })),
    )
    expect(lacking).toEqual([])
  })
})

describe('events', () => {
  const [board] = sources('server/events.ts')
  const names = [...(board?.text ?? '').matchAll(/^ {2}'([\w.]+)': \{/gm)].map((m) => m[1] as EventName)

  /** Told for the record (the events table is the audit trail), though nobody acts on them. */
  const unheard: Partial<Record<EventName, string>> = {
    'user.signedUp': 'the record of when an account began',
    'paper.submitted': 'the park sees it on its desk',
    'paper.verified': 'the shop sees the verdict in its wallet and puts on what slept',
    'paper.rejected': 'the shop reads the reasons in its wallet and on 今日',
    'paper.expiring': 'the shop and the park see it on 今日 and on the desk; the inbox will hear it',
    'asset.stored': 'the record of who brought which picture',
    'search.changed': 'drops the kept answers of search and wakes the index of each process',
    'listing.submitted': 'moderation hears of the case itself, as moderation.opened',
    'listing.rejected': 'the shop reads the reasons on its own list',
    'plot.verified': 'the shop sees the verdict on its own list',
    'plot.rejected': 'the shop reads the reasons on its own list',
    'batch.rejected': 'the shop reads the reasons on its own list',
    'session.scheduled': 'drops the kept answer of home',
    'review.changed': 'drops the kept answers of the tea’s reviews',
    'order.placed': 'the record of a tap; the order itself is made in the same breath',
    'payment.closed': 'the order was closed first and waits for nothing',
    'payment.quarantined': 'a person looks: it stands on the park’s desk',
    'refund.stuck': 'a person looks: it stands on the park’s desk',
    'share.stuck': 'a person looks: it stands on the park’s desk',
    'session.allowed': 'the shop sees it where it prepares the broadcast',
    'session.replayable': 'drops the kept answers of its page',
    'room.appealed': 'a person looks: it stands on the park’s patrol page',
    'shipping.refused': 'a person looks: it stands on the park’s desk',
    'freight.changed': 'drops the kept answers of listings, which say what sending costs',
    'suborder.refunded': 'the shop and the buyer see it on the order',
    'aftersale.moved': 'each side sees it on its desk; the inbox will hear it',
    'suborder.lapsed': 'the buyer and the shop see it on the order, with its refund',
    'suborder.shipped': 'the buyer sees the waybill on the order',
  }

  test('every event is heard by someone or stands on the list of the unheard with a reason, and none does both', () => {
    const heard = new Set<string>(subscribers.map((s) => s.on))
    expect(names.length).toBeGreaterThan(20)
    expect(sorted(names.filter((name) => !heard.has(name)))).toEqual(sorted(Object.keys(unheard)))
  })

  test('every event on the board is told by somebody', () => {
    const told = new Set(
      sources('server/modules').flatMap((source) =>
        findIn(source, (note) => ({
          call: (node) => {
            if (!dotted(node.callee).endsWith('.tell') && node.callee.type !== 'MemberExpression') return
            if (node.callee.type !== 'MemberExpression' || node.callee.computed || node.callee.property.type !== 'Identifier') return
            if (node.callee.property.name !== 'tell') return
            const first = node.arguments[0]
            for (const choice of first?.type === 'ConditionalExpression' ? [first.consequent, first.alternate] : [first]) {
              const name = literal(choice)
              if (name !== null) note(node, name)
            }
          },
        })).map((found) => found.what),
      ),
    )
    expect(names.filter((name) => !told.has(name))).toEqual([])
  })
})

describe('ports', () => {
  /** Each port by its name among the ports, and the file of its vocabulary. */
  const files: Record<keyof Ports, string> = {
    login: 'login',
    payment: 'payment',
    contentSafety: 'content-safety',
    storage: 'storage',
    bus: 'bus',
    media: 'media',
    trade: 'trade',
    tracking: 'tracking',
  }
  const textOf = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8')
  /** A file and every file of the tests that it leans on. */
  const withKit = (file: string, seen = new Set<string>()): string => {
    if (seen.has(file)) return ''
    seen.add(file)
    const text = textOf(file)
    const others = [...text.matchAll(/from '(\.[^']+\.ts)'/g)].map((m) => path.posix.join(path.posix.dirname(file), m[1] as string))
    return [text, ...others.filter((other) => other.startsWith('tests/')).map((other) => withKit(other, seen))].join('\n')
  }

  test('every port has a contract, kept by each of its adapters', () => {
    const unkept: string[] = []
    for (const [port, file] of Object.entries(files)) {
      const [, type] = /export interface (\w+Port) /.exec(textOf(`server/ports/${file}.ts`)) ?? []
      const adapters = sources('server/adapters').flatMap(({ text }) =>
        [...text.matchAll(new RegExp(`^export const (\\w+) = .*\\): ${type} =>`, 'gm'))].map((m) => m[1] as string),
      )
      if (adapters.length === 0) unkept.push(`${port} has no adapter`)
      const contract = `tests/contracts/${file}.contract.test.ts`
      if (!has(contract)) unkept.push(`${port} has no contract`)
      else
        for (const adapter of adapters)
          if (!new RegExp(`\\b${adapter}\\(`).test(withKit(contract))) unkept.push(`${adapter} is under no contract`)
    }
    expect(unkept).toEqual([])
  })

  test('every port of the house is on this list', () => {
    const index = textOf('server/ports/index.ts')
    expect(sorted([...index.matchAll(/^ {2}(\w+): \w+Port$/gm)].map((m) => m[1] as string))).toEqual(sorted(Object.keys(files)))
  })

  test('each port is used by the one module that owns it', () => {
    /** Uses elsewhere that are meant. */
    const meant = [
      // an address is computed, nothing is asked of the outside: pages hand it to `pictures` of assets
      /^server\/modules\/[\w-]+\/[\w-]+\.ts ports\.storage\.url$/,
      // identity stands under moderation and cannot ask it; a nickname has no desk and is read at once
      /^server\/modules\/identity\/rename\.ts ports\.contentSafety\.readText$/,
      // the app is put together here
      /^server\/platform\/app\.ts ports$/,
      // the media role starts and stops what live owns
      /^server\/roles\/media\.ts ports\.media\.(start|stop)$/,
    ]
    const owners = Object.fromEntries(
      Object.entries(files).map(([port, file]) => [port, /Owner: the ([\w-]+) module/.exec(textOf(`server/ports/${file}.ts`))?.[1]]),
    )
    const strange = sources('server/modules', 'server/roles', 'server/platform').flatMap((source) => {
      /** The longest chain of names that begins at each place: `ctx.app.ports.storage.url`. */
      const chains = new Map<number, string>()
      findIn(source, () => ({
        member: (node) => {
          const chain = dotted(node)
          if (chain.length > (chains.get(node.start)?.length ?? 0)) chains.set(node.start, chain)
        },
      }))
      return [...chains.values()].flatMap((chain) => {
        const [use, port] = /\bports\b(?:\.(\w+))?.*/.exec(chain) ?? []
        if (use === undefined || (port !== undefined && source.file.startsWith(`server/modules/${owners[port]}/`))) return []
        const line = `${source.file} ${use}`
        return meant.some((pattern) => pattern.test(line)) ? [] : [line]
      })
    })
    expect(strange).toEqual([])
  })
})

describe('bells', () => {
  test('the names of jobs and of subscribers are unique and begin with their module', () => {
    const names = [...jobs, ...subscribers].map((bell) => bell.name)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
    expect(names.filter((name) => !modules.includes(name.split('.')[0] ?? '') || !/^[a-z-]+\.[a-z-]+$/.test(name))).toEqual([])
  })

  test('every subscriber and every job that a module has is rung', async () => {
    const asleep: string[] = []
    for (const module of modules)
      for (const [kind, rung] of [
        ['subscribers', subscribers],
        ['jobs', jobs],
      ] as const) {
        const file = `server/modules/${module}/${kind}.ts`
        if (!has(file)) continue
        const bells = (await import(pathToFileURL(path.join(root, file)).href))[kind] as readonly { name: string }[]
        for (const bell of bells) {
          if (!rung.some((one) => one.name === bell.name)) asleep.push(bell.name)
          if (!bell.name.startsWith(`${module}.`)) asleep.push(`${bell.name} is not of ${module}`)
        }
      }
    expect(asleep).toEqual([])
  })

  test('every callback and every socket that a module has is mounted by a role', () => {
    const roles = sources('server/roles')
      .map((s) => s.text)
      .join('\n')
    const entries = modules
      .flatMap((m) => ['callbacks', 'socket'].map((kind) => `modules/${m}/${kind}.ts`))
      .filter((f) => has(`server/${f}`))
    expect(entries.filter((entry) => !roles.includes(`'../${entry}'`))).toEqual([])
  })
})

describe('doors', () => {
  interface Schema {
    _zod: { def: { type: string; catchall?: Schema; innerType?: Schema } }
  }
  const procedures = Object.entries(appRouter._def.procedures).map(([name, procedure]) => ({
    name,
    ...(procedure as unknown as { _def: { type: string; meta?: { audience?: string }; inputs: Schema[] } })._def,
  }))

  test('every door that a module has is in the router', () => {
    const listed = new Set(procedures.map((p) => p.name.split('.').slice(0, 2).join('.')))
    const doors = modules.flatMap((m) => ['buyer', 'shop', 'park'].filter((d) => has(`server/modules/${m}/${d}.ts`)).map((d) => ({ m, d })))
    const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    expect(doors.filter(({ m, d }) => !listed.has(`${d}.${camel(m)}`))).toEqual([])
  })

  test('every procedure declares its audience, and it is the one of its place', () => {
    const allowed: Record<string, string[]> = { buyer: ['open', 'buyer'], shop: ['shop'], park: ['park'] }
    expect(procedures.filter((p) => !allowed[p.name.split('.')[0] ?? '']?.includes(p.meta?.audience ?? ''))).toEqual([])
    expect(procedures.length).toBeGreaterThan(40)
  })

  test('every door of buyers says what it does with a suspended shop (tests/kit/buyer-doors.ts)', () => {
    const ofBuyers = procedures.flatMap(({ name }) => (name.startsWith('buyer.') ? [name.slice('buyer.'.length)] : []))
    expect(sorted(Object.keys(buyerDoors))).toEqual(sorted(ofBuyers))
  })

  test('a procedure can be built on nothing but a door: tRPC itself is opened in one place', () => {
    const openers = sources('server').filter(({ text }) => /\binitTRPC\b/.test(text))
    expect(openers.map((s) => s.file)).toEqual(['server/platform/doors.ts'])
    expect(/export (const|\{)[^\n]*\bt\b(?!\.)/.test(openers[0]?.text ?? '')).toBe(false)
  })

  test('no input of any call may carry a key that nobody asked for', () => {
    const strict = (schema: Schema): boolean => {
      const { type, catchall, innerType } = schema._zod.def
      if (type === 'object') return catchall?._zod.def.type === 'never'
      return innerType !== undefined && strict(innerType)
    }
    const loose = procedures.filter((p) => !p.inputs.every(strict))
    expect(loose.map((p) => p.name)).toEqual([])
  })
})

describe('habits', () => {
  const house = () => sources('server', 'shared', 'miniapp', 'console', 'config/settings.ts')

  test('the environment is read in config/settings.ts only', () => {
    const readers = house().flatMap((source) =>
      findIn(source, (note) => ({ member: (node) => dotted(node) === 'process.env' && note(node) })),
    )
    /** Taro puts the platform's name in at build time; nothing is read when it runs. */
    const built = (where: string, source: string) =>
      where.startsWith('miniapp/') && /process\.env\.(TARO_ENV|TARO_APP_\w+|NODE_ENV)/.test(source)
    const lineOf = (where: string) => {
      const [file = '', line = '1'] = where.split(':')
      return fs.readFileSync(path.join(root, file), 'utf8').split('\n')[Number(line) - 1] ?? ''
    }
    const strange = readers.filter((r) => !r.where.startsWith('config/settings.ts:') && !built(r.where, lineOf(r.where)))
    expect(strange).toEqual([])
    expect(readers.some((r) => r.where.startsWith('config/settings.ts:'))).toBe(true)
  })

  test('the server reads the time in platform/clock.ts only', () => {
    /** Processes of their own, which have no App and no clock to be given. */
    const apart = ['server/launch/', 'server/standins/', 'server/media/', 'server/seed/']
    const readers = sources('server')
      .filter(({ file }) => !apart.some((folder) => file.startsWith(folder)))
      .flatMap((source) =>
        findIn(source, (note) => ({
          call: (node) => {
            if (dotted(node.callee) === 'Date.now' || (dotted(node.callee) === 'Date' && node.arguments.length === 0)) note(node)
          },
          make: (node) => {
            if (dotted(node.callee) === 'Date' && node.arguments.length === 0) note(node)
          },
        })),
      )
    expect(readers.map((r) => r.where.split(':')[0])).toEqual(['server/platform/clock.ts'])
  })

  test('shared rules read no time at all', () => {
    const readers = sources('shared').flatMap((source) =>
      findIn(source, (note) => ({
        call: (node) => dotted(node.callee) === 'Date.now' && note(node),
        make: (node) => dotted(node.callee) === 'Date' && node.arguments.length === 0 && note(node),
      })),
    )
    expect(readers).toEqual([])
  })

  /** All that is ever taken out of a table, and why that is no loss. Trade, shows, talk and corrections are kept (直播电商监督管理办法: three years). */
  const mayGo: Record<string, string> = {
    pairings: 'a log-in by scanning that is over',
    sessions: 'a session that ended a month ago',
    onceMarks: 'a mark whose time is over',
    roomTickets: 'a ticket that is over',
    talkers: 'how fast somebody spoke yesterday',
    moderationFindings: 'what the machine said before it read the same case again',
    cartLines: 'what a buyer put back',
    addresses: 'a line of a buyer’s own address book; orders keep their copy',
    purchaseLimits: 'a limit that was lifted; what was bought stays',
    offerShops: 'a shop no longer takes part; orders keep their discounts',
    follows: 'somebody follows no more',
    batchParts: 'the parts of a draft that is written anew',
  }

  test('nothing of trade is ever deleted: what may go is on this list with its reason', () => {
    const gone = new Set<string>()
    for (const source of sources('server/modules').concat(sources('server/platform')))
      findIn(source, () => ({
        call: (node) => {
          if (!/\.(?:db|read)\.delete$/.test(dotted(node.callee))) return
          const [table] = node.arguments
          gone.add(table?.type === 'Identifier' ? table.name : '?')
        },
      }))
    for (const file of fs.globSync('server/{modules,platform}/**/*.ts', { cwd: root }))
      for (const found of fs.readFileSync(path.join(root, file), 'utf8').matchAll(/delete from \$\{(\w+)\}/g)) gone.add(found[1] ?? '?')
    expect(sorted([...gone])).toEqual(sorted(Object.keys(mayGo)))
  })

  test('raw SQL is written out, never put together', () => {
    const mixed = sources('server').flatMap((source) =>
      findIn(source, (note) => ({
        call: (node) => {
          if (dotted(node.callee) !== 'sql.raw') return
          const [text] = node.arguments
          const whole = literal(text) !== null || (text?.type === 'TemplateLiteral' && text.expressions.length === 0)
          if (!whole) note(node)
        },
      })),
    )
    expect(mixed).toEqual([])
  })

  test('nothing is left for later', () => {
    const later = sources('server', 'shared', 'miniapp', 'console', 'config', 'tests').flatMap((source) =>
      commentsOf(source).filter((comment) => /\b(TODO|FIXME|XXX|HACK)\b/.test(comment.what)),
    )
    expect(later).toEqual([])
  })

  test('the tables and the migrations tell the same story: drizzle-kit finds nothing to do', async () => {
    const at = fs.mkdtempSync(path.join(os.tmpdir(), 'chashan-migrations-'))
    try {
      fs.cpSync(path.join(root, 'server/migrations'), at, { recursive: true })
      // it takes the folder as relative, and ends well even where it failed: only its own words count
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [
          'node_modules/drizzle-kit/bin.cjs',
          'generate',
          '--dialect',
          'mysql',
          '--schema',
          './server/{platform,modules/*}/tables.ts',
          '--out',
          path.relative(root, at),
        ],
        { cwd: root },
      )
      expect(stdout).toContain('No schema changes')
      expect(stdout).toContain('modules/orders/tables.ts')
    } finally {
      fs.rmSync(at, { recursive: true, force: true })
    }
  })
})
