/** A broadcast seen again: its films, what was explained when, and what that costs today. */
import type { ListingId, LiveSessionId } from '@shared/ids.ts'
import { momentIn } from '@shared/live/replay.ts'
import { yuan } from '@shared/money.ts'
import { longTime, span } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { useRouter, useShareAppMessage } from '@tarojs/taro'
import { useState } from 'react'
import { answersIn, type Replay, replayOf } from '../../../features/live/calls'
import { onOrigin } from '../../../lib/device'
import { go, pathOf } from '../../../lib/go'
import { useLoad } from '../../../lib/load'
import { texts } from '../../../texts'
import { shopTexts } from '../../../texts/shop'
import { Empty } from '../../../ui/empty'
import { Film } from '../../../ui/film'
import { Loading } from '../../../ui/loading'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tag } from '../../../ui/tag'
import { Tap } from '../../../ui/tap'
import './index.scss'

const t = shopTexts.replay
/** How long before its mark an answer is taken to have begun, ms. */
const BEFORE = 20_000

export default function ReplayPage() {
  const params = useRouter().params
  const id = (params.id ?? '') as LiveSessionId
  const page = useLoad(
    () =>
      replayOf(id, {
        ...(params.at ? { at: Number(params.at) } : {}),
        ...(params.teas ? { listingIds: params.teas.split(',') as ListingId[] } : {}),
      }),
    [id],
  )
  useShareAppMessage(() => ({ title: page.data ? t.shared(page.data.session.title) : texts.app.name, path: pathOf('replay', { id }) }))
  return (
    <Screen>
      {page.gone ? (
        <Empty icon="video" title={t.gone} hint={t.goneHint} act={t.toRoom} onAct={() => go('liveRoom', { id })} />
      ) : (
        <Loading of={page} skeleton={<Skeleton kind="rows" count={4} />}>
          {(data) => <Whole page={data} />}
        </Loading>
      )}
    </Screen>
  )
}

function Whole({ page }: { page: Replay }) {
  const first = page.start ?? page.chapters[0] ?? { film: 0, offsetMs: 0 }
  const [here, setHere] = useState({ film: first.film, at: first.offsetMs / 1000, turn: 0 })
  const [now, setNow] = useState(here.at)
  const film = page.films[here.film]
  const jump = (to: { film: number; offsetMs: number }) => {
    setHere((h) => ({ film: to.film, at: to.offsetMs / 1000, turn: h.turn + 1 }))
    setNow(to.offsetMs / 1000)
  }
  const on = page.chapters.findLast((c) => c.film === here.film && c.offsetMs / 1000 <= now + 0.5)
  if (!film) return null
  return (
    <View>
      <Film
        src={onOrigin(film.url)}
        at={here.at}
        turn={here.turn}
        label={t.label(page.session.title)}
        onTime={(seconds) => {
          // once a second is enough for the mark beside a chapter
          if (Math.floor(seconds) !== Math.floor(now)) setNow(seconds)
        }}
        onEnd={() => {
          if (page.films[here.film + 1]) jump({ film: here.film + 1, offsetMs: 0 })
        }}
      />
      <View className="page-pad stack">
        <View>
          <Text className="section-title">{page.session.title}</Text>
          {page.session.aiHost ? <Tag tone="alarm">{texts.live.aiHost}</Tag> : null}
          <View className="between">
            <Text className="hint num">{t.shownOn(longTime(page.session.startedAt ?? page.session.startsAt))}</Text>
            <Tap look="quiet" onTap={() => go('shop', { id: page.session.shop.id })}>
              {page.session.shop.name}
            </Tap>
          </View>
        </View>
        <Text className="hint">{t.priceHint}</Text>
        <Answers page={page} onJump={jump} />
        {page.chapters.length === 0 ? <Text className="soft">{t.noChapters}</Text> : null}
        {page.chapters.map((chapter) => (
          <View key={chapter.at} className={chapter === on ? 'card chapter chapter-on' : 'card chapter'}>
            <Text className="chapter-n num">{chapter.item ? String(chapter.item.number) : '·'}</Text>
            <View className="grow">
              <Text className="strong clip-2">{chapter.item?.title ?? t.wareGone}</Text>
              <View>
                <Text className="hint num">{t.lasts(span(chapter.ms))}</Text>
                {chapter.item?.onSale ? (
                  <Text className="hint num">{` · ${t.price(yuan(chapter.item.priceFen), chapter.item.unit)}`}</Text>
                ) : null}
              </View>
              {chapter.item?.onSale ? null : <Tag tone="quiet">{t.offSale}</Tag>}
            </View>
            <View className="stack">
              <Tap look="plain" label={t.playOf(chapter.item?.title ?? t.wareGone)} onTap={() => jump(chapter)}>
                {t.play}
              </Tap>
              {chapter.item?.onSale ? (
                <Tap look="quiet" onTap={() => go('listing', { id: chapter.item?.listingId })}>
                  {t.toTea}
                </Tap>
              ) : null}
            </View>
          </View>
        ))}
      </View>
    </View>
  )
}

/** What was asked and answered, each with the second of its answer. */
function Answers({ page, onJump }: { page: Replay; onJump: (to: { film: number; offsetMs: number }) => void }) {
  const { data: answers } = useLoad(() => answersIn(page.session.id), [page.session.id])
  const found = answers?.flatMap((a) => {
    const moment = momentIn(page.films, a.at)
    return moment ? [{ ...a, moment }] : []
  })
  if (!found || found.length === 0) return null
  return (
    <View className="card stack">
      <Text className="strong">{t.answers}</Text>
      {found.map((a) => (
        <View key={`${a.at}${a.text}`} className="between">
          <View className="grow">
            <Text>{a.text}</Text>
            {a.reply ? (
              <View>
                <Text className="hint">{a.reply}</Text>
              </View>
            ) : null}
          </View>
          {/* the answer was given before it was marked */}
          <Tap
            look="plain"
            label={t.playOf(a.text)}
            onTap={() => onJump({ ...a.moment, offsetMs: Math.max(0, a.moment.offsetMs - BEFORE) })}
          >
            {t.play}
          </Tap>
        </View>
      ))}
    </View>
  )
}
