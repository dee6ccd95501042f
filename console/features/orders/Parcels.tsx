import type { ShopId, SubOrderId } from '@shared/ids.ts'
import { shippingNoticeStateWords } from '@shared/shipping/flow.ts'
import { parcelStages } from '@shared/shipping/track.ts'
import { dayAndTime } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { texts } from '@/lib/texts.ts'
import { CopyButton } from '@/ui/CopyButton.tsx'
import { Mark } from '@/ui/Mark.tsx'
import { Answer, Bones } from '@/ui/states.tsx'
import { CorrectDialog } from './CorrectDialog.tsx'
import { parcelsOptions } from './queries.ts'

/** The parcels of an order that was sent, what WeChat says of them, and the one correction. */
export function Parcels({ shopId, subOrderId, mayShip }: { shopId: ShopId; subOrderId: SubOrderId; mayShip: boolean }) {
  const [correcting, setCorrecting] = useState(false)
  const query = useQuery(parcelsOptions(shopId, subOrderId))
  return (
    <Answer query={query} bones={<Bones rows={2} />}>
      {({ parcels, wechat, mayCorrect }) => (
        <section className="stack-s">
          <div className="row row-apart">
            <h3>{texts.orders.waybill}</h3>
            {wechat ? <Mark tone={wechat === 'refused' ? 'alarm' : 'plain'}>{shippingNoticeStateWords[wechat]}</Mark> : null}
          </div>
          {parcels.map((parcel) => (
            <div key={parcel.trackingNo} className="stack-s">
              <div className="row">
                <span className="nowrap">{parcel.courierName}</span>
                <span className="strong wrap">{parcel.trackingNo}</span>
                <CopyButton small label={texts.orders.copyNo} text={parcel.trackingNo} />
                {parcel.stage ? <Mark tone={parcel.stage === 'signed' ? 'leaf' : 'liquor'}>{parcelStages[parcel.stage]}</Mark> : null}
              </div>
              {parcel.points.slice(0, 5).map((point) => (
                <p key={`${point.at}${point.words}`} className="hint small wrap">
                  {dayAndTime(point.at)} {point.words}
                </p>
              ))}
            </div>
          ))}
          {mayShip && mayCorrect ? (
            <div>
              <Button onClick={() => setCorrecting(true)}>{texts.orders.correct}</Button>
            </div>
          ) : null}
          {correcting ? <CorrectDialog shopId={shopId} subOrderId={subOrderId} now={parcels} onClose={() => setCorrecting(false)} /> : null}
        </section>
      )}
    </Answer>
  )
}
