/**
 * Checkout as a half-screen sheet over whatever is behind it: what, how many, where to, how much, pay. The request key is made when the
 * sheet opens and stays the same on every retry of the same order; what was typed and chosen is still there after a failure.
 */

import { netWords } from '@shared/catalogue/ware-words.ts'
import type { CouponId, LiveSessionId, OrderId, RevisionId, SkuId } from '@shared/ids.ts'
import { type Fen, yuan } from '@shared/money.ts'
import { MAX_QUANTITY, NOTE_MAX } from '@shared/orders/limits.ts'
import { MINUTE } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { useEffect, useRef, useState } from 'react'
import { newKey } from '../../lib/device'
import { useDraft } from '../../lib/draft'
import { go } from '../../lib/go'
import { useAct, useLoad } from '../../lib/load'
import { token } from '../../lib/session'
import { refusalOf, say, wordsOf } from '../../lib/trouble'
import { texts } from '../../texts'
import { Empty } from '../../ui/empty'
import { Stepper, SwitchField, TextField } from '../../ui/field'
import { Icon } from '../../ui/icon'
import { Photo } from '../../ui/photo'
import { Price } from '../../ui/price'
import { Sheet } from '../../ui/sheet'
import { Skeleton } from '../../ui/skeleton'
import { Tap } from '../../ui/tap'
import { AddressForm } from './address-form'
import { AddressList, addressLine } from './address-list'
import { type Address, addresses as askAddresses, quote as askQuote, type CouponChoice, type Placed, place, type Quote } from './calls'
import { type Paid, payOrder, settle } from './pay-order'
import './orders.scss'

const t = texts.checkout

/** What is being bought, as the page behind showed it. */
interface Ware {
  skuId: SkuId
  revisionId: RevisionId
  title: string
  skuName: string
  thumb: string | null
  unit: string
  netGrams: number
  priceFen: number
  per100gFen: number
  left: number
  /** A presale's latest day of shipping. */
  shipBy?: string | null
  /** How many; the sheet asks where it is not said. */
  quantity?: number
}

type Step = 'order' | 'book' | 'form'
type Doing = 'placing' | 'paying' | 'checking' | null

/** Refusals after which price or stock has to be looked at again. */
const STALE = new Set(['priceChanged', 'totalChanged', 'couponGone', 'soldOut', 'notEnough', 'notOnSale', 'stale'])

