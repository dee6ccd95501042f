/** Small pictures drawn by the style sheet in the colour of the text around them. Never the only sign: the Tap around carries a label. */
import { View } from '@tarojs/components'

export type IconName =
  | 'back'
  | 'bag'
  | 'box'
  | 'camera'
  | 'check'
  | 'close'
  | 'heart'
  | 'leaf'
  | 'next'
  | 'person'
  | 'pin'
  | 'scan'
  | 'search'
  | 'share'
  | 'sound'
  | 'talk'
  | 'video'
  | 'wait'
  | 'yuan'

export const Icon = ({ name, className }: { name: IconName; className?: string }) => (
  <View className={`icon icon-${name}${className ? ` ${className}` : ''}`} />
)
