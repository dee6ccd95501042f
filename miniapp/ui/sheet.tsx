/** A half-screen sheet over what goes on behind it. Closing brings back the same second. */
import { ScrollView, Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { texts } from '../texts'
import { Icon } from './icon'
import { Tap } from './tap'

interface SheetProps {
  title: string
  onClose: () => void
  /** Shows a way back instead of nothing at the left. */
  onBack?: (() => void) | undefined
  /** Stays in sight under the scrolling part: the one action. */
  foot?: ReactNode
  children: ReactNode
}

export function Sheet({ title, onClose, onBack, foot, children }: SheetProps) {
  return (
    <View className="sheet">
      <View className="sheet-veil" onClick={onClose} ariaRole="button" ariaLabel={texts.common.close} />
      <View className="sheet-paper" ariaRole="dialog" ariaLabel={title}>
        <View className="sheet-head">
          {onBack ? (
            <Tap look="bare" className="sheet-key" label={texts.common.back} onTap={onBack}>
              <Icon name="back" />
            </Tap>
          ) : (
            <View className="sheet-key" />
          )}
          <Text className="sheet-title">{title}</Text>
          <Tap look="bare" className="sheet-key" label={texts.common.close} onTap={onClose}>
            <Icon name="close" />
          </Tap>
        </View>
        <ScrollView className="sheet-body" scrollY enhanced showScrollbar={false}>
          <View className="sheet-inner">{children}</View>
        </ScrollView>
        {foot ? <View className="sheet-foot">{foot}</View> : null}
      </View>
    </View>
  )
}
