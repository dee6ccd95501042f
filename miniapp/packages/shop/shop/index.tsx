import type { ShopId } from '@shared/ids.ts'
import { tenantKinds } from '@shared/tenants/roles.ts'
import { businessDay } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { type ShopFront, shopFront } from '../../../features/catalogue/calls'
import { TeaGrid } from '../../../features/catalogue/tea-card'
import { goHome } from '../../../lib/go'
import { useLoad } from '../../../lib/load'
import { texts } from '../../../texts'
import { Empty } from '../../../ui/empty'
import { Loading } from '../../../ui/loading'
import { Photo } from '../../../ui/photo'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import './index.scss'

const t = texts.shop

export default function Shop() {
  const id = (useRouter().params.id ?? '') as ShopId
  const page = useLoad(() => shopFront(id), [id])
  return (
    <Screen>
      <Loading
        of={page}
        skeleton={
          <View>
            <Skeleton kind="rows" count={1} />
            <Skeleton kind="cards" count={4} />
          </View>
        }
      >
        {(data) => <Front data={data} />}
      </Loading>
    </Screen>
  )
}

function Front({ data: { shop, listings } }: { data: ShopFront }) {
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
    <View className="page-pad stack">
      <View className="card shop-head">
        <View className="shop-face">
          <Photo name={shop.name} src={shop.avatar?.thumb} alt={shop.name} />
        </View>
        <View className="grow">
          <Text className="section-title">{shop.name}</Text>
          {shop.village ? (
            <View>
              <Text className="hint">{shop.village}</Text>
            </View>
          ) : null}
        </View>
      </View>
      {shop.story ? (
        <View className="card stack">
          <Text className="section-title">{t.story}</Text>
          <Text className="shop-story">{shop.story}</Text>
        </View>
      ) : null}
      <View>
        <View className="section-head">
          <Text className="section-title">{t.shelf}</Text>
        </View>
        {listings.length === 0 ? (
          <Empty icon="leaf" title={t.empty} hint={t.emptyHint} act={texts.live.toHome} onAct={goHome} />
        ) : (
          <TeaGrid teas={listings} />
        )}
      </View>
      <View className="card">
        <Text className="section-title">{t.who}</Text>
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
      </View>
    </View>
  )
}
