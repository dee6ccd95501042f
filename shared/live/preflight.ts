/** Before a broadcast 开播检查 (直播电商监督管理办法 art. 30): what keeps it from going on air, what is only worth knowing, and where each is put right. */
import type { ListingId } from '../ids.ts'

/** `blocks`: nobody goes on air with it, unless the park allows it with a reason. `fix` is where it is put right. */
export const preflightRules = {
  titleWords: { blocks: true, fix: 'session', words: '标题里有不能用的说法：{what}。请取消预告，换个标题重新预告' },
  wareAsleep: { blocks: true, fix: 'listing', words: '{number} 号「{title}」已下架或证照到期，请先恢复上架，或从购物袋拿出' },
  wareWords: { blocks: true, fix: 'listing', words: '{number} 号「{title}」的标题里有不能用的说法：{what}' },
  wareSoldOut: { blocks: false, fix: 'bag', words: '{number} 号「{title}」没有库存' },
  emptyBag: { blocks: false, fix: 'bag', words: '购物袋是空的，观众没有东西可买' },
  noCover: { blocks: false, fix: 'session', words: '没有封面，首页会用第一款茶的照片' },
} as const
export type PreflightCode = keyof typeof preflightRules

export interface PreflightFinding {
  code: PreflightCode
  blocks: boolean
  words: string
  fix: (typeof preflightRules)[PreflightCode]['fix']
  /** What it is about, for the link. */
  listingId: ListingId | null
}

export interface PreflightWare {
  number: number
  listingId: ListingId
  title: string
  onSale: boolean
  left: number
  /** What the word list says of its title. */
  doubts: readonly string[]
}

const finding = (
  code: PreflightCode,
  facts: Record<string, string | number> = {},
  listingId: ListingId | null = null,
): PreflightFinding => {
  const { blocks, fix, words } = preflightRules[code]
  return { code, blocks, fix, listingId, words: words.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '')) }
}

/** All findings, what blocks first, in the order of the bag. `wares` has every item of the bag; one that is gone altogether is asleep. */
export function preflight(session: { doubts: readonly string[]; hasCover: boolean; wares: readonly PreflightWare[] }): PreflightFinding[] {
  const found = [
    ...(session.doubts.length > 0 ? [finding('titleWords', { what: session.doubts.join('、') })] : []),
    ...session.wares.flatMap(({ number, title, listingId, onSale, left, doubts }) => [
      ...(onSale ? [] : [finding('wareAsleep', { number, title }, listingId)]),
      ...(doubts.length > 0 ? [finding('wareWords', { number, title, what: doubts.join('、') }, listingId)] : []),
      ...(onSale && left === 0 ? [finding('wareSoldOut', { number, title }, listingId)] : []),
    ]),
    ...(session.wares.length === 0 ? [finding('emptyBag')] : []),
    ...(session.hasCover ? [] : [finding('noCover')]),
  ]
  return [...found.filter((f) => f.blocks), ...found.filter((f) => !f.blocks)]
}
