import { ScrollView, Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { onOrigin } from '../../../lib/device'
import { texts } from '../../../texts'
import { Photo } from '../../../ui/photo'

/** The photos, one at a time under the finger, each with its caption; a tap shows them in full. */
export function Gallery({ pictures, title }: { pictures: { id: string; full: string; caption: string }[]; title: string }) {
  const [at, setAt] = useState(0)
  const caption = pictures[at]?.caption
  const look = (full: string) => void Taro.previewImage({ current: onOrigin(full), urls: pictures.map((p) => onOrigin(p.full)) })
  return (
    <View className="gallery">
      <ScrollView
        className="gallery-scroll"
        scrollX
        enhanced
        pagingEnabled
        showScrollbar={false}
        onScroll={(e) => {
          const { scrollLeft, scrollWidth } = e.detail
          const next = Math.round(scrollLeft / (scrollWidth / pictures.length))
          if (next !== at && next >= 0 && next < pictures.length) setAt(next)
        }}
      >
        <View className="gallery-row">
          {pictures.map((p) => (
            <View key={p.id} className="gallery-one">
              <Photo shape="fill" src={p.full} alt={p.caption || title} onTap={() => look(p.full)} />
            </View>
          ))}
        </View>
      </ScrollView>
      {caption ? <Text className="gallery-caption clip-1">{caption}</Text> : null}
      {pictures.length > 1 ? <Text className="gallery-at num">{texts.listing.photo(at + 1, pictures.length)}</Text> : null}
    </View>
  )
}
