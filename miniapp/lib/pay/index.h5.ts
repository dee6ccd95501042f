/** The browser's twin: the played WeChat's payment sheet in a frame over the page; it tells its result by a message to the window. */
import { browserTexts } from '../../texts/browser'
import { appConfig } from '../device/index.h5'
import type { PayResult, PaySheet } from './index'

export type { PayResult, PaySheet } from './index'

const fields = ['appId', 'timeStamp', 'nonceStr', 'package', 'signType', 'paySign'] as const

/** Opens the sheet and tells what the person did with it. Never rejects. */
export const openPaySheet = async (sheet: PaySheet): Promise<PayResult> => {
  const simBase = await appConfig().then(
    (c) => c.simBase,
    () => null,
  )
  if (!simBase) return 'fail'
  return new Promise((resolve) => {
    const query = new URLSearchParams(fields.map((name) => [name, sheet[name]]))
    const veil = document.createElement('div')
    veil.className = 'pay-veil'
    const frame = document.createElement('iframe')
    frame.className = 'pay-frame'
    frame.title = browserTexts.paySheet
    frame.src = `${simBase}/__sim/sheet?${query}`
    const from = new URL(frame.src, window.location.href).origin
    const close = (result: PayResult) => {
      window.removeEventListener('message', hear)
      window.removeEventListener('hashchange', leave)
      veil.remove()
      resolve(result)
    }
    const hear = (event: MessageEvent) => {
      const said = event.data as { source?: string; prepay_id?: string; result?: PayResult } | null
      if (event.source !== frame.contentWindow || event.origin !== from || said?.source !== 'wechat-pay-sheet') return
      if (said.prepay_id !== undefined && !sheet.package.endsWith(said.prepay_id)) return
      close(said.result === 'ok' || said.result === 'cancel' ? said.result : 'fail')
    }
    const leave = () => close('cancel')
    window.addEventListener('message', hear)
    window.addEventListener('hashchange', leave)
    veil.append(frame)
    document.body.append(veil)
  })
}
