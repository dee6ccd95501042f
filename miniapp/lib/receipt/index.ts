/** WeChat's own page on which a buyer confirms that a parcel has come (确认收货组件, wechat.md §7.3). The server believes WeChat's answer to itself alone. */
import Taro from '@tarojs/taro'

/** `absent`: this WeChat has no such page, or would not open it. */
export type ReceiptResult = 'success' | 'cancel' | 'fail' | 'absent'

/** The page asks by itself; no question of ours before it. */
export const asksItself: boolean = true

const RECEIPT_APP = 'wx1183b055aeec94d1'

type Shown = Parameters<Parameters<typeof Taro.onAppShow>[0]>[0]

/** Opens the page for one sale and tells what the person did there. Never rejects. */
export const confirmAtWechat = (transactionId: string): Promise<ReceiptResult> =>
  new Promise((resolve) => {
    if (!Taro.openBusinessView) return resolve('absent')
    const end = (result: ReceiptResult) => {
      Taro.offAppShow(shown)
      resolve(result)
    }
    const shown = ({ referrerInfo }: Shown) => {
      const said = referrerInfo?.appId === RECEIPT_APP ? (referrerInfo.extraData as { status?: string } | undefined)?.status : 'cancel'
      end(said === 'success' || said === 'cancel' ? said : 'fail')
    }
    Taro.onAppShow(shown)
    const ask = { businessType: 'weappOrderConfirm', extraData: { transaction_id: transactionId } }
    Taro.openBusinessView({ ...ask, fail: () => end('absent') } as unknown as Parameters<typeof Taro.openBusinessView>[0])
  })
