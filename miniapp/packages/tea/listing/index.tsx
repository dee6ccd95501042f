import type { ListingId } from '@shared/ids.ts'
import { yuan } from '@shared/money.ts'
import { dayAndTime, span } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { useRouter, useShareAppMessage } from '@tarojs/taro'
import { useState } from 'react'
import { type ListingPage, listingOf, moreOfShop, type OfferedSku } from '../../../features/catalogue/calls'
import { KindTag } from '../../../features/catalogue/kind-tag'
import { TeaGrid } from '../../../features/catalogue/tea-card'
import { clipOf } from '../../../features/live/calls'
import { putInCart } from '../../../features/orders/calls'
import { CheckoutSheet } from '../../../features/orders/checkout-sheet'
import { someReviews } from '../../../features/reviews/calls'
import { ReviewCard } from '../../../features/reviews/review-card'
import { FollowKey } from '../../../features/storefront/follow-key'
import { onOrigin } from '../../../lib/device'
import { go, pathOf } from '../../../lib/go'
import { useAct, useLoad } from '../../../lib/load'
import { say, wordsOf } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { reviewTexts } from '../../../texts/reviews'
import { Icon } from '../../../ui/icon'
import { Loading } from '../../../ui/loading'
import { Photo } from '../../../ui/photo'
import { Price } from '../../../ui/price'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tag } from '../../../ui/tag'
import { Tap } from '../../../ui/tap'
import { Gallery } from './gallery'
import { SkuSheet } from './sku-sheet'
import './index.scss'

const t = texts.listing

export default function Listing() {
  const id = (useRouter().params.id ?? '') as ListingId
  const page = useLoad(() => listingOf(id), [id])
  useShareAppMessage(() => ({
    title: page.data?.title ?? texts.app.name,
    path: pathOf('listing', { id }),
    ...(page.data ? { imageUrl: onOrigin(page.data.picture.card) } : {}),
  }))
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="page" count={1} />}>
        {(tea) => <Tea key={tea.id} tea={tea} />}
      </Loading>
    </Screen>
  )
}

/** What is open over the page: the choice of sku, to look or on the way to buying, or the checkout. */
type Sheet = 'pick' | 'buy' | null

function Tea({ tea }: { tea: ListingPage }) {
  const [sheet, setSheet] = useState<Sheet>(null)
  const [chosen, setChosen] = useState<OfferedSku['skuId'] | null>(null)
  const [busy, act] = useAct()
  const first = tea.skus.find((s) => s.left > 0) ?? tea.skus[0]
  const sku = tea.skus.find((s) => s.skuId === chosen) ?? first
  if (!sku) return null
  const several = tea.skus.length > 1
  const keep = () =>
    void act(() =>
      putInCart(sku.skuId, 1).then(
        ({ count }) => say(t.inCart(count)),
        (error: unknown) => say(wordsOf(error)),
      ),
    )
  const soldOut = tea.skus.every((s) => s.left <= 0)
  const trouble = !tea.onSale ? t.notOnSale : soldOut ? texts.tea.soldOut : null
  return (
    <View>
      <Gallery pictures={tea.pictures.length > 0 ? tea.pictures : [{ ...tea.picture, caption: '' }]} title={tea.title} />
      <View className="page-pad stack">
        <View className="card listing-head">
          <View className="between listing-price">
            <Price fen={sku.priceFen} unit={sku.unit} per100gFen={sku.per100gFen} size="large" />
            <Text className="soft num">{trouble ?? (sku.left > 0 ? texts.tea.left(sku.left, sku.unit) : texts.tea.soldOut)}</Text>
          </View>
          {sku.struckFen === null ? null : (
            <Text className="hint num">
              {t.struck('')}
              <Text className="listing-struck">{yuan(sku.struckFen)}</Text>
            </Text>
          )}
          <Text className="listing-title">{tea.title}</Text>
          <View className="wrap">
            <KindTag ware={tea} />
            {tea.hill ? <Tag tone="tea">{tea.hill}</Tag> : null}
            <Tag>{tea.freight}</Tag>
            {tea.shipBy ? <Tag tone="alarm">{texts.tea.presale}</Tag> : null}
          </View>
          {tea.shipBy ? <Text className="small listing-presale">{texts.tea.shipBy(tea.shipBy)}</Text> : null}
          {several ? (
            <Tap look="bare" className="listing-pick" label={t.pick} onTap={() => setSheet('pick')}>
              <Text className="soft">{t.pick}</Text>
              <Text className="grow strong clip-1">{`${sku.name} · ${sku.packed}`}</Text>
              <Icon name="next" />
            </Tap>
          ) : null}
        </View>
        <View className="card listing-block">
          <View className="facts listing-legal">
            {sku.legal.map((fact) => (
              <View key={fact.key} className="fact">
                <Text className="fact-label">{fact.label}</Text>
                <Text className="fact-value num">{fact.value}</Text>
              </View>
            ))}
          </View>
          {sku.batches.map((batch) => (
            <Tap
              key={batch.batchId}
              look="bare"
              className="listing-batch"
              label={t.trace(batch.code)}
              onTap={() => go('batch', { id: batch.batchId })}
            >
              <Text className="grow">{t.trace(batch.code)}</Text>
              <Icon name="next" />
            </Tap>
          ))}
        </View>
        <Clip listingId={tea.id} />
        <View className="card between">
          <Tap look="bare" className="grow listing-shop" label={tea.shop.name} onTap={() => go('shop', { id: tea.shop.id })}>
            <View className="listing-shop-face">
              <Photo name={tea.shop.name} src={tea.shop.avatar?.thumb} alt={tea.shop.name} />
            </View>
            <Text className="grow strong">{tea.shop.name}</Text>
            <Icon name="next" />
          </Tap>
          <FollowKey shop={tea.shop} />
        </View>
        {tea.brew ? <Brew brew={tea.brew} /> : null}
        <View className="card stack">
          <Text className="section-title">{t.story}</Text>
          <Text className={tea.story ? 'listing-story' : 'hint'}>{tea.story || t.noStory}</Text>
        </View>
        <Reviews tea={tea} />
        <Related tea={tea} />
      </View>
      <View className="bar-space" />
      <View className="bar">
        <View className="bar-fit">
          <Tap look="quiet" onTap={() => go('cart')}>
            {t.cart}
          </Tap>
        </View>
        {trouble ? (
          <Text className="soft listing-trouble">{`${trouble}，${t.notOnSaleHint}`}</Text>
        ) : (
          <View className="row grow">
            <Tap look="plain" wide busy={busy} onTap={() => (several && chosen === null ? setSheet('pick') : keep())}>
              {t.toCart}
            </Tap>
            <Tap look="main" wide onTap={() => setSheet(several && chosen === null ? 'pick' : 'buy')}>
              {t.buy}
            </Tap>
          </View>
        )}
      </View>
      {sheet === 'pick' ? (
        <SkuSheet
          tea={tea}
          chosen={sku}
          mayBuy={trouble === null}
          onChoose={setChosen}
          onKeep={() => {
            setChosen(sku.skuId)
            setSheet(null)
            keep()
          }}
          onBuy={() => {
            setChosen(sku.skuId)
            setSheet('buy')
          }}
          onClose={() => setSheet(null)}
        />
      ) : null}
      {sheet === 'buy' ? (
        <CheckoutSheet
          wares={[
            {
              ...sku,
              skuName: sku.name,
              revisionId: tea.revisionId,
              title: tea.title,
              thumb: tea.picture.thumb,
              shipBy: tea.shipBy,
            },
          ]}
          liveSessionId={null}
          onClose={() => setSheet(null)}
        />
      ) : null}
    </View>
  )
}

