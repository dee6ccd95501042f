import { ArrowDownOutlined, ArrowUpOutlined, HolderOutlined } from '@ant-design/icons'
import type { LiveSessionId, ShopId } from '@shared/ids.ts'
import { BAG_MAX } from '@shared/live/limits.ts'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Money } from '@/ui/Money.tsx'
import { moved, Sortable } from '@/ui/Order.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { Empty } from '@/ui/states.tsx'
import { useAct, useAsk } from '@/ui/useAct.ts'
import { BagAdd } from './BagAdd.tsx'
import { type BagItem, deskOptions } from './queries.ts'
import './Bag.css'

/** The bag before the broadcast: what is in it, and under which number. */
export function BagEditor({
  shopId,
  sessionId,
  bag,
  editable,
}: {
  shopId: ShopId
  sessionId: LiveSessionId
  bag: BagItem[]
  editable: boolean
}) {
  const store = useQueryClient()
  const ask = useAsk()
  const [adding, setAdding] = useState(false)
  const took = (next: BagItem[]): void => {
    store.setQueryData(deskOptions(shopId, sessionId).queryKey, (was) => was && { ...was, session: { ...was.session, bag: next } })
    void askAgain(['live', shopId])
  }
  const arrange = useAct(
    (next: BagItem[]) => trpc.shop.live.arrangeBag.mutate({ shopId, sessionId, bagItemIds: next.map((item) => item.id) }),
    { after: took, done: texts.bag.arranged, failed: () => askAgain(['live', shopId]) },
  )
  const remove = useAct((item: BagItem) => trpc.shop.live.removeFromBag.mutate({ shopId, sessionId, bagItemId: item.id }), { after: took })
  const shown = arrange.isPending && arrange.variables ? arrange.variables.map((item, n) => ({ ...item, number: n + 1 })) : bag
  const add = editable ? (
    <Button type={bag.length === 0 ? 'primary' : 'default'} disabled={bag.length >= BAG_MAX} onClick={() => setAdding(true)}>
      {texts.bag.add}
    </Button>
  ) : null
  return (
    <section className="card">
      <div className="card-head">
        <h2>
          {texts.bag.title} <span className="hint small">{texts.sessions.bagCount(bag.length)}</span>
        </h2>
        {bag.length > 0 ? add : null}
      </div>
      {bag.length === 0 ? (
        <Empty title={texts.bag.empty[0]} hint={texts.bag.empty[1]}>
          {add}
        </Empty>
      ) : (
        <>
          {editable && bag.length > 1 ? <p className="hint small">{texts.bag.hint}</p> : null}
          <div className="bag" role="list">
            <Sortable
              list={shown}
              keyOf={(item) => item.id}
              enabled={editable && !arrange.isPending}
              onOrder={(next) => arrange.mutate(next)}
            >
              {(item, index, grip) => (
                <div key={item.id} role="listitem" {...grip} className={`bag-item ${grip.className}`}>
                  <span className="row" style={{ flexWrap: 'nowrap' }}>
                    {editable ? <HolderOutlined className="bag-grip" title={texts.bag.drag} /> : null}
                    <span className="bag-number">{index + 1}</span>
                  </span>
                  <Photo picture={item.picture} size={56} />
                  <span>
                    <span className="clip2">{item.title}</span>
                    <span className="row hint small">
                      <Money fen={item.priceFen} unit={item.unit} />
                      <Left item={item} />
                    </span>
                  </span>
                  {editable ? (
                    <span className="row">
                      <Button
                        size="small"
                        icon={<ArrowUpOutlined />}
                        aria-label={texts.bag.up(index + 1)}
                        disabled={index === 0 || arrange.isPending}
                        onClick={() => arrange.mutate(moved(shown, index, index - 1))}
                      />
                      <Button
                        size="small"
                        icon={<ArrowDownOutlined />}
                        aria-label={texts.bag.down(index + 1)}
                        disabled={index === shown.length - 1 || arrange.isPending}
                        onClick={() => arrange.mutate(moved(shown, index, index + 1))}
                      />
                      <Button
                        size="small"
                        onClick={() =>
                          ask({
                            title: texts.bag.removeAsk(item.number, item.title),
                            hint: texts.bag.removeHint,
                            ok: texts.bag.remove,
                            cancel: texts.common.cancel,
                            act: () => remove.mutateAsync(item),
                          })
                        }
                      >
                        {texts.bag.remove}
                      </Button>
                    </span>
                  ) : null}
                </div>
              )}
            </Sortable>
          </div>
        </>
      )}
      {adding ? (
        <BagAdd shopId={shopId} sessionId={sessionId} room={BAG_MAX - bag.length} onDone={took} onClose={() => setAdding(false)} />
      ) : null}
    </section>
  )
}

/** How many are left, or why none can be bought. */
export function Left({ item }: { item: Pick<BagItem, 'left' | 'onSale'> }) {
  if (!item.onSale) return <span className="field-wrong">{texts.bag.offShelf}</span>
  if (item.left === 0) return <span className="field-wrong">{texts.bag.soldOut}</span>
  return <span>{texts.bag.left(item.left)}</span>
}
