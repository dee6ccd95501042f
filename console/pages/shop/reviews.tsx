import { useInfiniteQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useSearchParams } from 'react-router'
import { type ReviewFilter, reviewFilters, reviewsOptions } from '@/features/reviews/queries.ts'
import { ReviewCard } from '@/features/reviews/ReviewCard.tsx'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { Page } from '@/ui/Page.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'

const t = texts.reviews

/** What buyers said of the shop's teas. */
export function Component() {
  const { shopId } = useShop()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('filter') as ReviewFilter | null
  const filter: ReviewFilter = asked && reviewFilters.includes(asked) ? asked : 'all'
  const list = useInfiniteQuery(reviewsOptions(shopId, filter))
  return (
    <Page title={t.title} aside={<span className="hint">{t.rule}</span>}>
      <div className="stack">
        <div>
          <Segmented
            value={filter}
            onChange={(next) => setSearch({ filter: next })}
            options={reviewFilters.map((value) => ({ value, label: t.filters[value] }))}
          />
        </div>
        <Answer query={list} bones={<Bones rows={4} height={96} />}>
          {(data) => {
            const rows = data.pages.flatMap((page) => page.rows)
            if (rows.length === 0) return <Empty title={t.empty[0]} hint={t.empty[1]} />
            return (
              <>
                {rows.map((row) => (
                  <ReviewCard key={row.id} row={row} />
                ))}
                <More query={list} />
              </>
            )
          }}
        </Answer>
      </div>
    </Page>
  )
}
