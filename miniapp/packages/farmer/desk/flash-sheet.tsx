/** Begins a flash sale from the phone: price, how many, how long. The key is made when the sheet opens: a second tap begins none. */
import { readYuan, yuan } from '@shared/money.ts'
import { flashLimits } from '@shared/promotions/flash.ts'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import type { BagItem } from '../../../features/live/calls'
import { beginFlash, stopFlash } from '../../../features/live/shop-calls'
import { newKey } from '../../../lib/device'
import { useAct } from '../../../lib/load'
import { fieldsOf, say, wordsOf } from '../../../lib/trouble'
import { roomTexts } from '../../../texts/room'
import { TextField } from '../../../ui/field'
import { Sheet } from '../../../ui/sheet'
import { Tap } from '../../../ui/tap'

const t = roomTexts.flash
const whole = (text: string, [least, most]: readonly [number, number]): number | null =>
  /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : null

export function FlashSheet({
  one,
  item,
  offer,
  onClose,
}: {
  one: Parameters<typeof beginFlash>[0]
  item: BagItem
  offer: (words: string, undo: () => Promise<string>) => void
  onClose: () => void
}) {
  const [key] = useState(newKey)
  const [typed, setTyped] = useState({ price: '', quota: '20', perPerson: '1', minutes: '10' })
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [busy, act] = useAct()
  const set = (change: Partial<typeof typed>) => setTyped((now) => ({ ...now, ...change }))
  const begin = () =>
    void act(async () => {
      const flashFen = readYuan(typed.price)
      const quota = whole(typed.quota, flashLimits.quota)
      const perPerson = whole(typed.perPerson, flashLimits.perPerson)
      const minutes = whole(typed.minutes, flashLimits.minutes)
      const found: Record<string, string> = {
        ...(flashFen !== null && flashFen > 0 && flashFen < item.priceFen ? {} : { flashFen: t.below(yuan(item.priceFen)) }),
        ...(quota === null ? { quota: t.between(...flashLimits.quota) } : {}),
        ...(perPerson === null ? { perPerson: t.between(...flashLimits.perPerson) } : {}),
        ...(minutes === null ? { minutes: t.between(...flashLimits.minutes) } : {}),
      }
      setWrong(found)
      if (Object.keys(found).length > 0 || flashFen === null || quota === null || perPerson === null || minutes === null) return
      try {
        const { flashSaleId } = await beginFlash(one, { key, skuId: item.skuId, flashFen, quota, perPerson, minutes })
        onClose()
        offer(t.begun(item.number), async () => {
          await stopFlash(one.shopId, flashSaleId)
          return t.stopped
        })
      } catch (error) {
        setWrong(fieldsOf(error))
        say(wordsOf(error))
      }
    })
  return (
    <Sheet
      title={t.title}
      onClose={onClose}
      foot={
        <Tap look="main" wide busy={busy} onTap={begin}>
          {t.begin}
        </Tap>
      }
    >
      <View className="stack">
        <Text className="strong">{`${item.number} 号 ${item.title}`}</Text>
        <TextField
          label={t.price(yuan(item.priceFen), item.unit)}
          kind="digit"
          unit="元"
          value={typed.price}
          wrong={wrong.flashFen}
          onChange={(price) => set({ price })}
        />
        <TextField
          label={t.quota}
          kind="number"
          unit={item.unit}
          value={typed.quota}
          wrong={wrong.quota}
          onChange={(quota) => set({ quota })}
        />
        <TextField
          label={t.perPerson}
          kind="number"
          unit={item.unit}
          value={typed.perPerson}
          wrong={wrong.perPerson}
          onChange={(perPerson) => set({ perPerson })}
        />
        <TextField
          label={t.minutes}
          kind="number"
          unit={t.minute}
          value={typed.minutes}
          wrong={wrong.minutes}
          onChange={(minutes) => set({ minutes })}
        />
        <Text className="hint">{t.rule}</Text>
      </View>
    </Sheet>
  )
}