export function CheckoutSheet({
  wares,
  liveSessionId,
  fromCart = false,
  onClose,
}: {
  wares: [Ware, ...Ware[]]
  liveSessionId: LiveSessionId | null
  fromCart?: boolean
  onClose: () => void
}) {
  const [ware] = wares
  const asks = wares.length === 1 && !fromCart
  const [step, setStep] = useState<Step>('order')
  const [quantity, setQuantity] = useState(1)
  const [editing, setEditing] = useState<Address | null>(null)
  const [chosen, setChosen] = useState<Address | null>(null)
  const [doing, setDoing] = useState<Doing>(null)
  const [placed, setPlaced] = useState<Placed | null>(null)
  const [outcome, setOutcome] = useState<Paid | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const note = useDraft('checkout.note', { text: '' })
  const [, act] = useAct()
  const book = useLoad(async () => {
    // a guest who only looks is not signed in for it; the book is asked for when an address is needed
    const list = token() ? await askAddresses() : []
    setChosen((c) => c ?? list.find((a) => a.isDefault) ?? list[0] ?? null)
    return list
  }, [])
  const [ticked, setTicked] = useState(false)
  const [choice, setChoice] = useState<CouponChoice>({})
  const wanted = wares.map((w) => ({ skuId: w.skuId, quantity: asks ? quantity : (w.quantity ?? 1) }))
  const quoted = useLoad(
    () => askQuote({ lines: wanted, addressId: chosen?.id ?? null, liveSessionId, choice }),
    [JSON.stringify(wanted), chosen?.id, JSON.stringify(choice)],
  )
  const attempt = useRef({ key: newKey(), what: '' })
  const shown = useRef(true)
  useEffect(
    () => () => {
      shown.current = false
    },
    [],
  )

  const line = quoted.data?.lines[0]
  const perishable = quoted.data?.lines.some((l) => !l.noReasonReturn) ?? false
  const stopped = quoted.data?.lines.find((l) => l.trouble !== null)
  const nowhere = quoted.data?.shops.find((s) => !s.canShip)
  const left = line?.left ?? ware.left
  const most = Math.max(1, Math.min(MAX_QUANTITY, left))
  const priceFen = line?.priceFen ?? ware.priceFen
  const payableFen = quoted.data?.payableFen ?? wares.reduce((sum, w, i) => sum + w.priceFen * (wanted[i]?.quantity ?? 1), 0)
  const unavailable = stopped?.trouble ?? null

  const pay = (order: Placed) =>
    act(async () => {
      setTrouble(null)
      setDoing('paying')
      try {
        const result = await payOrder(order.orderId as OrderId, () => setDoing('checking'))
        setOutcome(result)
        if (result === 'paid') {
          note.set({ text: '' })
          note.clear()
        }
      } catch (error) {
        setOutcome('unpaid')
        setTrouble(wordsOf(error))
      } finally {
        setDoing(null)
      }
    })

  /** Here a guest is signed in, silently: an address belongs to somebody. */
  const openBook = () =>
    act(async () => {
      try {
        const list = await askAddresses()
        book.set(list)
        setEditing(null)
        const first = list.find((a) => a.isDefault) ?? list[0]
        if (!first) setStep('form')
        else if (chosen) setStep('book')
        else setChosen(first)
      } catch (error) {
        say(wordsOf(error))
      }
    })

  const buy = async () => {
    if (!chosen) {
      await openBook()
      return
    }
    const done: { order: Placed | null } = { order: null }
    await act(async () => {
      setTrouble(null)
      setDoing('placing')
      const what = {
        lines: wares.map((w, i) => {
          const shown = quoted.data?.lines[i]
          return {
            skuId: w.skuId,
            quantity: wanted[i]?.quantity ?? 1,
            revisionId: shown?.revisionId ?? w.revisionId,
            priceFen: shown?.priceFen ?? w.priceFen,
          }
        }),
        addressId: chosen.id,
        liveSessionId,
        note: note.value.text.trim(),
        choice,
        shownFen: quoted.data?.payableFen ?? null,
        fromCart,
        ticked,
      }
      // the same order keeps its key, so that a retry after a lost answer is not a second order; a changed order is another
      const said = JSON.stringify(what)
      if (attempt.current.what !== '' && attempt.current.what !== said) attempt.current.key = newKey()
      attempt.current.what = said
      try {
        done.order = await place({ key: attempt.current.key, ...what })
        setPlaced(done.order)
      } catch (error) {
        setTrouble(wordsOf(error))
        if (STALE.has(refusalOf(error) ?? '')) await quoted.again()
        if (refusalOf(error) === 'addressNeeded') setChosen(null)
      } finally {
        setDoing(null)
      }
    })
    if (done.order && shown.current) await pay(done.order)
  }

  const afterwards = () => {
    onClose()
    if (placed) go('order', { id: placed.orderId })
  }

  if (outcome && placed && doing === null)
    return (
      <Sheet title={t.title} onClose={onClose}>
        <Outcome
          outcome={outcome}
          placed={placed}
          trouble={trouble}
          onPay={() => void pay(placed)}
          onCheck={() =>
            void act(async () => {
              setDoing('checking')
              setOutcome(await settle(placed.orderId as OrderId, true))
              setDoing(null)
            })
          }
          onOrder={afterwards}
          onClose={onClose}
        />
      </Sheet>
    )

  if (step === 'form')
    return (
      <Sheet
        title={editing ? texts.address.edit : texts.address.add}
        onClose={onClose}
        onBack={() => setStep(book.data && book.data.length > 0 ? 'book' : 'order')}
      >
        <AddressForm
          address={editing}
          saveWords={texts.address.saveAndUse}
          onSaved={(saved) => {
            setChosen(saved)
            setStep('order')
            book.set([saved, ...(book.data ?? []).filter((a) => a.id !== saved.id)])
          }}
        />
      </Sheet>
    )

  if (step === 'book')
    return (
      <Sheet
        title={texts.address.book}
        onClose={onClose}
        onBack={() => setStep('order')}
        foot={
          <Tap
            look="plain"
            wide
            onTap={() => {
              setEditing(null)
              setStep('form')
            }}
          >
            {texts.address.add}
          </Tap>
        }
      >
        <AddressList
          addresses={book.data ?? []}
          chosen={chosen?.id ?? null}
          onChoose={(a) => {
            setChosen(a)
            setStep('order')
          }}
          onEdit={(a) => {
            setEditing(a)
            setStep('form')
          }}
        />
      </Sheet>
    )

  const payWords =
    doing === 'placing' ? t.placing : doing === 'paying' ? t.paying : doing === 'checking' ? t.checking : t.pay(yuan(payableFen as Fen))
  return (
    <Sheet
      title={t.title}
      onClose={onClose}
      foot={
        <View>
          {trouble ? <Text className="checkout-trouble">{trouble}</Text> : null}
          {unavailable ? (
            <Text className="checkout-trouble">
              {unavailable === 'notEnough'
                ? t.limit(stopped?.left ?? left)
                : unavailable === 'soldOut'
                  ? texts.tea.soldOut
                  : texts.tea.offShelf}
            </Text>
          ) : null}
          {chosen && nowhere ? <Text className="checkout-trouble">{t.noShip(nowhere.shop.name, chosen.province)}</Text> : null}
          <Tap
            look="main"
            wide
            busy={doing !== null}
            disabled={unavailable !== null || (chosen !== null && nowhere !== undefined) || (perishable && !ticked)}
            onTap={() => void buy()}
          >
            {chosen ? payWords : t.addAddress}
          </Tap>
          <Text className="checkout-rule">{t.rule}</Text>
        </View>
      }
    >
      {wares.map((w, i) => (
        <View key={w.skuId} className="checkout-ware">
          <View className="checkout-photo">
            <Photo src={w.thumb} alt={w.title} />
          </View>
          <View className="grow">
            <Text className="strong clip-2">{w.title}</Text>
            <Text className="hint">
              {asks
                ? `${w.skuName} · ${texts.tea.net(netWords(w.netGrams))} · ${texts.tea.left(left, w.unit)}`
                : `${w.skuName} × ${wanted[i]?.quantity ?? 1}`}
            </Text>
            {w.shipBy ? <Text className="hint">{texts.tea.shipBy(w.shipBy)}</Text> : null}
            <Price
              fen={asks ? priceFen : (quoted.data?.lines[i]?.priceFen ?? w.priceFen)}
              unit={w.unit}
              per100gFen={w.per100gFen}
              loud={asks}
            />
          </View>
        </View>
      ))}
      {asks ? (
        <View className="between checkout-line">
          <Text>{t.quantity}</Text>
          <Stepper label={t.quantity} value={quantity} min={1} max={most} onChange={setQuantity} />
        </View>
      ) : null}
      <Tap look="bare" className="checkout-address" label={t.address} onTap={() => void openBook()}>
        {book.data === undefined && !book.trouble ? (
          <Text className="hint">{texts.common.loading}</Text>
        ) : chosen ? (
          <View className="grow checkout-address-words">
            <Text className="strong">{`${chosen.name} ${chosen.phone}`}</Text>
            <Text className="small soft clip-2">{addressLine(chosen)}</Text>
          </View>
        ) : (
          <View className="grow checkout-address-words">
            <Text className="strong">{t.addAddress}</Text>
            <Text className="hint">{t.addAddressHint}</Text>
          </View>
        )}
        <Icon name="next" />
      </Tap>
      <TextField
        label={t.note}
        value={note.value.text}
        max={NOTE_MAX}
        placeholder={t.notePlaceholder}
        onChange={(text) => note.set({ text })}
      />
      {perishable ? <SwitchField label={t.perishable} value={ticked} onChange={setTicked} /> : null}
      {quoted.data ? (
        <View className="facts">
          <View className="between checkout-line">
            <Text className="soft">{`${t.goods}（${t.perOne(wanted.reduce((n, w) => n + w.quantity, 0))}）`}</Text>
            <Text className="num">{`¥${yuan(quoted.data.goodsFen)}`}</Text>
          </View>
          {quoted.data.discounts.map((d) => (
            <View key={`${d.step}${d.title}`} className="between checkout-line">
              <Text className="soft">{d.title ? `${d.words}「${d.title}」` : d.words}</Text>
              <Text className="num alarm">{`-¥${yuan(d.offFen)}`}</Text>
            </View>
          ))}
          <Coupons quote={quoted.data} choice={choice} onChoose={setChoice} />
          {quoted.data.shops.map((s) => (
            <View key={s.shop.id} className="checkout-line">
              <View className="between">
                <Text className="soft">{wares.length > 1 ? `${t.freight} · ${s.shop.name}` : t.freight}</Text>
                <Text className="num">{s.freightFen === 0 ? t.freightFree : `¥${yuan(s.freightFen)}`}</Text>
              </View>
              {s.freightFen > 0 ? <Text className="hint">{s.freightWhy}</Text> : null}
            </View>
          ))}
          <View className="between checkout-line">
            <Text className="strong">{t.payable}</Text>
            <Price fen={quoted.data.payableFen} loud />
          </View>
        </View>
      ) : quoted.trouble ? (
        <Empty icon="wait" title={texts.trouble.failed} hint={quoted.trouble} act={texts.common.retry} onAct={() => void quoted.again()} />
      ) : (
        <Skeleton kind="rows" count={1} />
      )}
    </Sheet>
  )
}

