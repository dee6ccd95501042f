/** The shape of what is coming. */
import { View } from '@tarojs/components'

const times = (n: number) => Array.from({ length: n }, (_, i) => i)

export function Skeleton({ kind, count = 3 }: { kind: 'rows' | 'cards' | 'hero' | 'page'; count?: number }) {
  return (
    <View className={`skeleton skeleton-${kind}`} aria-hidden>
      {times(count).map((i) => (
        <View key={i} className="skeleton-one">
          <View className="skeleton-picture" />
          <View className="skeleton-lines">
            <View className="skeleton-line" />
            <View className="skeleton-line skeleton-short" />
          </View>
        </View>
      ))}
    </View>
  )
}
