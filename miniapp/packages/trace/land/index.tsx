import { hillName } from '@shared/catalogue/hills.ts'
import { classWords } from '@shared/catalogue/words.ts'
import type { ShopId } from '@shared/ids.ts'
import { batchWords, plotWords } from '@shared/traceability/words.ts'
import { Text, View } from '@tarojs/components'
import { useDidShow, useReachBottom, useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { BatchBalance, PlotBalance } from '../../../features/traceability/balance'
import { type OurBatch, type OurPlot, ourBatches, ourPlots } from '../../../features/traceability/calls'
import { go } from '../../../lib/go'
import { usePages } from '../../../lib/load'
import { traceTexts } from '../../../texts/trace'
import { Empty } from '../../../ui/empty'
import { Growing } from '../../../ui/growing'
import { Screen } from '../../../ui/screen'
import { Tabs } from '../../../ui/tabs'
import { Tag } from '../../../ui/tag'
import { Tap } from '../../../ui/tap'

const t = traceTexts.land
const tones = { draft: 'quiet', inReview: 'liquor', verified: 'leaf', rejected: 'alarm', frozen: 'alarm' } as const

/** A shop's plots and batches on the phone. */
export default function Land() {
  const params = useRouter().params
  const shopId = (params.shop ?? '') as ShopId
  const [what, setWhat] = useState<'batches' | 'plots'>(params.what === 'plots' ? 'plots' : 'batches')
  return (
    <Screen>
      <Tabs
        value={what}
        onChange={setWhat}
        options={[
          { value: 'batches', words: t.batches },
          { value: 'plots', words: t.plots },
        ]}
      />
      {what === 'plots' ? <Plots shopId={shopId} /> : <Batches shopId={shopId} />}
      <View className="bar-space" />
      <View className="bar">
        <Tap look="main" onTap={() => go(what === 'plots' ? 'plotForm' : 'batchForm', { shop: shopId })}>
          {what === 'plots' ? t.addPlot : t.addBatch}
        </Tap>
      </View>
    </Screen>
  )
}

/** Asks again whenever the page comes back into sight; what is being asked already is not asked twice. */
const useFresh = ({ busy, again }: { busy: boolean; again: () => Promise<void> }) => {
  useDidShow(() => {
    if (!busy) void again()
  })
}

function Plots({ shopId }: { shopId: ShopId }) {
  const list = usePages<OurPlot>((cursor) => ourPlots(shopId, cursor), [shopId])
  useFresh(list)
  useReachBottom(list.more)
  const add = () => go('plotForm', { shop: shopId })
  return (
    <Growing
      of={list}
      className="page-pad stack"
      empty={<Empty icon="pin" title={t.emptyPlots} hint={t.emptyPlotsHint} act={t.addPlot} onAct={add} />}
      row={(plot) => (
        <View
          key={plot.id}
          className="card stack"
          ariaRole="button"
          ariaLabel={plot.name}
          onClick={() => go('plotForm', { shop: shopId, id: plot.id })}
        >
          <View className="between">
            <Text className="strong grow">{plot.name}</Text>
            <Tag tone={tones[plot.state]}>{plotWords[plot.state]}</Tag>
          </View>
          <Text className="soft">{[hillName(plot.hill), plot.village].filter(Boolean).join(' · ')}</Text>
          {plot.state === 'verified' ? <PlotBalance plot={plot} /> : null}
          {plot.state === 'rejected' && plot.reasons ? <Text className="field-words">{t.reasons(plot.reasons)}</Text> : null}
        </View>
      )}
    />
  )
}

function Batches({ shopId }: { shopId: ShopId }) {
  const list = usePages<OurBatch>((cursor) => ourBatches(shopId, cursor), [shopId])
  useFresh(list)
  useReachBottom(list.more)
  const add = () => go('batchForm', { shop: shopId })
  return (
    <Growing
      of={list}
      className="page-pad stack"
      empty={<Empty icon="leaf" title={t.emptyBatches} hint={t.emptyBatchesHint} act={t.addBatch} onAct={add} />}
      row={(batch) => (
        <View
          key={batch.id}
          className="card stack"
          ariaRole="button"
          ariaLabel={batch.code}
          onClick={() => go('batchForm', { shop: shopId, id: batch.id })}
        >
          <View className="between">
            <Text className="strong grow">{batch.code}</Text>
            <Tag tone={tones[batch.state]}>{batchWords[batch.state]}</Tag>
          </View>
          <Text className="soft">
            {[classWords[batch.productClass], hillName(batch.hill), batch.materialYear].filter(Boolean).join(' · ')}
          </Text>
          {batch.state === 'verified' || batch.state === 'frozen' ? <BatchBalance batch={batch} /> : null}
          {(batch.state === 'rejected' || batch.state === 'frozen') && batch.reasons ? (
            <Text className="field-words">{t.reasons(batch.reasons)}</Text>
          ) : null}
        </View>
      )}
    />
  )
}
