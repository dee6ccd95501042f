/** What a buyer may do with an order, by its flow: the server says which, here they are drawn and done. */

import { span } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { useCountdown } from '../../lib/countdown'
import { useAct } from '../../lib/load'
import { asksItself, confirmAtWechat } from '../../lib/receipt'
import { confirm, say, wordsOf } from '../../lib/trouble'
import { texts } from '../../texts'
import { orderTexts } from '../../texts/orders'
import { Tap } from '../../ui/tap'
import { cancelOrder, type OrderCardData, parcelsOf, receiveParcel } from './calls'
import { payOrder } from './pay-order'
import './orders.scss'

const t = orderTexts

export function OrderActs({ order, onDone }: { order: Pick<OrderCardData, 'id' | 'acts' | 'dueAt'>; onDone: () => void }) {
  const [busy, act] = useAct()
  const [checking, setChecking] = useState(false)
  const left = useCountdown(order.dueAt, 0)
  const does = (what: string) => (order.acts as string[]).includes(what)
  if (!does('pay') && !does('cancel')) return null
  const pay = () =>
    act(async () => {
      try {
        const result = await payOrder(order.id, () => setChecking(true))
        say(
          { paid: texts.checkout.paid, unpaid: texts.checkout.unpaid, unsure: texts.checkout.unsure, closed: texts.checkout.closed }[
            result
          ],
        )
      } catch (error) {
        say(wordsOf(error))
      }
      setChecking(false)
      onDone()
    })
  const cancel = () =>
    act(async () => {
      if (!(await confirm(t.cancelTitle, t.cancelHint, t.cancel))) return
      try {
        await cancelOrder(order.id)
        say(t.cancelled)
      } catch (error) {
        say(wordsOf(error))
      }
      onDone()
    })
  return (
    <View className="order-acts">
      {order.dueAt !== null && left > 0 ? <Text className="hint order-due num">{t.dueIn(span(left))}</Text> : null}
      {does('cancel') ? (
        <Tap look="plain" busy={busy} onTap={() => void cancel()}>
          {t.cancel}
        </Tap>
      ) : null}
      {does('pay') ? (
        <Tap look="main" busy={busy} onTap={() => void pay()}>
          {checking ? texts.checkout.checking : t.pay}
        </Tap>
      ) : null}
    </View>
  )
}

export function PartActs({ part, onDone }: { part: OrderCardData['subOrders'][number]; onDone: () => void }) {
  const [busy, act] = useAct()
  if (!(part.acts as string[]).includes('receive')) return null
  const receive = () =>
    act(async () => {
      try {
        const { receipt } = await parcelsOf(part.id)
        const sure = () => confirm(t.receiveTitle, t.receiveHint, t.receive)
        if (receipt && asksItself) {
          const said = await confirmAtWechat(receipt.transactionId)
          // where WeChat's page is not to be had the buyer's word counts here, and WeChat counts its ten days
          if (said === 'cancel' || (said !== 'success' && !(await sure()))) return
        } else {
          if (!(await sure())) return
          if (receipt) await confirmAtWechat(receipt.transactionId)
        }
        await receiveParcel(part.id)
        say(t.received)
      } catch (error) {
        say(wordsOf(error))
      }
      onDone()
    })
  return (
    <View className="order-acts">
      <Tap look="main" busy={busy} onTap={() => void receive()}>
        {t.receive}
      </Tap>
    </View>
  )
}
