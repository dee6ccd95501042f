import { longTime } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { confirmPairing, type Pairing, pairing, refusePairing, sceneIn } from '../../../features/identity/calls'
import { goBack } from '../../../lib/go'
import { useAct, useLoad } from '../../../lib/load'
import { say, wordsOf } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { farmerTexts } from '../../../texts/farmer'
import { Empty } from '../../../ui/empty'
import { TextField } from '../../../ui/field'
import { Loading } from '../../../ui/loading'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tap } from '../../../ui/tap'
import './index.scss'

const t = farmerTexts.pairing

/** Confirms a console's log-in: scanning alone logs nobody in, the person chooses the number that stands on the screen. */
export default function PairingPage() {
  const [scene, setScene] = useState(sceneIn(useRouter().params.scene ?? ''))
  return <Screen>{scene ? <Asked scene={scene} /> : <NoScene onScene={setScene} />}</Screen>
}

function NoScene({ onScene }: { onScene: (scene: string) => void }) {
  const [typed, setTyped] = useState('')
  const go = () => {
    const found = sceneIn(typed.trim())
    if (found) onScene(found)
    else say(texts.mine.notACode)
  }
  return (
    <View className="page-pad">
      <Empty icon="scan" title={t.noScene} hint={t.noSceneHint} />
      <TextField label={t.sceneLabel} value={typed} max={200} onChange={setTyped} />
      <Tap look="main" wide disabled={typed.trim() === ''} onTap={go}>
        {t.sceneGo}
      </Tap>
    </View>
  )
}

function Asked({ scene }: { scene: string }) {
  const asked = useLoad(() => pairing(scene), [scene])
  const [end, setEnd] = useState<'done' | 'refused' | null>(null)
  if (end)
    return (
      <Empty
        icon={end === 'done' ? 'check' : 'close'}
        title={end === 'done' ? t.done : t.refused}
        hint={end === 'done' ? t.doneHint : t.refusedHint}
        act={texts.common.back}
        onAct={goBack}
      />
    )
  return (
    <Loading of={asked} skeleton={<Skeleton kind="rows" count={3} />}>
      {(p) => <Choose pairing={p} onEnd={setEnd} />}
    </Loading>
  )
}

function Choose({ pairing: p, onEnd }: { pairing: Pairing; onEnd: (end: 'done' | 'refused') => void }) {
  const [busy, act] = useAct()
  const [trouble, setTrouble] = useState<string | null>(null)
  const choose = (number: string) =>
    act(async () => {
      try {
        await confirmPairing(p.pairingId, number)
        onEnd('done')
      } catch (error) {
        setTrouble(wordsOf(error))
      }
    })
  const refuse = () =>
    act(async () => {
      try {
        await refusePairing(p.pairingId)
        onEnd('refused')
      } catch (error) {
        setTrouble(wordsOf(error))
      }
    })
  if (trouble) return <Empty icon="close" title={t.failed} hint={trouble} act={texts.common.back} onAct={goBack} />
  return (
    <View className="page-pad stack">
      <Text className="section-title">{t.ask}</Text>
      <View className="card facts">
        {(
          [
            [t.browser, p.browser],
            [t.place, p.place],
            [t.startedAt, longTime(p.startedAt)],
          ] as const
        ).map(([label, value]) => (
          <View key={label} className="fact">
            <Text className="fact-label">{label}</Text>
            <Text className="fact-value">{value}</Text>
          </View>
        ))}
      </View>
      <Text className="strong">{t.choose}</Text>
      <View className="pairing-choices">
        {p.choices.map((number) => (
          <Tap key={number} look="plain" className="pairing-number" busy={busy} onTap={() => void choose(number)}>
            {number}
          </Tap>
        ))}
      </View>
      <Text className="hint">{t.chooseHint}</Text>
      <Tap look="danger" wide busy={busy} onTap={() => void refuse()}>
        {t.notMe}
      </Tap>
    </View>
  )
}
