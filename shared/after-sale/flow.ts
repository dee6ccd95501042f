/** The life of an after-sale case 售后单: refund only, return and refund, exchange, reship. Each step has its clock (limits.ts). */
import { defineFlow, type StateOf } from '../flow.ts'

export const afterSaleFlow = defineFlow({
  asked: {
    grant: { to: 'refunded', by: ['shop', 'clock'] },
    grantReturn: { to: 'toReturn', by: ['shop'] },
    grantReship: { to: 'toReship', by: ['shop'] },
    decline: { to: 'declined', by: ['shop'] },
    overdue: { to: 'atPark', by: ['clock'] },
    withdraw: { to: 'withdrawn', by: ['buyer'] },
  },
  declined: { escalate: { to: 'atPark', by: ['buyer'] }, lapse: { to: 'ended', by: ['clock'] } },
  toReturn: {
    sendBack: { to: 'returning', by: ['buyer'] },
    withdraw: { to: 'withdrawn', by: ['buyer'] },
    lapse: { to: 'ended', by: ['clock'] },
  },
  returning: {
    takeBack: { to: 'refunded', by: ['shop', 'clock'] },
    swap: { to: 'toReship', by: ['shop', 'clock'] },
    dispute: { to: 'atPark', by: ['shop'] },
  },
  toReship: { reship: { to: 'reshipped', by: ['shop'] }, overdue: { to: 'atPark', by: ['clock'] } },
  atPark: { uphold: { to: 'refunded', by: ['staff'] }, reject: { to: 'ended', by: ['staff'] } },
  refunded: {},
  reshipped: {},
  ended: {},
  withdrawn: {},
})
export type AfterSaleState = StateOf<typeof afterSaleFlow>

/** States in which the case is over; in all others the parcel is neither sent nor counted as received. */
export const overStates = ['refunded', 'reshipped', 'ended', 'withdrawn'] as const satisfies readonly AfterSaleState[]
