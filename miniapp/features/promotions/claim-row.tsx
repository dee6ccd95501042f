/** Coupons that may be taken, side by side; draws nothing where there is none. */
import type { LiveSessionId, ShopId } from '@shared/ids.ts'
import { Text, View } from '@tarojs/components'
import { useAct, useLoad } from '../../lib/load'
import { say, wordsOf } from '../../lib/trouble'
import { cartTexts } from '../../texts/cart'
import { Tap } from '../../ui/tap'
import { type Claimable, claim, claimable } from './calls'
import './promotions.scss'

const t = cartTexts.coupons

export function ClaimRow({ shopId, liveSessionId = null }: { shopId: ShopId; liveSessionId?: LiveSessionId | null }) {
  const list = useLoad(() => claimable(shopId, liveSessionId), [shopId, liveSessionId])
  if (!list.data || list.data.length === 0) return null
  return (
    <View className="card stack">
      <Text className="section-title">{t.title}</Text>
      {list.data.map((offer) => (
        <One key={offer.id} offer={offer} onClaim={() => claim(offer.id, liveSessionId).then(() => list.again())} />
      ))}
    </View>
  )
}

function One({ offer, onClaim }: { offer: Claimable; onClaim: () => Promise<void> }) {
  const [busy, act] = useAct()
  return (
    <View className="coupon">
      <View className="grow">
        <View>
          <Text className="strong">{offer.words}</Text>
        </View>
        <Text className="hint">{offer.shopId ? offer.title : `${offer.title} · ${t.park}`}</Text>
      </View>
      {offer.more ? (
        <Tap
          look="plain"
          busy={busy}
          onTap={() =>
            void act(() =>
              onClaim().then(
                () => say(t.got),
                (error: unknown) => say(wordsOf(error)),
              ),
            )
          }
        >
          {t.claim}
        </Tap>
      ) : (
        <Text className="soft">{offer.mine > 0 ? t.claimed : t.out}</Text>
      )}
    </View>
  )
}
