import type { App } from '../../platform/app.ts'

/** Where WeChat Pay tells us: no query string, as its rules want (支付通知). */
export const notifyUrl = (app: App, about: 'transaction' | 'refund'): string =>
  `${app.settings.http.publicOrigin}/callbacks/wechat-pay/${about}`
