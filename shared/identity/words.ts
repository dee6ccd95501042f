/** Limits and states of log-in. */
import { defineFlow, type StateOf } from '../flow.ts'
import { MINUTE } from '../time.ts'

export const NICKNAME_MAX = 20

/** How long a QR code on the console may be scanned and confirmed. */
export const PAIRING_LASTS = 2 * MINUTE

/** A console log-in by QR: shown, scanned, and confirmed by choosing the number on the screen; a wrong number ends it. */
export const pairingFlow = defineFlow({
  waiting: { scan: { to: 'scanned', by: ['user'] } },
  scanned: { confirm: { to: 'confirmed', by: ['user'] }, refuse: { to: 'refused', by: ['user'] } },
  confirmed: { enter: { to: 'entered', by: ['console'] } },
  entered: {},
  refused: {},
})
export type PairingState = StateOf<typeof pairingFlow>

export const pairingStateWords: Record<PairingState, string> = {
  waiting: '等待扫码',
  scanned: '已扫码，请在手机上确认',
  confirmed: '已确认',
  entered: '已登录',
  refused: '已作废',
}
export const pairingActWords = { scan: '扫码', confirm: '确认登录', refuse: '不是我', enter: '进入' } as const

/** The mini-program's page on which a log-in is confirmed; the console's code leads there. */
export const PAIRING_PAGE = 'packages/farmer/pairing/index'

const firstOf = (text: string, names: readonly (readonly [sign: string, name: string])[]): string | null =>
  names.find(([sign]) => text.includes(sign))?.[1] ?? null

/** A browser as a person would call it, from what it says of itself: "Chrome（Windows）". What is not known is said to be so. */
export const browserWords = (userAgent: string): string => {
  const browser = firstOf(userAgent, [
    ['MicroMessenger', '微信'],
    ['Edg/', 'Edge'],
    ['Firefox/', 'Firefox'],
    ['Chrome', 'Chrome'],
    ['Safari/', 'Safari'],
  ])
  const system = firstOf(userAgent, [
    ['Windows', 'Windows'],
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Mac OS', 'macOS'],
    ['Android', 'Android'],
    ['Linux', 'Linux'],
  ])
  if (!browser && !system) return '未知浏览器'
  return system ? `${browser ?? '未知浏览器'}（${system}）` : (browser as string)
}
