/** Nothing here, and what to do about it; also a failure, what was kept, and the way to try again. */
import { Text, View } from '@tarojs/components'
import { Icon, type IconName } from './icon'
import { Tap } from './tap'

export function Empty({
  icon = 'leaf',
  title,
  hint,
  act,
  onAct,
}: {
  icon?: IconName
  title: string
  hint?: string
  act?: string
  onAct?: () => void
}) {
  return (
    <View className="empty">
      <View className="empty-seal">
        <Icon name={icon} />
      </View>
      <Text className="empty-title">{title}</Text>
      {hint ? <Text className="empty-hint">{hint}</Text> : null}
      {act && onAct ? (
        <Tap look="plain" onTap={onAct}>
          {act}
        </Tap>
      ) : null}
    </View>
  )
}
