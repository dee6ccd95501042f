import type { BagItemId, SkuId } from '@shared/ids.ts'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { texts } from '@/lib/texts.ts'
import { Money } from '@/ui/Money.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { Left } from './BagEditor.tsx'
import type { BagItem } from './queries.ts'

/** The bag on air: what is explained now, what is left of each, one press to pin. */
export function RunSheet({
  bag,
  stock,
  pinned,
  pending,
  mayPin,
  mayCount,
  onPin,
  onStock,
  flashOf,
  onFlash,
}: {
  bag: BagItem[]
  /** What the room last said of stock. */
  stock: ReadonlyMap<SkuId, number>
  pinned: BagItemId | null
  /** The pin that is on its way; undefined when none is. */
  pending: BagItemId | null | undefined
  mayPin: boolean
  mayCount: boolean
  onPin: (item: BagItemId | null) => void
  onStock: (item: BagItem) => void
  /** The flash sale of an item as it runs, drawn; null where there is none. */
  flashOf: (item: BagItem) => ReactNode
  /** Null for whom, or when, no flash sale may be begun. */
  onFlash: ((item: BagItem) => void) | null
}) {
  return (
    <div className="sheet" role="list">
      {bag.map((item) => {
        const now = { ...item, left: stock.get(item.skuId) ?? item.left }
        const on = pinned === item.id
        return (
          <div key={item.id} role="listitem" className={on ? 'sheet-item pinned' : 'sheet-item'} aria-current={on}>
            <span className="sheet-number">{item.number}</span>
            <Photo picture={item.picture} size={56} />
            <span>
              <span className="clip2">{item.title}</span>
              <span className="row small">
                <Money fen={item.priceFen} unit={item.unit} />
                <Left item={now} />
                {on ? <strong>{texts.desk.pinned}</strong> : null}
              </span>
              {flashOf(item)}
            </span>
            <span className="sheet-acts">
              {mayPin ? (
                <Button
                  size="small"
                  type={on ? 'default' : 'primary'}
                  ghost={!on}
                  loading={on ? pending === null : pending === item.id}
                  disabled={!on && !item.onSale}
                  aria-label={on ? texts.desk.unpin : texts.desk.pinNow(item.number)}
                  onClick={() => onPin(on ? null : item.id)}
                >
                  {on ? texts.desk.unpin : texts.desk.pin}
                </Button>
              ) : null}
              <span className="row">
                {onFlash && item.onSale && !flashOf(item) ? (
                  <Button size="small" onClick={() => onFlash(item)}>
                    {texts.flash.act}
                  </Button>
                ) : null}
                {mayCount ? (
                  <Button size="small" aria-label={texts.stock.title(item.title)} onClick={() => onStock(now)}>
                    {texts.desk.stock}
                  </Button>
                ) : null}
              </span>
            </span>
          </div>
        )
      })}
    </div>
  )
}
