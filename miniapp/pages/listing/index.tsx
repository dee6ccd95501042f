import { netWords } from '@shared/catalogue/units.ts'
import { formWords, kindWords, seasonWords } from '@shared/catalogue/words.ts'
import type { ListingId } from '@shared/ids.ts'
import { ScrollView, Text, View } from '@tarojs/components'
import { useRouter, useShareAppMessage } from '@tarojs/taro'
import { useState } from 'react'
import { type ListingPage, listingOf } from '../../features/catalogue/calls'
import { CheckoutSheet } from '../../features/orders/checkout-sheet'
import { FollowKey } from '../../features/storefront/follow-key'
import { onOrigin } from '../../lib/device'
import { go, pathOf } from '../../lib/go'
import { useLoad } from '../../lib/load'
import { texts } from '../../texts'
import { Icon } from '../../ui/icon'
import { Loading } from '../../ui/loading'
import { Photo } from '../../ui/photo'
import { Price } from '../../ui/price'
import { Screen } from '../../ui/screen'
import { Skeleton } from '../../ui/skeleton'
import { Tag } from '../../ui/tag'
import { Tap } from '../../ui/tap'
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
        {(tea) => <Tea tea={tea} />}
      </Loading>
    </Screen>
  )
}

function Tea({ tea }: { tea: ListingPage }) {
  const [buying, setBuying] = useState(false)
  const trouble = !tea.onSale ? t.notOnSale : tea.left <= 0 ? texts.tea.soldOut : null
  return (
    <View>
      <Gallery tea={tea} />
      <View className="page-pad stack">
        <View className="card stack">
          <View className="between listing-price">
            <Price fen={tea.priceFen} unit={tea.unit} per100gFen={tea.per100gFen} size="large" />
            <Text className="soft num">{trouble ?? texts.tea.left(tea.left, tea.unit)}</Text>
          </View>
          <Text className="listing-title">{tea.title}</Text>
          <View className="wrap">
            <Tag tone={tea.kind === 'raw' ? 'leaf' : 'liquor'}>{kindWords[tea.kind]}</Tag>
            <Tag>{formWords[tea.form]}</Tag>
            <Tag>{`${tea.materialYear} ${seasonWords[tea.season]}`}</Tag>
            {tea.hill ? <Tag tone="tea">{tea.hill}</Tag> : null}
            <Tag>{netWords(tea.netGrams)}</Tag>
          </View>
        </View>
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
        <View className="card">
          <Text className="section-title">{t.facts}</Text>
          <View className="facts">
            {tea.legal.map((fact) => (
              <View key={fact.label} className="fact">
                <Text className="fact-label">{fact.label}</Text>
                <Text className="fact-value num">{fact.value}</Text>
              </View>
            ))}
          </View>
        </View>
        <View className="card stack">
          <Text className="section-title">{t.story}</Text>
          <Text className={tea.story ? 'listing-story' : 'hint'}>{tea.story || t.noStory}</Text>
        </View>
      </View>
      <View className="bar-space" />
      <View className="bar">
        <View className="bar-fit">
          <Tap look="plain" onTap={() => go('shop', { id: tea.shop.id })}>
            {t.toShop}
          </Tap>
        </View>
        {trouble ? (
          <Text className="soft listing-trouble">{`${trouble}，${t.notOnSaleHint}`}</Text>
        ) : (
          <Tap look="main" onTap={() => setBuying(true)}>
            {t.buy}
          </Tap>
        )}
      </View>
      {buying ? <CheckoutSheet ware={{ ...tea, thumb: tea.picture.thumb }} liveSessionId={null} onClose={() => setBuying(false)} /> : null}
    </View>
  )
}

function Gallery({ tea }: { tea: ListingPage }) {
  const [at, setAt] = useState(0)
  const pictures = tea.pictures.length > 0 ? tea.pictures : [tea.picture]
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
              <Photo src={p.full} alt={tea.title} />
            </View>
          ))}
        </View>
      </ScrollView>
      {pictures.length > 1 ? <Text className="gallery-at num">{t.photo(at + 1, pictures.length)}</Text> : null}
    </View>
  )
}
