import { type Chosen, type Sort, searchLimits, sorts, sortWords, yieldedWords } from '@shared/search/facets.ts'
import { Input, Text, View } from '@tarojs/components'
import Taro, { usePullDownRefresh, useReachBottom, useRouter } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { TeaCard } from '../../../features/catalogue/tea-card'
import { type Ask, type Found, findTeas, suggestWords, type Tea } from '../../../features/search/calls'
import { FacetSheet } from '../../../features/search/facet-sheet'
import { forget, readHistory, remember } from '../../../features/search/history'
import { goHome } from '../../../lib/go'
import { useLoad, usePages } from '../../../lib/load'
import { texts } from '../../../texts'
import { find as t } from '../../../texts/find'
import { Empty } from '../../../ui/empty'
import { Growing } from '../../../ui/growing'
import { Icon } from '../../../ui/icon'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tabs } from '../../../ui/tabs'
import { Tap } from '../../../ui/tap'
import './index.scss'

/** How long a thumb rests before words are suggested. */
const REST = 250

export default function Search() {
  const given = useRouter().params.text
  const [typed, setTyped] = useState(given ? decodeURIComponent(given) : '')
  /** What was asked for; null while it is still being typed. */
  const [asked, setAsked] = useState<string | null>(typed === '' ? null : typed)
  const [history, setHistory] = useState(readHistory)
  const submit = (words: string) => {
    const text = words.trim()
    setTyped(text)
    setAsked(text)
    if (text !== '') setHistory(remember(text))
  }
  return (
    <Screen>
      <View className="find-bar">
        <View className="field-box find-box">
          <Icon name="search" />
          <Input
            className="field-input"
            value={typed}
            maxlength={searchLimits.text}
            confirmType="search"
            focus={asked === null}
            placeholder={t.placeholder}
            placeholderClass="field-ghost"
            ariaLabel={t.placeholder}
            onInput={(e) => {
              setTyped(e.detail.value)
              setAsked(null)
            }}
            onConfirm={() => submit(typed)}
          />
          {typed === '' ? null : (
            <Tap
              look="bare"
              className="find-clear"
              label={t.clear}
              onTap={() => {
                setTyped('')
                setAsked(null)
              }}
            >
              <Icon name="close" />
            </Tap>
          )}
        </View>
        <Tap look="main" onTap={() => submit(typed)}>
          {t.go}
        </Tap>
      </View>
      {asked !== null ? (
        <Results text={asked} />
      ) : typed.trim() === '' ? (
        <Before
          history={history}
          onAsk={submit}
          onForget={() => {
            forget()
            setHistory([])
          }}
        />
      ) : (
        <Suggestions text={typed.trim()} onAsk={submit} />
      )}
    </Screen>
  )
}

/** Before anything is typed: what was asked for on this phone, and what can be asked for. */
function Before({ history, onAsk, onForget }: { history: string[]; onAsk: (text: string) => void; onForget: () => void }) {
  return (
    <View className="page-pad stack">
      {history.length > 0 ? (
        <View>
          <View className="between">
            <Text className="section-title">{t.history}</Text>
            <Tap look="quiet" onTap={onForget}>
              {t.forget}
            </Tap>
          </View>
          <Words words={history} onAsk={onAsk} />
        </View>
      ) : null}
      <View className="stack">
        <Text className="section-title">{t.tips}</Text>
        <Words words={t.examples} onAsk={onAsk} />
        <Text className="hint">{t.tipsHint}</Text>
      </View>
      <Tap onTap={() => onAsk('')}>{t.allTeas}</Tap>
    </View>
  )
}

function Words({ words, onAsk }: { words: readonly string[]; onAsk: (text: string) => void }) {
  return (
    <View className="choices">
      {words.map((word) => (
        <Tap key={word} look="bare" className="choice" onTap={() => onAsk(word)}>
          <Text className="clip-1">{word}</Text>
        </Tap>
      ))}
    </View>
  )
}

/** Words that go on from what is typed. A failure shows nothing: the search itself is still there. */
function Suggestions({ text, onAsk }: { text: string; onAsk: (text: string) => void }) {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST)
    return () => clearTimeout(timer)
  }, [text])
  const found = useLoad(() => suggestWords(rested), [rested])
  return (
    <View className="page-pad">
      {(found.data?.words ?? []).map(({ word, count }) => (
        <Tap key={word} look="bare" className="find-suggestion" onTap={() => onAsk(word)}>
          <Icon name="search" />
          <Text className="grow">{word}</Text>
          {count > 0 ? <Text className="hint">{t.count(count)}</Text> : null}
        </Tap>
      ))}
    </View>
  )
}

function Results({ text }: { text: string }) {
  const [sort, setSort] = useState<Sort>('relevance')
  const [chosen, setChosen] = useState<Chosen>({})
  const [narrowing, setNarrowing] = useState(false)
  const ask: Ask = { text, chosen, sort }
  const list = usePages<Tea, Found>((cursor) => findTeas(ask, cursor), [text, sort, JSON.stringify(chosen)])
  useReachBottom(list.more)
  usePullDownRefresh(() => {
    void list.again().finally(() => Taro.stopPullDownRefresh())
  })
  const narrowedBy = Object.values(chosen).reduce((n, values) => n + (values?.length ?? 0), 0)
  return (
    <View>
      <View className="find-head">
        <View className="grow">
          <Tabs value={sort} onChange={setSort} options={sorts.map((s) => ({ value: s, words: sortWords[s] }))} />
        </View>
        <Tap look="quiet" className={narrowedBy > 0 ? 'strong' : 'soft'} onTap={() => setNarrowing(true)}>
          {narrowedBy > 0 ? t.narrowed(narrowedBy) : t.narrow}
        </Tap>
      </View>
      {list.first ? <Said found={list.first} /> : null}
      <Growing
        of={list}
        className="tea-grid page-pad"
        skeleton={<Skeleton kind="cards" count={4} />}
        empty={<Empty icon="leaf" title={t.nothing} hint={t.nothingHint} act={texts.live.toHome} onAct={goHome} />}
        row={(tea) => <TeaCard key={tea.id} tea={tea} />}
      />
      {narrowing ? (
        <FacetSheet
          ask={ask}
          onClose={() => setNarrowing(false)}
          onChoose={(next) => {
            setChosen(next)
            setNarrowing(false)
          }}
        />
      ) : null}
    </View>
  )
}

/** How many there are, what was taken for a slip, and what had to be given up. */
function Said({ found: { total, corrected, yielded } }: { found: Found }) {
  return (
    <View className="page-pad stack">
      {yielded ? <Text className="banner">{yieldedWords(yielded)}</Text> : null}
      {corrected.map(({ from, to }) => (
        <Text key={from} className="hint">
          {t.corrected(from, to)}
        </Text>
      ))}
      {total > 0 && !yielded ? <Text className="hint">{`${t.total(total)}｜${t.verified}`}</Text> : null}
    </View>
  )
}
