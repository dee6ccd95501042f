import { classPicture } from '@shared/catalogue/class-pictures.ts'
import { classForms, labelOf } from '@shared/catalogue/classes.ts'
import { type Known, type Missing, missing } from '@shared/catalogue/complete.ts'
import { emptyDraft, type ListingDraft, type ProductClass, productClasses } from '@shared/catalogue/draft.ts'
import { chooseClass, drawnForm, wordsByPath } from '@shared/catalogue/form.ts'
import { fieldWords } from '@shared/catalogue/words.ts'
import type { ListingId, ShopId } from '@shared/ids.ts'
import { businessDay, type Instant } from '@shared/time.ts'
import { Image, Text, View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { moves, ourListing } from '../../../features/catalogue/shop-calls'
import { ownShop } from '../../../features/tenants/calls'
import { useAct, useLoad } from '../../../lib/load'
import { fieldsOf, say, wordsOf } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { farmerTexts } from '../../../texts/farmer'
import { Field } from '../../../ui/field'
import { Loading } from '../../../ui/loading'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tap } from '../../../ui/tap'
import { OneField, placeOf } from './one-field'
import { type Typed, useForm } from './use-form'
import './index.scss'

const t = farmerTexts.form

export default function ListingForm() {
  const params = useRouter().params
  const shopId = (params.shop ?? '') as ShopId
  const listingId = params.id as ListingId | undefined
  const page = useLoad(async () => {
    const [shop, listing] = await Promise.all([ownShop(shopId), listingId ? ourListing(shopId, listingId) : null])
    return { shop, listing }
  }, [shopId, listingId])
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="rows" count={5} />}>
        {({ shop, listing }) => (
          <Fields
            shopId={shopId}
            maker={{ makerName: shop.tenant.name, makerAddress: shop.tenant.address }}
            // the storage key carries the revision: another's newer version is never covered by an old draft on this phone
            draftKey={`form.${shopId}.${listing ? `${listing.id}.${listing.revision.no}` : 'new'}`}
            start={{
              listingId: listing?.id ?? null,
              draft: listing?.revision.draft ?? emptyDraft(),
              pictures: listing?.pictures ?? [],
            }}
            reasons={listing?.revision.reasons ?? null}
            locked={listing ? !(listing.acts as string[]).includes('saveDraft') : false}
            knownAtFirst={listing?.known ?? {}}
          />
        )}
      </Loading>
    </Screen>
  )
}

/** What the class of this draft calls a field. */
const nameOf = (draft: ListingDraft, field: keyof ListingDraft): string =>
  draft.productClass === null || field === 'productClass' || field === 'captions'
    ? fieldWords[field]
    : labelOf(classForms[draft.productClass], field)

/** Brings a field into view; the bar at the top of the page is not in the way. */
const goTo = ({ field, path }: Missing): void => {
  const inner = /^(skus\.\d+|label\.\w+)/.exec(path)?.[0] ?? field
  void Taro.pageScrollTo({ selector: `#${placeOf(inner)}`, offsetTop: -72, duration: 200 })
}