function Brew({ brew }: { brew: NonNullable<ListingPage['brew']> }) {
  return (
    <View className="card stack">
      <Text className="section-title">{t.brew}</Text>
      <Text className="num">{t.brewOf(brew.grams, brew.celsius, brew.millilitres)}</Text>
      <View className="wrap">
        {brew.seconds.map((seconds, i) => (
          <Tag key={String(i)}>{t.steep(i + 1, seconds)}</Tag>
        ))}
      </View>
    </View>
  )
}

/** What those who received it say, in short; a failure here costs the page nothing. */
function Reviews({ tea }: { tea: ListingPage }) {
  const some = useLoad(() => someReviews(tea.id), [tea.id])
  if (!some.data?.figures) return null
  const { count, average } = some.data.figures
  return (
    <View className="card stack">
      <View className="between">
        <Text className="section-title">{reviewTexts.count(count)}</Text>
        {average === null ? null : <Text className="strong num">{reviewTexts.average(average)}</Text>}
      </View>
      {count === 0 ? <Text className="hint">{reviewTexts.noneHint}</Text> : null}
      <View>
        {some.data.rows.map((row) => (
          <ReviewCard key={row.id} row={row} />
        ))}
      </View>
      {count > 0 ? (
        <Tap look="quiet" onTap={() => go('reviews', { id: tea.id })}>
          {reviewTexts.all}
        </Tap>
      ) : null}
    </View>
  )
}

/** Other teas of the same shop; a failure here costs the page nothing. */
function Related({ tea }: { tea: ListingPage }) {
  const more = useLoad(() => moreOfShop(tea.shop.id), [tea.shop.id])
  const others = more.data?.rows.filter((one) => one.id !== tea.id).slice(0, 4) ?? []
  if (others.length === 0) return null
  return (
    <View>
      <Text className="section-title">{t.related}</Text>
      <TeaGrid teas={others} />
    </View>
  )
}

/** Where it was explained last in a broadcast; nothing where it never was, and a failure costs the page nothing. */
function Clip({ listingId }: { listingId: ListingId }) {
  const { data: clip } = useLoad(() => clipOf(listingId), [listingId])
  if (!clip) return null
  return (
    <View className="card">
      <Tap look="bare" className="listing-clip" onTap={() => go('replay', { id: clip.sessionId, at: String(clip.at), teas: listingId })}>
        <Icon name="video" />
        <Text className="grow">{t.clip(dayAndTime(clip.at))}</Text>
        <Text className="hint num">{span(clip.ms)}</Text>
        <Icon name="next" />
      </Tap>
    </View>
  )
}
