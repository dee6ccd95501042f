import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { beijing, makeId } from './crypto.ts'
import { answer, type Routes } from './http.ts'
import { badField, noResource, PayError } from './pay-errors.ts'
import type { World } from './world.ts'

const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'
const SUMMARY = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'

interface Row {
  at: number
  transactionId: string
  outTradeNo: string
  subMchid: string
  openid: string
  description: string
  attach: string
  fen: number
  feeFen: number
  refund: { id: string; number: string; fen: number; status: string } | null
}

/** Fen as yuan with five decimals for fees and two for amounts, as the bills write them. */
const yuan = (fen: number): string => {
  const text = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`
}

const dayOf = (at: number): string => beijing(at).slice(0, 10)
const csvTime = (at: number): string => beijing(at).slice(0, 19).replace('T', ' ')
const line = (values: readonly string[]): string => values.map((value) => `\`${value.replaceAll(',', ' ')}`).join(',')

/** The day's rows out of the stand-in's own books, then spoilt as the control plane asked. */
const rowsOf = (world: World, day: string, type: string, subMchid: string | null): Row[] => {
  const { state } = world
  const rows: Row[] = []
  for (const order of Object.values(state.orders)) {
    if (order.paidAt === null) continue
    for (const sub of order.subs) {
      const base = {
        transactionId: sub.transactionId!,
        outTradeNo: sub.outTradeNo,
        subMchid: sub.subMchid,
        openid: order.openid,
        description: sub.description,
        attach: sub.attach,
      }
      const feeFen = Math.floor((sub.amount * state.rules.feeBp + 5000) / 10_000)
      if (type !== 'REFUND' && dayOf(order.paidAt) === day) rows.push({ ...base, at: order.paidAt, fen: sub.amount, feeFen, refund: null })
      if (type === 'SUCCESS') continue
      for (const refund of Object.values(state.refunds))
        if (refund.transactionId === sub.transactionId && refund.status !== 'CLOSED' && dayOf(refund.createdAt) === day)
          rows.push({
            ...base,
            at: refund.createdAt,
            fen: 0,
            feeFen: -refund.taken.fee,
            refund: { id: refund.refundId, number: refund.outRefundNo, fen: refund.amount, status: refund.status },
          })
    }
  }
  for (const edit of state.bills.filter((one) => one.day === day)) {
    const at = rows.findIndex((row) => row.transactionId === edit.transactionId && !row.refund)
    if (edit.kind === 'missing' && at >= 0) rows.splice(at, 1)
    if (edit.kind === 'amount' && at >= 0) rows[at]!.fen = edit.fen
    if (edit.kind === 'extra')
      rows.push({
        at: Date.parse(`${day}T12:00:00+08:00`),
        transactionId: edit.transactionId,
        outTradeNo: edit.outTradeNo,
        subMchid: edit.subMchid,
        openid: '',
        description: '',
        attach: '',
        fen: edit.fen,
        feeFen: 0,
        refund: null,
      })
  }
  return rows.filter((row) => subMchid === null || row.subMchid === subMchid).sort((a, b) => a.at - b.at)
}

const csv = (world: World, rows: readonly Row[]): Buffer => {
  const sum = (pick: (row: Row) => number): string => yuan(rows.reduce((fen, row) => fen + pick(row), 0))
  const rate = `${(world.state.rules.feeBp / 100).toFixed(2)}%`
  const body = rows.map((row) =>
    line([
      csvTime(row.at),
      world.options.appid,
      world.options.mchid,
      row.subMchid === world.options.mchid ? '0' : row.subMchid,
      '',
      row.transactionId,
      row.outTradeNo,
      row.openid,
      'JSAPI',
      row.refund ? 'REFUND' : 'SUCCESS',
      'OTHERS',
      'CNY',
      yuan(row.fen),
      '0.00',
      row.refund?.id ?? '0',
      row.refund?.number ?? '0',
      yuan(row.refund?.fen ?? 0),
      '0.00',
      row.refund ? 'ORIGINAL' : '',
      row.refund?.status ?? '',
      row.description,
      row.attach,
      `${yuan(row.feeFen)}000`,
      rate,
      yuan(row.fen),
      yuan(row.refund?.fen ?? 0),
      '',
    ]),
  )
  const trades = rows.length
  const totals = line([
    String(trades),
    sum((row) => row.fen),
    sum((row) => row.refund?.fen ?? 0),
    '0.00',
    `${sum((row) => row.feeFen)}000`,
    sum((row) => row.fen),
    sum((row) => row.refund?.fen ?? 0),
  ])
  return Buffer.from(`\ufeff${[HEADER, ...body, SUMMARY, totals].join('\r\n')}\r\n`)
}

/** Trade bills: asked for by day from 10:00 on the next (Beijing), then fetched by a token. The file's answer is not signed. */
export const billRoutes = (world: World): { routes: Routes; isDownload: (path: string) => boolean } => {
  const files = new Map<string, Buffer>()
  const routes: Routes = {
    'GET /v3/bill/tradebill': (call) => {
      const day = call.query.get('bill_date') ?? ''
      const type = call.query.get('bill_type') ?? 'ALL'
      const packing = call.query.get('tar_type')
      if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw badField('query:bill_date', 'bill_date 格式不正确', day)
      if (!['ALL', 'SUCCESS', 'REFUND'].includes(type)) throw badField('query:bill_type', 'bill_type 不正确', type)
      if (packing !== null && packing !== 'GZIP') throw badField('query:tar_type', 'tar_type 不正确', packing)
      const start = Date.parse(`${day}T00:00:00+08:00`)
      if (Number.isNaN(start) || start > world.now() || world.now() - start > 92 * 86_400_000)
        throw badField('query:bill_date', '账单日期超出可查询的范围', day)
      if (world.now() < start + 34 * 3600_000) throw new PayError(400, 'STATEMENT_CREATING', '账单生成中，请稍后再试')
      const rows = rowsOf(world, day, type, call.query.get('sub_mchid'))
      if (rows.length === 0) throw new PayError(400, 'NO_STATEMENT_EXIST', '账单文件不存在')
      const plain = csv(world, rows)
      const token = makeId.opaque()
      files.set(token, packing === 'GZIP' ? gzipSync(plain) : plain)
      const host = call.headers.host ?? 'api.mch.weixin.qq.com'
      return answer(200, {
        hash_type: 'SHA1',
        hash_value: createHash('sha1').update(plain).digest('hex'),
        download_url: `http://${host}/v3/billdownload/file?token=${token}`,
      })
    },
    'GET /v3/billdownload/file': (call) => {
      const file = files.get(call.query.get('token') ?? '')
      if (!file) throw noResource('账单文件不存在或已过期')
      return answer(200, file, 'application/octet-stream')
    },
  }
  return { routes, isDownload: (path) => path === '/v3/billdownload/file' }
}
