/** A row of choices of what the list below shows. */
import { ScrollView, Text, View } from '@tarojs/components'
import { Tap } from './tap'

export function Tabs<V extends string>({
  value,
  options,
  onChange,
}: {
  value: V
  options: readonly { value: V; words: string; count?: number | undefined }[]
  onChange: (value: V) => void
}) {
  return (
    <ScrollView className="tabs" scrollX enhanced showScrollbar={false}>
      <View className="tabs-row">
        {options.map((o) => (
          <Tap key={o.value} look="bare" className={o.value === value ? 'tabs-one tabs-on' : 'tabs-one'} onTap={() => onChange(o.value)}>
            <Text>{o.count ? `${o.words} ${o.count}` : o.words}</Text>
          </Tap>
        ))}
      </View>
    </ScrollView>
  )
}
