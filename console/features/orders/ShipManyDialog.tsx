import type { ShopId } from '@shared/ids.ts'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { type Outputs, trpc } from '@/lib/trpc.ts'
import { Field } from '@/ui/Field.tsx'
import { Mark } from '@/ui/Mark.tsx'
import { Table } from '@/ui/Table.tsx'
import { useAct } from '@/ui/useAct.ts'

const t = texts.orders.many
const MOST = 200

/** Rows as they come out of a spreadsheet: order number, courier, waybill number, apart by tab, comma or spaces. */
const rowsIn = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [subOrderNo = '', courier = '', trackingNo = ''] = line.split(/[\t,，;；]+|\s{1,}/).filter(Boolean)
      return { subOrderNo, courier, trackingNo }
    })

/** Many parcels at once: pasted, sent row by row, and what is wrong said of its row. */
export function ShipManyDialog({ shopId, onClose }: { shopId: ShopId; onClose: () => void }) {
  const [text, setText] = useState('')
  const [done, setDone] = useState<Outputs['shop']['shipping']['shipMany'] | null>(null)
  const parcels = rowsIn(text)
  const wrong = parcels.length > MOST ? t.tooMany(MOST) : parcels.some((p) => p.trackingNo === '') ? t.columnsMissing : undefined
  const send = useAct(() => trpc.shop.shipping.shipMany.mutate({ shopId, parcels }), {
    done: (out) => t.done(out.sent, out.rows.length),
    after: async (out) => {
      setDone(out)
      // what went is off the list, what did not stays to be mended and sent again
      const stays = new Set(out.rows.filter((r) => !r.sent).map((r) => r.subOrderNo))
      setText(
        parcels
          .filter((p) => stays.has(p.subOrderNo))
          .map((p) => `${p.subOrderNo}\t${p.courier}\t${p.trackingNo}`)
          .join('\n'),
      )
      await askAgain(['orders', shopId])
    },
  })
  return (
    <Modal
      open
      width={680}
      title={t.title}
      maskClosable={false}
      onCancel={onClose}
      okText={t.send(parcels.length)}
      cancelText={texts.common.close}
      okButtonProps={{ loading: send.isPending, disabled: parcels.length === 0 || wrong !== undefined }}
      onOk={() => send.mutate(undefined)}
      destroyOnHidden
    >
      <div className="stack">
        <Field id="parcels" label={t.rows} hint={t.hint} wrong={text === '' ? undefined : wrong}>
          <Input.TextArea
            id="parcels"
            autoSize={{ minRows: 6, maxRows: 16 }}
            placeholder={t.sample}
            value={text}
            onChange={(e) => setText(e.target.value)}
          />
        </Field>
        {done ? (
          <Table
            rowKey={(row) => row.subOrderNo}
            dataSource={done.rows}
            columns={[
              { title: t.columns.no, dataIndex: 'subOrderNo' },
              { title: t.columns.result, render: (_, row) => <Mark tone={row.sent ? 'leaf' : 'alarm'}>{row.words}</Mark> },
            ]}
          />
        ) : null}
      </div>
    </Modal>
  )
}
