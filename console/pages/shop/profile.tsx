import type { ShopId } from '@shared/ids.ts'
import { profileLacks, profileLimits } from '@shared/storefront/profile.ts'
import { profileFieldWords, profileStateWords } from '@shared/storefront/words.ts'
import { dayAndTime } from '@shared/time.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { type Front, Preview } from '@/features/storefront/Preview.tsx'
import { fieldsOf } from '@/lib/errors.ts'
import { mayWrite } from '@/lib/may.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { type Outputs, trpc } from '@/lib/trpc.ts'
import { uploadPicture } from '@/lib/upload.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { Mark } from '@/ui/Mark.tsx'
import { Page } from '@/ui/Page.tsx'
import { PhotoPick } from '@/ui/PhotoPick.tsx'
import { Answer, Bones } from '@/ui/states.tsx'
import { useAct } from '@/ui/useAct.ts'

type Profile = Outputs['shop']['storefront']['profile']

const t = texts.profile
const tones = { approved: 'leaf', rejected: 'alarm', inReview: 'liquor', draft: 'plain', superseded: 'plain' } as const

/** What the shop says of itself: written here, read by the desk, shown to buyers when it is approved. */
export function Component() {
  const { shopId, role } = useShop()
  const profile = useQuery({
    queryKey: ['profile', shopId],
    queryFn: ({ signal }) => trpc.shop.storefront.profile.query({ shopId }, { signal }),
    // a form must not be laid anew under the hands that fill it
    refetchOnWindowFocus: false,
  })
  return (
    <Page title={t.title} aside={<span className="hint">{t.hint}</span>}>
      <Answer query={profile} bones={<Bones rows={4} height={96} />}>
        {(data) => (
          <div className="stack">
            <Standing profile={data} />
            {!mayWrite(role) ? (
              <>
                <p className="notice">{t.readOnly}</p>
                <Preview title={t.previewNow} shop={data.shop} front={data.shown} />
              </>
            ) : data.newest?.state === 'inReview' ? (
              <Waiting shopId={shopId} profile={data} front={data.newest} />
            ) : (
              <Form key={`${data.newest?.no}${data.newest?.state}`} shopId={shopId} profile={data} />
            )}
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Standing({ profile: { newest } }: { profile: Profile }) {
  if (!newest) return <p className="hint">{t.first}</p>
  return (
    <div className="stack-s">
      <p className="row">
        <Mark tone={tones[newest.state]}>{profileStateWords[newest.state]}</Mark>
        <span className="hint">{t.version(newest.no, dayAndTime(newest.decidedAt ?? newest.submittedAt ?? newest.savedAt))}</span>
      </p>
      {newest.state === 'rejected' && newest.reasons ? (
        <p className="notice alarm">
          <strong>{t.rejected}</strong>
          <br />
          {newest.reasons}
        </p>
      ) : null}
      {newest.state === 'draft' ? <p className="hint">{t.draft}</p> : null}
      {newest.state === 'inReview' ? <p className="notice">{t.waiting}</p> : null}
    </div>
  )
}

function Waiting({ shopId, profile, front }: { shopId: ShopId; profile: Profile; front: Front }) {
  const store = useQueryClient()
  const recall = useAct(() => trpc.shop.storefront.recallProfile.mutate({ shopId }), {
    done: t.recalled,
    after: () => store.invalidateQueries({ queryKey: ['profile', shopId] }),
    failed: () => store.invalidateQueries({ queryKey: ['profile', shopId] }),
  })
  return (
    <div className="stack">
      <Preview title={t.preview} shop={profile.shop} front={front} />
      <div>
        <Button loading={recall.isPending} onClick={() => recall.mutate(undefined)}>
          {t.recall}
        </Button>
      </div>
    </div>
  )
}

const nameOf = (shopId: ShopId): string => `chashan.profile.${shopId}`

/** What was typed in this browser and not yet saved, or null. */
const keptIn = (shopId: ShopId): Front | null => {
  try {
    return JSON.parse(localStorage.getItem(nameOf(shopId)) ?? 'null') as Front | null
  } catch {
    return null
  }
}

function Form({ shopId, profile }: { shopId: ShopId; profile: Profile }) {
  const store = useQueryClient()
  const begun: Front = profile.newest && profile.newest.state !== 'superseded' ? profile.newest : profile.shown
  const [front, setFront] = useState<Front>(() => keptIn(shopId) ?? { story: begun.story, avatar: begun.avatar, pictures: begun.pictures })
  const [touched, setTouched] = useState(false)
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const change = (edit: (now: Front) => Front): void => {
    setTouched(true)
    setFront(edit)
  }
  useEffect(() => {
    if (!touched) return
    try {
      localStorage.setItem(nameOf(shopId), JSON.stringify(front))
    } catch {
      // a full or forbidden store costs the safety net, not the form
    }
  }, [front, touched, shopId])
  const draft = { story: front.story.trim(), avatar: front.avatar?.id ?? null, pictures: front.pictures.map((p) => p.id) }
  const send = useAct(
    async (toDesk: boolean) => {
      await trpc.shop.storefront.saveProfile.mutate({ shopId, ...draft })
      if (toDesk) await trpc.shop.storefront.submitProfile.mutate({ shopId })
    },
    {
      done: (_, toDesk) => (toDesk ? t.submitted : t.saved),
      after: async () => {
        localStorage.removeItem(nameOf(shopId))
        setTouched(false)
        await store.invalidateQueries({ queryKey: ['profile', shopId] })
      },
      failed: (error) => setWrong(fieldsOf(error)),
    },
  )
  const submit = (): void => {
    const lacks = profileLacks(draft)
    setWrong(lacks)
    if (Object.keys(lacks).length === 0) send.mutate(true)
  }
  const upload = (file: File, progress: (percent: number) => void, signal: AbortSignal) => uploadPicture(shopId, file, progress, signal)
  return (
    <div className="front-edit">
      <div className="card stack">
        <Field id="story" label={profileFieldWords.story} hint={t.storyHint} wrong={wrong.story}>
          <Input.TextArea
            id="story"
            autoSize={{ minRows: 6, maxRows: 18 }}
            maxLength={profileLimits.story.max}
            showCount
            status={statusOf(wrong.story)}
            value={front.story}
            onChange={(e) => change((now) => ({ ...now, story: e.target.value }))}
          />
        </Field>
        <Field id="pictures" label={profileFieldWords.pictures} hint={t.picturesHint(profileLimits.pictures)} wrong={wrong.pictures} group>
          <PhotoPick
            id="pictures"
            value={front.pictures}
            most={profileLimits.pictures}
            add={t.addPictures}
            altOf={texts.photos.alt}
            removeWords={texts.photos.remove}
            upload={upload}
            onChange={(edit) => change((now) => ({ ...now, pictures: edit(now.pictures) }))}
          />
        </Field>
        <Field id="avatar" label={profileFieldWords.avatar} hint={t.avatarHint} wrong={wrong.avatar} group>
          <PhotoPick
            id="avatar"
            value={front.avatar ? [front.avatar] : []}
            most={1}
            add={t.addAvatar}
            altOf={() => t.avatarAlt}
            removeWords={() => t.removeAvatar}
            upload={upload}
            onChange={(edit) => change((now) => ({ ...now, avatar: edit(now.avatar ? [now.avatar] : []).at(-1) ?? null }))}
          />
        </Field>
        <div className="row">
          <Button type="primary" loading={send.isPending} onClick={submit}>
            {t.submit}
          </Button>
          <Button disabled={send.isPending} onClick={() => send.mutate(false)}>
            {t.save}
          </Button>
        </div>
      </div>
      <Preview title={t.preview} shop={profile.shop} front={front} />
    </div>
  )
}
