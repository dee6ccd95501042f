import type { ShopId } from '@shared/ids.ts'
import { profileLacks, profileLimits } from '@shared/storefront/profile.ts'
import { profileFieldWords, profileStateWords } from '@shared/storefront/words.ts'
import { dayAndTime } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { PhotosField, type Sent } from '../../../features/assets/photos-field'
import { type OwnProfile, ownProfile, recallProfile, saveProfile, submitProfile } from '../../../features/storefront/shop-calls'
import { useDraft } from '../../../lib/draft'
import { go } from '../../../lib/go'
import { useAct, useLoad } from '../../../lib/load'
import { fieldsOf, say, wordsOf } from '../../../lib/trouble'
import { farmerTexts } from '../../../texts/farmer'
import { LongField } from '../../../ui/field'
import { Loading } from '../../../ui/loading'
import { Photo } from '../../../ui/photo'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tag } from '../../../ui/tag'
import { Tap } from '../../../ui/tap'

const t = farmerTexts.profile

interface Typed {
  story: string
  avatar: Sent | null
  pictures: Sent[]
}

export default function Profile() {
  const shopId = (useRouter().params.shop ?? '') as ShopId
  const page = useLoad(() => ownProfile(shopId), [shopId])
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="rows" count={4} />}>
        {(profile) => (
          <View className="page-pad stack">
            <Standing profile={profile} />
            {profile.newest?.state === 'inReview' ? (
              <Waiting shopId={shopId} newest={profile.newest} onDone={() => void page.again()} />
            ) : (
              <Form key={`${profile.newest?.no}${profile.newest?.state}`} shopId={shopId} profile={profile} onDone={() => page.again()} />
            )}
            <Tap look="quiet" onTap={() => go('shop', { id: shopId })}>
              {farmerTexts.farmer.preview}
            </Tap>
          </View>
        )}
      </Loading>
    </Screen>
  )
}

/** Where the newest wording stands. */
function Standing({ profile: { newest } }: { profile: OwnProfile }) {
  if (!newest) return <Text className="hint">{t.first}</Text>
  const tone = newest.state === 'approved' ? 'leaf' : newest.state === 'rejected' ? 'alarm' : 'liquor'
  return (
    <View className="stack">
      <View className="wrap">
        <Tag tone={tone}>{profileStateWords[newest.state]}</Tag>
        <Text className="hint">{t.version(newest.no, dayAndTime(newest.decidedAt ?? newest.submittedAt ?? newest.savedAt))}</Text>
      </View>
      {newest.state === 'rejected' && newest.reasons ? (
        <View className="banner banner-alarm">
          <Text>{t.reasons(newest.reasons)}</Text>
        </View>
      ) : null}
      {newest.state === 'draft' ? <Text className="hint">{t.draft}</Text> : null}
    </View>
  )
}

function Waiting({ shopId, newest, onDone }: { shopId: ShopId; newest: NonNullable<OwnProfile['newest']>; onDone: () => void }) {
  const [busy, act] = useAct()
  return (
    <View className="card stack">
      <Text className="hint">{t.waiting}</Text>
      <Text>{newest.story}</Text>
      <View className="photos">
        {newest.pictures.map((p) => (
          <View key={p.id} className="photos-one">
            <Photo src={p.thumb} alt={profileFieldWords.pictures} />
          </View>
        ))}
      </View>
      <Tap
        look="plain"
        busy={busy}
        onTap={() =>
          void act(() =>
            recallProfile(shopId).then(
              () => say(t.recalled),
              (error: unknown) => say(wordsOf(error)),
            ),
          ).then(onDone)
        }
      >
        {t.recall}
      </Tap>
    </View>
  )
}

const sent = (p: { id: Sent['id']; thumb: string }): Sent => ({ id: p.id, thumb: p.thumb })

function Form({ shopId, profile, onDone }: { shopId: ShopId; profile: OwnProfile; onDone: () => Promise<void> }) {
  const begun = profile.newest && profile.newest.state !== 'superseded' ? profile.newest : profile.shown
  const form = useDraft<Typed>(`profile.${shopId}`, {
    story: begun.story,
    avatar: begun.avatar ? sent(begun.avatar) : null,
    pictures: begun.pictures.map(sent),
  })
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [busy, act] = useAct()
  const v = form.value
  const written = { story: v.story.trim(), avatar: v.avatar?.id ?? null, pictures: v.pictures.map((p) => p.id) }
  const send = (toDesk: boolean) =>
    act(async () => {
      const lacks = toDesk ? profileLacks(written) : {}
      setWrong(lacks)
      if (Object.keys(lacks).length > 0) return say(Object.values(lacks)[0] ?? '')
      try {
        await saveProfile(shopId, written)
        if (toDesk) await submitProfile(shopId)
        form.clear()
        say(toDesk ? t.submitted : t.saved)
        await onDone()
      } catch (error) {
        setWrong(fieldsOf(error))
        say(wordsOf(error))
      }
    })
  return (
    <View>
      <LongField
        label={profileFieldWords.story}
        hint={t.storyHint}
        max={profileLimits.story.max}
        placeholder={t.storyPlaceholder}
        value={v.story}
        wrong={wrong.story}
        onChange={(story) => form.set({ story })}
      />
      <PhotosField
        shopId={shopId}
        label={profileFieldWords.pictures}
        hint={t.picturesHint(profileLimits.pictures)}
        most={profileLimits.pictures}
        photos={v.pictures}
        wrong={wrong.pictures}
        onChange={(pictures) => form.set({ pictures })}
      />
      <PhotosField
        shopId={shopId}
        label={profileFieldWords.avatar}
        hint={t.avatarHint}
        most={1}
        photos={v.avatar ? [v.avatar] : []}
        wrong={wrong.avatar}
        onChange={(photos) => form.set({ avatar: photos.at(-1) ?? null })}
      />
      <View className="stack">
        <Tap look="main" wide busy={busy} onTap={() => void send(true)}>
          {t.submit}
        </Tap>
        <Tap look="plain" wide busy={busy} onTap={() => void send(false)}>
          {t.save}
        </Tap>
      </View>
    </View>
  )
}
