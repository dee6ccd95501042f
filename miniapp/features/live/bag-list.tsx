/** What a session sells, by the numbers that the streamer says. */

import { kindWords, netWords } from '@shared/catalogue/ware-words.ts'
import type { BagItemId, SkuId } from '@shared/ids.ts'
import { Text, View } from '@tarojs/components'
import { texts } from '../../texts'
import { Empty } from '../../ui/empty'
import { Photo } from '../../ui/photo'
import { Price } from '../../ui/price'
import { Tag } from '../../ui/tag'
import { Tap } from '../../ui/tap'
import type { BagItem } from './calls'
import { FlashTag } from './flash-tag'
import type { Running } from './use-flashes'
import './bag.scss'

/** How many are left: what the feed said last, else what the page said. */
export const leftOf = (item: BagItem, stock: ReadonlyMap<SkuId, number>): number => stock.get(item.skuId) ?? item.left

/** Why it cannot be bought now, or null. */
export const troubleOf = (item: BagItem, left: number): string | null =>
  !item.onSale ? texts.tea.offShelf : left <= 0 ? texts.tea.soldOut : null

export function BagList({
  bag,
  pinned,
  stock,
  flashes,
  onBuy,
}: {
  bag: BagItem[]
  pinned: BagItemId | null
  stock: ReadonlyMap<SkuId, number>
  flashes: ReadonlyMap<SkuId, Running>
  onBuy: (item: BagItem) => void
}) {
  if (bag.length === 0) return <Empty icon="bag" title={texts.live.emptyBag} hint={texts.live.emptyBagHint} />
  return (
    <View className="stack">
      {bag.map((item) => {
        const left = leftOf(item, stock)
        const trouble = troubleOf(item, left)
        const flash = flashes.get(item.skuId)
        return (
          <View key={item.id} className="bag-item card">
            <View className="bag-item-photo">
              <Photo src={item.picture.thumb} alt={item.title} />
              <Text className="bag-item-number">{texts.live.number(item.number)}</Text>
            </View>
            <View className="grow bag-item-words">
              <Text className="bag-item-title clip-2">{item.title}</Text>
              <View className="wrap bag-item-tags">
                {item.id === pinned ? <Tag tone="alarm">{texts.live.explaining}</Tag> : null}
                {item.kind ? <Tag tone={item.kind === 'raw' ? 'leaf' : 'liquor'}>{kindWords[item.kind]}</Tag> : null}
                <Text className="hint">{`${item.skuName} · ${netWords(item.netGrams)}`}</Text>
              </View>
              {flash ? <FlashTag flash={flash} /> : null}
              <View className="between bag-item-foot">
                <Price fen={item.priceFen} unit={item.unit} per100gFen={item.per100gFen} loud />
                <View className="bag-item-act">
                  {trouble ? (
                    <Text className="hint">{trouble}</Text>
                  ) : (
                    <>
                      <Tap look="main" label={`${texts.live.grab} ${item.title}`} onTap={() => onBuy(item)}>
                        {texts.live.grab}
                      </Tap>
                      <Text className="hint num">{texts.tea.left(left, item.unit)}</Text>
                    </>
                  )}
                </View>
              </View>
            </View>
          </View>
        )
      })}
    </View>
  )
}
