import type { ShopId } from '@shared/ids.ts'
import { tenantKinds } from '@shared/tenants/roles.ts'
import { businessDay } from '@shared/time.ts'
import { ScrollView, Text, View } from '@tarojs/components'
import Taro, { usePullDownRefresh, useReachBottom, useRouter, useShareAppMessage } from '@tarojs/taro'
import { useState } from 'react'
import { TeaGrid } from '../../../features/catalogue/tea-card'
import { LiveCard, SessionRow } from '../../../features/live/session-card'
import { ClaimRow } from '../../../features/promotions/claim-row'
import { type Front, frontOf, type ShelfSort, shelfOf } from '../../../features/storefront/calls'
import { FollowKey } from '../../../features/storefront/follow-key'
import { HillMap } from '../../../features/storefront/hill-map'
import { onOrigin } from '../../../lib/device'
import { goHome, pathOf } from '../../../lib/go'
import { type Page, type Pages, useGoOn, useLoad, usePages } from '../../../lib/load'
import { texts } from '../../../texts'
import { shopTexts } from '../../../texts/shop'
import { Empty } from '../../../ui/empty'
import { Growing } from '../../../ui/growing'
import { Icon } from '../../../ui/icon'
import { Loading } from '../../../ui/loading'
import { Photo } from '../../../ui/photo'
import { Screen } from '../../../ui/screen'
import { Sheet } from '../../../ui/sheet'
import { Skeleton } from '../../../ui/skeleton'
import { Tabs } from '../../../ui/tabs'
import { Tap } from '../../../ui/tap'
import './index.scss'

const t = shopTexts.front

export default function Shop() {
  const id = (useRouter().params.id ?? '') as ShopId
  const page = useLoad(() => frontOf(id), [id])
  usePullDownRefresh(() => {
    void page.again().finally(() => Taro.stopPullDownRefresh())
  })
  useShareAppMessage(() => ({
    title: page.data?.shop.name ?? texts.app.name,
    path: pathOf('shop', { id }),
    ...(page.data?.shop.avatar ? { imageUrl: onOrigin(page.data.shop.avatar.card) } : {}),
  }))
  return (
    <Screen>
      {page.gone ? (
        <Empty icon="leaf" title={t.gone} {...(page.trouble ? { hint: page.trouble } : {})} act={texts.live.toHome} onAct={goHome} />
      ) : (
        <Loading
          of={page}
          skeleton={
            <View>
              <Skeleton kind="rows" count={1} />
              <Skeleton kind="hero" count={1} />
              <Skeleton kind="cards" count={4} />
            </View>
          }
        >
          {(data) => <Filled data={data} />}
        </Loading>
      )}
    </Screen>
  )
}

function Filled({ data: { shop, shows, shelf } }: { data: Front }) {
  const [followers, setFollowers] = useState(shop.followers)
  const [papers, setPapers] = useState(false)
  const [sort, setSort] = useState<ShelfSort>('newest')
  return (
    <View className="page-pad stack">
      <View className="card stack">
        <View className="shop-head">
          <View className="shop-face">
            <Photo name={shop.name} src={shop.avatar?.thumb} alt={shop.name} />
          </View>
          <View className="grow">
            <View>
              <Text className="section-title">{shop.name}</Text>
            </View>
            <View>
              <Text className="hint">{shop.village}</Text>
            </View>
            <Text className="hint num">{t.followers(followers)}</Text>
          </View>
          <FollowKey shop={shop} onTurned={setFollowers} />
        </View>
        <Tap look="bare" className="shop-papers" label={`${t.who}：${shop.tenant.name}`} onTap={() => setPapers(true)}>
          <View className="grow">
            <Text className="small clip-1">{shop.tenant.name}</Text>
            <Text className="hint clip-1">{`${tenantKinds[shop.tenant.kind]} · ${t.papers(shop.tenant.licences.length)}`}</Text>
          </View>
          <Icon name="next" />
        </Tap>
      </View>

      <ClaimRow shopId={shop.id} />

      <Story shop={shop} />

      {shop.hills.length > 0 || shop.township ? (
        <View className="card stack">
          <Text className="section-title">{t.hills}</Text>
          <HillMap shop={shop} />
        </View>
      ) : null}

      <View className="stack">
        <Text className="section-title">{t.shows}</Text>
        {shows.coming.length === 0 ? (
          <View className="card">
            <View>
              <Text>{t.noShows}</Text>
            </View>
            <Text className="hint">{t.noShowsHint}</Text>
          </View>
        ) : (
          shows.coming.map((s) =>
            s.state === 'scheduled' ? <SessionRow key={s.id} session={s} /> : <LiveCard key={s.id} session={s} wide />,
          )
        )}
        {shows.past.length > 0 ? (
          <View className="stack">
            <Text className="hint">{t.past}</Text>
            {shows.past.map((s) => (
              <SessionRow key={s.id} session={s} />
            ))}
          </View>
        ) : null}
      </View>

      <View>
        <View className="section-head">
          <Text className="section-title">{t.shelf}</Text>
        </View>
        {shelf.rows.length > 1 ? (
          <Tabs
            value={sort}
            options={(Object.keys(t.sort) as ShelfSort[]).map((value) => ({ value, words: t.sort[value] }))}
            onChange={setSort}
          />
        ) : null}
        {sort === 'newest' ? <Newest shopId={shop.id} first={shelf} /> : <Sorted key={sort} shopId={shop.id} sort={sort} />}
      </View>
      {papers ? <Papers shop={shop} onClose={() => setPapers(false)} /> : null}
    </View>
  )
}

