import { PlusOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { OfferDialog } from '@/features/promotions/OfferDialog.tsx'
import { OfferTable } from '@/features/promotions/OfferTable.tsx'
import { offersOptions } from '@/features/promotions/queries.ts'
import { texts } from '@/lib/texts.ts'
import { Page } from '@/ui/Page.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'

const t = texts.offers

/** Offers of the park, over the shops that take part. */
export function Component() {
  const list = useInfiniteQuery(offersOptions(null))
  const [making, setMaking] = useState(false)
  return (
    <Page
      title={t.parkTitle}
      aside={<span className="hint">{t.parkHint}</span>}
      acts={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
          {t.make}
        </Button>
      }
    >
      <div className="card flush">
        <Answer query={list} bones={<Bones rows={4} height={56} />}>
          {(data) => {
            const rows = data.pages.flatMap((page) => page.rows)
            return rows.length === 0 ? (
              <Empty title={t.none[0]} hint={t.parkMakes} />
            ) : (
              <>
                <OfferTable shopId={null} rows={rows} />
                <More query={list} />
              </>
            )
          }}
        </Answer>
      </div>
      {making ? <OfferDialog shopId={null} choices={{ skus: [], sessions: [] }} onClose={() => setMaking(false)} /> : null}
    </Page>
  )
}
