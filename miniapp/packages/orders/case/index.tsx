import type { AfterSaleId } from '@shared/ids.ts'
import { yuan } from '@shared/money.ts'
import { couriers } from '@shared/shipping/couriers.ts'
import { dayAndTime, longTime } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { type CasePage, caseOf, escalateCase, sendBack, withdrawCase } from '../../../features/after-sale/calls'
import { useDraft } from '../../../lib/draft'
import { useAct, useLoad } from '../../../lib/load'
import { confirm, fieldsOf, say, wordsOf } from '../../../lib/trouble'
import { afterSaleTexts as t } from '../../../texts/after-sale'
import { LongField, PickField, TextField } from '../../../ui/field'
import { Loading } from '../../../ui/loading'
import { Photo } from '../../../ui/photo'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tap } from '../../../ui/tap'

/** One case: how it stands, what is to be done by whom and until when, and every step so far. */
export default function Case() {
  const id = (useRouter().params.id ?? '') as AfterSaleId
  const page = useLoad(() => caseOf(id), [id])
  usePullDownRefresh(() => {
    void page.again().finally(() => Taro.stopPullDownRefresh())
  })
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="rows" count={4} />}>
        {(one) => <Whole key={one.state} one={one} onDone={() => void page.again()} />}
      </Loading>
    </Screen>
  )
}

function Whole({ one, onDone }: { one: CasePage; onDone: () => void }) {
  const does = (what: string) => (one.acts as string[]).includes(what)
  return (
    <View className="page-pad stack">
      <View className="order-state">
        <Text className="order-state-words">{one.stateWords}</Text>
        {one.dueAt !== null && one.state !== 'withdrawn' ? <Text className="soft num">{t.due(dayAndTime(one.dueAt))}</Text> : null}
      </View>
      <View className="card stack">
        <View className="between">
          <Text className="strong">{`${one.kindWords} · ${one.reason}`}</Text>
          {one.kind === 'refund' || one.kind === 'return' ? (
            <Text className="strong num">{`${one.state === 'refunded' ? t.refunded : t.asked} ¥${yuan(one.askedFen)}`}</Text>
          ) : null}
        </View>
        {one.lines.map((l) => (
          <View key={l.id} className="row">
            <View className="case-photo">
              <Photo src={l.picture?.thumb} alt={l.title} />
            </View>
            <View className="grow">
              <Text className="clip-2">{l.title}</Text>
              <Text className="hint">{`${l.skuName} × ${l.units}`}</Text>
            </View>
          </View>
        ))}
        {one.returned ? <Text className="soft num">{`${t.parcelBack} ${one.returned.courierName} ${one.returned.trackingNo}`}</Text> : null}
        {one.reshipped ? (
          <Text className="soft num">{`${t.parcelAgain} ${one.reshipped.courierName} ${one.reshipped.trackingNo}`}</Text>
        ) : null}
      </View>
      {does('sendBack') ? <SendBack one={one} onDone={onDone} /> : null}
      {does('escalate') ? <Escalate one={one} onDone={onDone} /> : null}
      {does('withdraw') ? <Withdraw one={one} onDone={onDone} /> : null}
      <View className="card">
        <Text className="hint">{t.steps}</Text>
        {one.steps.map((s) => (
          <View key={s.no} className="order-step">
            <View className="order-dot" />
            <View className="grow">
              <Text>{`${s.who} · ${s.act}`}</Text>
              {s.words ? (
                <View>
                  <Text className="soft">{s.words}</Text>
                </View>
              ) : null}
              {s.pictures.length > 0 ? (
                <View className="wrap">
                  {s.pictures.map((p) => (
                    <View
                      key={p.id}
                      className="case-photo"
                      onClick={() => void Taro.previewImage({ urls: s.pictures.map((x) => x.full), current: p.full })}
                    >
                      <Photo src={p.thumb} alt={t.photos} />
                    </View>
                  ))}
                </View>
              ) : null}
              <View>
                <Text className="hint num">{longTime(s.at)}</Text>
              </View>
            </View>
          </View>
        ))}
      </View>
    </View>
  )
}

interface Doing {
  one: CasePage
  onDone: () => void
}

function Withdraw({ one, onDone }: Doing) {
  const [busy, act] = useAct()
  return (
    <Tap
      look="quiet"
      busy={busy}
      onTap={() =>
        void act(async () => {
          if (!(await confirm(t.withdrawTitle, t.withdrawHint, t.withdraw))) return
          await withdrawCase(one.id).catch((error: unknown) => say(wordsOf(error)))
          onDone()
        })
      }
    >
      {t.withdraw}
    </Tap>
  )
}

function SendBack({ one, onDone }: Doing) {
  const draft = useDraft(`send-back.${one.id}`, { courier: '', no: '' })
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [busy, act] = useAct()
  const v = draft.value
  return (
    <View className="card">
      <PickField
        label={t.courier}
        wrong={wrong.courier}
        value={v.courier || null}
        options={Object.entries(couriers).map(([value, words]) => ({ value, words }))}
        onChange={(courier) => draft.set({ courier })}
      />
      <TextField label={t.no} hint={t.noHint} wrong={wrong.trackingNo} max={30} value={v.no} onChange={(no) => draft.set({ no })} />
      <Tap
        look="main"
        wide
        busy={busy}
        onTap={() =>
          void act(async () => {
            try {
              await sendBack(one.id, v.courier, v.no)
              draft.clear()
              onDone()
            } catch (error) {
              setWrong(fieldsOf(error))
              say(wordsOf(error))
            }
          })
        }
      >
        {t.sendBack}
      </Tap>
    </View>
  )
}

function Escalate({ one, onDone }: Doing) {
  const draft = useDraft(`escalate.${one.id}`, { words: '' })
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [busy, act] = useAct()
  return (
    <View className="card">
      <LongField
        label={t.escalateWords}
        hint={t.escalateHint}
        wrong={wrong.words}
        max={200}
        value={draft.value.words}
        onChange={(words) => draft.set({ words })}
      />
      <Tap
        look="main"
        wide
        busy={busy}
        onTap={() =>
          void act(async () => {
            try {
              await escalateCase(one.id, draft.value.words.trim())
              draft.clear()
              onDone()
            } catch (error) {
              setWrong(fieldsOf(error))
              say(wordsOf(error))
            }
          })
        }
      >
        {t.escalate}
      </Tap>
    </View>
  )
}
