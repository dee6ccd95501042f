import { classForms, labelOf } from '@shared/catalogue/classes.ts'
import { type Missing, missing } from '@shared/catalogue/complete.ts'
import { emptyDraft, type ListingDraft } from '@shared/catalogue/draft.ts'
import { fieldWords, type ShopAct, shopActWords } from '@shared/catalogue/words.ts'
import type { ListingId } from '@shared/ids.ts'
import { businessDay, clockTime, type Instant, instant } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { keptDraft } from '@/features/catalogue/draftStore.ts'
import { ListingForm } from '@/features/catalogue/ListingForm.tsx'
import { choicesOf, type ListingOpened, listingOptions } from '@/features/catalogue/queries.ts'
import { StockDialog } from '@/features/catalogue/StockDialog.tsx'
import { type DraftForm, useDraft } from '@/features/catalogue/useDraft.ts'
import { ReviewMark, ShelfMark } from '@/features/catalogue/words.tsx'
import { mayWrite, onTheSet } from '@/lib/may.ts'
import { askAgain } from '@/lib/query.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Page } from '@/ui/Page.tsx'
import { Answer, Bones } from '@/ui/states.tsx'
import { useAct, useAsk } from '@/ui/useAct.ts'
import '@/features/catalogue/ListingForm.css'

const NEW = 'new'

/** The form of a listing, new or opened. A listing born by the first save goes on in the same form. */
export function Component() {
  const { shopId } = useShop()
  const listingId = useParams().listingId ?? NEW
  const navigate = useNavigate()
  const born = useRef<string | null>(null)
  const fresh = listingId === NEW || listingId === born.current
  const opened = useQuery({ ...listingOptions(shopId, listingId as ListingId), enabled: listingId !== NEW, staleTime: 0 })
  const onBorn = (id: ListingId): void => {
    born.current = id
    void navigate(`/shop/${shopId}/listings/${id}`, { replace: true })
  }
  if (fresh) return <Editor key={NEW} opened={opened.data ?? null} listingId={null} onBorn={onBorn} />
  return (
    <Answer
      query={opened}
      bones={
        <div className="page">
          <Bones rows={5} height={120} />
        </div>
      }
    >
      {(data) => <Editor key={listingId} opened={data} listingId={listingId as ListingId} onBorn={onBorn} />}
    </Answer>
  )
}

