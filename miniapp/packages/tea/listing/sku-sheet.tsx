/** The skus of a listing as a half sheet: how each is packed, what it costs, from which batches it comes, what is left. */

import { yuan } from '@shared/money.ts'
import { Text, View } from '@tarojs/components'
import type { ListingPage, OfferedSku } from '../../../features/catalogue/calls'
import { texts } from '../../../texts'
import { Photo } from '../../../ui/photo'
import { Price } from '../../../ui/price'
import { Sheet } from '../../../ui/sheet'
import { Tap } from '../../../ui/tap'

const t = texts.listing

export function SkuSheet({
  tea,
  chosen,
  mayBuy,
  onChoose,
  onBuy,
  onKeep,
  onClose,
}: {
  tea: ListingPage
  chosen: OfferedSku
  mayBuy: boolean
  onChoose: (skuId: OfferedSku['skuId']) => void
  onBuy: () => void
  /** Into the cart. */
  onKeep: () => void
  onClose: () => void
}) {
  return (
    <Sheet
      title={t.pick}
      onClose={onClose}
      foot={
        mayBuy ? (
          <View className="row">
            <Tap look="plain" wide disabled={chosen.left <= 0} onTap={onKeep}>
              {t.toCart}
            </Tap>
            <Tap look="main" wide disabled={chosen.left <= 0} onTap={onBuy}>
              {chosen.left > 0 ? t.buy : texts.tea.soldOut}
            </Tap>
          </View>
        ) : null
      }
    >
      <View className="checkout-ware">
        <View className="checkout-photo">
          <Photo src={tea.picture.thumb} alt={tea.title} />
        </View>
        <View className="grow">
          <Price fen={chosen.priceFen} unit={chosen.unit} per100gFen={chosen.per100gFen} />
          <Text className="hint">{chosen.packed}</Text>
        </View>
      </View>
      <View className="stack">
        {tea.skus.map((sku) => (
          <Tap
            key={sku.skuId}
            look="bare"
            className={sku.skuId === chosen.skuId ? 'sku-one sku-on' : 'sku-one'}
            label={`${sku.name} ¥${yuan(sku.priceFen)}`}
            onTap={() => onChoose(sku.skuId)}
          >
            <View className="grow sku-words">
              <Text className="strong">{sku.name}</Text>
              <Text className="hint num">{sku.packed}</Text>
              {sku.batches.length > 1 ? <Text className="hint">{t.mixed(sku.batches.length)}</Text> : null}
            </View>
            <View className="sku-price">
              <Text className="strong num">{`¥${yuan(sku.priceFen)}`}</Text>
              <Text className="hint num">{sku.left > 0 ? texts.tea.left(sku.left, sku.unit) : texts.tea.soldOut}</Text>
            </View>
          </Tap>
        ))}
      </View>
    </Sheet>
  )
}
