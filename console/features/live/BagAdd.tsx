import type { ListingId, LiveSessionId, ShopId } from '@shared/ids.ts'
import { BAG_ADD_MAX } from '@shared/live/limits.ts'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Money } from '@/ui/Money.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { Answer, Empty } from '@/ui/states.tsx'
import { useAct } from '@/ui/useAct.ts'
import { type BagItem, candidatesOptions } from './queries.ts'

/** Chooses listings on the shelf for the bag, in the order in which they are ticked. */
export function BagAdd({
  shopId,
  sessionId,
  room,
  onDone,
  onClose,
}: {
  shopId: ShopId
  sessionId: LiveSessionId
  /** How many still fit. */
  room: number
  onDone: (bag: BagItem[]) => void
  onClose: () => void
}) {
  const candidates = useQuery(candidatesOptions(shopId, sessionId))
  const [picked, setPicked] = useState<ListingId[]>([])
  const most = Math.min(room, BAG_ADD_MAX)
  const add = useAct((listingIds: ListingId[]) => trpc.shop.live.addToBag.mutate({ shopId, sessionId, listingIds }), {
    after: (bag) => {
      onDone(bag)
      onClose()
    },
  })
  return (
    <Modal
      open
      title={texts.bag.addTitle}
      okText={texts.bag.addCount(picked.length)}
      cancelText={texts.common.cancel}
      okButtonProps={{ disabled: picked.length === 0, loading: add.isPending }}
      onOk={() => add.mutate(picked)}
      onCancel={onClose}
    >
      <Answer query={candidates}>
        {(cards) =>
          cards.length === 0 ? (
            <Empty title={texts.bag.candidatesEmpty[0]} hint={texts.bag.candidatesEmpty[1]}>
              <Link to={`/shop/${shopId}/listings`}>{texts.bag.toListings}</Link>
            </Empty>
          ) : (
            <div className="bag-pick">
              {cards.map((card) => (
                <label key={card.id}>
                  <Checkbox
                    checked={picked.includes(card.id)}
                    disabled={!picked.includes(card.id) && picked.length >= most}
                    onChange={(e) => setPicked((now) => (e.target.checked ? [...now, card.id] : now.filter((id) => id !== card.id)))}
                  />
                  <Photo picture={card.picture} size={48} />
                  <span className="grow">
                    <span className="clip2">{card.title}</span>
                    <span className="row hint small">
                      <Money fen={card.priceFen} unit={card.unit} />
                      {card.left === 0 ? <span className="field-wrong">{texts.bag.soldOut}</span> : texts.bag.left(card.left)}
                    </span>
                  </span>
                </label>
              ))}
            </div>
          )
        }
      </Answer>
    </Modal>
  )
}
