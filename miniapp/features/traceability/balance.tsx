/** How full an account is: what a plot's years have given, what of a batch is listed and blended. */
import { netWords } from '@shared/catalogue/units.ts'
import { Text, View } from '@tarojs/components'
import { traceTexts } from '../../texts/trace'
import './trace.scss'

const t = traceTexts.land
const per = (part: number, whole: number): string => `${whole === 0 ? 0 : Math.min(100, Math.round((part / whole) * 1000) / 10)}%`

export function PlotBalance({ plot }: { plot: { grantedGrams: number; years: readonly { year: number; takenGrams: number }[] } }) {
  const bound = netWords(plot.grantedGrams)
  if (plot.years.length === 0) return <Text className="hint">{t.noYears(bound)}</Text>
  return (
    <View className="stack">
      {plot.years.map(({ year, takenGrams }) => (
        <View key={year}>
          <View className="balance-bar">
            <View className="balance-taken" style={{ width: per(takenGrams, plot.grantedGrams) }} />
          </View>
          <Text className="small soft">{t.year(year, netWords(takenGrams), bound)}</Text>
        </View>
      ))}
    </View>
  )
}

export function BatchBalance({ batch }: { batch: { madeGrams: number; listedGrams: number; usedGrams: number } }) {
  const { madeGrams: made, listedGrams: listed, usedGrams: used } = batch
  return (
    <View>
      <View className="balance-bar">
        <View className="balance-taken" style={{ width: per(listed, made) }} />
        <View className="balance-used" style={{ width: per(used, made) }} />
      </View>
      <Text className="small soft">{`${t.account(netWords(made), netWords(listed), netWords(used))} · ${t.left(netWords(Math.max(0, made - listed - used)))}`}</Text>
    </View>
  )
}
