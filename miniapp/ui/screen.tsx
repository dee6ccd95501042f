/** The root of every page: paper, and the reader's own text size. */
import { View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import { textScale } from '../lib/device'
import { Head } from './head'

export function Screen({
  className,
  bare,
  children,
}: {
  className?: string /** Brings its own way back. */
  bare?: boolean
  children: ReactNode
}) {
  const [scale] = useState(textScale)
  return (
    <View className={className ? `screen ${className}` : 'screen'} {...(scale === 1 ? {} : { style: `--t: ${scale}px` })}>
      {bare ? null : <Head />}
      {children}
    </View>
  )
}
