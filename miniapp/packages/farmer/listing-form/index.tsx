import { missing } from '@shared/catalogue/complete.ts'
import {
  emptyDraft,
  type Form,
  forms,
  isFarmProduce,
  type Kind,
  kinds,
  type ListingDraft,
  type Season,
  seasons,
} from '@shared/catalogue/draft.ts'
import { hills } from '@shared/catalogue/hills.ts'
import { listingLimits as limits } from '@shared/catalogue/limits.ts'
import { per100g } from '@shared/catalogue/units.ts'
import { fieldWords, formWords, kindWords, seasonWords, unitWords } from '@shared/catalogue/words.ts'
import type { ListingId, ShopId } from '@shared/ids.ts'
import { readYuan, yuan } from '@shared/money.ts'
import { businessDay, type Instant } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { PhotosField, type Sent } from '../../../features/assets/photos-field'
import { moves, ourListing, saveDraft } from '../../../features/catalogue/shop-calls'
import { ownShop } from '../../../features/tenants/calls'
import { useDraft } from '../../../lib/draft'
import { useAct, useLoad } from '../../../lib/load'
import { fieldsOf, say, wordsOf } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { farmerTexts } from '../../../texts/farmer'
import { ChoiceField, LongField, PickField, TextField, WhenField } from '../../../ui/field'
import { Loading } from '../../../ui/loading'
import { Price } from '../../../ui/price'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tap } from '../../../ui/tap'
import './index.scss'

const t = farmerTexts.form

/** The form as it is typed: figures are text until they are sent. */
interface Typed extends Omit<ListingDraft, 'netGrams' | 'materialYear' | 'priceFen' | 'stock' | 'pictures' | 'labelPicture'> {
  listingId: ListingId | null
  netGrams: string
  materialYear: string
  price: string
  stock: string
  pictures: Sent[]
  labelPicture: Sent | null
}

const typedFrom = (id: ListingId | null, d: ListingDraft, pictures: Sent[]): Typed => ({
  ...d,
  listingId: id,
  netGrams: d.netGrams === null ? '' : String(d.netGrams),
  materialYear: d.materialYear === null ? '' : String(d.materialYear),
  price: d.priceFen === null ? '' : yuan(d.priceFen),
  stock: d.stock === null ? '' : String(d.stock),
  pictures: d.pictures.map((p) => pictures.find((s) => s.id === p) ?? { id: p, thumb: '' }),
  labelPicture: d.labelPicture === null ? null : (pictures.find((s) => s.id === d.labelPicture) ?? { id: d.labelPicture, thumb: '' }),
})

const whole = (text: string): number | null => (/^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : null)

/** The draft as the server takes it, and what cannot be read as a figure. */
const draftFrom = (typed: Typed): { draft: ListingDraft; wrong: Record<string, string> } => {
  const { listingId: _, price, ...rest } = typed
  const wrong: Record<string, string> = {}
  for (const name of ['netGrams', 'materialYear', 'stock'] as const)
    if (typed[name].trim() !== '' && whole(typed[name]) === null) wrong[name] = t.numberWrong
  if (price.trim() !== '' && readYuan(price) === null) wrong.priceFen = t.priceWrong
  return {
    draft: {
      ...rest,
      title: rest.title.trim(),
      village: rest.village.trim(),
      scNumber: rest.scNumber.trim().toUpperCase(),
      netGrams: whole(typed.netGrams),
      materialYear: whole(typed.materialYear),
      priceFen: readYuan(price),
      stock: whole(typed.stock),
      pictures: typed.pictures.map((p) => p.id),
      labelPicture: typed.labelPicture?.id ?? null,
    },
    wrong,
  }
}

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
            draftKey={`listing.${shopId}.${listing ? `${listing.id}.${listing.revision.no}` : 'new'}`}
            start={typedFrom(listing?.id ?? null, listing?.revision.draft ?? emptyDraft(), listing?.pictures ?? [])}
            reasons={listing?.revision.reasons ?? null}
            locked={listing ? !(listing.acts as string[]).includes('saveDraft') : false}
            opened={listing !== null && listing.approved !== null}
          />
        )}
      </Loading>
    </Screen>
  )
}

