/**
 * Kuaidi100, played: takes subscriptions as it does (wechat.md §11.2), and calls back with what the control plane says a courier has scanned. Speaks its
 * wire protocol with Node alone. Control plane, on a port of its own: POST /__sim/scan {company, number, state, context, ftime?, times?} ·
 * /__sim/fault {kind: '500' | 'nonsense' | 'drop', times} · /__sim/list.
 */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Kuaidi100StandinOptions {
  key: string
  host?: string
  apiPort?: number
  simPort?: number
  /** After how long each parcel that is subscribed to is collected, on its way, being delivered and signed for, ms; absent: the control plane alone moves them. */
  walkMs?: readonly number[]
}

interface Subscription {
  company: string
  number: string
  callbackurl: string
  salt: string
}

interface Scan {
  time: string
  ftime: string
  context: string
  status: string
  statusCode: string
}

const KNOWN = new Set([
  'shunfeng',
  'yuantong',
  'zhongtong',
  'shentong',
  'yunda',
  'ems',
  'youzhengguonei',
  'jd',
  'debangkuaidi',
  'jtexpress',
])
const WANT_PHONE = new Set(['shunfeng', 'zhongtong'])
const words: Record<string, string> = {
  '0': '在途',
  '1': '揽收',
  '2': '疑难',
  '3': '签收',
  '4': '退签',
  '5': '派件',
  '6': '退回',
  '14': '拒签',
}

/** The way of a parcel from the mountains to a city, as couriers write it. */
const WALK = [
  { state: '1', context: '【普洱市】墨江县营业点已收取快件' },
  { state: '0', context: '快件离开【昆明转运中心】，发往下一站' },
  { state: '5', context: '快件正在派送途中，请保持电话畅通' },
  { state: '3', context: '已签收，签收人：本人' },
]

const read = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
const say = (response: ServerResponse, value: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(typeof value === 'string' ? value : JSON.stringify(value))
}
const listen = async (server: Server, host: string, port: number): Promise<string> => {
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, host, done))
  return `http://${host}:${(server.address() as AddressInfo).port}`
}
const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex')
/** "2026-11-20 14:03:11" in China's time. */
const chinaTime = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

export async function startKuaidi100Standin(options: Kuaidi100StandinOptions) {
  const { key, host = '127.0.0.1' } = options
  const subscriptions: Subscription[] = []
  const scans = new Map<string, Scan[]>()
  const timers: NodeJS.Timeout[] = []
  let fault: { kind: string; times: number } | null = null
  const answers = (returnCode: string, message: string) => ({ result: returnCode === '200', returnCode, message })

  const subscribe = (body: string): object => {
    const form = new URLSearchParams(body)
    let param: { company?: string; number?: string; key?: string; parameters?: { callbackurl?: string; salt?: string; phone?: string } }
    try {
      param = JSON.parse(form.get('param') ?? '')
    } catch {
      return answers('700', '订阅方的订阅数据存在错误')
    }
    const { company = '', number = '', parameters = {} } = param
    if (form.get('schema') !== 'json' || !number || !parameters.callbackurl) return answers('700', '订阅方的订阅数据存在错误')
    if (param.key !== key) return answers('600', '您不是合法的订阅者')
    if (!KNOWN.has(company)) return answers('702', '无法识别的快递公司')
    if (WANT_PHONE.has(company) && !/^\d{4,11}$/.test(parameters.phone ?? '')) return answers('700', '请填写收件人或寄件人手机号后四位')
    if (subscriptions.some((s) => s.company === company && s.number === number && s.callbackurl === parameters.callbackurl))
      return answers('501', '重复订阅')
    subscriptions.push({ company, number, callbackurl: parameters.callbackurl, salt: parameters.salt ?? '' })
    for (const [i, ms] of (options.walkMs ?? []).entries()) {
      const step = WALK[i]
      if (step) timers.push(setTimeout(() => void scan({ company, number, ...step }).catch(() => undefined), ms))
    }
    return answers('200', '提交成功')
  }

  const push = async (one: Subscription): Promise<string> => {
    const data = scans.get(`${one.company} ${one.number}`) ?? []
    const state = data[0]?.statusCode ?? '0'
    const signed = state === '3'
    const param = JSON.stringify({
      status: signed ? 'shutdown' : 'polling',
      billstatus: signed ? 'check' : 'got',
      message: '',
      lastResult: { message: 'ok', state, ischeck: signed ? '1' : '0', com: one.company, nu: one.number, data },
    })
    const answer = await fetch(one.callbackurl, {
      method: 'POST',
      body: new URLSearchParams({ sign: md5(param + one.salt).toUpperCase(), param }),
    })
    return answer.text()
  }

  const scan = async (wish: { company?: string; number?: string; state?: string; context?: string; ftime?: string; times?: number }) => {
    const { company = '', number = '', state = '0', context = '', ftime = chinaTime(Date.now()), times = 1 } = wish
    const at = `${company} ${number}`
    scans.set(at, [{ time: ftime, ftime, context, status: words[state] ?? '在途', statusCode: state }, ...(scans.get(at) ?? [])])
    const told: string[] = []
    for (const one of subscriptions.filter((s) => s.company === company && s.number === number))
      for (let i = 0; i < times; i++) told.push(await push(one))
    return { told }
  }

  const api = createServer((request, response) => {
    void read(request).then((body) => {
      if (fault && fault.times-- > 0) {
        if (fault.kind === 'drop') return request.socket.destroy()
        return say(response, fault.kind === 'nonsense' ? '<html>' : answers('500', '服务器错误'), 200)
      }
      if (request.method === 'POST' && request.url === '/poll') return say(response, subscribe(body))
      return say(response, answers('700', '没有这个接口'), 404)
    })
  })
  const sim = createServer((request, response) => {
    void read(request).then(async (body) => {
      const wish = body === '' ? {} : JSON.parse(body)
      if (request.url === '/__sim/scan') return say(response, await scan(wish))
      if (request.url === '/__sim/list')
        return say(
          response,
          subscriptions.map(({ company, number }) => ({ company, number })),
        )
      if (request.url === '/__sim/fault') {
        fault = { kind: String(wish.kind), times: Number(wish.times ?? 1) }
        return say(response, {})
      }
      return say(response, {}, 404)
    })
  })
  const base = await listen(api, host, options.apiPort ?? 0)
  const control = await listen(sim, host, options.simPort ?? 0)
  return {
    base,
    sim: control,
    stop: async () => {
      for (const timer of timers) clearTimeout(timer)
      for (const server of [api, sim]) {
        server.closeAllConnections()
        await new Promise((done) => server.close(done))
      }
    },
  }
}
