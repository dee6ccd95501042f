/** A price as people here read it: ¥ small, yuan large, fen small, then what it is the price of. */

import { type Fen, yuan } from '@shared/money.ts'
import { Text, View } from '@tarojs/components'

interface PriceProps {
  /** Whole fen. */
  fen: number
  /** 饼, 砖 …: "/饼" after the figure. */
  unit?: string
  /** Price of 100 g in whole fen, on a line of its own. */
  per100gFen?: number
  size?: 'small' | 'normal' | 'large'
  /** In the live room prices are louder. */
  loud?: boolean
  className?: string
}

export function Price({ fen, unit, per100gFen, size = 'normal', loud, className }: PriceProps) {
  const [whole, cents] = yuan(fen as Fen).split('.')
  return (
    <View className={`price price-${size}${loud ? ' price-loud' : ''}${className ? ` ${className}` : ''}`}>
      <View className="price-line">
        <Text className="price-sign">¥</Text>
        <Text className="price-yuan">{whole}</Text>
        <Text className="price-fen">{`.${cents}`}</Text>
        {unit ? <Text className="price-unit">{`/${unit}`}</Text> : null}
      </View>
      {per100gFen === undefined ? null : <Text className="price-per">{`¥${yuan(per100gFen as Fen)}/100克`}</Text>}
    </View>
  )
}
