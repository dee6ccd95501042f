import type { SkuId } from '@shared/ids.ts'
import { type Fen, fen, yuan } from '@shared/money.ts'
import { MAX_LINES, MAX_QUANTITY } from '@shared/orders/limits.ts'
import { Text, View } from '@tarojs/components'
import Taro, { useDidShow, usePullDownRefresh } from '@tarojs/taro'
import { useRef, useState } from 'react'
import { type Cart, cart, quote, setInCart, takeFromCart } from '../../../features/orders/calls'
import { CheckoutSheet } from '../../../features/orders/checkout-sheet'
import { go, goHome } from '../../../lib/go'
import { useAct, useLoad } from '../../../lib/load'
import { say, wordsOf } from '../../../lib/trouble'
import { cartTexts } from '../../../texts/cart'
import { Empty } from '../../../ui/empty'
import { Stepper } from '../../../ui/field'
import { Icon } from '../../../ui/icon'
import { Loading } from '../../../ui/loading'
import { Photo } from '../../../ui/photo'
import { Price } from '../../../ui/price'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tag } from '../../../ui/tag'
import { Tap } from '../../../ui/tap'
import './index.scss'

const t = cartTexts
type Line = Cart['shops'][number]['lines'][number]

export default function CartPage() {
  const page = useLoad(cart, [])
  const first = useRef(true)
  useDidShow(() => {
    if (!first.current) void page.again()
    first.current = false
  })
  usePullDownRefresh(() => {
    void page.again().finally(() => Taro.stopPullDownRefresh())
  })
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="rows" count={4} />}>
        {(data) =>
          data.shops.length === 0 && data.invalid.length === 0 ? (
            <Empty icon="bag" title={t.empty} hint={t.emptyHint} act={t.emptyAct} onAct={goHome} />
          ) : (
            <Filled data={data} onChange={() => page.again()} />
          )
        }
      </Loading>
    </Screen>
  )
}

function Filled({ data, onChange }: { data: Cart; onChange: () => Promise<void> }) {
  const all = data.shops.flatMap((s) => s.lines)
  /** What the buyer has unticked; what is new in the cart is ticked. */
  const [left, setLeft] = useState<ReadonlySet<SkuId>>(new Set())
  const [paying, setPaying] = useState(false)
  const [busy, act] = useAct()
  const picked = all.filter((l) => !left.has(l.skuId))
  const wanted = picked.map((l) => ({ skuId: l.skuId, quantity: Math.min(l.quantity, l.left) }))
  const fits = picked.length > 0 && picked.length <= MAX_LINES
  const quoted = useLoad(async () => (fits ? quote({ lines: wanted }) : null), [JSON.stringify(wanted)])
  const goods = quoted.data ? fen(quoted.data.goodsFen - quoted.data.discountFen) : null
  const turn = (ids: SkuId[], on: boolean) => {
    const next = new Set(left)
    for (const id of ids)
      if (on) next.delete(id)
      else next.add(id)
    setLeft(next)
  }
  const change = (what: () => Promise<unknown>) =>
    void act(async () => {
      try {
        await what()
        await onChange()
      } catch (error) {
        say(wordsOf(error))
      }
    })
  const [head, ...rest] = picked
  return (
    <View className="page-pad stack">
      {data.shops.map(({ shop, lines }) => {
        const on = lines.every((l) => !left.has(l.skuId))
        return (
          <View key={shop.id} className="card">
            <View className="row">
              <Tick
                on={on}
                label={on ? t.unpick(shop.name) : t.pick(shop.name)}
                onTap={() =>
                  turn(
                    lines.map((l) => l.skuId),
                    !on,
                  )
                }
              />
              <Tap look="bare" className="cart-shop grow" label={shop.name} onTap={() => go('shop', { id: shop.id })}>
                <Text className="strong clip-1">{shop.name}</Text>
                <View className="cart-next">
                  <Icon name="next" />
                </View>
              </Tap>
            </View>
            {lines.map((line) => (
              <One
                key={line.skuId}
                line={line}
                on={!left.has(line.skuId)}
                onTick={(is) => turn([line.skuId], is)}
                onQuantity={(quantity) => change(() => setInCart(line.skuId, quantity))}
                onRemove={() => change(() => takeFromCart([line.skuId]))}
              />
            ))}
          </View>
        )
      })}
      {data.invalid.length > 0 ? (
        <View className="card stack">
          <View className="between">
            <Text className="section-title">{t.invalid}</Text>
            <Tap look="quiet" busy={busy} onTap={() => change(() => takeFromCart(data.invalid.map((l) => l.skuId)))}>
              {t.clear}
            </Tap>
          </View>
          {data.invalid.map((l) => (
            <View key={l.skuId} className="between">
              <Text className="grow soft clip-1">{l.title}</Text>
              <Tag>{l.why}</Tag>
            </View>
          ))}
        </View>
      ) : null}
      <View className="bar-space" />
      {all.length > 0 ? (
        <View className="bar">
          <Tick
            on={left.size === 0}
            label={t.all}
            onTap={() =>
              turn(
                all.map((l) => l.skuId),
                left.size > 0,
              )
            }
          />
          <Text className="soft cart-all">{t.all}</Text>
          <View className="grow">
            <View className="row">
              <Text>{t.total}</Text>
              <Price fen={(goods ?? picked.reduce((sum, l) => sum + l.priceFen * Math.min(l.quantity, l.left), 0)) as Fen} loud />
            </View>
            <Text className="hint clip-1">
              {picked.length > MAX_LINES
                ? t.tooMany(MAX_LINES)
                : quoted.data && quoted.data.discountFen > 0
                  ? t.saved(yuan(quoted.data.discountFen))
                  : t.beforeFreight}
            </Text>
          </View>
          <View className="bar-fit">
            <Tap look="main" disabled={!fits} onTap={() => setPaying(true)}>
              {t.pay(picked.length)}
            </Tap>
          </View>
        </View>
      ) : null}
      {paying && head ? (
        <CheckoutSheet
          wares={[wareOf(head), ...rest.map(wareOf)]}
          liveSessionId={sameRoom(picked)}
          fromCart
          onClose={() => {
            setPaying(false)
            void onChange()
          }}
        />
      ) : null}
    </View>
  )
}

