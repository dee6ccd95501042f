import type { ShopId } from '@shared/ids.ts'
import { dayAndTime } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Answer, Bones, Empty } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'
import './pick-list.css'

const t = texts.orders.picks

/** What to take from the shelves, batch by batch; prints as it stands. */
export function PickList({ shopId, onClose }: { shopId: ShopId; onClose: () => void }) {
  const list = useQuery({
    queryKey: ['orders', shopId, 'picks'],
    queryFn: ({ signal }) => trpc.shop.orders.pickList.query({ shopId }, { signal }),
  })
  return (
    <Modal
      open
      width={760}
      title={t.title}
      onCancel={onClose}
      className="pick-list"
      footer={
        <Button type="primary" disabled={!list.data || list.data.orders === 0} onClick={() => window.print()}>
          {t.print}
        </Button>
      }
      destroyOnHidden
    >
      <Answer query={list} bones={<Bones rows={5} height={48} />}>
        {(data) =>
          data.orders === 0 ? (
            <Empty title={t.none[0]} hint={t.none[1]} />
          ) : (
            <div className="stack">
              <p>
                {t.sum(data.orders)}
                {data.shipBy === null ? '' : `，${t.first(dayAndTime(data.shipBy))}`}
              </p>
              {data.batches.map((batch) => (
                <section key={batch.batchId} className="stack-s">
                  <h3>{t.batch(batch.code)}</h3>
                  <Table
                    rowKey={(row) => `${row.title}${row.skuName}`}
                    dataSource={batch.picks}
                    columns={[
                      {
                        title: t.columns.ware,
                        render: (_, row) => (
                          <span className="stack-s" style={{ gap: 0 }}>
                            <span>{row.title}</span>
                            <span className="hint small">{row.skuName}</span>
                          </span>
                        ),
                      },
                      {
                        title: t.columns.count,
                        width: 110,
                        align: 'right',
                        render: (_, row) => <strong>{row.units === null ? t.base(row.baseUnits) : `${row.units} ${row.unit}`}</strong>,
                      },
                      {
                        title: t.columns.orders,
                        render: (_, row) => (
                          <span className="small">
                            {row.orders.map((o) => `${o.subOrderNo} × ${o.units === null ? t.base(o.baseUnits) : o.units}`).join('；')}
                          </span>
                        ),
                      },
                    ]}
                  />
                </section>
              ))}
            </div>
          )
        }
      </Answer>
    </Modal>
  )
}
