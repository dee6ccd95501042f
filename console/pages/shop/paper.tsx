import type { BatchId, PaperId } from '@shared/ids.ts'
import { paperActWords } from '@shared/tenants/paper-flow.ts'
import { emptyPaper, missingInPaper, type PaperDraft, type PaperKind, paperForms, paperKinds, paperWords } from '@shared/tenants/papers.ts'
import { businessDay, instant } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { PaperFields } from '@/features/tenants/PaperFields.tsx'
import { PaperSays } from '@/features/tenants/PaperSays.tsx'
import { ourBatchOptions, type PaperPage, paperOptions } from '@/features/tenants/queries.ts'
import { Ending, PaperMark } from '@/features/tenants/words.tsx'
import { fieldsOf, wordsOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import type { Picture } from '@/lib/upload.ts'
import { Page } from '@/ui/Page.tsx'
import { Answer, Bones, Empty } from '@/ui/states.tsx'
import { useAct, useAsk } from '@/ui/useAct.ts'

/** One paper: its form while it may be written, else what it says. */
export function Component() {
  const { shopId } = useShop()
  const { paperId } = useParams()
  const [search] = useSearchParams()
  const kind = search.get('kind') as PaperKind
  const isNew = paperId === 'new'
  const one = useQuery({ ...paperOptions(shopId, paperId as PaperId), enabled: !isNew })
  if (isNew)
    return paperKinds.includes(kind) ? (
      <Form key={kind} draft={emptyPaper(kind)} page={null} />
    ) : (
      <Empty title={texts.failure.nothingHere} hint="" />
    )
  return (
    <Answer query={one} bones={<Bones rows={6} height={56} />}>
      {(page) => <Form key={`${page.id}${page.state}`} draft={page.draft} page={page} />}
    </Answer>
  )
}

/** What was typed and not sent yet, by the paper it belongs to. */
const kept = (key: string): { draft: PaperDraft; pictures: Picture[] } | null => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as { draft: PaperDraft; pictures: Picture[] } | null
  } catch {
    return null
  }
}

function Form({ draft: given, page }: { draft: PaperDraft; page: PaperPage | null }) {
  const { shopId } = useShop()
  const navigate = useNavigate()
  const ask = useAsk()
  const mayWrite = page?.mayWrite ?? true
  const key = `chashan.paper.${shopId}.${page?.id ?? given.kind}`
  const [now, setNow] = useState(() => (mayWrite ? kept(key) : null) ?? { draft: given, pictures: page?.pictures ?? [] })
  const [dirty, setDirty] = useState(() => mayWrite && kept(key) !== null)
  const [wrong, setWrong] = useState<Record<string, string>>({})
  useEffect(() => {
    if (dirty) localStorage.setItem(key, JSON.stringify(now))
  }, [dirty, key, now])
  const write = (change: Partial<PaperDraft>, pictures?: Picture[]) => {
    setDirty(true)
    setNow((was) => ({ draft: { ...was.draft, ...change }, pictures: pictures ?? was.pictures }))
  }
  const onPictures = (change: (now: Picture[]) => Picture[]) => {
    setDirty(true)
    setNow((was) => {
      const pictures = change(was.pictures)
      return { draft: { ...was.draft, pictures: pictures.map((p) => p.id) }, pictures }
    })
  }
  const save = async (): Promise<PaperId> => {
    const saved = await trpc.shop.tenants.savePaper.mutate({ shopId, draft: now.draft, ...(page ? { paperId: page.id } : {}) })
    localStorage.removeItem(key)
    setDirty(false)
    return saved.paperId
  }
  const seen = async (paperId: PaperId) => {
    await askAgain(['papers', shopId])
    if (!page) void navigate(`/shop/${shopId}/papers/${paperId}`, { replace: true })
  }
  const failed = (error: unknown) => {
    const fields = fieldsOf(error)
    setWrong(Object.fromEntries(Object.entries(fields).map(([name, words]) => [name.replace(/^draft\.(\w+).*$/, '$1'), words])))
  }
  const keep = useAct(save, { done: texts.papers.saved, after: (paperId) => seen(paperId), failed })
  const submit = useAct(
    async () => {
      const paperId = await save()
      try {
        await trpc.shop.tenants.submitPaper.mutate({ shopId, paperId })
      } catch (error) {
        await seen(paperId)
        throw error
      }
      return paperId
    },
    { done: texts.papers.submitted, after: (paperId) => seen(paperId), failed },
  )
  const send = () => {
    const lacks = missingInPaper(now.draft, businessDay(instant(Date.now())))
    setWrong(Object.fromEntries(lacks.map(({ field, words }) => [field, words])))
    const [first] = lacks
    if (first) document.getElementById(`field-${first.field}`)?.scrollIntoView({ block: 'center' })
    else submit.mutate(undefined)
  }
  const recall = useAct(() => trpc.shop.tenants.recallPaper.mutate({ shopId, paperId: page?.id as PaperId }), {
    done: texts.papers.recalled,
    after: () => askAgain(['papers', shopId]),
  })
  const discard = () =>
    ask({
      title: texts.papers.discardAsk,
      hint: texts.papers.discardHint,
      ok: paperActWords.discard,
      cancel: texts.common.cancel,
      act: async () => {
        await trpc.shop.tenants.discardPaper.mutate({ shopId, paperId: page?.id as PaperId })
        localStorage.removeItem(key)
        await askAgain(['papers', shopId])
        void navigate(`/shop/${shopId}/papers`)
      },
    })
  const busy = keep.isPending || submit.isPending
  return (
    <Page
      title={paperWords[given.kind]}
      aside={<span className="hint">{paperForms[given.kind].sentence}</span>}
      acts={
        <>
          <Button onClick={() => void navigate(`/shop/${shopId}/papers`)}>{texts.common.back}</Button>
          {page?.acts.includes('discard') ? <Button onClick={discard}>{paperActWords.discard}</Button> : null}
          {page?.acts.includes('recall') ? (
            <Button loading={recall.isPending} onClick={() => recall.mutate(undefined)}>
              {paperActWords.recall}
            </Button>
          ) : null}
          {mayWrite ? (
            <>
              <Button loading={keep.isPending} disabled={busy} onClick={() => keep.mutate(undefined)}>
                {texts.common.save}
              </Button>
              <Button type="primary" loading={submit.isPending} disabled={busy} onClick={send}>
                {paperActWords.submit}
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <div className="card stack" style={{ maxWidth: 720 }}>
        {page ? (
          <p className={page.state === 'rejected' ? 'notice alarm' : 'notice'}>
            <PaperMark state={page.state} /> <Ending row={page} />
            {page.reasons ? (
              <>
                <br />
                {page.reasons}
              </>
            ) : null}
          </p>
        ) : null}
        {mayWrite ? (
          <PaperFields
            shopId={shopId}
            draft={now.draft}
            pictures={now.pictures}
            wrong={wrong}
            disabled={busy}
            onChange={write}
            onPictures={onPictures}
          />
        ) : (
          <PaperSays draft={given} pictures={page?.pictures ?? []} wrong={new Map()} batch={(id) => <OurBatch batchId={id} />} />
        )}
      </div>
    </Page>
  )
}

/** A batch of the shop by the code on its label. */
function OurBatch({ batchId }: { batchId: BatchId }) {
  const { shopId } = useShop()
  const batch = useQuery(ourBatchOptions(shopId, batchId))
  return batch.data ? batch.data.code : batch.error ? wordsOf(batch.error) : '…'
}
