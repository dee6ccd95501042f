/** The clocks and bounds of after-sale; each is shown where it runs. */
import { DAY, HOUR } from '../time.ts'

export const afterSaleClocks = {
  /** The shop answers; before shipping silence is a yes, after it the park decides. */
  answerUnshipped: 24 * HOUR,
  answer: 48 * HOUR,
  /** The buyer takes a no to the park. */
  escalate: 7 * DAY,
  /** The buyer sends the wares back; the shop looks at what came back, then silence is a yes. */
  sendBack: 7 * DAY,
  takeBack: 7 * DAY,
  /** The shop sends again. */
  reship: 48 * HOUR,
} as const

/** After receipt: seven days without a reason (消费者权益保护法 art. 25), fifteen for what is wrong with the wares. */
export const NO_REASON_DAYS = 7
export const FAULT_DAYS = 15

export const afterSaleLimits = { words: { min: 2, max: 200 }, pictures: 6 } as const
