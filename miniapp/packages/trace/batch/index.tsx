import { netWords } from '@shared/catalogue/units.ts'
import { classWords } from '@shared/catalogue/words.ts'
import type { BatchId } from '@shared/ids.ts'
import { businessDay, type Instant } from '@shared/time.ts'
import { basisWords, type Statement } from '@shared/traceability/statements.ts'
import { storedWords } from '@shared/traceability/units.ts'
import { Text, View } from '@tarojs/components'
import { useRouter, useShareAppMessage } from '@tarojs/taro'
import { batchPage } from '../../../features/traceability/calls'
import { go, goBack, pathOf } from '../../../lib/go'
import { useLoad } from '../../../lib/load'
import { texts } from '../../../texts'
import { traceTexts } from '../../../texts/trace'
import { Empty } from '../../../ui/empty'
import { Icon } from '../../../ui/icon'
import { Loading } from '../../../ui/loading'
import { Photo } from '../../../ui/photo'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tag } from '../../../ui/tag'
import { Tap } from '../../../ui/tap'
import '../../../features/traceability/trace.scss'

const t = traceTexts.page
const tones = { proved: 'leaf', checked: 'liquor', said: 'quiet' } as const

/** A batch as anyone may read it: every line says on what it stands, and what is not known stands there too. */
export default function Batch() {
  const batchId = (useRouter().params.id ?? '') as BatchId
  const page = useLoad(() => batchPage(batchId), [batchId])
  useShareAppMessage(() => ({ title: page.data ? t.code(page.data.code) : t.title, path: pathOf('batch', { id: batchId }) }))
  return (
    <Screen>
      {page.gone ? (
        <Empty title={t.gone} act={texts.common.back} onAct={goBack} />
      ) : (
        <Loading of={page} skeleton={<Skeleton kind="rows" count={6} />}>
          {(batch) => (
            <View className="page-pad stack">
              <View className="stack">
                <Text className="section-title">{t.code(batch.code)}</Text>
                <View className="wrap">
                  <Tag tone="tea">{classWords[batch.productClass]}</Tag>
                  {batch.verifiedAt === null || batch.state === 'frozen' ? null : (
                    <Tag tone="leaf">{t.verified(businessDay(batch.verifiedAt))}</Tag>
                  )}
                  {batch.storedSince === null ? null : (
                    <Tag>{t.stored(storedWords(businessDay(batch.storedSince), businessDay(Date.now() as Instant)))}</Tag>
                  )}
                </View>
                <Tap look="quiet" onTap={() => go('shop', { id: batch.shop.id })}>
                  {t.shop(batch.shop.name)}
                </Tap>
              </View>
              {batch.state === 'frozen' ? (
                <View className="banner banner-alarm">
                  <Text>{t.frozen}</Text>
                </View>
              ) : null}
              <View className="card">
                <Text className="strong">{t.what}</Text>
                <Lines of={batch.statements} />
              </View>
              {batch.plots.length > 0 ? (
                <View className="card stack">
                  <Text className="strong">{t.plots}</Text>
                  {batch.plots.map((plot) => (
                    <View key={plot.id} className="trace-row">
                      <View className="between">
                        <Text className="strong grow">{plot.name}</Text>
                        {plot.verified ? null : <Tag tone="alarm">{t.revoked}</Tag>}
                      </View>
                      {plot.took.map(({ year, grams }) => (
                        <View key={year}>
                          <Text className="soft">{t.took(year, netWords(grams))}</Text>
                        </View>
                      ))}
                      <Lines of={plot.statements} />
                    </View>
                  ))}
                  <Text className="hint">{t.landPapers}</Text>
                </View>
              ) : null}
              {batch.parents.length > 0 ? (
                <View className="card stack">
                  <Text className="strong">{t.parents}</Text>
                  {batch.parents.map((parent) => (
                    <View key={parent.id} className="between" ariaRole="button" onClick={() => go('batch', { id: parent.id })}>
                      <Text className="grow">{t.parent(parent.code, netWords(parent.grams))}</Text>
                      {parent.isFrozen ? <Tag tone="alarm">{t.parentFrozen}</Tag> : <Icon name="next" />}
                    </View>
                  ))}
                </View>
              ) : null}
              {batch.labReports.length > 0 ? (
                <View className="card stack">
                  <Text className="strong">{t.reports}</Text>
                  {batch.labReports.map((report) => (
                    <View key={report.paperId} className="trace-row">
                      <View className="between">
                        <Text className="grow">{t.lab(report.lab, report.cmaNumber)}</Text>
                        {report.isOld ? <Tag tone="liquor">{t.old}</Tag> : null}
                      </View>
                      <Text className="hint num">{`${t.report(report.number)} · ${t.tested(report.reportDay, report.sampleBatch)}`}</Text>
                      {report.results.map((row) => (
                        <View key={row.item} className="trace-fact">
                          <View className="grow">
                            <Text>{row.item}</Text>
                            <View>
                              <Text className="small soft num">
                                {[row.value, row.limit ? t.limit(row.limit) : ''].filter(Boolean).join('，')}
                              </Text>
                            </View>
                          </View>
                          <Tag tone={row.passed ? 'leaf' : 'alarm'}>{row.passed ? t.passed : t.failed}</Tag>
                        </View>
                      ))}
                    </View>
                  ))}
                </View>
              ) : null}
              {batch.reports.length > 0 ? (
                <View className="card stack">
                  <Text className="strong">{t.attached}</Text>
                  {batch.reports.map((report) => (
                    <View key={report.number} className="stack">
                      <Text>{t.report(report.number)}</Text>
                      {report.picture ? <Photo src={report.picture.full} alt={t.report(report.number)} /> : null}
                    </View>
                  ))}
                </View>
              ) : null}
              <View className="card stack">
                <Text className="strong">{t.gaps}</Text>
                {batch.gaps.map((gap) => (
                  <Text key={gap} className="soft">
                    {gap}
                  </Text>
                ))}
              </View>
              <Text className="hint">{t.legend}</Text>
            </View>
          )}
        </Loading>
      )}
    </Screen>
  )
}

const Lines = ({ of }: { of: readonly Statement[] }) => (
  <View>
    {of.map((line) => (
      <View key={line.label} className="trace-fact">
        <Text className="hint trace-label">{line.label}</Text>
        <View className="grow">
          <Text>{line.value}</Text>
          {line.paper && line.paper !== line.value ? (
            <View>
              <Text className="small soft">{line.paper}</Text>
            </View>
          ) : null}
        </View>
        <Tag tone={tones[line.basis]}>{basisWords[line.basis]}</Tag>
      </View>
    ))}
  </View>
)
