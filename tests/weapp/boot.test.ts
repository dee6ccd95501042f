/** The built mini-program, proven without DevTools: it boots, opens every page, sells, stays small and carries nothing of the server. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { weappSizes } from '../../config/tools/weapp-size.ts'
import { answers, ids } from './answers.ts'
import { boot } from './harness.ts'

const root = path.resolve(import.meta.dirname, '../..')
const dist = path.join(root, 'dist/weapp')

const newest = (at: string): number =>
  fs.statSync(at).isFile()
    ? fs.statSync(at).mtimeMs
    : Math.max(0, ...fs.readdirSync(at, { recursive: true, encoding: 'utf8' }).map((f) => fs.statSync(path.join(at, f)).mtimeMs))

beforeAll(() => {
  const built = path.join(dist, 'app.js')
  const sources = Math.max(...['miniapp', 'shared', 'config/index.ts'].map((s) => newest(path.join(root, s))))
  if (fs.existsSync(built) && fs.statSync(built).mtimeMs > sources) return
  execFileSync(process.execPath, ['node_modules/@tarojs/cli/bin/taro', 'build', '--type', 'weapp'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: 'pipe',
  })
}, 180_000)

interface Ask {
  url: string
  method: string
  data?: string
  success?: (answer: { statusCode: number; data: unknown; header: object }) => void
  complete?: (answer: object) => void
}

/** A server that answers batches with what is written in answers.ts. */
const request = (asked: string[]) => (ask: Ask) => {
  const url = new URL(ask.url)
  const names = url.pathname.replace('/trpc/', '').split(',')
  asked.push(...names)
  const inputs = JSON.parse(ask.method === 'GET' ? (url.searchParams.get('input') ?? '{}') : (ask.data ?? '{}')) as Record<string, unknown>
  const data = names.map((name, i) => {
    const answer = answers[name]
    return answer
      ? { result: { data: answer(inputs[i]) } }
      : { error: { code: -32004, message: '没有找到', data: { code: 'NOT_FOUND', refusal: 'notFound', fields: {} } } }
  })
  setTimeout(() => {
    ask.success?.({ statusCode: 200, data, header: {} })
    ask.complete?.({})
  }, 1)
  return { abort: () => undefined }
}

interface Line {
  say(frame: object): void
}

/** The socket of a room, in our hands. */
const socket = (lines: Line[]) => (o: { success?: (r: object) => void }) => {
  let hear: (m: { data: string }) => void = () => undefined
  let seq = 0
  lines.push({
    say: (message) => {
      seq++
      hear({ data: JSON.stringify({ seq, at: Date.now(), messages: [message] }) })
    },
  })
  setTimeout(() => o.success?.({ errMsg: 'connectSocket:ok' }), 0)
  return {
    onOpen: (f: (r: object) => void) => setTimeout(() => f({}), 0),
    onMessage: (f: typeof hear) => {
      hear = f
    },
    onClose: () => undefined,
    onError: () => undefined,
    send: () => undefined,
    close: () => undefined,
  }
}

const storage = () => {
  const kept = new Map<string, unknown>()
  return {
    getStorageSync: (key: string) => kept.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void kept.set(key, value),
    removeStorageSync: (key: string) => void kept.delete(key),
  }
}

type Booted = Awaited<ReturnType<typeof boot>>
let booted: Booted | null = null
afterEach(() => {
  booted?.dispose()
  booted = null
})

const start = async (asked: string[] = [], lines: Line[] = []): Promise<Booted> => {
  booted = await boot({
    dist,
    wx: {
      ...storage(),
      request: request(asked),
      connectSocket: socket(lines),
      login: (o: { success?: (r: object) => void }) => setTimeout(() => o.success?.({ code: 'code' }), 0),
      setKeepScreenOn: (o: { success?: (r: object) => void }) => setTimeout(() => o.success?.({}), 0),
    },
  })
  return booted
}

