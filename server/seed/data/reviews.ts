/** What the demonstration's buyers say of what they received: good, middling and bad, as people do. */
import { type BrewNote, emptyBrew } from '../../../shared/reviews/draft.ts'

export interface DemoReview {
  /** The order, and the place of the line in it. */
  order: string
  line: number
  stars: number
  /** After receipt. */
  daysAfter: number
  text: string
  brew?: BrewNote
  followUp?: { daysAfter: number; text: string }
  answer?: string
  /** What the shop has reported to the park; it waits there. */
  report?: string
}

const brew = (note: Partial<BrewNote>): BrewNote => ({ ...emptyBrew(), ...note })

export const reviews: readonly DemoReview[] = [
  {
    ...{ order: 'demo-01', line: 0, stars: 5, daysAfter: 2 },
    text: '撬开条索完整，干仓味很淡。前两泡有点收敛，第四泡开始甜，能喝到十二泡。',
    brew: brew({ grams: 8, celsius: 100, millilitres: 110, steep: 4, seconds: 12, liquor: 4, aroma: 4, aftertaste: 5 }),
    followUp: { daysAfter: 9, text: '醒了一个星期再喝，苦味退得更快，汤也更稠。' },
    answer: '谢谢。老茶撬散了醒十天左右最好，放陶罐里别盖死。',
  },
  {
    ...{ order: 'demo-24', line: 0, stars: 4, daysAfter: 1 },
    text: '和直播里说的一样，汤色比照片深一点点。包装结实，饼没有掉渣。',
    brew: brew({ grams: 7, celsius: 95, steep: 2, seconds: 10, aroma: 4 }),
  },
  {
    ...{ order: 'demo-25', line: 0, stars: 3, daysAfter: 3 },
    text: '味道可以，但比我想的苦，可能不适合刚喝生茶的人。',
    answer: '生茶头几泡苦底重一些，水温降到九十度、出汤快几秒会好很多，可以再试试。',
  },
  { order: 'demo-26', line: 0, stars: 5, daysAfter: 2, text: '第二次买了，这批和上次一样稳。' },
  {
    ...{ order: 'demo-27', line: 0, stars: 2, daysAfter: 1 },
    text: '快递走了六天，箱子压瘪了，饼边碎了一块。茶本身还行。',
    answer: '抱歉，已经换了加厚的纸箱。碎的那块请拍照给我们，按重量退款。',
  },
  { order: 'demo-02', line: 0, stars: 5, daysAfter: 3, text: '送人的，对方说好喝。包装素净，没有花里胡哨的话。' },
  {
    ...{ order: 'demo-03', line: 0, stars: 5, daysAfter: 1 },
    text: '一颗刚好泡一壶，办公室喝方便。',
    brew: brew({ grams: 8, millilitres: 300, seconds: 60, liquor: 4, aroma: 3, aftertaste: 4 }),
  },
  { order: 'demo-03', line: 1, stars: 4, daysAfter: 1, text: '紫米很香，要提前泡一晚，不然煮不透。' },
  { order: 'demo-04', line: 0, stars: 3, daysAfter: 2, text: '中规中矩，价格也不贵，日常口粮。' },
  {
    ...{ order: 'demo-05', line: 0, stars: 5, daysAfter: 4 },
    text: '天晴才寄来的，茶很干爽。毛茶自己压饼玩，叶底肥厚。',
    brew: brew({ grams: 5, celsius: 90, seconds: 8, aftertaste: 5 }),
  },
  {
    ...{ order: 'demo-06', line: 0, stars: 1, daysAfter: 2 },
    text: '不好喝，一股堆味，喝了两泡就倒了。',
    answer: '这款熟茶是去年才出堆的，散堆味要放一放。不满意可以退，运费我们出。',
    report: '同行恶意差评',
  },
  { order: 'demo-07', line: 0, stars: 4, daysAfter: 2, text: '甜度不错，碎茶比预想的多一点。' },
  { order: 'demo-08', line: 0, stars: 5, daysAfter: 1, text: '按店家写的方法泡，第三泡正好。' },
]