/** Coupons that might be used here: one of each shop and one of the park; a tap takes it or leaves it. */
function Coupons({ quote, choice, onChoose }: { quote: Quote; choice: CouponChoice; onChoose: (choice: CouponChoice) => void }) {
  return (
    <View className="choices">
      {quote.coupons.map((c) => {
        const id = c.used ? null : (c.id as CouponId)
        return (
          <Tap
            key={c.id}
            look="bare"
            className={c.used ? 'choice choice-on' : 'choice'}
            label={c.used ? t.couponLeave(c.title) : t.couponTake(c.title)}
            onTap={() => onChoose(c.shopId ? { ...choice, shop: { ...choice.shop, [c.shopId]: id } } : { ...choice, park: id })}
          >
            {t.coupon(c.title)}
          </Tap>
        )
      })}
    </View>
  )
}

/** How it ended, and what to do next. */
function Outcome({
  outcome,
  placed,
  trouble,
  onPay,
  onCheck,
  onOrder,
  onClose,
}: {
  outcome: Paid
  placed: Placed
  trouble: string | null
  onPay: () => void
  onCheck: () => void
  onOrder: () => void
  onClose: () => void
}) {
  const minutes = Math.max(1, Math.round((placed.dueAt - Date.now()) / MINUTE))
  const words = {
    paid: [t.paid, t.paidHint],
    unpaid: [t.unpaid, t.unpaidHint(minutes)],
    unsure: [t.unsure, t.unsureHint],
    closed: [t.closed, ''],
  }[outcome]
  return (
    <View className="outcome" ariaRole="alert">
      <View className={`outcome-seal outcome-${outcome}`}>
        <Icon name={outcome === 'paid' ? 'check' : 'wait'} />
      </View>
      <Text className="empty-title">{words[0]}</Text>
      {words[1] ? <Text className="empty-hint">{words[1]}</Text> : null}
      {trouble ? <Text className="checkout-trouble">{trouble}</Text> : null}
      <View className="outcome-acts">
        {outcome === 'unpaid' ? (
          <Tap look="main" wide onTap={onPay}>
            {t.payAgain}
          </Tap>
        ) : null}
        {outcome === 'unsure' ? (
          <Tap look="main" wide onTap={onCheck}>
            {t.checkAgain}
          </Tap>
        ) : null}
        <Tap look="plain" wide onTap={onOrder}>
          {t.toOrder}
        </Tap>
        {outcome === 'paid' || outcome === 'closed' ? (
          <Tap look={outcome === 'paid' ? 'main' : 'plain'} wide onTap={onClose}>
            {t.keepWatching}
          </Tap>
        ) : null}
      </View>
    </View>
  )
}
