import type { PaperId, ShopId } from '@shared/ids.ts'
import { paperActWords } from '@shared/tenants/paper-flow.ts'
import { emptyPaper, missingInPaper, type PaperDraft, type PaperKind, paperForms, paperKinds, paperWords } from '@shared/tenants/papers.ts'
import { businessDay, type Instant } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import type { Sent } from '../../../features/assets/photos-field'
import { endingOf, PaperTag } from '../../../features/tenants/paper-card'
import { discardPaper, type PaperPage, paper, recallPaper, savePaper, submitPaper } from '../../../features/tenants/papers'
import { useDraft } from '../../../lib/draft'
import { goBack, goInstead } from '../../../lib/go'
import { useAct, useLoad } from '../../../lib/load'
import { confirm, fieldsOf, say, wordsOf } from '../../../lib/trouble'
import { paperTexts as t } from '../../../texts/papers'
import { Loading } from '../../../ui/loading'
import { Screen } from '../../../ui/screen'
import { Skeleton } from '../../../ui/skeleton'
import { Tap } from '../../../ui/tap'
import { PaperFields } from './paper-fields'

export default function PaperForm() {
  const params = useRouter().params
  const shopId = (params.shop ?? '') as ShopId
  const kind = paperKinds.find((k) => k === params.kind)
  if (params.id) return <Kept shopId={shopId} paperId={params.id as PaperId} />
  return <Screen>{kind ? <Form shopId={shopId} kind={kind} page={null} /> : <Kinds shopId={shopId} />}</Screen>
}

/** Which paper it is, with when one needs it. */
function Kinds({ shopId }: { shopId: ShopId }) {
  return (
    <View className="page-pad stack">
      <Text className="section-title">{t.choose}</Text>
      {paperKinds.map((kind) => (
        <View
          key={kind}
          className="card"
          onClick={() => goInstead('paperForm', { shop: shopId, kind })}
          ariaRole="button"
          ariaLabel={paperWords[kind]}
        >
          <View>
            <Text className="strong">{paperWords[kind]}</Text>
          </View>
          <Text className="hint">{paperForms[kind].sentence}</Text>
        </View>
      ))}
    </View>
  )
}

function Kept({ shopId, paperId }: { shopId: ShopId; paperId: PaperId }) {
  const page = useLoad(() => paper(shopId, paperId), [shopId, paperId])
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="rows" count={5} />}>
        {(one) => <Form key={`${one.id}${one.state}`} shopId={shopId} kind={one.kind} page={one} again={() => page.again()} />}
      </Loading>
    </Screen>
  )
}

interface Typed {
  draft: PaperDraft
  photos: Sent[]
}

function Form({ shopId, kind, page, again }: { shopId: ShopId; kind: PaperKind; page: PaperPage | null; again?: () => Promise<void> }) {
  const mayWrite = page?.mayWrite ?? true
  const [start] = useState<Typed>(() => ({
    draft: page?.draft ?? emptyPaper(kind),
    photos: page?.pictures.map(({ id, thumb }) => ({ id, thumb })) ?? [],
  }))
  const form = useDraft<Typed>(`paper.${shopId}.${page?.id ?? kind}.${mayWrite ? 'write' : 'read'}`, start)
  const { draft, photos } = form.value
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [busy, act] = useAct()
  const done = async (paperId: PaperId, words: string) => {
    say(words)
    if (page) await again?.()
    else goInstead('paperForm', { shop: shopId, id: paperId })
  }
  const fail = (error: unknown) => {
    setWrong(Object.fromEntries(Object.entries(fieldsOf(error)).map(([name, words]) => [name.replace(/^draft\.(\w+).*$/, '$1'), words])))
    say(wordsOf(error))
  }
  const save = async (): Promise<PaperId> => {
    const { paperId } = await savePaper(shopId, draft, page?.id)
    form.clear()
    return paperId
  }
  const keep = () =>
    act(async () => {
      try {
        await done(await save(), t.saved)
      } catch (error) {
        fail(error)
      }
    })
  const send = () =>
    act(async () => {
      const lacks = missingInPaper(draft, businessDay(Date.now() as Instant))
      setWrong(Object.fromEntries(lacks.map(({ field, words }) => [field, words])))
      if (lacks.length > 0) return say(t.lacks(lacks.length))
      try {
        const paperId = await save()
        try {
          await submitPaper(shopId, paperId)
          await done(paperId, t.submitted)
        } catch (error) {
          fail(error)
          if (!page) goInstead('paperForm', { shop: shopId, id: paperId })
        }
      } catch (error) {
        fail(error)
      }
    })
  const move = (call: typeof recallPaper, words: string, leave: boolean) =>
    act(async () => {
      if (!page) return
      if (leave && !(await confirm(t.discardTitle, t.discardHint, paperActWords.discard))) return
      try {
        await call(shopId, page.id)
        form.clear()
        say(words)
        if (leave) goBack()
        else await again?.()
      } catch (error) {
        say(wordsOf(error))
      }
    })
  const ending = page ? endingOf(page) : ''
  return (
    <View className="page-pad stack">
      <View className="between">
        <Text className="section-title grow">{paperWords[kind]}</Text>
        {page ? <PaperTag state={page.state} /> : null}
      </View>
      <Text className="hint">{paperForms[kind].sentence}</Text>
      {ending ? <Text className="soft">{ending}</Text> : null}
      {page?.reasons ? (
        <View className="banner banner-alarm">
          <Text>{t.reasons(page.reasons)}</Text>
        </View>
      ) : null}
      <PaperFields
        shopId={shopId}
        draft={draft}
        photos={photos}
        wrong={wrong}
        mayWrite={mayWrite}
        onChange={(change) => form.set({ draft: { ...draft, ...change } })}
        onPhotos={(next) => form.set({ photos: next, draft: { ...draft, pictures: next.map((p) => p.id) } })}
      />
      {mayWrite ? (
        <View className="stack">
          <Tap look="main" wide busy={busy} onTap={() => void send()}>
            {paperActWords.submit}
          </Tap>
          <Tap wide busy={busy} onTap={() => void keep()}>
            {t.save}
          </Tap>
        </View>
      ) : null}
      {page?.acts.includes('recall') ? (
        <Tap wide busy={busy} onTap={() => void move(recallPaper, t.recalled, false)}>
          {paperActWords.recall}
        </Tap>
      ) : null}
      {page?.acts.includes('discard') ? (
        <Tap look="quiet" busy={busy} onTap={() => void move(discardPaper, t.discarded, true)}>
          {paperActWords.discard}
        </Tap>
      ) : null}
    </View>
  )
}
