/**
 * Where a shop's tea grows: a sketch of Mojiang's townships drawn by the style sheet (hills, two rivers, the Tropic), with marks laid over it as
 * words, so that they grow with the reader's text and are read aloud. No tiles, no border, no scale.
 */
import { type Township, townships } from '@shared/storefront/townships.ts'
import { Text, View } from '@tarojs/components'
import { shopTexts } from '../../texts/shop'
import type { Front } from './calls'
import './hill-map.scss'

const t = shopTexts.map

export function HillMap({ shop }: { shop: Front['shop'] }) {
  const hillsAt = (id: Township) => shop.hills.filter((h) => h.township === id).map((h) => h.name)
  const elsewhere = shop.hills.filter((h) => h.township === null)
  return (
    <View className="stack">
      <View className="hill-map" ariaLabel={t.label}>
        <View className="hill-map-layer hill-map-hills" />
        <View className="hill-map-layer hill-map-rivers" />
        <View className="hill-map-tropic">
          <Text className="hill-map-words">{t.tropic}</Text>
        </View>
        {(Object.keys(townships) as Township[]).map((id) => {
          const { name, x, y } = townships[id]
          const hills = hillsAt(id)
          const home = shop.township === id
          const mark = hills.length > 0 ? ' hill-map-hill' : home ? ' hill-map-home' : ''
          return (
            <View key={id} className={`hill-map-place${mark}`} style={`left: ${x}%; top: ${y}%`}>
              <View className="hill-map-dot" />
              <Text className="hill-map-words">{hills.length > 0 ? hills.join('、') : name}</Text>
            </View>
          )
        })}
      </View>
      <View className="wrap">
        {shop.hills.length > 0 ? (
          <View className="row hill-map-hill hill-map-key">
            <View className="hill-map-dot" />
            <Text className="hint">{t.hill}</Text>
          </View>
        ) : null}
        {shop.township ? (
          <View className="row hill-map-home hill-map-key">
            <View className="hill-map-dot" />
            <Text className="hint">{t.home(townships[shop.township].name)}</Text>
          </View>
        ) : null}
        <Text className="hint">{t.sketch}</Text>
      </View>
      {elsewhere.length > 0 ? (
        <Text className="soft small">
          {t.elsewhere(elsewhere.map((h) => (h.county === '墨江县' ? h.name : `${h.name}，${h.county}`)).join('、'))}
        </Text>
      ) : null}
    </View>
  )
}
