/** The orders of the demonstration. A line is a shop, a place in its list of teas, and how many. */

export interface DemoOrder {
  key: string
  /** Place in the list of buyers. */
  buyer: number
  lines: readonly (readonly [shop: string, tea: number, quantity: number])[]
  /** How long before the seed it was placed; unpaid ones are placed now. */
  hoursAgo: number
  ends: 'unpaid' | 'cancelled' | 'expired' | 'toShip' | 'shipped' | 'completed'
  /** The broadcast in which it was placed, and how many minutes into it. */
  show?: readonly [key: string, minute: number]
  note?: string
}

const DAY = 24

export const orders: readonly DemoOrder[] = [
  { key: 'demo-01', buyer: 0, lines: [['fenghuang', 3, 1]], hoursAgo: 19 * DAY, ends: 'completed' },
  { key: 'demo-02', buyer: 1, lines: [['midi', 0, 2]], hoursAgo: 18 * DAY, ends: 'completed', note: '送人的，麻烦包装好一点' },
  {
    key: 'demo-03',
    buyer: 2,
    lines: [
      ['xuli', 2, 6],
      ['shuangbao', 3, 1],
    ],
    hoursAgo: 17 * DAY,
    ends: 'completed',
  },
  { key: 'demo-04', buyer: 3, lines: [['longba', 1, 1]], hoursAgo: 15 * DAY, ends: 'completed' },
  { key: 'demo-05', buyer: 4, lines: [['banpo', 0, 2]], hoursAgo: 14 * DAY, ends: 'completed', note: '不急，天晴再寄' },
  { key: 'demo-06', buyer: 5, lines: [['fenghuang', 2, 1]], hoursAgo: 12 * DAY, ends: 'completed' },
  { key: 'demo-07', buyer: 6, lines: [['taiyang', 0, 3]], hoursAgo: 11 * DAY, ends: 'completed' },
  { key: 'demo-08', buyer: 7, lines: [['yutang', 2, 2]], hoursAgo: 9 * DAY, ends: 'completed' },
  { key: 'demo-09', buyer: 8, lines: [['fenghuang', 0, 1]], hoursAgo: 8 * DAY, ends: 'expired' },
  { key: 'demo-10', buyer: 9, lines: [['baliu', 1, 1]], hoursAgo: 6 * DAY, ends: 'cancelled' },
  { key: 'demo-11', buyer: 10, lines: [['naha', 1, 1]], hoursAgo: 4 * DAY, ends: 'shipped' },
  {
    key: 'demo-12',
    buyer: 11,
    lines: [
      ['tongguan', 3, 1],
      ['yayi', 3, 1],
    ],
    hoursAgo: 3 * DAY,
    ends: 'shipped',
  },
  { key: 'demo-13', buyer: 0, lines: [['fenghuang', 1, 1]], hoursAgo: 0, show: ['fenghuang', 6], ends: 'shipped' },
  { key: 'demo-14', buyer: 4, lines: [['fenghuang', 1, 2]], hoursAgo: 0, show: ['fenghuang', 9], ends: 'shipped' },
  { key: 'demo-15', buyer: 7, lines: [['fenghuang', 4, 3]], hoursAgo: 0, show: ['fenghuang', 31], ends: 'toShip', note: '龙珠请分开装' },
  {
    key: 'demo-16',
    buyer: 11,
    lines: [
      ['fenghuang', 2, 1],
      ['fenghuang', 5, 1],
    ],
    hoursAgo: 0,
    show: ['fenghuang', 52],
    ends: 'toShip',
  },
  { key: 'demo-17', buyer: 2, lines: [['xuli', 2, 10]], hoursAgo: 0, show: ['xuli', 12], ends: 'toShip' },
  { key: 'demo-18', buyer: 3, lines: [['xuli', 1, 1]], hoursAgo: 0, show: ['xuli', 27], ends: 'toShip' },
  { key: 'demo-19', buyer: 1, lines: [['fenghuang', 7, 2]], hoursAgo: 20, ends: 'toShip' },
  {
    key: 'demo-20',
    buyer: 5,
    lines: [
      ['fenghuang', 0, 1],
      ['wenwu', 0, 1],
      ['mengnong', 0, 2],
    ],
    hoursAgo: 7,
    ends: 'toShip',
    note: '三家的茶分开寄没关系',
  },
  { key: 'demo-21', buyer: 8, lines: [['midi', 3, 1]], hoursAgo: 3, ends: 'toShip' },
  { key: 'demo-22', buyer: 6, lines: [['fenghuang', 6, 1]], hoursAgo: 0, ends: 'unpaid' },
  { key: 'demo-23', buyer: 9, lines: [['taiyang', 4, 2]], hoursAgo: 0, ends: 'unpaid' },
  // the same tea, several times: what is said of it then adds up
  { key: 'demo-24', buyer: 2, lines: [['fenghuang', 3, 1]], hoursAgo: 18 * DAY, ends: 'completed' },
  { key: 'demo-25', buyer: 4, lines: [['fenghuang', 3, 1]], hoursAgo: 16 * DAY, ends: 'completed' },
  { key: 'demo-26', buyer: 7, lines: [['fenghuang', 3, 1]], hoursAgo: 13 * DAY, ends: 'completed' },
  { key: 'demo-27', buyer: 9, lines: [['fenghuang', 3, 1]], hoursAgo: 10 * DAY, ends: 'completed' },
]
