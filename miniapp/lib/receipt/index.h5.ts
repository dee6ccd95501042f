/** The browser's twin: the played WeChat takes the buyer's word without a page of its own. */
import Taro from '@tarojs/taro'
import { appConfig } from '../device/index.h5'
import type { ReceiptResult } from './index'

export const asksItself: boolean = false

export const confirmAtWechat = async (transactionId: string): Promise<ReceiptResult> => {
  try {
    const { simBase } = await appConfig()
    if (!simBase) return 'absent'
    const { statusCode, data } = await Taro.request<{ status?: string }>({
      url: `${simBase}/__sim/confirm-receipt`,
      method: 'POST',
      header: { 'content-type': 'application/json' },
      data: JSON.stringify({ transaction_id: transactionId }),
      dataType: 'json',
    })
    return statusCode === 200 && data.status === 'success' ? 'success' : 'fail'
  } catch {
    return 'absent'
  }
}