function Editor({
  opened,
  listingId,
  onBorn,
}: {
  /** Null while the listing has never been saved. */
  opened: ListingOpened | null
  listingId: ListingId | null
  onBorn: (id: ListingId) => void
}) {
  const { shopId, role } = useShop()
  const ask = useAsk()
  const locked = !mayWrite(role) || opened?.revision.state === 'inReview'
  const [start] = useState(() => {
    const kept = locked ? null : keptDraft(shopId, listingId ?? NEW)
    if (kept) return { ...kept, dirty: true }
    return { draft: opened?.revision.draft ?? emptyDraft(), pictures: opened?.pictures ?? [], dirty: false }
  })
  const form = useDraft(shopId, listingId, start, {
    born: onBorn,
    // which price may be struck follows from the price that was just saved
    saved: () => (opened?.known.opened.length ? void refresh() : undefined),
  })
  const [told, setTold] = useState(opened !== null)
  const [counting, setCounting] = useState(false)
  const may = (act: ShopAct): boolean => opened?.acts.includes(act) === true && (act === 'changeStock' ? onTheSet(role) : mayWrite(role))
  const id = opened?.id
  const refresh = () => askAgain(['catalogue', shopId])
  const target = () => ({ shopId, listingId: id! })
  const submit = useAct(
    async () => {
      setTold(true)
      const saved = await form.flush()
      if (saved) await trpc.shop.catalogue.submit.mutate({ shopId, listingId: saved })
      return saved
    },
    { after: refresh, done: (saved) => (saved ? texts.listings.done.submit : texts.form.saveFailed), failed: refresh },
  )
  const recall = useAct(() => trpc.shop.catalogue.recall.mutate(target()), { after: refresh, done: texts.listings.done.recall })
  const takeOff = useAct(() => trpc.shop.catalogue.takeOff.mutate(target()), { after: refresh, done: texts.listings.done.takeOff })
  const putOn = useAct(() => trpc.shop.catalogue.putOn.mutate(target()), { after: refresh, done: texts.listings.done.putOn })
  const lacks = missing(form.draft, businessDay(instant(Date.now())), opened?.known)
  const state = opened?.revision.state
  const changed = form.saving !== 'clean'
  const maySubmit = mayWrite(role) && !locked && (state !== 'approved' || changed)
  return (
    <Page
      title={form.draft.title || (opened ? texts.form.title : texts.form.newTitle)}
      aside={
        opened ? (
          <span className="row">
            <ShelfMark shelf={opened.shelf} />
            <ReviewMark review={opened.revision.state} />
            <span className="hint">{texts.form.revision(opened.revision.no)}</span>
          </span>
        ) : null
      }
      acts={<Link to={`/shop/${shopId}/listings`}>{texts.form.discardBack}</Link>}
    >
      <div className="listing">
        <div className="stack">
          {start.dirty && !locked ? (
            <p className="notice" role="status">
              {texts.form.kept}
            </p>
          ) : null}
          {state === 'rejected' && opened?.revision.reasons ? (
            <p className="notice alarm">
              <strong>{texts.form.rejected}：</strong>
              {opened.revision.reasons}
            </p>
          ) : null}
          {state === 'inReview' ? <p className="notice">{texts.form.locked}</p> : null}
          {opened?.approved && state !== 'approved' ? <p className="notice leaf">{texts.form.approvedStays(opened.approved.no)}</p> : null}
          <ListingForm
            shopId={shopId}
            form={form}
            lacks={lacks}
            told={told}
            locked={locked}
            facts={{
              batches: choicesOf(opened?.known.batches ?? [], form.draft.productClass),
              opened: opened?.known.opened ?? [],
              struck: opened?.known.struck ?? {},
            }}
          />
        </div>
        <aside className="card listing-side">
          {locked ? null : <SaveState form={form} />}
          {locked ? null : lacks.length === 0 ? (
            <p className="strong">{texts.form.ready}</p>
          ) : (
            <>
              <p className="strong">{texts.form.missing(lacks.length)}</p>
              <ul className="listing-lacks">
                {lacks.map((lack) => (
                  <li key={lack.path + lack.words}>
                    <button type="button" onClick={() => goTo(lack)}>
                      <span className="strong">{nameOf(form.draft, lack.field)}</span>
                      <br />
                      <span className="hint small">{lack.words}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
          {maySubmit ? (
            <Button
              type="primary"
              size="large"
              loading={submit.isPending}
              onClick={() => {
                setTold(true)
                const first = lacks[0]
                if (first) goTo(first)
                else submit.mutate(undefined)
              }}
            >
              {texts.form.submit}
            </Button>
          ) : null}
          {may('recall') ? (
            <Button loading={recall.isPending} onClick={() => recall.mutate(undefined)}>
              {shopActWords.recall}
            </Button>
          ) : null}
          {may('changeStock') ? <Button onClick={() => setCounting(true)}>{shopActWords.changeStock}</Button> : null}
          {may('putOn') ? (
            <Button loading={putOn.isPending} onClick={() => putOn.mutate(undefined)}>
              {shopActWords.putOn}
            </Button>
          ) : null}
          {may('takeOff') ? (
            <Button
              danger
              onClick={() =>
                ask({
                  title: texts.listings.takeOffAsk(form.draft.title),
                  hint: texts.listings.takeOffHint,
                  ok: shopActWords.takeOff,
                  cancel: texts.common.cancel,
                  act: () => takeOff.mutateAsync(undefined),
                })
              }
            >
              {shopActWords.takeOff}
            </Button>
          ) : null}
        </aside>
      </div>
      {counting && opened ? (
        <StockDialog shopId={shopId} listingId={opened.id} title={form.draft.title} onClose={() => setCounting(false)} />
      ) : null}
    </Page>
  )
}

function SaveState({ form }: { form: DraftForm }) {
  if (form.saving === 'clean') return null
  if (form.saving === 'failed' || form.saving === 'badValue')
    return (
      <div className="stack-s" role="alert">
        <p className="field-wrong">{form.saving === 'failed' ? `${texts.form.saveFailed}：${form.words}` : texts.form.badValue}</p>
        {form.saving === 'failed' ? <Button onClick={() => void form.flush()}>{texts.common.retry}</Button> : null}
      </div>
    )
  return (
    <p className="hint small" role="status">
      {form.saving === 'saved' && form.savedAt !== null
        ? texts.form.saved(clockTime(form.savedAt as Instant))
        : form.saving === 'saving'
          ? texts.form.saving
          : texts.form.unsaved}
    </p>
  )
}

/** What the class of this draft calls a field. */
const nameOf = (draft: ListingDraft, field: keyof ListingDraft): string =>
  draft.productClass === null || field === 'productClass' || field === 'captions'
    ? fieldWords[field]
    : labelOf(classForms[draft.productClass], field)

/** Brings the input into view, or the field around it, and puts the cursor there. */
const goTo = ({ field, path }: Missing): void => {
  const place = document.getElementById(path) ?? document.getElementById(`field-${field}`)
  place?.scrollIntoView({ block: 'center' })
  const input = document.getElementById(path)
  const inner = input?.matches('input, textarea, button') ? input : place?.querySelector<HTMLElement>('input, textarea, button')
  inner?.focus({ preventScroll: true })
}
