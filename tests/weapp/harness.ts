/**
 * Boots the built mini-program the way WeChat's logic layer does: restricted globals, no eval, no fetch. Its real WXML is rendered by
 * WeChat's own compiler (wcc, through miniprogram-simulate) into jsdom. What crosses the bridge is counted: every setData as JSON text.
 */
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import vm from 'node:vm'
import { JSDOM } from 'jsdom'

type Fn = (...args: never[]) => unknown
type Loose = Record<string, unknown>

/** What is used of a component instance of the simulator. */
interface Instance extends Loose {
  setData(data: Loose, done?: () => void): void
}
interface Rendered {
  attach(to: Element): void
  detach(): void
}
interface Simulator {
  load(file: string, tag: string, options: Loose): string
  render(id: string): Rendered
}

export interface SetData {
  page: string
  bytes: number
  at: number
  data: Loose
}

export interface AppJson {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
}

const require_ = createRequire(import.meta.url)
const dom = new JSDOM('<!doctype html><body></body>', { url: 'http://weapp.test/' })
const G = globalThis as unknown as Loose
const host = dom.window as unknown as Loose
G.window = dom.window
for (const name of ['document', 'HTMLElement', 'Element', 'CustomEvent', 'Node', 'MutationObserver']) G[name] = host[name]

const SYSTEM = { SDKVersion: '3.8.0', platform: 'devtools', windowWidth: 375, windowHeight: 667, pixelRatio: 2, statusBarHeight: 20 }

