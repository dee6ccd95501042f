/** A film in WeChat. */
import { Video, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useEffect } from 'react'
import type { FilmProps } from './props'

const ID = 'film'

export function Film({ src, at, turn, label, onTime, onEnd }: FilmProps) {
  useEffect(() => {
    const film = Taro.createVideoContext(ID)
    film.seek(at)
    film.play()
  }, [src, turn])
  return (
    <View ariaLabel={label}>
      <Video
        id={ID}
        className="film"
        src={src}
        initialTime={at}
        autoplay
        controls
        objectFit="contain"
        onTimeUpdate={(e) => onTime(e.detail.currentTime)}
        onEnded={onEnd}
      />
    </View>
  )
}
