/** The texts that only the browser build shows. */
export const browserTexts = {
  inWechatOnly: '这家店开在微信里，请在微信小程序「茶山」中登录和购买',
  loginFailed: '没有登录成功，请再试一次',
  paySheet: '支付',
} as const
