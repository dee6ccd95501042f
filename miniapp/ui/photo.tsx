/** A picture in a box of known shape, so that nothing jumps when it arrives. */
import { Image, Text, View } from '@tarojs/components'
import { onOrigin } from '../lib/device'

interface PhotoProps {
  /** One of a Picture's addresses; null shows the empty box. */
  src: string | null | undefined
  alt?: string
  /** Height over width; 1 is square. The box takes the width it is given. */
  shape?: '1' | '4-3' | '3-4' | 'fill'
  /** Shown where there is no picture: the first letter of a name. */
  name?: string
  className?: string
  onTap?: () => void
}

export function Photo({ src, alt = '', shape = '1', name, className, onTap }: PhotoProps) {
  return (
    <View className={`photo photo-${shape}${className ? ` ${className}` : ''}`} {...(onTap ? { onClick: onTap } : {})}>
      {src ? (
        <Image className="photo-img" src={onOrigin(src)} mode="aspectFill" lazyLoad ariaLabel={alt} />
      ) : name ? (
        <Text className="photo-letter">{[...name][0]}</Text>
      ) : null}
    </View>
  )
}
