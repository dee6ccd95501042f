/** Where pages are; nobody writes a path twice. */
import { PAIRING_PAGE } from '@shared/identity/words.ts'
import Taro from '@tarojs/taro'

const pages = {
  liveRoom: '/pages/live-room/index',
  listing: '/packages/tea/listing/index',
  search: '/packages/find/search/index',
  shop: '/packages/shop/shop/index',
  calendar: '/packages/shop/calendar/index',
  follows: '/packages/shop/follows/index',
  replay: '/packages/shop/replay/index',
  standing: '/packages/shop/standing/index',
  addresses: '/packages/checkout/addresses/index',
  cart: '/packages/checkout/cart/index',
  coupons: '/packages/checkout/coupons/index',
  batch: '/packages/trace/batch/index',
  land: '/packages/trace/land/index',
  plotForm: '/packages/trace/plot-form/index',
  batchForm: '/packages/trace/batch-form/index',
  orders: '/packages/orders/list/index',
  order: '/packages/orders/one/index',
  askCase: '/packages/orders/ask/index',
  case: '/packages/orders/case/index',
  reviews: '/packages/reviews/list/index',
  reviewForm: '/packages/reviews/form/index',
  myReviews: '/packages/reviews/mine/index',
  farmer: '/packages/farmer/shop/index',
  listings: '/packages/farmer/listings/index',
  listingForm: '/packages/farmer/listing-form/index',
  sessions: '/packages/farmer/sessions/index',
  sessionForm: '/packages/farmer/session-form/index',
  bag: '/packages/farmer/bag/index',
  desk: '/packages/farmer/desk/index',
  shopOrders: '/packages/farmer/orders/index',
  shopOrder: '/packages/farmer/order/index',
  papers: '/packages/papers/list/index',
  paperForm: '/packages/papers/form/index',
  settlement: '/packages/farmer/settlement/index',
  profile: '/packages/farmer/profile/index',
  pairing: `/${PAIRING_PAGE}`,
} as const

type PageName = keyof typeof pages

const query = (params: Record<string, string | undefined>): string => {
  const parts = Object.entries(params).flatMap(([k, v]) => (v === undefined ? [] : [`${k}=${encodeURIComponent(v)}`]))
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}

/** Opens a page over this one. */
export const go = (page: PageName, params: Record<string, string | undefined> = {}): void => {
  void Taro.navigateTo({ url: `${pages[page]}${query(params)}` })
}

/** Puts a page in the place of this one. */
export const goInstead = (page: PageName, params: Record<string, string | undefined> = {}): void => {
  void Taro.redirectTo({ url: `${pages[page]}${query(params)}` })
}

/** The path of a page, for sharing. */
export const pathOf = (page: PageName, params: Record<string, string | undefined> = {}): string => `${pages[page]}${query(params)}`

/** Back, or home where there is nothing to go back to. */
export const goBack = (): void => {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
  else void Taro.switchTab({ url: '/pages/home/index' })
}

/** The home tab. */
export const goHome = (): void => {
  void Taro.switchTab({ url: '/pages/home/index' })
}
