import type { Kind, ProductClass } from '@shared/catalogue/draft.ts'
import { classWords, kindWords } from '@shared/catalogue/ware-words.ts'
import { Tag } from '../../ui/tag'

/** What kind of ware it is: raw or ripe where it is tea, its class where it is not. */
export function KindTag({ ware }: { ware: { kind: Kind | null; productClass: ProductClass } }) {
  if (ware.kind === null) return <Tag>{classWords[ware.productClass]}</Tag>
  return <Tag tone={ware.kind === 'raw' ? 'leaf' : 'liquor'}>{kindWords[ware.kind]}</Tag>
}
