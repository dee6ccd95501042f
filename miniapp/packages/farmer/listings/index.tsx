import type { ShelfState } from '@shared/catalogue/flow.ts'
import { classWords, revisionWords, type ShopAct, shelfWords, shopActWords } from '@shared/catalogue/words.ts'
import type { ShopId } from '@shared/ids.ts'
import { yuan } from '@shared/money.ts'
import { Text, View } from '@tarojs/components'
import { useDidShow, useReachBottom, useRouter } from '@tarojs/taro'
import { useRef, useState } from 'react'
import type { OurListing, OurListings } from '../../../features/catalogue/calls'
import { type Move, moves, ourListings } from '../../../features/catalogue/shop-calls'
import { StockSheet } from '../../../features/catalogue/stock-sheet'
import { go } from '../../../lib/go'
import { useAct, usePages } from '../../../lib/load'
import { confirm, say, wordsOf } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { farmerTexts } from '../../../texts/farmer'
import { Empty } from '../../../ui/empty'
import { Growing } from '../../../ui/growing'
import { Photo } from '../../../ui/photo'
import { Screen } from '../../../ui/screen'
import { Tabs } from '../../../ui/tabs'
import { Tag } from '../../../ui/tag'
import { Tap } from '../../../ui/tap'
import { useUndo } from '../../../ui/undo'
import './index.scss'

const t = farmerTexts.listings
const shelves = ['all', 'onShelf', 'draft', 'offShelf'] as const
type Filter = (typeof shelves)[number]

export default function Listings() {
  const params = useRouter().params
  const shopId = (params.shop ?? '') as ShopId
  const [filter, setFilter] = useState<Filter>((params.shelf as Filter | undefined) ?? 'all')
  const list = usePages<OurListing, OurListings>(
    (cursor) => ourListings(shopId, filter === 'all' ? undefined : (filter as ShelfState), cursor),
    [shopId, filter],
  )
  const [stock, setStock] = useState<OurListing | null>(null)
  const [offer, undo] = useUndo()
  const first = useRef(true)
  useDidShow(() => {
    if (!first.current) void list.again()
    first.current = false
  })
  useReachBottom(list.more)
  const counts = list.first?.counts
  return (
    <Screen>
      <Tabs
        value={filter}
        onChange={setFilter}
        options={shelves.map((f) => ({
          value: f,
          words: f === 'all' ? texts.common.all : shelfWords[f],
          count: f === 'all' ? undefined : counts?.[f],
        }))}
      />
      <Growing
        of={list}
        className="page-pad stack"
        empty={<Empty icon="leaf" title={t.empty} hint={t.emptyHint} act={t.add} onAct={() => go('listingForm', { shop: shopId })} />}
        row={(tea) => <Row key={tea.id} shopId={shopId} tea={tea} onStock={() => setStock(tea)} onDone={() => void list.again()} />}
      />
      <View className="bar-space" />
      <View className="bar">
        <Tap look="main" onTap={() => go('listingForm', { shop: shopId })}>
          {t.add}
        </Tap>
      </View>
      {stock ? (
        <StockSheet
          shopId={shopId}
          listingId={stock.id}
          title={stock.title}
          onClose={() => setStock(null)}
          onChanged={(left, back) => {
            setStock(null)
            void list.again()
            offer(farmerTexts.stock.saved(left), async () => {
              await back()
              void list.again()
              return farmerTexts.stock.undone
            })
          }}
        />
      ) : null}
      {undo}
    </Screen>
  )
}

const asks: Partial<Record<Move, [string, string]>> = { takeOff: [t.takeOffTitle, t.takeOffHint], recall: [t.recallTitle, t.recallHint] }

function Row({ shopId, tea, onStock, onDone }: { shopId: ShopId; tea: OurListing; onStock: () => void; onDone: () => void }) {
  const [busy, act] = useAct()
  const move = (what: Move) =>
    act(async () => {
      const ask = asks[what]
      if (ask && !(await confirm(ask[0], ask[1], shopActWords[what]))) return
      try {
        await moves[what](shopId, tea.id)
        say(t.done[what])
      } catch (error) {
        say(wordsOf(error))
      }
      onDone()
    })
  const open = () => go('listingForm', { shop: shopId, id: tea.id })
  const does = (what: ShopAct) => (tea.acts as string[]).includes(what)
  return (
    <View className="card listing-row">
      <View className="listing-row-main" onClick={open} ariaRole="button" ariaLabel={tea.title || t.untitled}>
        <View className="listing-row-photo">
          <Photo src={tea.picture?.thumb} alt={tea.title} />
        </View>
        <View className="grow">
          <Text className="strong clip-2">{tea.title || t.untitled}</Text>
          <View className="wrap">
            <Tag tone={tea.shelf === 'onShelf' ? 'leaf' : 'quiet'}>{shelfWords[tea.shelf]}</Tag>
            {tea.review === 'approved' ? null : (
              <Tag tone={tea.review === 'rejected' ? 'alarm' : tea.review === 'inReview' ? 'liquor' : 'quiet'}>
                {revisionWords[tea.review]}
              </Tag>
            )}
          </View>
          <Text className="soft num">
            {[
              ...(tea.productClass ? [classWords[tea.productClass]] : []),
              tea.priceFen === null ? t.noPrice : `¥${yuan(tea.priceFen)}`,
              ...tea.skus.map((s) => t.left(s.name, s.left, s.unit)),
            ].join(' · ')}
          </Text>
        </View>
      </View>
      {tea.offBecause ? (
        <View className="banner banner-alarm">
          <Text>{t.offBecause(tea.offBecause)}</Text>
        </View>
      ) : null}
      {tea.reasons ? (
        <View className="banner banner-alarm">
          <Text>{t.reasons(tea.reasons)}</Text>
        </View>
      ) : null}
      <View className="wrap listing-row-acts">
        <Tap look="quiet" onTap={open}>
          {does('saveDraft') ? t.edit : t.look}
        </Tap>
        {does('changeStock') ? <Tap onTap={onStock}>{shopActWords.changeStock}</Tap> : null}
        {(['recall', 'putOn', 'takeOff'] as const).map((what) =>
          does(what) ? (
            <Tap key={what} busy={busy} onTap={() => void move(what)}>
              {shopActWords[what]}
            </Tap>
          ) : null,
        )}
      </View>
    </View>
  )
}
