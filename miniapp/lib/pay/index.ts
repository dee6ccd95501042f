/** WeChat's payment sheet. Whatever it says, the server is asked afterwards: the front end never decides that money came. */
import Taro from '@tarojs/taro'

/** What `trpc.buyer.orders.pay` answers: the arguments of wx.requestPayment. */
export interface PaySheet {
  appId: string
  timeStamp: string
  nonceStr: string
  package: string
  signType: string
  paySign: string
}

export type PayResult = 'ok' | 'cancel' | 'fail'

/** Opens the sheet and tells what the person did with it. Never rejects. */
export const openPaySheet = async (sheet: PaySheet): Promise<PayResult> => {
  try {
    await Taro.requestPayment({
      timeStamp: sheet.timeStamp,
      nonceStr: sheet.nonceStr,
      package: sheet.package,
      signType: sheet.signType as 'RSA',
      paySign: sheet.paySign,
    })
    return 'ok'
  } catch (error) {
    return /cancel/.test((error as { errMsg?: string }).errMsg ?? '') ? 'cancel' : 'fail'
  }
}
