/** Narrowing a search: every facet with how many teas each value would leave, before anything is applied. */
import { type Chosen, type Facet, facetWords, valueWords } from '@shared/search/facets.ts'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { useLoad } from '../../lib/load'
import { find as t } from '../../texts/find'
import { Loading } from '../../ui/loading'
import { Sheet } from '../../ui/sheet'
import { Skeleton } from '../../ui/skeleton'
import { Tap } from '../../ui/tap'
import { type Ask, type Found, findTeas } from './calls'

/** Values shown of a facet before it is opened. */
const FIRST = 8

export function FacetSheet({ ask, onClose, onChoose }: { ask: Ask; onClose: () => void; onChoose: (chosen: Chosen) => void }) {
  const [chosen, setChosen] = useState<Chosen>(ask.chosen)
  const key = JSON.stringify(chosen)
  const found = useLoad(() => findTeas({ ...ask, chosen }, null, 1), [key])
  const turn = (facet: Facet, value: string) => {
    const had = chosen[facet] ?? []
    const values = had.includes(value) ? had.filter((v) => v !== value) : [...had, value]
    const { [facet]: _, ...rest } = chosen
    setChosen(values.length > 0 ? { ...rest, [facet]: values } : rest)
  }
  return (
    <Sheet
      title={t.narrow}
      onClose={onClose}
      foot={
        <View className="find-foot">
          <Tap disabled={Object.keys(chosen).length === 0} onTap={() => setChosen({})}>
            {t.reset}
          </Tap>
          <Tap look="main" wide busy={found.data === undefined} onTap={() => onChoose(chosen)}>
            {found.data?.yielded ? t.showNear : t.show(found.data?.total ?? 0)}
          </Tap>
        </View>
      }
    >
      <Loading of={found} skeleton={<Skeleton kind="rows" count={4} />}>
        {(data) => <Facets found={data} chosen={chosen} onTurn={turn} />}
      </Loading>
    </Sheet>
  )
}

function Facets({ found, chosen, onTurn }: { found: Found; chosen: Chosen; onTurn: (facet: Facet, value: string) => void }) {
  const [open, setOpen] = useState<Facet[]>([])
  return (
    <View>
      {(found.facets ?? []).map(({ facet, values }) => {
        const mine = chosen[facet] ?? []
        // what was chosen stays in sight, also where there is none of it
        const all = [...values, ...mine.filter((v) => !values.some((c) => c.value === v)).map((value) => ({ value, count: 0 }))]
        if (all.length === 0) return null
        const shown = open.includes(facet) ? all : all.filter((c, i) => i < FIRST || mine.includes(c.value))
        return (
          <View key={facet} className="field">
            <Text className="field-label">{facetWords[facet]}</Text>
            <View className="choices">
              {shown.map(({ value, count }) => (
                <Tap
                  key={value}
                  look="bare"
                  className={mine.includes(value) ? 'choice choice-on' : 'choice'}
                  onTap={() => onTurn(facet, value)}
                >
                  <Text>{valueWords(facet, value)}</Text>
                  <Text className="find-count">{String(count)}</Text>
                </Tap>
              ))}
              {shown.length < all.length ? (
                <Tap look="quiet" onTap={() => setOpen([...open, facet])}>
                  {t.moreValues(all.length - shown.length)}
                </Tap>
              ) : null}
            </View>
          </View>
        )
      })}
    </View>
  )
}