const params: Record<string, Record<string, string>> = {
  'pages/live-room/index': { id: ids.session },
  'packages/tea/listing/index': { id: ids.listing },
  'packages/find/search/index': { text: '%E8%BF%B7%E5%B8%9D' },
  'packages/shop/shop/index': { id: ids.shop },
  'packages/shop/replay/index': { id: ids.session },
  'packages/shop/standing/index': { id: ids.session },
  'packages/orders/one/index': { id: ids.order },
  'packages/orders/ask/index': { id: ids.subOrder },
  'packages/orders/case/index': { id: `afs_${'0'.repeat(26)}` },
  'packages/farmer/listing-form/index': { shop: ids.shop, id: ids.listing },
  'packages/papers/form/index': { shop: ids.shop, id: ids.paper },
  'packages/reviews/list/index': { id: ids.listing },
  'packages/reviews/form/index': { line: ids.line },
  'packages/trace/batch/index': { id: ids.batch },
  'packages/trace/batch-form/index': { shop: ids.shop, id: ids.batch },
  'packages/trace/plot-form/index': { shop: ids.shop, id: ids.plot },
  'packages/farmer/order/index': { shop: ids.shop, id: ids.subOrder },
  'packages/farmer/pairing/index': { scene: 'a'.repeat(22) },
}

/** Words that stand on a page only when its answer has arrived. */
const proof: Record<string, string> = {
  'pages/home/index': '正在直播',
  'pages/mine/index': '微信登录',
  'pages/live-room/index': '说点什么',
  'packages/tea/listing/index': '生产许可证编号',
  'packages/shop/shop/index': '店主的话',
  'packages/shop/calendar/index': '迷帝春茶开采',
  'packages/shop/replay/index': '看看',
  'packages/shop/standing/index': '原因：刷屏',
  'packages/shop/follows/index': '界牌古茶合作社',
  'packages/farmer/profile/index': '店铺照片',
  'packages/find/search/index': '共 1 款',
  'packages/checkout/addresses/index': '王小满',
  'packages/orders/ask/index': '质量问题',
  'packages/orders/case/index': '有霉点',
  'packages/checkout/cart/index': '比加入时降了 8.00 元',
  'packages/checkout/coupons/index': '满 100.00 减 10.00 元',
  'packages/orders/list/index': '待发货',
  'packages/orders/one/index': '顺丰速运',
  'packages/papers/list/index': '食品经营许可证',
  'packages/papers/form/index': '提交核验',
  'packages/reviews/list/index': '放了一个月更顺口',
  'packages/reviews/form/index': '冲泡笔记',
  'packages/reviews/mine/index': '第三泡开始回甘',
  'packages/trace/batch/index': '还不知道的',
  'packages/trace/land/index': 'MD2404-01',
  'packages/trace/batch-form/index': 'MD2404-01',
  'packages/trace/plot-form/index': '界牌东坡',
  'packages/farmer/shop/index': '证照提醒',
  'packages/farmer/listings/index': '改库存',
  'packages/farmer/listing-form/index': '提交审核',
  'packages/farmer/sessions/index': '进控制台',
  'packages/farmer/session-form/index': '发布预告',
  'packages/farmer/bag/index': '袋里的茶',
  'packages/farmer/desk/index': '讲解下一个',
  'packages/farmer/orders/index': '待发货',
  'packages/farmer/order/index': '确认发货',
  'packages/farmer/settlement/index': '店铺收入',
  'packages/farmer/pairing/index': '请选电脑屏幕上显示的数字',
}

