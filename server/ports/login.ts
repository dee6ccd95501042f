/** Log-in 登录: who stands behind a code that the phone got from WeChat. Owner: the identity module. */
export interface LoginPort {
  /** Exchanges a one-time code of wx.login. `null` when WeChat says the code is wrong, used or over. OutsideTrouble when WeChat does not answer. */
  whoIs(code: string): Promise<{ openid: string; unionid: string | null } | null>
  /** Exchanges a phone code of the phone button; null when wrong, used or over. */
  phoneOf(code: string): Promise<{ phone: string; countryCode: string } | null>
}
