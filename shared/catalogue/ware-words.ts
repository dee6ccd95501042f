/** The few words of a ware that every list of wares shows; apart from words.ts, so that the first screen of a phone loads no more than these. */
import type { Kind, PackUnit, ProductClass } from './draft.ts'

export const kindWords: Record<Kind, string> = { raw: '生茶', ripe: '熟茶' }

/** What one unit is called: 168 元 / 饼. */
export const packUnitWords: Record<PackUnit, string> = {
  gram: '克',
  cake: '饼',
  brick: '砖',
  tuo: '沱',
  melon: '个',
  ball: '粒',
  bag: '袋',
  box: '盒',
  tin: '罐',
  serving: '份',
  stack: '提',
  crate: '件',
}

export const classWords: Record<ProductClass, string> = {
  puer: '普洱茶',
  maocha: '晒青毛茶',
  workshopTea: '小作坊茶',
  rice: '墨江紫米',
  coffee: '咖啡',
  dish: '鲜食菜品',
}

/** Net content as a label says it: grams up to 1000 g, above that kilograms (JJF 1070). 357 → "357 克", 2499 → "2.499 千克". */
export const netWords = (grams: number): string => {
  if (grams <= 1000) return `${grams} 克`
  const rest = String(grams % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '')
  return `${Math.floor(grams / 1000)}${rest === '' ? '' : `.${rest}`} 千克`
}