describe('the mini-program in WeChat', () => {
  it('opens every page with its answer on it, and nobody complains', async () => {
    const asked: string[] = []
    const weapp = await start(asked)
    expect(weapp.allPages.slice().sort()).toEqual(Object.keys(proof).sort())
    for (const name of weapp.allPages) {
      const page = weapp.open(name, params[name] ?? { shop: ids.shop, id: ids.session })
      await page.until(() => page.text().includes(proof[name] ?? ''))
      expect(weapp.setDatas.some((s) => s.page === name)).toBe(true)
      // deeper than the templates go, a page falls back to a component, which costs a setData of its own
      expect(page.html()).not.toContain('<comp')
      page.close()
    }
    expect(weapp.errors).toEqual([])
    expect(weapp.complaints).toEqual([])
  }, 60_000)

  it('lets a guest browse and watch without logging in', async () => {
    const asked: string[] = []
    const weapp = await start(asked)
    for (const name of ['pages/home/index', 'pages/live-room/index', 'packages/tea/listing/index', 'pages/mine/index']) {
      const page = weapp.open(name, params[name])
      await page.until(() => page.text().includes(proof[name] ?? ''))
      page.close()
    }
    expect(asked).not.toContain('buyer.identity.login')
  })

  it('opens the checkout from the pinned card, over the playing picture', async () => {
    const weapp = await start()
    const page = weapp.open('pages/live-room/index', { id: ids.session })
    await page.until(() => page.html().includes('pin-card-key'))
    page.tap('pin-card-key')
    await page.until(() => page.text().includes('确认订单') && page.text().includes('¥468.00'))
    expect(page.html()).toContain('live-player')
    expect(page.html()).not.toContain('<comp')
    page.close()
    expect(weapp.errors).toEqual([])
  })

  it('draws a busy room with at most 5 setData a second and 30 KB for 200 comments', async () => {
    const lines: Line[] = []
    const weapp = await start([], lines)
    const page = weapp.open('pages/live-room/index', { id: ids.session })
    await page.until(() => lines.length > 0 && page.text().includes('说点什么'))
    const before = weapp.setDatas.length
    const from = Date.now()
    let n = 0
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        n++
        const chat = {
          id: `cht_${n}`,
          nickname: `茶友${n % 7}`,
          text: `第 ${n} 句，这饼茶不错`,
          at: Date.now(),
          by: 'buyer',
          userKey: `k${n % 7}`,
        }
        lines[0]?.say({ type: 'chat', chat })
        if (n % 10 === 0) lines[0]?.say({ type: 'viewers', count: 100 + n })
        if (n < 200) return
        clearInterval(timer)
        resolve()
      }, 20)
    })
    await page.until(() => page.text().includes('第 200 句'))
    const seconds = (Date.now() - from) / 1000
    const made = weapp.setDatas.slice(before)
    const bytes = made.reduce((sum, s) => sum + s.bytes, 0)
    console.log(`figure weapp.room_setdata_per_second ${(made.length / seconds).toFixed(1)}`)
    console.log(`figure weapp.room_bytes_per_200_comments ${(bytes / 1024).toFixed(1)} KB`)
    expect(made.length / seconds).toBeLessThanOrEqual(5)
    expect(bytes).toBeLessThanOrEqual(30 * 1024)
    page.close()
  })

  it('comes back with what was missed when the line was cut', async () => {
    const urls: string[] = []
    const closers: (() => void)[] = []
    const lines: Line[] = []
    const made = socket(lines)
    booted = await boot({
      dist,
      wx: {
        ...storage(),
        request: request([]),
        setKeepScreenOn: (o: { success?: (r: object) => void }) => setTimeout(() => o.success?.({}), 0),
        connectSocket: (o: { url: string; success?: (r: object) => void }) => {
          urls.push(o.url)
          return { ...made(o), onClose: (f: () => void) => closers.push(f) }
        },
      },
    })
    const page = booted.open('pages/live-room/index', { id: ids.session })
    await page.until(() => lines.length === 1 && closers.length === 1)
    lines[0]?.say({ type: 'viewers', count: 7 })
    await page.until(() => page.text().includes('7 人在看'))
    closers[0]?.()
    await page.until(() => urls.length === 2)
    expect(urls[0]).not.toContain('since=')
    expect(urls[1]).toContain('since=1')
    page.close()
  })
})

describe('the package', () => {
  const files = () =>
    fs
      .readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .map((f) => path.join(dist, f))
      .filter((f) => fs.statSync(f).isFile())

  it('weighs at most 1.5 MB in its main part', () => {
    const { main, packages } = weappSizes(dist)
    console.log(`figure weapp.main_package ${(main / 1024).toFixed(1)} KB`)
    expect(main).toBeLessThanOrEqual(1.5 * 1024 * 1024)
    for (const bytes of Object.values(packages)) expect(bytes).toBeLessThanOrEqual(2 * 1024 * 1024)
  })

  it('carries nothing of the server and no secret', () => {
    const foreign = [
      'drizzle',
      'mysql',
      'fastify',
      'BEGIN PRIVATE KEY',
      'BEGIN RSA PRIVATE KEY',
      'appsecret',
      'apiV3Key',
      'node:fs',
      'mpegts',
    ]
    for (const file of files()) {
      const text = fs.readFileSync(file, 'latin1')
      for (const word of foreign) expect(text.includes(word), `${path.relative(dist, file)} contains ${word}`).toBe(false)
    }
  })

  it('uses no global that WeChat does not have', () => {
    for (const file of files().filter((f) => /pages|packages|common\.js$/.test(f) && f.endsWith('.js')))
      expect(fs.readFileSync(file, 'utf8')).not.toMatch(
        /\b(?:new URL|new URLSearchParams|localStorage\.|structuredClone\(|crypto\.getRandomValues)/,
      )
  })
})
