/** What a phone says of a photo that was taken in the app: when, and with consent about where. The server keeps it as said, not as known. */
import type { AssetId, ShopId } from '@shared/ids.ts'
import Taro from '@tarojs/taro'
import { whereAmI } from '../../lib/device'
import { confirm } from '../../lib/trouble'
import { trpc } from '../../lib/trpc'
import { farmerTexts } from '../../texts/farmer'

const t = farmerTexts.form

/** A place to about a kilometre. */
export interface Place {
  latitude: number
  longitude: number
}

const nameOf = (shopId: ShopId) => `photo-place.${shopId}`

/** Where the phone is, where its owner agreed; asked once for each shop, and null for whoever said no or has no signal. */
export const placeIfAllowed = async (shopId: ShopId): Promise<Place | null> => {
  let answer = Taro.getStorageSync(nameOf(shopId)) as 'yes' | 'no' | ''
  if (answer === '') {
    answer = (await confirm(t.placeAsk, t.placeHint, t.placeYes)) ? 'yes' : 'no'
    Taro.setStorageSync(nameOf(shopId), answer)
  }
  if (answer === 'no') return null
  const here = await whereAmI()
  // more than a kilometre's worth never leaves the phone
  return here && { latitude: Math.round(here.latitude * 100) / 100, longitude: Math.round(here.longitude * 100) / 100 }
}

/** Says that a photo was taken in the app; a photo stays good without it. */
export const noteCapture = (shopId: ShopId, assetId: AssetId, taken: { takenAt: number; place: Place | null }): Promise<unknown> =>
  trpc.shop.assets.noteCapture.mutate({ shopId, assetId, ...taken }).catch(() => null)
