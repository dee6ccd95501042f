/** What is being explained now, above the bar of the room. */
import { Text, View } from '@tarojs/components'
import { texts } from '../../texts'
import { Photo } from '../../ui/photo'
import { Price } from '../../ui/price'
import { Tap } from '../../ui/tap'
import { troubleOf } from './bag-list'
import type { BagItem } from './calls'
import { FlashTag } from './flash-tag'
import type { Running } from './use-flashes'
import './bag.scss'

export function PinCard({ item, left, flash, onBuy }: { item: BagItem; left: number; flash: Running | undefined; onBuy: () => void }) {
  const trouble = troubleOf(item, left)
  return (
    <View className="pin-card">
      <View className="pin-card-photo">
        <Photo src={item.picture.thumb} alt={item.title} />
      </View>
      <View className="grow pin-card-words">
        <Text className="pin-card-title clip-1">{`${texts.live.number(item.number)} ${item.title}`}</Text>
        <Text className="hint clip-1">{item.skuName}</Text>
        {flash ? <FlashTag flash={flash} /> : null}
        <Price fen={item.priceFen} unit={item.unit} per100gFen={item.per100gFen} loud />
      </View>
      <View className="pin-card-act">
        {trouble ? (
          <Text className="pin-card-trouble">{trouble}</Text>
        ) : (
          <>
            <Tap look="main" className="pin-card-key" label={`${texts.live.grab} ${item.title}`} onTap={onBuy}>
              {texts.live.grab}
            </Tap>
            <Text className="hint num">{left <= 10 ? texts.tea.few(left, item.unit) : texts.tea.left(left, item.unit)}</Text>
          </>
        )}
      </View>
    </View>
  )
}