function Fields({
  shopId,
  maker,
  draftKey,
  start,
  reasons,
  locked,
  knownAtFirst,
}: {
  shopId: ShopId
  maker: { makerName: string; makerAddress: string }
  draftKey: string
  start: Typed
  reasons: string | null
  locked: boolean
  knownAtFirst: Known
}) {
  const [known, setKnown] = useState(knownAtFirst)
  // a new listing learns its shop's batches; and which price may be struck follows from the price that was just saved
  const form = useForm(shopId, draftKey, start, locked, (id) => {
    if (known.batches && known.opened?.length === 0) return
    ourListing(shopId, id).then(
      (now) => setKnown(now.known),
      () => undefined,
    )
  })
  const [told, setTold] = useState(false)
  const [busy, act] = useAct()
  const { draft } = form.form
  const lacks = missing(draft, businessDay(Date.now() as Instant), known)
  const words = wordsByPath(draft, lacks, { said: form.said, begun: new Set(), told })
  const keep = () =>
    act(async () => {
      if ((await form.flush()) === null) return say(form.words || t.malformed)
      say(t.saved)
      setTimeout(() => void Taro.navigateBack(), 700)
    })
  const submit = () =>
    act(async () => {
      setTold(true)
      const [first] = lacks
      if (first) {
        say(first.words)
        return goTo(first)
      }
      const id = await form.flush()
      if (id === null) return say(t.malformed)
      try {
        await moves.submit(shopId, id)
        say(t.submitted)
        setTimeout(() => void Taro.navigateBack(), 900)
      } catch (error) {
        say(Object.values(fieldsOf(error))[0] ?? wordsOf(error))
      }
    })
  return (
    <View className="page-pad form">
      {locked ? (
        <View className="banner">
          <Text>{t.inReview}</Text>
        </View>
      ) : null}
      {reasons ? (
        <View className="banner banner-alarm">
          <Text>{farmerTexts.listings.reasons(reasons)}</Text>
        </View>
      ) : null}
      {form.kept && !locked ? (
        <View className="banner banner-leaf">
          <Text>{texts.common.kept}</Text>
        </View>
      ) : null}
      {!locked && draft.productClass !== null && lacks.length > 0 ? (
        <Lacks
          draft={draft}
          lacks={lacks}
          onGo={(lack) => {
            setTold(true)
            goTo(lack)
          }}
        />
      ) : null}
      <ClassPick draft={draft} wrong={words.productClass} onPick={(one) => form.edit((d) => chooseClass(d, one), ['productClass'])} />
      {drawnForm(draft).map((group) => (
        <View key={group.key}>
          <Text className="section-title form-group">{group.words}</Text>
          {group.fields.map((field) => (
            <OneField key={field.name} {...{ field, shopId, form, words, known }} />
          ))}
          {group.key === 'label' && draft.makerName === '' && draft.makerAddress === '' ? (
            <View className="field">
              <Tap look="plain" onTap={() => form.edit((d) => ({ ...d, ...maker }), ['makerName', 'makerAddress'])}>
                {t.makerSame}
              </Tap>
            </View>
          ) : null}
        </View>
      ))}
      {locked ? null : (
        <>
          <View className="bar-space" />
          <View className="bar form-bar">
            <Text className="hint form-lacks">
              {form.saving === 'failed'
                ? t.notSaved(form.words)
                : `${t.saving[form.saving]} · ${lacks.length > 0 ? t.lacks(lacks.length) : t.complete}`}
            </Text>
            <Tap look="plain" busy={busy} onTap={() => void keep()}>
              {t.saveDraft}
            </Tap>
            <Tap look="main" busy={busy} onTap={() => void submit()}>
              {t.submit}
            </Tap>
          </View>
        </>
      )}
    </View>
  )
}

function ClassPick({
  draft,
  wrong,
  onPick,
}: {
  draft: ListingDraft
  wrong: string | undefined
  onPick: (productClass: ProductClass) => void
}) {
  const [open, setOpen] = useState(draft.productClass === null)
  const shown = open || draft.productClass === null ? productClasses : [draft.productClass]
  return (
    <View id={placeOf('productClass')}>
      <Field
        label={t.must(fieldWords.productClass)}
        hint={draft.productClass ? t.needs(classForms[draft.productClass].papers.map((p) => p.why)) : undefined}
        wrong={wrong}
      >
        <View className="rows">
          {shown.map((one) => (
            <Tap
              key={one}
              look="bare"
              className={one === draft.productClass ? 'class-one class-on' : 'class-one'}
              label={classForms[one].words}
              onTap={() => {
                if (!open) return setOpen(true)
                setOpen(false)
                onPick(one)
              }}
            >
              <Image className="class-picture" src={classPicture(one)} />
              <View className="grow class-words">
                <Text className="strong">{classForms[one].words}</Text>
                <Text className="hint">{open ? classForms[one].sentence : t.otherClass}</Text>
              </View>
            </Tap>
          ))}
        </View>
      </Field>
    </View>
  )
}

/** What is missing or contradicts itself, field by field; a tap leads there. */
function Lacks({ draft, lacks, onGo }: { draft: ListingDraft; lacks: readonly Missing[]; onGo: (lack: Missing) => void }) {
  const firsts = lacks.filter((lack, i) => lacks.findIndex((l) => l.field === lack.field) === i)
  return (
    <View className="banner">
      <Text className="strong">{t.lacks(lacks.length)}</Text>
      <View className="choices">
        {firsts.map((lack) => (
          <Tap key={lack.path} look="bare" className="choice" label={lack.words} onTap={() => onGo(lack)}>
            {nameOf(draft, lack.field)}
          </Tap>
        ))}
      </View>
    </View>
  )
}