/** The room of a cart that was filled in one room only: its coupons count. */
const sameRoom = (lines: Line[]) =>
  lines.every((l) => l.liveSessionId === lines[0]?.liveSessionId) ? (lines[0]?.liveSessionId ?? null) : null

const wareOf = (l: Line) => ({
  skuId: l.skuId,
  revisionId: l.revisionId,
  title: l.title,
  skuName: l.skuName,
  thumb: l.picture?.thumb ?? null,
  unit: l.unit,
  netGrams: l.netGrams,
  priceFen: l.priceFen,
  per100gFen: l.per100gFen,
  left: l.left,
  shipBy: l.shipBy,
  quantity: Math.min(l.quantity, l.left),
})

function Tick({ on, label, onTap }: { on: boolean; label: string; onTap: () => void }) {
  return (
    <Tap look="bare" className={on ? 'cart-tick cart-ticked' : 'cart-tick'} label={label} onTap={onTap}>
      <View className="cart-box">{on ? <Icon name="check" /> : null}</View>
    </Tap>
  )
}

function One({
  line,
  on,
  onTick,
  onQuantity,
  onRemove,
}: {
  line: Line
  on: boolean
  onTick: (on: boolean) => void
  onQuantity: (quantity: number) => void
  onRemove: () => void
}) {
  return (
    <View className="cart-line">
      <Tick on={on} label={on ? t.unpick(line.title) : t.pick(line.title)} onTap={() => onTick(!on)} />
      <View className="cart-photo" onClick={() => go('listing', { id: line.listingId })} ariaRole="link" ariaLabel={line.title}>
        <Photo src={line.picture?.thumb} alt={line.title} />
      </View>
      <View className="grow cart-words">
        <Text className="clip-2">{line.title}</Text>
        <Text className="hint">{line.skuName}</Text>
        {line.changes.map((words) => (
          <Text key={words} className="small alarm">
            {words}
          </Text>
        ))}
        <View className="cart-foot">
          <Price fen={line.priceFen} unit={line.unit} />
          <Stepper
            label={t.quantity(line.title)}
            value={line.quantity}
            min={1}
            max={Math.max(1, Math.min(MAX_QUANTITY, line.left))}
            onChange={onQuantity}
          />
        </View>
        <View className="cart-remove">
          <Tap look="quiet" onTap={onRemove}>
            {t.remove}
          </Tap>
        </View>
      </View>
    </View>
  )
}
