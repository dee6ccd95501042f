/** The browser's twin of `index.ts`: the same names, so that nobody else has to ask where the app runs. */
import Taro from '@tarojs/taro'
import { browserTexts } from '../../texts/browser'
import '../../ui/browser.scss'

/** The API is where the page came from. */
export const origin = ''
export const socketOrigin: string = window.location.origin.replace(/^http/, 'ws')
export const onOrigin = (path: string): string => path

/** Browsers scale `rem` by themselves; see app.scss. */
export const textScale = (): number => 1

export const topRoom = (): { top: number; right: number } => ({ top: 8, right: 8 })

let lock: { release(): Promise<void> } | null = null
export const keepAwake = (on: boolean): void => {
  const wake = (navigator as { wakeLock?: { request(kind: 'screen'): Promise<{ release(): Promise<void> }> } }).wakeLock
  if (on)
    wake?.request('screen').then(
      (l) => {
        lock = l
      },
      () => undefined,
    )
  else {
    lock?.release().catch(() => undefined)
    lock = null
  }
}

export const can = { scan: false, shareByButton: false, wechatAddress: false } as const
export const scan = async (_kind?: 'qrCode' | 'barCode'): Promise<string | null> => null
export const wechatAddress = async (): Promise<null> => null

/** The browser asks its owner; ten seconds are enough for a rough place. */
export const whereAmI = (): Promise<{ latitude: number; longitude: number } | null> =>
  new Promise((done) => {
    if (!navigator.geolocation) return done(null)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ latitude: coords.latitude, longitude: coords.longitude }),
      () => done(null),
      { timeout: 10_000, maximumAge: 600_000 },
    )
  })

interface AppConfig {
  stage: string
  /** Where the played WeChat answers browsers; null where there is none. */
  simBase: string | null
}

let asked: Promise<AppConfig> | null = null
/** The public facts of this deployment, asked once; a failure is asked again. */
export const appConfig = (): Promise<AppConfig> => {
  asked ??= Taro.request({ url: '/app-config.json', dataType: 'json' }).then(
    (r) => r.data as AppConfig,
    (error: unknown) => {
      asked = null
      throw error
    },
  )
  return asked
}

const PERSON = 'sim.userKey'

/** `?as=<person>` in the address makes this browser that person of the played WeChat; used by the links of a demo. */
const person = new URLSearchParams(window.location.search).get('as')
if (person && Taro.getStorageSync(PERSON) !== person) {
  Taro.setStorageSync(PERSON, person)
  Taro.removeStorageSync('session')
}

/** A log-in code from the played WeChat; refused in words where the shop lives in WeChat alone. */
export const loginCode = async (): Promise<{ code: string; nickname?: string }> => {
  const { simBase } = await appConfig()
  if (!simBase) throw new Error(browserTexts.inWechatOnly)
  const userKey: string = Taro.getStorageSync(PERSON)
  const answer = await Taro.request<{ code: string; userKey: string; nickname: string }>({
    url: `${simBase}/__sim/login`,
    method: 'POST',
    header: { 'content-type': 'application/json' },
    data: JSON.stringify(userKey ? { userKey } : {}),
    dataType: 'json',
  })
  if (answer.statusCode !== 200 || !answer.data?.code) throw new Error(browserTexts.loginFailed)
  Taro.setStorageSync(PERSON, answer.data.userKey)
  return { code: answer.data.code, nickname: answer.data.nickname }
}

/** Log-in and payment work in a browser only where WeChat is played. */
export const elsewhere = async (): Promise<string | null> => ((await appConfig()).simBase === null ? browserTexts.inWechatOnly : null)

export const newKey = (): string => {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  const bytes = window.crypto.getRandomValues(new Uint8Array(26))
  return Array.from(bytes, (b) => letters[b % 32]).join('')
}