function Story({ shop }: { shop: Front['shop'] }) {
  const [whole, setWhole] = useState(false)
  const long = [...shop.story].length > 120
  return (
    <View className="card stack">
      <Text className="section-title">{t.story}</Text>
      {shop.pictures.length > 0 ? (
        <ScrollView className="shop-photos" scrollX enhanced showScrollbar={false}>
          <View className="shop-photos-row">
            {shop.pictures.map((p, i) => (
              <Tap
                key={p.id}
                look="bare"
                className="shop-photo"
                label={t.photo(i + 1)}
                onTap={() => void Taro.previewImage({ urls: shop.pictures.map((one) => onOrigin(one.full)), current: onOrigin(p.full) })}
              >
                <Photo src={p.card} shape="4-3" alt={t.photo(i + 1)} />
              </Tap>
            ))}
          </View>
        </ScrollView>
      ) : null}
      <Text className={shop.story === '' ? 'hint' : long && !whole ? 'shop-story shop-story-short' : 'shop-story'}>
        {shop.story || t.noStory}
      </Text>
      {long ? (
        <Tap look="quiet" onTap={() => setWhole(!whole)}>
          {whole ? t.less : t.more}
        </Tap>
      ) : null}
    </View>
  )
}

type Row = Front['shelf']['rows'][number]

const Nothing = () => <Empty icon="leaf" title={t.empty} hint={t.emptyHint} act={texts.live.toHome} onAct={goHome} />

function Newest({ shopId, first }: { shopId: ShopId; first: Page<Row> }) {
  return <Shelf of={useGoOn(first, (cursor) => shelfOf(shopId, 'newest', cursor))} />
}

function Sorted({ shopId, sort }: { shopId: ShopId; sort: ShelfSort }) {
  return <Shelf of={usePages<Row>((cursor) => shelfOf(shopId, sort, cursor), [shopId, sort])} />
}

function Shelf({ of }: { of: Pages<Row, Page<Row>> }) {
  useReachBottom(of.more)
  return (
    <Growing
      of={of.rows ? { ...of, rows: of.rows.length > 0 ? [of.rows] : [] } : { ...of, rows: undefined }}
      empty={<Nothing />}
      row={(teas) => <TeaGrid key="teas" teas={teas} />}
      skeleton={<Skeleton kind="cards" count={4} />}
    />
  )
}

function Papers({ shop, onClose }: { shop: Front['shop']; onClose: () => void }) {
  const { tenant } = shop
  const facts: [string, string][] = [
    [t.name, tenant.name],
    [t.kind, tenantKinds[tenant.kind]],
    ...(tenant.uscc ? ([[t.uscc, tenant.uscc]] as [string, string][]) : []),
    [t.address, tenant.address],
    ...(shop.village ? ([[t.village, shop.village]] as [string, string][]) : []),
    [t.openedAt, businessDay(shop.openedAt)],
  ]
  return (
    <Sheet title={t.who} onClose={onClose}>
      <View className="facts">
        {facts.map(([label, value]) => (
          <View key={label} className="fact">
            <Text className="fact-label">{label}</Text>
            <Text className="fact-value">{value}</Text>
          </View>
        ))}
        <View className="fact">
          <Text className="fact-label">{t.licences}</Text>
          <View className="fact-value stack">
            {tenant.licences.length === 0 ? (
              <Text>{t.noLicence}</Text>
            ) : (
              tenant.licences.map((l) => <Text key={l.number}>{`${l.name}\n${l.number}${l.until ? `\n${t.until(l.until)}` : ''}`}</Text>)
            )}
          </View>
        </View>
      </View>
    </Sheet>
  )
}
