/** Stock up or down by a difference, with its reason. The key is made when the sheet opens: a retry counts once. */

import { listingLimits } from '@shared/catalogue/limits.ts'
import type { ShopId, SkuId } from '@shared/ids.ts'
import { Text, View } from '@tarojs/components'
import { useRef, useState } from 'react'
import { newKey } from '../../lib/device'
import { useAct } from '../../lib/load'
import { say, wordsOf } from '../../lib/trouble'
import { texts } from '../../texts'
import { farmerTexts } from '../../texts/farmer'
import { TextField } from '../../ui/field'
import { Sheet } from '../../ui/sheet'
import { Tap } from '../../ui/tap'
import { changeStock } from './shop-calls'

const t = farmerTexts.stock
const STEPS = [-10, -1, 1, 10] as const

export function StockSheet({
  shopId,
  ware,
  onClose,
  onChanged,
}: {
  shopId: ShopId
  ware: { skuId: SkuId; title: string; left: number }
  onClose: () => void
  /** The new figure, and the way to take it back. */
  onChanged: (left: number, undo: () => Promise<number>) => void
}) {
  const [delta, setDelta] = useState('')
  const [reason, setReason] = useState<string>(t.reasons[0])
  const attempt = useRef({ key: newKey(), what: '' })
  const [busy, act] = useAct()
  const n = /^-?\d{1,6}$/.test(delta) ? Number(delta) : 0
  const save = () =>
    act(async () => {
      const what = `${n} ${reason}`
      if (attempt.current.what !== '' && attempt.current.what !== what) attempt.current.key = newKey()
      attempt.current.what = what
      try {
        const { left } = await changeStock({ shopId, skuId: ware.skuId, delta: n, key: attempt.current.key, reason })
        const undoKey = newKey()
        onChanged(left, async () => (await changeStock({ shopId, skuId: ware.skuId, delta: -n, key: undoKey, reason: t.undoReason })).left)
      } catch (error) {
        say(wordsOf(error))
      }
    })
  return (
    <Sheet
      title={t.title}
      onClose={onClose}
      foot={
        <Tap look="main" wide busy={busy} disabled={n === 0} onTap={() => void save()}>
          {n === 0 ? texts.common.save : t.save(n)}
        </Tap>
      }
    >
      <View className="field">
        <Text className="strong">{ware.title}</Text>
        <View>
          <Text className="soft num">{t.now(ware.left)}</Text>
        </View>
      </View>
      <TextField label={t.by} value={delta} max={7} placeholder="0" onChange={(text) => setDelta(text.replace(/[^\d-]/g, ''))} />
      <View className="field wrap">
        {STEPS.map((step) => (
          <Tap key={step} onTap={() => setDelta(String(Math.max(-listingLimits.stockDelta, Math.min(listingLimits.stockDelta, n + step))))}>
            {step > 0 ? `+${step}` : `−${-step}`}
          </Tap>
        ))}
      </View>
      <View className="field">
        <Text className="field-label">{t.reason}</Text>
        <View className="choices">
          {t.reasons.map((r) => (
            <Tap key={r} look="bare" className={r === reason ? 'choice choice-on' : 'choice'} onTap={() => setReason(r)}>
              {r}
            </Tap>
          ))}
        </View>
      </View>
    </Sheet>
  )
}
