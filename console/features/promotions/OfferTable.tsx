import type { OfferId, ShopId } from '@shared/ids.ts'
import { dayAndTime } from '@shared/time.ts'
import { Button } from 'antd'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Mark } from '@/ui/Mark.tsx'
import { Table } from '@/ui/Table.tsx'
import { useAct, useAsk } from '@/ui/useAct.ts'
import type { OfferRow } from './queries.ts'

const t = texts.offers

/** Offers with what became of them; a running one can be stopped. */
export function OfferTable({ shopId, rows }: { shopId: ShopId | null; rows: OfferRow[] }) {
  const ask = useAsk()
  const stop = useAct(
    (offerId: OfferId) => (shopId ? trpc.shop.promotions.stop.mutate({ shopId, offerId }) : trpc.park.promotions.stop.mutate({ offerId })),
    { done: t.stopped, after: () => askAgain(['offers']) },
  )
  return (
    <Table
      rowKey="id"
      dataSource={rows}
      columns={[
        {
          title: t.columns.offer,
          render: (_, row) => (
            <span className="stack-s" style={{ gap: 0 }}>
              <span>
                {row.kindWords} · {row.title}
              </span>
              <span className="hint small">
                {row.words}
                {row.liveSessionId ? ` · ${t.roomOnly}` : ''}
              </span>
            </span>
          ),
        },
        { title: t.columns.when, width: 220, render: (_, row) => `${dayAndTime(row.startsAt)} – ${dayAndTime(row.endsAt)}` },
        {
          title: t.columns.counts,
          width: 170,
          render: (_, row) => (row.kind === 'coupon' ? t.counts(row.claimed, row.quota, row.used) : texts.common.none),
        },
        {
          title: t.columns.state,
          width: 96,
          render: (_, row) => <Mark tone={row.state === 'open' ? 'leaf' : 'plain'}>{t.states[row.state]}</Mark>,
        },
        {
          title: t.columns.acts,
          width: 96,
          render: (_, row) =>
            row.state === 'open' ? (
              <Button
                size="small"
                type="text"
                danger
                onClick={() =>
                  ask({
                    title: t.stopAsk(row.title),
                    hint: t.stopHint,
                    ok: t.stop,
                    cancel: texts.common.cancel,
                    act: () => stop.mutateAsync(row.id),
                  })
                }
              >
                {t.stop}
              </Button>
            ) : null,
        },
      ]}
    />
  )
}
