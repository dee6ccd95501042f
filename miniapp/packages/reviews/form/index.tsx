import type { OrderLineId } from '@shared/ids.ts'
import { type BrewNote, brewFields, emptyBrew, reviewLimits as limits } from '@shared/reviews/draft.ts'
import { brewWords, starWords } from '@shared/reviews/words.ts'
import { Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { PhotosField, type Sent } from '../../../features/assets/photos-field'
import { type ReviewLine, reviewLine, writeFollowUp, writeReview } from '../../../features/reviews/calls'
import { Said, Stars } from '../../../features/reviews/review-card'
import { useDraft } from '../../../lib/draft'
import { goBack } from '../../../lib/go'
import { useAct, useLoad } from '../../../lib/load'
import { fieldsOf, say, wordsOf } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { reviewTexts } from '../../../texts/reviews'
import { Empty } from '../../../ui/empty'
import { Field, LongField, SwitchField, TextField } from '../../../ui/field'
import { Loading } from '../../../ui/loading'
import { Photo } from '../../../ui/photo'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tap } from '../../../ui/tap'

const t = reviewTexts.form

/** A review of one line of an order, or the follow-up to it. */
export default function Form() {
  const lineId = (useRouter().params.line ?? '') as OrderLineId
  const page = useLoad(() => reviewLine(lineId), [lineId])
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="rows" count={4} />}>
        {(line) => (line ? <Line line={line} /> : <Empty title={texts.trouble.failed} act={texts.common.back} onAct={goBack} />)}
      </Loading>
    </Screen>
  )
}

interface Typed {
  stars: number
  text: string
  photos: Sent[]
  brew: BrewNote | null
}

function Line({ line }: { line: ReviewLine }) {
  const { turn } = line
  const form = useDraft<Typed>(`review.${line.orderLineId}.${turn}`, { stars: 0, text: '', photos: [], brew: null })
  const v = form.value
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [busy, act] = useAct()
  /** What is typed is no longer wrong until it is sent again. */
  const change = (typed: Partial<Typed>) => {
    form.set(typed)
    setWrong((now) => Object.fromEntries(Object.entries(now).filter(([field]) => !(field in typed))))
  }
  const send = () =>
    act(async () => {
      const lacks: Record<string, string> = {}
      if (turn === 1 && v.stars === 0) lacks.stars = t.starsNeeded
      if (v.text.trim() === '') lacks.text = t.textNeeded
      setWrong(lacks)
      const [first] = Object.values(lacks)
      if (first) return say(first)
      const said = {
        ...{ orderLineId: line.orderLineId, stars: v.stars, text: v.text.trim() },
        ...{ pictures: v.photos.map((p) => p.id), brew: v.brew },
      }
      try {
        await (turn === 1 ? writeReview(said) : writeFollowUp(said))
        form.clear()
        say(t.done)
        goBack()
      } catch (error) {
        setWrong(fieldsOf(error))
        say(wordsOf(error))
      }
    })
  return (
    <View className="page-pad stack">
      <View className="card row">
        <View className="review-photo">
          <Photo src={line.picture?.thumb} alt={line.title} />
        </View>
        <View className="grow">
          <Text className="strong clip-2">{line.title}</Text>
          <Text className="hint">{line.skuName}</Text>
        </View>
      </View>
      {line.written.map((one) => (
        <View key={one.id} className="card stack">
          <Text className="hint">{t.shown}</Text>
          {one.stars === null ? null : <Stars n={one.stars} />}
          <Said of={one} />
        </View>
      ))}
      {turn === null ? (
        <Text className="hint">{line.written.length > 0 ? reviewTexts.written : reviewTexts.early}</Text>
      ) : (
        <View className="form">
          {turn === 1 ? (
            <Field label={t.stars} wrong={wrong.stars} hint={starWords[v.stars] || undefined}>
              <View className="stars-keys">
                {[1, 2, 3, 4, 5].map((n) => (
                  <Tap
                    key={n}
                    look="bare"
                    className={n <= v.stars ? 'stars-key stars-key-on' : 'stars-key'}
                    label={reviewTexts.stars(n)}
                    onTap={() => change({ stars: n })}
                  >
                    ★
                  </Tap>
                ))}
              </View>
            </Field>
          ) : null}
          <LongField
            label={t.text}
            hint={turn === 1 ? t.textHint : t.followHint}
            wrong={wrong.text}
            max={limits.text.max}
            value={v.text}
            onChange={(text) => change({ text })}
          />
          <PhotosField
            shopId={null}
            label={t.photos}
            hint={t.photosHint}
            wrong={wrong.pictures}
            most={limits.pictures}
            photos={v.photos}
            onChange={(photos) => form.set({ photos })}
          />
          <SwitchField label={t.brew} value={v.brew !== null} onChange={(on) => form.set({ brew: on ? emptyBrew() : null })} />
          <Text className="field-hint">{t.brewHint}</Text>
          {v.brew ? <Brew value={v.brew} wrong={wrong} onChange={(brew) => form.set({ brew })} /> : null}
          <Tap look="main" wide busy={busy} onTap={() => void send()}>
            {t.submit}
          </Tap>
        </View>
      )}
    </View>
  )
}

function Brew({ value, wrong, onChange }: { value: BrewNote; wrong: Record<string, string>; onChange: (value: BrewNote) => void }) {
  return (
    <View className="brew-fields">
      {brewFields.map((field) => (
        <TextField
          key={field}
          label={brewWords[field].words}
          unit={brewWords[field].unit}
          kind="number"
          max={4}
          wrong={wrong[`brew.${field}`]}
          value={value[field] === null ? '' : String(value[field])}
          onChange={(text) => {
            const whole = text.normalize('NFKC').replace(/\D/g, '')
            onChange({ ...value, [field]: whole === '' ? null : Math.min(Number(whole), limits.brew[field].max) })
          }}
        />
      ))}
    </View>
  )
}
