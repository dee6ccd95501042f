import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { addFen, type Fen, fen } from '../../../shared/money.ts'
import { type Instant, instant } from '../../../shared/time.ts'
import type { BillLine, PaymentPort } from '../../ports/payment.ts'
import { OutsideTrouble } from '../../ports/trouble.ts'
import type { PayTransport } from './payTransport.ts'

const bill = z.object({ hash_type: z.literal('SHA1'), hash_value: z.string(), download_url: z.url() })
const NOT_YET = new Set(['STATEMENT_CREATING'])
const NOTHING = new Set(['NO_STATEMENT_EXIST'])
/** A day's bill, unpacked. */
const MOST_BYTES = 256 * 1024 * 1024

const wrong = (what: string): OutsideTrouble => new OutsideTrouble('wechat-pay', 'MALFORMED', `bill: ${what}`)

/** Yuan as a bill writes them, with two to five decimals, into fen by text; a fraction of a fen is refused, it would be a guess. */
export const billFen = (text: string): Fen => {
  const m = /^(-?)(\d{1,12})(?:\.(\d{1,5}))?$/.exec(text)
  if (!m) throw wrong(`not yuan: ${text.slice(0, 20)}`)
  const decimals = (m[3] ?? '').padEnd(5, '0')
  if (decimals.slice(2) !== '000') throw wrong(`a fraction of a fen: ${text}`)
  const amount = Number(m[2]) * 100 + Number(decimals.slice(0, 2))
  return fen(m[1] === '-' && amount !== 0 ? -amount : amount)
}

const billTime = (text: string): Instant => {
  const at = Date.parse(`${text.replace(' ', 'T')}+08:00`)
  if (Number.isNaN(at)) throw wrong(`not a time: ${text.slice(0, 30)}`)
  return instant(at)
}

/** The values of a line: each begins with a backtick, which keeps a spreadsheet from reading numbers into them. */
const valuesOf = (line: string): string[] => line.split(',').map((value) => value.replace(/^`/, '').trim())

/**
 * Reads a trade bill (wechat.md §5.11; CSV with a byte order mark, a head, backticks, and a summary of two lines at its end). Its own sums must be
 * those of its lines. Throws OutsideTrouble for a file that contradicts itself.
 */
export const readBill = (text: string): BillLine[] => {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
  const head = (lines[0] ?? '').split(',')
  const column = (name: string): number => {
    const at = head.indexOf(name)
    if (at < 0) throw wrong(`no column ${name}`)
    return at
  }
  const at = {
    time: column('交易时间'),
    sub: column('特约商户号'),
    transaction: column('微信订单号'),
    part: column('商户订单号'),
    state: column('交易状态'),
    paid: column('订单金额'),
    refundNo: column('商户退款单号'),
    refund: column('申请退款金额'),
    fee: column('手续费'),
  }
  const end = lines.findIndex((line) => line.startsWith('总交易单数'))
  if (end < 0 || end !== lines.length - 2) throw wrong('no summary at the end')
  const found = lines.slice(1, end).map((line): BillLine => {
    const values = valuesOf(line)
    if (values.length !== head.length) throw wrong('a line with another number of values')
    const value = (n: number): string => values[n] ?? ''
    const about = { partNo: value(at.part), transactionId: value(at.transaction), subMerchant: value(at.sub), at: billTime(value(at.time)) }
    const fee = billFen(value(at.fee))
    return value(at.state) === 'REFUND'
      ? { kind: 'refund', ...about, refundNo: value(at.refundNo), amount: billFen(value(at.refund)), fee }
      : { kind: 'payment', ...about, amount: billFen(value(at.paid)), fee }
  })
  const sums = Object.fromEntries((lines[end] ?? '').split(',').map((name, i) => [name, valuesOf(lines[end + 1] ?? '')[i] ?? '']))
  const total = (kind: BillLine['kind']): Fen => addFen(...found.filter((l) => l.kind === kind).map((l) => l.amount))
  if (Number(sums.总交易单数) !== found.length) throw wrong('its count is not that of its lines')
  if (billFen(sums.订单总金额 ?? '') !== total('payment')) throw wrong('its sum of payments is not that of its lines')
  if (billFen(sums.申请退款总金额 ?? '') !== total('refund')) throw wrong('its sum of refunds is not that of its lines')
  return found
}

/** Daily trade bills (wechat.md §5.11). The address of the file must be WeChat Pay's own, for the request for it is signed. */
export const createBills = (pay: PayTransport, payBase: string): Pick<PaymentPort, 'bill'> => ({
  bill: async (day) => {
    let ticket: z.infer<typeof bill>
    try {
      ticket = await pay.call({
        name: 'bill',
        method: 'GET',
        path: `/v3/bill/tradebill?bill_date=${encodeURIComponent(day)}&bill_type=ALL&tar_type=GZIP`,
        answer: bill,
      })
    } catch (error) {
      const code = error instanceof OutsideTrouble ? error.code : ''
      if (NOT_YET.has(code)) return 'notYet'
      if (NOTHING.has(code)) return []
      throw error
    }
    const url = new URL(ticket.download_url)
    if (url.origin !== new URL(payBase).origin) throw wrong('the file lies elsewhere')
    const packed = await pay.download('bill', url)
    let plain: Buffer
    try {
      plain = gunzipSync(packed, { maxOutputLength: MOST_BYTES })
    } catch {
      throw wrong('the file cannot be unpacked')
    }
    if (createHash('sha1').update(plain).digest('hex') !== ticket.hash_value.toLowerCase())
      throw wrong('the file is not the one that was promised')
    return readBill(plain.toString('utf8'))
  },
})
