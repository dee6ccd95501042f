/** A small label. */
import { Text } from '@tarojs/components'

export const Tag = ({ tone = 'quiet', children }: { tone?: 'quiet' | 'leaf' | 'liquor' | 'alarm' | 'live' | 'tea'; children: string }) => (
  <Text className={`tag tag-${tone}`}>{children}</Text>
)
