/** The Chinese words of reviews. */
import type { BrewField, ReviewFilter } from './draft.ts'
import type { ReviewAct, ReviewState } from './flow.ts'

export const reviewStateWords: Record<ReviewState, string> = { held: '审核中', shown: '已展示', removed: '已移除' }
export const reviewActWords: Record<ReviewAct, string> = { show: '展示', remove: '移除' }

export const starWords = ['', '很差', '较差', '一般', '满意', '很满意'] as const

export const reviewFilterWords: Record<ReviewFilter, string> = { all: '全部', pictures: '有图', low: '三星及以下', followUp: '有追评' }

export const brewWords: Record<BrewField, { words: string; unit: string }> = {
  grams: { words: '投茶', unit: '克' },
  celsius: { words: '水温', unit: '°C' },
  millilitres: { words: '注水', unit: '毫升' },
  steep: { words: '第几泡', unit: '泡' },
  seconds: { words: '出汤', unit: '秒' },
  liquor: { words: '茶汤', unit: '分' },
  aroma: { words: '香气', unit: '分' },
  aftertaste: { words: '回甘', unit: '分' },
}

/** A brew note as one line: "投茶 8 克 · 水温 95 °C · 第 3 泡 15 秒". Empty where nothing was noted. */
export const brewLine = (brew: Partial<Record<BrewField, number | null>>): string => {
  const parts = (['grams', 'celsius', 'millilitres'] as const).flatMap((f) =>
    brew[f] == null ? [] : [`${brewWords[f].words} ${brew[f]} ${brewWords[f].unit}`],
  )
  if (brew.steep != null || brew.seconds != null)
    parts.push(
      [brew.steep == null ? '' : `第 ${brew.steep} 泡`, brew.seconds == null ? '' : `${brew.seconds} 秒出汤`].filter(Boolean).join(' '),
    )
  const scores = (['liquor', 'aroma', 'aftertaste'] as const).flatMap((f) =>
    brew[f] == null ? [] : [`${brewWords[f].words} ${brew[f]}/5`],
  )
  return [...parts, ...scores].join(' · ')
}

/**
 * Why the park may take a review down: what the law forbids to publish, and nothing that merely displeases a shop (E-Commerce Law art. 39; 网络信息
 * 内容生态治理规定 art. 6–7; 民法典 art. 1024, 1032).
 */
export const removalReasons = [
  '含有违法信息',
  '辱骂或人身攻击',
  '泄露他人隐私',
  '广告或引流联系方式',
  '与所购商品无关',
  '有证据证明是虚假交易的评价',
] as const
