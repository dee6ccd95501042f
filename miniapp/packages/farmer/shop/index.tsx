import type { ShopId } from '@shared/ids.ts'
import { sessionStateWords } from '@shared/live/words.ts'
import { shopRoles } from '@shared/tenants/roles.ts'
import { dayAndTime } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { useDidShow, useRouter } from '@tarojs/taro'
import { ourListings } from '../../../features/catalogue/shop-calls'
import { ourSessions } from '../../../features/live/shop-calls'
import { shopOrders } from '../../../features/shipping/calls'
import { ownShop } from '../../../features/tenants/calls'
import { PaperCard } from '../../../features/tenants/paper-card'
import { paperNotices } from '../../../features/tenants/papers'
import { go } from '../../../lib/go'
import { useLoad } from '../../../lib/load'
import { farmerTexts } from '../../../texts/farmer'
import { Icon, type IconName } from '../../../ui/icon'
import { Loading } from '../../../ui/loading'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tag } from '../../../ui/tag'
import { Tap } from '../../../ui/tap'
import './index.scss'

const t = farmerTexts.farmer

export default function FarmerShop() {
  const shopId = (useRouter().params.shop ?? '') as ShopId
  const page = useLoad(async () => {
    const [shop, teas, orders, sessions] = await Promise.all([
      ownShop(shopId),
      ourListings(shopId, undefined, null),
      shopOrders(shopId, undefined, null),
      ourSessions(shopId, null),
    ])
    const next =
      sessions.rows.find((s) => s.state === 'live' || s.state === 'interrupted') ??
      sessions.rows.filter((s) => s.state === 'scheduled').sort((a, b) => a.startsAt - b.startsAt)[0]
    return { shop, teas: teas.counts, orders: orders.counts, next: next ?? null }
  }, [shopId])
  useDidShow(() => void page.again())
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="rows" count={4} />}>
        {({ shop, teas, orders, next }) => (
          <View className="page-pad stack">
            <View>
              <Text className="section-title">{shop.name}</Text>
              <View>
                <Text className="hint">{`${shopRoles[shop.role as keyof typeof shopRoles]} · ${t.commission(`${shop.commissionBp / 100}%`)}`}</Text>
              </View>
            </View>
            {shop.state === 'suspended' ? (
              <View className="banner banner-alarm">
                <Text>{shop.suspended ? t.suspendedBecause(dayAndTime(shop.suspended.at), shop.suspended.reason) : t.suspended}</Text>
              </View>
            ) : null}
            {keepsPapers(shop.role) ? <PaperNotices shopId={shopId} /> : null}
            <View className="farmer-figures">
              <Figure words={t.toShip} n={orders.toShip} onTap={() => go('shopOrders', { shop: shopId, state: 'toShip' })} />
              <Figure words={t.onShelf} n={teas.onShelf} onTap={() => go('listings', { shop: shopId, shelf: 'onShelf' })} />
              <Figure words={t.inReview} n={teas.inReview} onTap={() => go('listings', { shop: shopId })} />
            </View>
            <View className="card stack">
              <Text className="hint">{t.nextSession}</Text>
              {next ? (
                <View className="stack">
                  <View className="between">
                    <Text className="strong grow">{next.title}</Text>
                    <Tag tone={next.state === 'live' ? 'live' : 'quiet'}>{sessionStateWords[next.state]}</Tag>
                  </View>
                  <Text className="soft">{dayAndTime(next.startsAt)}</Text>
                  <Tap look="main" wide onTap={() => go('desk', { shop: shopId, id: next.id })}>
                    {farmerTexts.sessions.desk}
                  </Tap>
                </View>
              ) : (
                <View className="stack">
                  <Text>{t.noSession}</Text>
                  <Tap look="main" wide onTap={() => go('sessionForm', { shop: shopId })}>
                    {t.schedule}
                  </Tap>
                </View>
              )}
            </View>
            <View className="farmer-doors">
              <Door icon="leaf" words={t.listings} onTap={() => go('listings', { shop: shopId })} />
              <Door icon="pin" words={t.land} onTap={() => go('land', { shop: shopId })} />
              <Door icon="video" words={t.sessions} onTap={() => go('sessions', { shop: shopId })} />
              <Door icon="box" words={t.orders} onTap={() => go('shopOrders', { shop: shopId })} />
              {keepsPapers(shop.role) ? <Door icon="check" words={t.papers} onTap={() => go('papers', { shop: shopId })} /> : null}
              <Door icon="yuan" words={t.settlement} onTap={() => go('settlement', { shop: shopId })} />
              <Door icon="person" words={t.profile} onTap={() => go('profile', { shop: shopId })} />
            </View>
            <Tap look="quiet" onTap={() => go('shop', { id: shopId })}>
              {t.preview}
            </Tap>
          </View>
        )}
      </Loading>
    </Screen>
  )
}

/** Papers are for owner and assistant; the server decides. */
const keepsPapers = (role: string): boolean => role === 'owner' || role === 'assistant'

/** What of its papers the shop must look after. */
function PaperNotices({ shopId }: { shopId: ShopId }) {
  const notices = useLoad(() => paperNotices(shopId), [shopId])
  useDidShow(() => void notices.again())
  if (!notices.data || notices.data.length === 0) return null
  return (
    <View className="stack">
      <Text className="section-title">{t.notices}</Text>
      {notices.data.slice(0, 3).map((row) => (
        <PaperCard key={row.id} row={row} onTap={() => go('paperForm', { shop: shopId, id: row.id })} />
      ))}
    </View>
  )
}

const Figure = ({ words, n, onTap }: { words: string; n: number; onTap: () => void }) => (
  <Tap look="bare" className="farmer-figure card" label={`${words} ${n}`} onTap={onTap}>
    <Text className="farmer-n num">{String(n)}</Text>
    <Text className="small soft">{words}</Text>
  </Tap>
)

const Door = ({ icon, words, onTap }: { icon: IconName; words: string; onTap: () => void }) => (
  <Tap look="bare" className="farmer-door card" onTap={onTap}>
    <View className="farmer-door-icon">
      <Icon name={icon} />
    </View>
    <Text>{words}</Text>
  </Tap>
)