const options = <V extends string>(values: readonly V[], words: Record<V, string>) =>
  values.map((value) => ({ value, words: words[value] }))

function Fields({
  shopId,
  maker,
  draftKey,
  start,
  reasons,
  locked,
  opened,
}: {
  shopId: ShopId
  maker: { makerName: string; makerAddress: string }
  draftKey: string
  start: Typed
  reasons: string | null
  locked: boolean
  opened: boolean
}) {
  const form = useDraft<Typed>(draftKey, start)
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [showLacks, setShowLacks] = useState(false)
  const [busy, act] = useAct()
  const v = form.value
  const { draft, wrong: unreadable } = draftFrom(v)
  const today = businessDay(Date.now() as Instant)
  const lacks = missing(draft, today)
  const set = (change: Partial<Typed>) => {
    form.set(change)
    const names = Object.keys(change).map((n) => (n === 'price' ? 'priceFen' : n))
    if (names.some((n) => wrong[n])) setWrong((w) => Object.fromEntries(Object.entries(w).filter(([n]) => !names.includes(n))))
  }
  const trouble = (name: keyof ListingDraft): string | null =>
    wrong[name] ?? unreadable[name] ?? (showLacks ? (lacks.find((l) => l.field === name)?.words ?? null) : null)
  const line = (name: 'village' | 'makerName' | 'makerAddress' | 'scNumber' | 'standardCode' | 'shelfLife' | 'storage', max: number) => ({
    label: fieldWords[name],
    max,
    value: v[name],
    wrong: trouble(name),
    onChange: (text: string) => set({ [name]: text }),
  })

  const save = async (): Promise<ListingId | null> => {
    const first = Object.values(unreadable)[0]
    if (first) {
      say(t.malformed)
      return null
    }
    try {
      const saved = await saveDraft(shopId, v.listingId ?? undefined, draft)
      form.set({ listingId: saved.listingId })
      return saved.listingId
    } catch (error) {
      const fields = fieldsOf(error)
      // the server names a field by its place in the call: draft.title
      setWrong(Object.fromEntries(Object.entries(fields).map(([name, words]) => [name.split('.').at(-1) ?? name, words])))
      say(Object.keys(fields).length > 0 ? t.malformed : wordsOf(error))
      return null
    }
  }
  const keep = () =>
    act(async () => {
      if (!(await save())) return
      form.clear()
      say(t.saved)
      setTimeout(() => void Taro.navigateBack(), 700)
    })
  const submit = () =>
    act(async () => {
      setShowLacks(true)
      if (lacks.length > 0) {
        say(lacks[0]?.words ?? t.lacks(lacks.length))
        return
      }
      const id = await save()
      if (!id) return
      try {
        await moves.submit(shopId, id)
        form.clear()
        say(t.submitted)
        setTimeout(() => void Taro.navigateBack(), 900)
      } catch (error) {
        setWrong(fieldsOf(error))
        say(wordsOf(error))
      }
    })

  const farm = isFarmProduce(draft)
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
      <Text className="section-title form-group">{t.groups.what}</Text>
      <PhotosField
        shopId={shopId}
        label={t.photos}
        hint={t.photosHint(limits.pictures.max)}
        wrong={trouble('pictures')}
        most={limits.pictures.max}
        photos={v.pictures}
        first={t.cover}
        onChange={(pictures) => set({ pictures })}
      />
      <TextField
        label={fieldWords.title}
        max={limits.title.max}
        placeholder={t.titlePlaceholder}
        value={v.title}
        wrong={trouble('title')}
        onChange={(title) => set({ title })}
      />
      <ChoiceField<Kind>
        label={fieldWords.kind}
        value={v.kind}
        wrong={trouble('kind')}
        options={options(kinds, kindWords)}
        onChange={(kind) => set({ kind })}
      />
      <ChoiceField<Form>
        label={fieldWords.form}
        value={v.form}
        wrong={trouble('form')}
        options={options(forms, formWords)}
        onChange={(f) => set({ form: f })}
      />
      <TextField
        label={fieldWords.netGrams}
        kind="number"
        max={5}
        unit={t.grams}
        value={v.netGrams}
        wrong={trouble('netGrams')}
        onChange={(netGrams) => set({ netGrams })}
      />
      <Text className="section-title form-group">{t.groups.from}</Text>
      <TextField
        label={fieldWords.materialYear}
        kind="number"
        max={4}
        unit={t.year}
        value={v.materialYear}
        wrong={trouble('materialYear')}
        onChange={(materialYear) => set({ materialYear })}
      />
      <ChoiceField<Season>
        label={fieldWords.season}
        value={v.season}
        wrong={trouble('season')}
        options={options(seasons, seasonWords)}
        onChange={(season) => set({ season })}
      />
      <PickField
        label={fieldWords.hill}
        value={v.hill ?? ''}
        wrong={trouble('hill')}
        options={[{ value: '', words: t.hillNone }, ...hills.map((h) => ({ value: h.id, words: `${h.county} · ${h.name}` }))]}
        onChange={(hill) => set({ hill: hill === '' ? null : hill })}
      />
      <TextField {...line('village', limits.village)} placeholder={t.villagePlaceholder} />
      <Text className="section-title form-group">{t.groups.label}</Text>
      <WhenField
        label={fieldWords.productionDate}
        mode="date"
        start={`${limits.materialYear.min}-01-01`}
        end={today}
        value={v.productionDate}
        wrong={trouble('productionDate')}
        onChange={(productionDate) => set({ productionDate })}
      />
      <TextField {...line('makerName', limits.makerName)} />
      <TextField {...line('makerAddress', limits.makerAddress)} />
      {v.makerName === '' && v.makerAddress === '' ? (
        <View className="field">
          <Tap look="plain" onTap={() => set(maker)}>
            {t.makerSame}
          </Tap>
        </View>
      ) : null}
      <TextField {...line('scNumber', limits.scNumber)} placeholder="SC114…" />
      <TextField {...line('standardCode', limits.standardCode)} placeholder="GB/T 22111" />
      <TextField {...line('shelfLife', limits.shelfLife)} />
      <TextField {...line('storage', limits.storage)} />
      <PhotosField
        shopId={shopId}
        label={farm ? t.labelPhotoFarm : t.labelPhoto}
        hint={t.labelPhotoHint}
        wrong={trouble('labelPicture')}
        most={1}
        photos={v.labelPicture ? [v.labelPicture] : []}
        onChange={(photos) => set({ labelPicture: photos.at(-1) ?? null })}
      />
      <Text className="section-title form-group">{t.groups.sale}</Text>
      <TextField
        label={draft.form ? `${fieldWords.priceFen}（${t.yuan}/${unitWords[draft.form]}）` : fieldWords.priceFen}
        kind="digit"
        max={11}
        unit={t.yuan}
        value={v.price}
        wrong={trouble('priceFen')}
        onChange={(price) => set({ price })}
      />
      {draft.priceFen !== null && draft.priceFen > 0 && draft.netGrams !== null && draft.netGrams > 0 && draft.form ? (
        <View className="field form-preview">
          <Text className="hint">{t.preview}</Text>
          <Price fen={draft.priceFen} unit={unitWords[draft.form]} per100gFen={per100g(draft.priceFen, draft.netGrams)} />
        </View>
      ) : null}
      {opened ? (
        <View className="field">
          <Text className="hint">{t.stockFixed}</Text>
        </View>
      ) : (
        <TextField
          label={fieldWords.stock}
          kind="number"
          max={6}
          unit={t.pieces}
          value={v.stock}
          wrong={trouble('stock')}
          onChange={(stock) => set({ stock })}
        />
      )}
      <Text className="section-title form-group">{t.groups.story}</Text>
      <LongField
        label={fieldWords.story}
        max={limits.story}
        placeholder={t.storyPlaceholder}
        value={v.story}
        wrong={trouble('story')}
        onChange={(story) => set({ story })}
      />
      {locked ? null : (
        <>
          <View className="bar-space" />
          <View className="bar form-bar">
            <Text className="hint form-lacks">{lacks.length > 0 ? t.lacks(lacks.length) : t.complete}</Text>
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
