import type { ShopId, SubOrderId } from '@shared/ids.ts'
import { yuan } from '@shared/money.ts'
import { subOrderStateWords } from '@shared/orders/words.ts'
import { TRACKING_NO } from '@shared/shipping/couriers.ts'
import { longTime } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { addressLine } from '../../../features/orders/address-list'
import { OrderLine } from '../../../features/orders/order-card'
import { couriersOf, type ShopOrderWhole, ship, shopOrder } from '../../../features/shipping/calls'
import { can, scan } from '../../../lib/device'
import { useDraft } from '../../../lib/draft'
import { useAct, useLoad } from '../../../lib/load'
import { fieldsOf, say, wordsOf } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { farmerTexts } from '../../../texts/farmer'
import { orderTexts } from '../../../texts/orders'
import { PickField, TextField } from '../../../ui/field'
import { Loading } from '../../../ui/loading'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tag } from '../../../ui/tag'
import { Tap } from '../../../ui/tap'
import './index.scss'

const t = farmerTexts.ship

export default function FarmerOrder() {
  const params = useRouter().params
  const shopId = (params.shop ?? '') as ShopId
  const id = (params.id ?? '') as SubOrderId
  const page = useLoad(async () => {
    const [order, couriers] = await Promise.all([shopOrder(shopId, id), couriersOf(shopId)])
    return { order, couriers }
  }, [shopId, id])
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="rows" count={4} />}>
        {({ order, couriers }) => (
          <View className="page-pad stack">
            <View className="card">
              <View className="between">
                <Text className="hint num">{order.subOrderNo}</Text>
                <Tag tone={order.state === 'toShip' ? 'liquor' : 'leaf'}>{subOrderStateWords[order.state]}</Tag>
              </View>
              {order.lines.map((line) => (
                <OrderLine key={line.id} line={line} />
              ))}
              <View className="between order-sum">
                <Text className="hint">{`${t.buyer} ${order.buyerNickname}`}</Text>
                <Text className="strong num">{`¥${yuan(order.payableFen)}`}</Text>
              </View>
              {order.note ? (
                <View className="banner shoporder-note">
                  <Text>{`${orderTexts.note}：${order.note}`}</Text>
                </View>
              ) : null}
            </View>
            <ShipTo order={order} />
            {(order.acts as string[]).includes('ship') ? (
              <ShipForm shopId={shopId} id={id} couriers={couriers} onDone={() => void page.again()} />
            ) : null}
            {order.waybill ? (
              <View className="card">
                <Text className="hint">{orderTexts.waybill}</Text>
                <View>
                  <Text className="strong">{`${order.waybill.courierName} ${order.waybill.trackingNo}`}</Text>
                </View>
                <Text className="hint num">{longTime(order.waybill.shippedAt)}</Text>
              </View>
            ) : null}
            <View className="card">
              <Text className="hint">{orderTexts.history}</Text>
              {order.history.map((h) => (
                <View key={`${h.at}${h.words}`} className="between">
                  <Text>{h.words}</Text>
                  <Text className="hint num">{longTime(h.at)}</Text>
                </View>
              ))}
            </View>
          </View>
        )}
      </Loading>
    </Screen>
  )
}

function ShipTo({ order }: { order: ShopOrderWhole }) {
  const { address } = order
  const open = order.state === 'toShip' || order.state === 'shipped'
  const copy = () =>
    void Taro.setClipboardData({ data: `${address.name} ${address.phone} ${addressLine(address)}` }).then(
      () => say(texts.common.copied),
      () => undefined,
    )
  return (
    <View className="card stack">
      <Text className="hint">{orderTexts.shipTo}</Text>
      <View>
        <Text className="strong">{`${address.name} ${address.phone}`}</Text>
      </View>
      <Text className="soft">{addressLine(address)}</Text>
      {open ? (
        <View className="wrap">
          <Tap look="plain" onTap={copy}>
            {t.copyAddress}
          </Tap>
        </View>
      ) : (
        <View>
          <Text className="hint">{t.masked}</Text>
        </View>
      )}
    </View>
  )
}

function ShipForm({
  shopId,
  id,
  couriers,
  onDone,
}: {
  shopId: ShopId
  id: SubOrderId
  couriers: { code: string; name: string }[]
  onDone: () => void
}) {
  const form = useDraft(`ship.${id}`, { courier: '', trackingNo: '' })
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [busy, act] = useAct()
  const v = form.value
  const send = () =>
    act(async () => {
      const trackingNo = v.trackingNo.replace(/\s/g, '')
      const found: Record<string, string> = {
        ...(v.courier === '' ? { courier: texts.common.choose } : {}),
        ...(TRACKING_NO.test(trackingNo) ? {} : { trackingNo: t.wrongNo }),
      }
      setWrong(found)
      if (Object.keys(found).length > 0) {
        say(Object.values(found)[0] ?? t.wrongNo)
        return
      }
      try {
        await ship({ shopId, subOrderId: id, courier: v.courier, trackingNo })
        form.clear()
        say(t.done)
        onDone()
      } catch (error) {
        setWrong(fieldsOf(error))
        say(wordsOf(error))
      }
    })
  return (
    <View className="card">
      <View className="field">
        <Text className="section-title">{t.ship}</Text>
      </View>
      <PickField
        label={t.courier}
        value={v.courier}
        wrong={wrong.courier}
        options={couriers.map((c) => ({ value: c.code, words: c.name }))}
        onChange={(courier) => form.set({ courier })}
      />
      <TextField
        label={t.trackingNo}
        max={40}
        placeholder={t.trackingPlaceholder}
        value={v.trackingNo}
        wrong={wrong.trackingNo}
        onChange={(trackingNo) => form.set({ trackingNo })}
      />
      {can.scan ? (
        <View className="field">
          <Tap
            look="plain"
            wide
            onTap={() =>
              void scan('barCode').then((found) => {
                if (found) form.set({ trackingNo: found })
              })
            }
          >
            {t.scan}
          </Tap>
        </View>
      ) : null}
      <Tap look="main" wide busy={busy} onTap={() => void send()}>
        {t.confirm}
      </Tap>
    </View>
  )
}
