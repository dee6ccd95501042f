import { businessDay } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import Taro, { usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { type FollowedShop, myFollows } from '../../../features/storefront/calls'
import { FollowKey } from '../../../features/storefront/follow-key'
import { go, goHome } from '../../../lib/go'
import { usePages } from '../../../lib/load'
import { shopTexts } from '../../../texts/shop'
import { Empty } from '../../../ui/empty'
import { Growing } from '../../../ui/growing'
import { Photo } from '../../../ui/photo'
import { Screen } from '../../../ui/screen'
import { Tap } from '../../../ui/tap'
import './index.scss'

const t = shopTexts.follows

/** The shops that one follows. One that is followed no more stays in sight until the page is opened anew, so that a slip is mended with a tap. */
export default function Follows() {
  const pages = usePages<FollowedShop>(myFollows, [])
  usePullDownRefresh(() => {
    void pages.again().finally(() => Taro.stopPullDownRefresh())
  })
  useReachBottom(pages.more)
  return (
    <Screen>
      <View className="page-pad">
        <Growing
          of={pages}
          empty={<Empty icon="heart" title={t.empty} hint={t.emptyHint} act={t.toHome} onAct={goHome} />}
          row={(shop) => (
            <View key={shop.id} className="card follows-one">
              <Tap look="bare" className="follows-shop" label={shop.name} onTap={() => go('shop', { id: shop.id })}>
                <View className="follows-face">
                  <Photo name={shop.name} src={shop.avatar?.thumb} alt="" />
                </View>
                <View className="grow">
                  <Text className="strong clip-1">{shop.name}</Text>
                  <Text className="hint clip-1">
                    {[shop.village, shopTexts.front.followers(shop.followers)].filter(Boolean).join(' · ')}
                  </Text>
                  <Text className="hint clip-1">{t.since(businessDay(shop.since))}</Text>
                </View>
              </Tap>
              <FollowKey shop={shop} />
            </View>
          )}
        />
      </View>
    </Screen>
  )
}
