import { z } from 'zod'
import type { LoginPort } from '../../ports/login.ts'
import { OutsideTrouble } from '../../ports/trouble.ts'
import type { WechatApi } from './apiTransport.ts'
import type { Log } from './outside.ts'

/** The session key is not named here, so it is dropped at the border: nothing of ours needs it. */
const session = z.object({ openid: z.string().min(1).max(64), unionid: z.string().min(1).max(64).nullish() })
const phone = z.object({
  phone_info: z.object({
    purePhoneNumber: z.string().min(1).max(20),
    countryCode: z.string().min(1).max(5),
    watermark: z.object({ appid: z.string() }),
  }),
})

/** Invalid, and already used. */
const SPENT = new Set(['40029', '40163'])
/** WeChat blocks this person as high-risk. */
const BLOCKED = '40226'

/** Log-in by WeChat: code2Session (wechat.md §1.1) and the phone button (§1.4). */
export const createWechatLogin = (options: { api: WechatApi; log: Log }): LoginPort => {
  const { api, log } = options
  return {
    whoIs: async (code) => {
      try {
        const query = { js_code: code, grant_type: 'authorization_code' }
        const who = await api.withSecret('whoIs', '/sns/jscode2session', query, session)
        return { openid: who.openid, unionid: who.unionid ?? null }
      } catch (error) {
        if (!(error instanceof OutsideTrouble)) throw error
        if (error.code === BLOCKED) log('warn', 'WeChat refuses to log someone in: high risk')
        else if (!SPENT.has(error.code)) throw error
        return null
      }
    },

    phoneOf: async (code) => {
      try {
        const { phone_info: found } = await api.withToken('phoneOf', '/wxa/business/getuserphonenumber', { code }, phone)
        if (found.watermark.appid !== api.appid)
          throw new OutsideTrouble('wechat', 'MALFORMED', 'phoneOf: the phone of another mini-program')
        return { phone: found.purePhoneNumber, countryCode: found.countryCode }
      } catch (error) {
        if (error instanceof OutsideTrouble && SPENT.has(error.code)) return null
        throw error
      }
    },
  }
}