/** Starts the app of a build. `wx` lays stubs over the simulator's own. */
export async function boot({ dist, wx: stubs = {} }: { dist: string; wx?: Loose }) {
  const root = path.resolve(dist)
  const nodeEvent = G.Event
  G.Event = host.Event
  const simulator = require_('miniprogram-simulate') as Simulator
  G.Event = nodeEvent
  const utils = require_('miniprogram-simulate/src/utils') as { runJs: (file: string) => void }
  const errors: unknown[] = []
  const complaints: string[] = []
  const setDatas: SetData[] = []
  const pages: Instance[] = []
  let app: { onLaunch?: (o: Loose) => void; onShow?: (o: Loose) => void } = {}
  let current = ''
  let query: Record<string, string> = {}

  const wx: Loose = {
    ...(G.wx as Loose),
    getSystemInfoSync: () => SYSTEM,
    getWindowInfo: () => SYSTEM,
    getAppBaseInfo: () => SYSTEM,
    canIUse: () => true,
    getMenuButtonBoundingClientRect: () => ({ top: 24, left: 281, right: 368, bottom: 56, width: 87, height: 32 }),
    ...stubs,
  }
  const counted = (instance: Instance, page: string) => {
    const real = instance.setData.bind(instance)
    instance.setData = (data, done) => {
      const json = JSON.stringify(data)
      setDatas.push({ page, bytes: json.length, at: Date.now(), data: JSON.parse(json) as Loose })
      real(JSON.parse(json) as Loose)
      if (done) setTimeout(done, 0)
    }
  }
  // webpack runs a module once, the simulator asks for it once per page that uses it: what a file registered is registered again
  const registered = new Map<string, Loose>()
  const component = (options: Loose) => {
    registered.set(current, options)
    ;(G.Component as (options: Loose) => void)(options)
  }
  const globals = {
    App: (options: typeof app) => {
      app = options
    },
    getApp: () => app,
    getCurrentPages: () => pages,
    Page(options: Loose) {
      const methods = Object.fromEntries(Object.entries(options).filter(([, value]) => typeof value === 'function'))
      const route = current
      component({
        data: JSON.parse(JSON.stringify(options.data ?? {})),
        methods,
        lifetimes: {
          attached(this: Instance) {
            this.route = route
            counted(this, route)
            pages.push(this)
            ;(this.onLoad as Fn | undefined)?.call(this, query as never)
            ;(this.onShow as Fn | undefined)?.call(this)
          },
          ready(this: Instance) {
            ;(this.onReady as Fn | undefined)?.call(this)
          },
          detached(this: Instance) {
            ;(this.onHide as Fn | undefined)?.call(this)
            ;(this.onUnload as Fn | undefined)?.call(this)
            pages.splice(pages.indexOf(this), 1)
          },
        },
      })
    },
    Component(options: Loose & { attached?: Fn; lifetimes?: { attached?: Fn } }) {
      const attached = options.attached ?? options.lifetimes?.attached
      component({
        ...options,
        attached: undefined,
        lifetimes: {
          ...options.lifetimes,
          attached(this: Instance) {
            counted(this, 'component')
            attached?.call(this)
          },
        },
      })
    },
    Behavior: (options: Loose) => (G.Behavior as (o: Loose) => unknown)(options),
  }
  const quiet = {
    log: () => undefined,
    info: () => undefined,
    debug: () => undefined,
    warn: (...words: unknown[]) => complaints.push(words.map(String).join(' ')),
    error: (...words: unknown[]) => complaints.push(words.map(String).join(' ')),
  }
  const sandbox: Loose = {
    wx,
    ...globals,
    requirePlugin: () => ({}),
    __wxConfig: {},
    console: quiet,
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
  }
  sandbox.global = sandbox
  const context = vm.createContext(sandbox, { codeGeneration: { strings: false, wasm: false } })
  // V8 has them, WeChat's logic layer does not promise them
  vm.runInContext('delete globalThis.WebAssembly; delete globalThis.SharedArrayBuffer; delete globalThis.Atomics', context)
  const modules = new Map<string, { exports: unknown }>()
  const load = (file: string): unknown => {
    const name = fs.existsSync(file) && file.endsWith('.js') ? file : `${file}.js`
    const known = modules.get(name)
    if (known) return known.exports
    const module = { exports: {} as unknown }
    modules.set(name, module)
    const run = vm.runInContext(`(function(require,module,exports){${fs.readFileSync(name, 'utf8')}\n})`, context, {
      filename: name,
    }) as (require: (to: string) => unknown, module: { exports: unknown }, exports: unknown) => void
    run((to) => load(path.resolve(path.dirname(name), to)), module, module.exports)
    return module.exports
  }
  utils.runJs = (file) => {
    current = path.relative(root, file)
    const before = registered.get(current)
    modules.delete(`${file}.js`)
    registered.delete(current)
    load(file)
    if (before && !registered.has(current)) component(before)
  }
  const onRejection = (reason: unknown) => {
    errors.push(reason)
  }
  process.on('unhandledRejection', onRejection)
  // the compiler says what it does not like on the console: a tag without a template, for one
  const { error, warn } = console
  console.error = quiet.error
  console.warn = quiet.warn

  const config = JSON.parse(fs.readFileSync(path.join(root, 'app.json'), 'utf8')) as AppJson
  load(path.join(root, 'app.js'))
  const opened = { path: config.pages[0], query: {}, scene: 1001, shareTicket: '', referrerInfo: {} }
  app.onLaunch?.(opened)
  app.onShow?.(opened)

  return {
    errors,
    /** What was said on stderr: React's and the compiler's complaints. */
    complaints,
    setDatas,
    allPages: [...config.pages, ...(config.subPackages ?? []).flatMap((s) => s.pages.map((p) => `${s.root}/${p}`))],
    /** Opens a page and gives a way to look at it and to tap it. */
    open(page: string, params: Record<string, string> = {}) {
      query = params
      const rendered = simulator.render(simulator.load(path.join(root, page), 'page', { compiler: 'official', rootPath: root }))
      const el = dom.window.document.createElement('div')
      rendered.attach(el as unknown as Element)
      return {
        text: () => el.textContent ?? '',
        html: () => el.innerHTML,
        /** Taps the first node whose class holds `part`, by the way every tap takes: Taro's one handler and the node's own id. */
        tap(part: string) {
          const node = el.querySelector(`[class*="${part}"]`)
          const instance = pages.at(-1)
          if (!node || !instance) throw new Error(`nothing has the class ${part} in ${el.innerHTML.slice(0, 500)}`)
          const target = { id: '', dataset: { sid: node.getAttribute('data-sid') } }
          ;(instance.eh as Fn).call(instance, { type: 'tap', timeStamp: Date.now(), target, currentTarget: target, detail: {} } as never)
        },
        /** Waits for a condition, and tells what was there when it never came. */
        async until(holds: () => boolean, ms = 4_000) {
          const deadline = Date.now() + ms
          while (!holds()) {
            if (Date.now() > deadline)
              throw new Error(
                `it never came; ${page}: ${(el.textContent ?? '').slice(0, 400)}; ${errors.concat(complaints).map(String).join('; ')}`,
              )
            await new Promise((resolve) => setTimeout(resolve, 15))
          }
        },
        close: () => rendered.detach(),
      }
    },
    dispose() {
      process.off('unhandledRejection', onRejection)
      Object.assign(console, { error, warn })
    },
  }
}
