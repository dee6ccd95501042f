/** Reads of moderation, shaped as the review desk wants them. */
import { and, asc, count, desc, eq, gt, or, sql } from 'drizzle-orm'
import type { AssetId, CaseId } from '../../../shared/ids.ts'
import { type CaseState, caseFlow } from '../../../shared/moderation/flow.ts'
import { type CaseSheet, changesBetween } from '../../../shared/moderation/sheet.ts'
import { refuse } from '../../../shared/refusals.ts'
import { instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { origins, type Picture, pictures } from '../assets/index.ts'
import { people } from '../identity/index.ts'
import { shopChips } from '../tenants/index.ts'
import { moderationCases as cases, moderationFindings as findings } from './tables.ts'

/** After the cursor, oldest first: whoever waits longest is read next. */
const onwards = (page: Page) => {
  const m = /^(\d{1,15})~([0-9A-Za-z_]{1,40})$/.exec(page.cursor ?? '')
  if (!m) return undefined
  const at = instant(Number(m[1]))
  return or(gt(cases.openedAt, at), and(eq(cases.openedAt, at), gt(cases.id, m[2] as CaseId)))
}

/** The desk's list: open cases oldest first, decided ones newest first. As many queries for one row as for fifty. */
export async function queue(app: App, state: Exclude<CaseState, 'recalled'>, page: Page) {
  const open = state === 'open'
  const found = await app.read
    .select({
      id: cases.id,
      subject: cases.subject,
      title: cases.title,
      shopId: cases.shopId,
      revisionNo: cases.revisionNo,
      openedAt: cases.openedAt,
      state: cases.state,
      pictureId: cases.pictureId,
      findings: sql<number | string>`(select count(*) from moderation_findings f where f.case_id = moderation_cases.id)`,
    })
    .from(cases)
    .where(and(eq(cases.state, state), open ? onwards(page) : afterCursor(page, cases.openedAt, cases.id)))
    .orderBy(open ? asc(cases.openedAt) : desc(cases.openedAt), open ? asc(cases.id) : desc(cases.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.openedAt, id: r.id }))
  const shops = await shopChips(
    app.read,
    rows.map((r) => r.shopId),
  )
  const shown = await pictures(app.read, app.ports.storage.url, [...rows.map((r) => r.pictureId), ...avatars(shops)])
  const [waiting] = await app.read.select({ n: count() }).from(cases).where(eq(cases.state, 'open'))
  return {
    rows: rows.map(({ shopId, pictureId, ...row }) => ({
      ...row,
      state: row.state as Exclude<CaseState, 'recalled'>,
      findings: Number(row.findings),
      shop: chip(shops, shopId, shown),
      picture: pictureId ? (shown.get(pictureId) ?? null) : null,
    })),
    next,
    openCount: waiting?.n ?? 0,
  }
}

type Shops = Awaited<ReturnType<typeof shopChips>>
type Shown = Map<string, Picture>

const avatars = (shops: Shops) => [...shops.values()].map((s) => s.avatarId)

const chip = (shops: Shops, id: (typeof cases.$inferSelect)['shopId'], shown: Shown) => {
  const shop = shops.get(id)
  return { id, name: shop?.name ?? '', avatar: shop?.avatarId ? (shown.get(shop.avatarId) ?? null) : null }
}

/** One case with what changed and what was found. Refuses `notFound`. */
export async function oneCase(app: App, caseId: CaseId) {
  const [found] = await app.read.select().from(cases).where(eq(cases.id, caseId))
  if (!found) throw refuse('notFound')
  const { now, before } = found
  const shops = await shopChips(app.read, [found.shopId])
  const shop = shops.get(found.shopId)
  if (!shop) throw refuse('notFound')
  const ids = [now, before].flatMap((sheet) => (sheet ? [...sheet.pictureIds, sheet.labelPictureId] : []))
  const shown = await pictures(app.read, app.ports.storage.url, [...ids, ...avatars(shops)])
  const from = await origins(
    app.read,
    ids.filter((id) => id !== null),
  )
  const withOrigin = (id: AssetId) => {
    const [picture, origin] = [shown.get(id), from.get(id)]
    return picture && origin ? [{ ...picture, origin }] : []
  }
  const by = found.decidedBy ? await people(app.read, [found.decidedBy]) : null
  const view = (sheet: CaseSheet) => ({
    revisionId: sheet.revision,
    no: sheet.no,
    fields: sheet.fields.map((f) => ({ ...f, value: f.value ?? '' })),
    pictures: sheet.pictureIds.flatMap(withOrigin),
    labelPicture: sheet.labelPictureId ? (withOrigin(sheet.labelPictureId)[0] ?? null) : null,
  })
  return {
    id: found.id,
    state: found.state,
    subject: found.subject,
    title: found.title,
    shop: chip(shops, found.shopId, shown),
    tenant: shop.tenant,
    openedAt: found.openedAt,
    decidedAt: found.decidedAt,
    decidedBy: found.decidedBy ? (by?.get(found.decidedBy)?.nickname ?? null) : null,
    reasons: found.reasons === '' ? null : found.reasons,
    now: view(now),
    before: before ? view(before) : null,
    changes: changesBetween(now, before),
    findings: await app.read
      .select({ source: findings.source, field: findings.field, text: findings.text, why: findings.why })
      .from(findings)
      .where(eq(findings.caseId, caseId))
      .orderBy(desc(findings.source), asc(findings.no)),
    acts: caseFlow.acts(found.state, 'staff') as ('approve' | 'reject')[],
  }
}
