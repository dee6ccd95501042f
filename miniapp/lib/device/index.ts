/**
 * What only the host can say or do: here WeChat. Its twin `index.h5.ts` says the same of a browser. Everything else in the app runs on
 * both without asking where it is.
 */
import Taro from '@tarojs/taro'

/** Where the API, pictures and the room's socket are; no slash at the end. */
export const origin: string = TARO_APP_ORIGIN

/** The same for WebSocket. */
export const socketOrigin: string = origin.replace(/^http/, 'ws')

/** A picture or address of ours as the host wants it: absolute. */
export const onOrigin = (path: string): string => (path.startsWith('/') ? `${origin}${path}` : path)

/** The reader's own text size against the standard: 1, or more. */
export const textScale = (): number => {
  const info = Taro.getAppBaseInfo() as { fontSizeSetting?: number; fontSizeScaleFactor?: number }
  const scale = info.fontSizeScaleFactor ?? (info.fontSizeSetting ?? 16) / 16
  return Math.min(2, Math.max(1, scale))
}

/** Room to leave at the top of a page without a navigation bar, px: below the status bar, and left of WeChat's own button. */
export const topRoom = (): { top: number; right: number } => {
  const { windowWidth, statusBarHeight } = Taro.getWindowInfo()
  const menu = Taro.getMenuButtonBoundingClientRect()
  return menu?.left ? { top: menu.top - 6, right: windowWidth - menu.left + 8 } : { top: (statusBarHeight ?? 20) + 4, right: 100 }
}

/** Keeps the screen lit while a live room is open. */
export const keepAwake = (on: boolean): void => {
  Taro.setKeepScreenOn({ keepScreenOn: on }).catch(() => undefined)
}

/** What this host can do beyond the common ground; a button for anything else is not drawn. */
export const can = { scan: true, shareByButton: true, wechatAddress: true } as const

/** Reads a code with the camera, a parcel's bars where asked; null when the person gave up. */
export const scan = async (kind: 'qrCode' | 'barCode' = 'qrCode'): Promise<string | null> => {
  try {
    const { result, path } = (await Taro.scanCode({ scanType: [kind] })) as { result?: string; path?: string }
    return path || result || null
  } catch {
    return null
  }
}

/** An address out of WeChat's own book; null when the person gave none. */
export const wechatAddress = async (): Promise<{
  name: string
  phone: string
  province: string
  city: string
  county: string
  detail: string
} | null> => {
  try {
    const a = await Taro.chooseAddress()
    return { name: a.userName, phone: a.telNumber, province: a.provinceName, city: a.cityName, county: a.countyName, detail: a.detailInfo }
  } catch {
    return null
  }
}

/** Where the phone is, roughly: WeChat asks its owner first. Null where they said no. */
export const whereAmI = async (): Promise<{ latitude: number; longitude: number } | null> => {
  try {
    const { latitude, longitude } = await Taro.getFuzzyLocation({ type: 'wgs84' })
    return { latitude, longitude }
  } catch {
    return null
  }
}

/** A log-in code from WeChat: good once, for five minutes. Rejects when WeChat gives none. */
export const loginCode = async (): Promise<{ code: string; nickname?: string }> => {
  const { code } = await Taro.login()
  return { code }
}

/** What to read where nobody can log in or pay; null where one can, as in WeChat always. */
export const elsewhere = async (): Promise<string | null> => null

/** A code that nobody else will ever have, for request keys and client ids: 26 letters and digits. */
export const newKey = (): string => {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  let key = ''
  for (let t = Date.now(), i = 0; i < 10; i++, t = Math.floor(t / 32)) key = letters[t % 32] + key
  for (let i = 0; i < 16; i++) key += letters[Math.floor(Math.random() * 32)]
  return key
}
