/** Photos of a form: chosen, sent at once with their progress, kept in the order shown, taken out again. */

import type { AssetId, ShopId } from '@shared/ids.ts'
import { Text, View } from '@tarojs/components'
import { useRef, useState } from 'react'
import { newKey } from '../../lib/device'
import { say, wordsOf } from '../../lib/trouble'
import { trpc } from '../../lib/trpc'
import { choosePhotos, sendPhoto } from '../../lib/upload'
import { farmerTexts } from '../../texts/farmer'
import { Field, TextField } from '../../ui/field'
import { Icon } from '../../ui/icon'
import { Photo } from '../../ui/photo'
import { Tap } from '../../ui/tap'
import { noteCapture, placeIfAllowed } from './capture'
import './photos.scss'

const t = farmerTexts.form

/** An uploaded photo as forms keep it: its id, and what to show. */
export interface Sent {
  id: AssetId
  thumb: string
  full?: string
}

interface Waiting {
  key: string
  percent: number
}

export function PhotosField({
  shopId,
  label,
  hint,
  wrong,
  most,
  photos,
  onChange,
  first,
  caption,
}: {
  /** Whose photos they are: this shop's, or (null) the person's own. */
  shopId: ShopId | null
  label: string
  hint?: string
  wrong?: string | null | undefined
  most: number
  photos: Sent[]
  onChange: (photos: Sent[]) => void
  /** Says what the first one is, and lets another take its place. */
  first?: string
  /** A line of words under each photo. */
  caption?: { of: (index: number) => string; max: number; set: (index: number, text: string) => void }
}) {
  const [waiting, setWaiting] = useState<Waiting[]>([])
  // uploads end in any order and after other changes: always add to what is there now
  const now = useRef(photos)
  now.current = photos
  const add = async (from: 'album' | 'camera') => {
    const paths = await choosePhotos(most - photos.length - waiting.length, from)
    if (paths.length === 0) return
    const taken = from === 'camera' && shopId !== null ? { shopId, takenAt: Date.now(), place: await placeIfAllowed(shopId) } : null
    const jobs = paths.map((path) => ({ path, key: newKey() }))
    setWaiting((w) => [...w, ...jobs.map(({ key }) => ({ key, percent: 0 }))])
    for (const { path, key } of jobs) {
      try {
        const { url } = await (shopId === null ? trpc.buyer.assets.ticket.mutate() : trpc.shop.assets.ticket.mutate({ shopId }))
        const sent = await sendPhoto<Sent>(url, path, (percent) =>
          setWaiting((w) => w.map((one) => (one.key === key ? { ...one, percent } : one))),
        )
        if (taken) await noteCapture(taken.shopId, sent.id, taken)
        if (!now.current.some((p) => p.id === sent.id)) {
          now.current = [...now.current, { id: sent.id, thumb: sent.thumb, ...(sent.full ? { full: sent.full } : {}) }]
          onChange(now.current)
        }
      } catch (error) {
        say(wordsOf(error))
      }
      setWaiting((w) => w.filter((one) => one.key !== key))
    }
  }
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      <View className="photos">
        {photos.map((p, i) => (
          <View key={p.id} className="photos-one">
            <Photo src={p.thumb} alt={`${label} ${i + 1}`} />
            {first && i === 0 ? <Text className="photos-mark">{first}</Text> : null}
            <Tap look="bare" className="photos-out" label={t.removePhoto} onTap={() => onChange(photos.filter((o) => o.id !== p.id))}>
              <View className="photos-cross">
                <Icon name="close" />
              </View>
            </Tap>
            {first && i > 0 ? (
              <Tap look="bare" className="photos-cover" onTap={() => onChange([p, ...photos.filter((o) => o.id !== p.id)])}>
                {t.makeCover}
              </Tap>
            ) : null}
          </View>
        ))}
        {waiting.map((w) => (
          <View key={w.key} className="photos-one photos-wait">
            <Text className="hint">{t.sending(w.percent)}</Text>
          </View>
        ))}
        {photos.length + waiting.length < most ? (
          <>
            <Tap look="bare" className="photos-one photos-add" label={`${t.take}：${label}`} onTap={() => void add('camera')}>
              <Icon name="camera" />
              <Text className="hint">{t.take}</Text>
            </Tap>
            <Tap look="bare" className="photos-one photos-add" label={`${t.album}：${label}`} onTap={() => void add('album')}>
              <Icon name="box" />
              <Text className="hint">{t.album}</Text>
            </Tap>
          </>
        ) : null}
      </View>
      {caption ? (
        <View>
          {photos.map((p, i) => (
            <TextField
              key={p.id}
              label={t.caption(i + 1)}
              max={caption.max}
              value={caption.of(i)}
              onChange={(text) => caption.set(i, text)}
            />
          ))}
        </View>
      ) : null}
    </Field>
  )
}
