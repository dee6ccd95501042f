import type { ShopId } from '@shared/ids.ts'
import { SCHEDULE_AHEAD, SESSION_TITLE_MAX } from '@shared/live/limits.ts'
import { businessDay, clockTime, type Instant, instant, MINUTE } from '@shared/time.ts'
import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { PhotosField, type Sent } from '../../../features/assets/photos-field'
import { schedule } from '../../../features/live/shop-calls'
import { useDraft } from '../../../lib/draft'
import { goInstead } from '../../../lib/go'
import { useAct } from '../../../lib/load'
import { fieldsOf, say, wordsOf } from '../../../lib/trouble'
import { farmerTexts } from '../../../texts/farmer'
import { ChoiceField, TextField, WhenField } from '../../../ui/field'
import { Screen } from '../../../ui/screen'
import { Tap } from '../../../ui/tap'

const t = farmerTexts.sessions

interface Typed {
  title: string
  day: string
  time: string
  cover: Sent | null
  aiHost: 'yes' | 'no'
}

/** A day and a time of Shanghai's as an instant; null when either is no such thing. */
const instantAt = (day: string, time: string): Instant | null => {
  const d = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  const c = /^(\d{2}):(\d{2})$/.exec(time)
  if (!d || !c) return null
  return instant(Date.UTC(Number(d[1]), Number(d[2]) - 1, Number(d[3]), Number(c[1]) - 8, Number(c[2])))
}

export default function SessionForm() {
  const shopId = (useRouter().params.shop ?? '') as ShopId
  const [start] = useState(() => {
    const soon = (Date.now() + 30 * MINUTE) as Instant
    return { title: '', day: businessDay(soon), time: clockTime(soon), cover: null, aiHost: 'no' as 'yes' | 'no' }
  })
  const form = useDraft<Typed>(`session.${shopId}`, start)
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [busy, act] = useAct()
  const v = form.value
  const now = Date.now() as Instant
  const create = () =>
    act(async () => {
      const startsAt = instantAt(v.day, v.time)
      const found: Record<string, string> = {
        ...(v.title.trim() === '' ? { title: t.wrong.title } : {}),
        ...(startsAt === null ? { startsAt: t.wrong.when } : {}),
      }
      setWrong(found)
      if (startsAt === null || found.title) {
        say(Object.values(found)[0] ?? t.wrong.when)
        return
      }
      try {
        const { sessionId } = await schedule({
          shopId,
          title: v.title.trim(),
          startsAt,
          coverId: v.cover?.id ?? null,
          aiHost: v.aiHost === 'yes',
        })
        form.clear()
        say(t.created)
        goInstead('bag', { shop: shopId, id: sessionId })
      } catch (error) {
        setWrong(fieldsOf(error))
        say(wordsOf(error))
      }
    })
  return (
    <Screen>
      <View className="page-pad">
        <TextField
          label={t.name}
          max={SESSION_TITLE_MAX}
          placeholder={t.namePlaceholder}
          value={v.title}
          wrong={wrong.title}
          onChange={(title) => form.set({ title })}
        />
        <WhenField
          label={t.day}
          mode="date"
          start={businessDay(now)}
          end={businessDay((now + SCHEDULE_AHEAD) as Instant)}
          value={v.day}
          wrong={wrong.startsAt}
          onChange={(day) => form.set({ day })}
        />
        <WhenField label={t.time} mode="time" value={v.time} onChange={(time) => form.set({ time })} />
        <PhotosField
          shopId={shopId}
          label={t.cover}
          hint={t.coverHint}
          most={1}
          photos={v.cover ? [v.cover] : []}
          onChange={(photos) => form.set({ cover: photos.at(-1) ?? null })}
        />
        <ChoiceField
          label={t.host}
          value={v.aiHost}
          options={[
            { value: 'no', words: t.person },
            { value: 'yes', words: t.aiHost },
          ]}
          onChange={(aiHost) => form.set({ aiHost })}
        />
        <Tap look="main" wide busy={busy} onTap={() => void create()}>
          {t.create}
        </Tap>
      </View>
    </Screen>
  )
}
