/** The table of refusals 业务拒绝: one row per code. `kind` gives the protocol's answer, `words` what a person reads. `{name}` is filled from the facts. */
export const refusals = {
  // anyone
  notFound: { kind: 'notFound', words: '没有找到，可能已下架或链接有误' },
  signIn: { kind: 'signIn', words: '请先登录' },
  badInput: { kind: 'bad', words: '填写的内容有误：{what}' },
  tooFast: { kind: 'tooMany', words: '操作太快了，请 {seconds} 秒后再试' },
  stale: { kind: 'conflict', words: '刚刚有变化，请刷新后再看' },
  notNow: { kind: 'conflict', words: '现在不能这样做' },
  keyReused: { kind: 'conflict', words: '这次提交与之前的不一致，请返回重新下单' },
  busy: { kind: 'busy', words: '人太多了，请稍后再试' },
  outside: { kind: 'busy', words: '{what}暂时没有回应，请稍后再试，已填写的内容都还在' },
  // identity
  loginCode: { kind: 'signIn', words: '微信登录已失效，请重新进入小程序' },
  pairingOver: { kind: 'conflict', words: '二维码已失效，请在电脑上刷新后重新扫码' },
  pairingNumber: { kind: 'forbidden', words: '数字对不上，这次登录已作废，请核对电脑屏幕后重新扫码' },
  noDesk: { kind: 'forbidden', words: '你的账号还没有店铺或园区身份，不能登录电脑端' },
  nickname: { kind: 'bad', words: '昵称要 1 到 20 个字，且不含网址和联系方式' },
  roleNeeded: { kind: 'forbidden', words: '你在这家店的身份不能做这件事，请店主操作' },
  // tenants
  tooManyFollows: { kind: 'conflict', words: '最多关注 {most} 家店，先取消几家不常看的' },
  shopPaused: { kind: 'conflict', words: '「{shop}」已暂停营业，这笔订单现在不能付款' },
  // papers
  paperIncomplete: { kind: 'bad', words: '证照还有 {count} 处没有填好' },
  paperMissing: { kind: 'conflict', words: '还缺已核验的{papers}：{why}。请到「证照」里添加，核验通过后再来' },
  paperTwice: { kind: 'conflict', words: '编号 {number} 的{paper}已经登记过了' },
  tooManyPapers: { kind: 'conflict', words: '待核验和没写完的证照最多 {most} 份，先处理已有的' },
  // assets
  pictureKind: { kind: 'bad', words: '只收 JPG、PNG、WebP 照片，这个文件不是' },
  pictureTooBig: { kind: 'tooLarge', words: '照片太大了（上限 {mb} MB），请用手机自带的压缩或重拍' },
  pictureBroken: { kind: 'bad', words: '这张照片打不开或太大，请换一张' },
  uploadTicket: { kind: 'forbidden', words: '上传已过期，请重新选择照片' },
  tooManyPictures: { kind: 'tooMany', words: '一天最多上传 {most} 张照片，请明天再传' },
  // catalogue
  incomplete: { kind: 'bad', words: '还有 {count} 处没有填好' },
  notOnSale: { kind: 'conflict', words: '「{title}」现在不能购买' },
  soldOut: { kind: 'conflict', words: '「{title}」已售完' },
  notEnough: { kind: 'conflict', words: '「{title}」只剩 {left} 件了' },
  priceChanged: { kind: 'conflict', words: '「{title}」价格变了：原 {was} 元，现 {now} 元，请重新确认' },
  stockBelow: { kind: 'bad', words: '库存不够减：现在可售 {left} 件' },
  inReviewAlready: { kind: 'conflict', words: '这一版正在审核，撤回后才能修改' },
  labelUnread: { kind: 'bad', words: '这张照片没有认出字，请拍平拍清后重试，或照着标签录入' },
  importKind: { kind: 'bad', words: '只收 xlsx 或 csv 表格，这个文件不是，或者坏了；旧的 xls 请另存为 xlsx' },
  importTooBig: { kind: 'tooLarge', words: '表格太大了：{what}' },
  importTooMany: { kind: 'tooLarge', words: '一次最多导入 {most} 行，请把表格分成几份' },
  importHeader: { kind: 'bad', words: '表头认不出来，缺少「{columns}」，请用这一类的模板' },
  importEmpty: { kind: 'bad', words: '表格里没有商品，请从第二行开始写' },
  // traceability
  massBalance: { kind: 'conflict', words: '分量超出依据：{sum}' },
  batchFrozen: { kind: 'conflict', words: '批次 {code} 已被园区冻结，暂停销售' },
  batchUnverified: { kind: 'conflict', words: '批次 {code} 还没有通过园区核验，不能用来上架或拼配' },
  batchCode: { kind: 'conflict', words: '本店已有批号 {code}，请核对标签上的批号' },
  plotUnverified: { kind: 'conflict', words: '地块「{name}」还没有通过园区核验，不能作为批次原料' },
  // moderation
  reasonNeeded: { kind: 'bad', words: '驳回要写明理由，方便茶农修改' },
  ruleExamples: { kind: 'bad', words: '词条和它自己的例句对不上，请看标出的地方' },
  tooManyRules: { kind: 'conflict', words: '园区词条最多 {most} 条，先停用不再需要的' },
  beingRead: { kind: 'conflict', words: '{who}正在看这一件，先看下一件' },
  wordsRefused: { kind: 'bad', words: '这段话不能发布，请换个说法' },
  // live
  sessionTime: { kind: 'bad', words: '开播时间要在 30 天以内，且不早于现在' },
  bagEmpty: { kind: 'bad', words: '购物袋还是空的，先放入在售商品' },
  bagFull: { kind: 'bad', words: '购物袋最多 100 件商品' },
  notReady: { kind: 'conflict', words: '开播检查没有通过：{cause}' },
  sessionOver: { kind: 'conflict', words: '这场直播已经结束' },
  muted: { kind: 'forbidden', words: '你暂时不能在这个直播间发言，{until}。原因：{reason}' },
  blocked: { kind: 'forbidden', words: '你不能进入这家店的直播间。原因：{reason}' },
  saidAlready: { kind: 'tooMany', words: '刚刚说过一样的话了' },
  parksMeasure: { kind: 'forbidden', words: '园区作的处理只能由园区撤销' },
  ownMeasure: { kind: 'conflict', words: '这是你自己作的处理，请由另一位同事复核' },
  // promotions
  flashOver: { kind: 'conflict', words: '「{title}」的秒杀名额已抢完，或已结束' },
  flashPrice: { kind: 'bad', words: '秒杀价要低于现价 {price} 元' },
  flashRuns: { kind: 'conflict', words: '这款正在秒杀，先停止再开新的' },
  offerRule: { kind: 'bad', words: '活动还有 {count} 处不对，请看标出的地方' },
  tooManyOffers: { kind: 'conflict', words: '同时进行的活动最多 {most} 个，先停止不用的' },
  couponsOut: { kind: 'conflict', words: '来晚了，这张券已经领完' },
  couponHad: { kind: 'conflict', words: '每人限领 {most} 张，你已经领过了' },
  couponGone: { kind: 'conflict', words: '这张券已经用过或已过期，请重新确认金额' },
  // freight
  freightRules: { kind: 'bad', words: '运费模板还有 {count} 处不对，请看标出的地方' },
  noShip: { kind: 'conflict', words: '「{shop}」不发货到{province}，请换一个收货地址' },
  // orders
  totalChanged: { kind: 'conflict', words: '应付金额变了：原 {was} 元，现 {now} 元，请重新确认' },
  overLimit: { kind: 'conflict', words: '「{title}」每人、每个地址限购 {most} 件' },
  cartFull: { kind: 'conflict', words: '购物车最多放 {most} 种，先清理一些' },
  addressNeeded: { kind: 'bad', words: '请先填写收货地址' },
  tooManyUnpaid: { kind: 'conflict', words: '你还有 {count} 笔待付款订单，请先付款或取消' },
  orderClosed: { kind: 'conflict', words: '订单已关闭' },
  alreadyPaid: { kind: 'conflict', words: '这笔订单已经付过款了' },
  // after-sale
  afterSaleOpen: { kind: 'conflict', words: '这笔订单有一个售后正在处理，先处理它' },
  afterSaleLate: { kind: 'conflict', words: '{reason}要在收货后 {days} 天内申请' },
  afterSaleReason: { kind: 'conflict', words: '现在不能以「{reason}」申请{kind}' },
  noReturn: { kind: 'conflict', words: '「{title}」属于鲜活易腐商品，购买时已说明不支持七天无理由退货；质量问题可以申请' },
  nothingLeft: { kind: 'conflict', words: '「{title}」可退的数量不够' },
  tickNeeded: { kind: 'bad', words: '请先勾选：「{title}」是鲜活易腐商品，不支持七天无理由退货' },
  // reviews
  reviewEarly: { kind: 'conflict', words: '确认收货后才能评价' },
  reviewLate: { kind: 'conflict', words: '{what}要在收货后 {days} 天内写' },
  reviewedAlready: { kind: 'conflict', words: '这件商品已经写过{what}了' },
  answerStands: { kind: 'conflict', words: '回复发出 24 小时后不能再改' },
  removalReason: { kind: 'bad', words: '移除评价要从理由里选一条：{reasons}' },
  // shipping
  courierNeeded: { kind: 'bad', words: '请选择快递公司' },
  wrongBatch: { kind: 'conflict', words: '批号不对：扫到 {scanned}，这一单要装 {wanted}' },
  parcelTwice: { kind: 'bad', words: '同一个运单号写了两次' },
  correctedBefore: { kind: 'conflict', words: '运单号只能更正一次，请联系园区客服' },
  trackingNo: { kind: 'bad', words: '运单号应是 8 到 30 位字母或数字' },
} as const satisfies Record<string, { kind: RefusalKind; words: string }>

export type RefusalKind = 'bad' | 'signIn' | 'forbidden' | 'notFound' | 'conflict' | 'tooLarge' | 'tooMany' | 'busy'
export type RefusalCode = keyof typeof refusals
export type RefusalFacts = Record<string, string | number>

/** The Chinese words of a refusal with its facts filled in. */
export const refusalWords = (code: RefusalCode, facts: RefusalFacts = {}): string =>
  refusals[code].words.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''))

/** A no that the business means: thrown by acts, told to people in the words of its row. Not an error of ours. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly facts: RefusalFacts
  /** Which field of the input it is about, and what is wrong with each: shown beside the field. */
  readonly fields: Record<string, string>
  constructor(code: RefusalCode, facts: RefusalFacts = {}, fields: Record<string, string> = {}) {
    super(refusalWords(code, facts))
    this.name = 'Refusal'
    this.code = code
    this.facts = facts
    this.fields = fields
  }
}

/** `throw refuse('soldOut', { title })` */
export const refuse = (code: RefusalCode, facts?: RefusalFacts, fields?: Record<string, string>): Refusal =>
  new Refusal(code, facts, fields)
