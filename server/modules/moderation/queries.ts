/** Reads of moderation, shaped as the review desk wants them. */
import { and, asc, count, desc, eq, gt, or, sql } from 'drizzle-orm'
import type { AssetId, CaseId } from '../../../shared/ids.ts'
import { type CaseState, caseFlow } from '../../../shared/moderation/flow.ts'
import { type RiskLevel, riskLevels } from '../../../shared/moderation/risk.ts'
import { type CaseSheet, changesBetween } from '../../../shared/moderation/sheet.ts'
import { refuse } from '../../../shared/refusals.ts'
import { instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { origins, type Picture, pictures } from '../assets/index.ts'
import { people } from '../identity/index.ts'
import { shopChips } from '../tenants/index.ts'
import { moderationCases as cases, moderationFindings as findings } from './tables.ts'

export type CaseSubject = 'listing' | 'shopProfile' | 'review'

export interface QueueAsk extends Page {
  state: Exclude<CaseState, 'recalled'>
  level?: RiskLevel | undefined
  subject?: CaseSubject | undefined
}

/** Open cases: the riskiest level first, in a level whoever waits longest. */
const onwards = (page: Page) => {
  const m = /^([012])~(\d{1,15})~([0-9A-Za-z_]{1,40})$/.exec(page.cursor ?? '')
  if (!m) return undefined
  const [level, at, id] = [Number(m[1]) as 0 | 1 | 2, instant(Number(m[2])), m[3] as CaseId]
  return or(
    gt(cases.level, level),
    and(eq(cases.level, level), gt(cases.openedAt, at)),
    and(eq(cases.level, level), eq(cases.openedAt, at), gt(cases.id, id)),
  )
}

/**
 * The desk's list: open cases by risk and age, decided ones newest first. Three queries on the first page, two on the others, whatever their
 * length: the cases, their pictures, and once how many wait of each level.
 */
export async function queue(app: App, ask: QueueAsk) {
  const { state, level, subject } = ask
  const open = state === 'open'
  const [found, waiting] = await Promise.all([
    app.read
      .select({
        id: cases.id,
        subject: cases.subject,
        title: cases.title,
        shopName: cases.shopName,
        revisionNo: cases.revisionNo,
        openedAt: cases.openedAt,
        state: cases.state,
        pictureId: cases.pictureId,
        level: cases.level,
        risks: cases.risks,
        readerName: cases.readerName,
        readUntil: cases.readUntil,
        findings: sql<number | string>`(select count(*) from moderation_findings f where f.case_id = moderation_cases.id)`,
      })
      .from(cases)
      .where(
        and(
          eq(cases.state, state),
          level && eq(cases.level, riskLevels.indexOf(level) as 0 | 1 | 2),
          subject && eq(cases.subject, subject),
          open ? onwards(ask) : afterCursor(ask, cases.openedAt, cases.id),
        ),
      )
      .orderBy(...(open ? [asc(cases.level), asc(cases.openedAt), asc(cases.id)] : [desc(cases.openedAt), desc(cases.id)]))
      .limit(ask.limit + 1),
    ask.cursor ? [] : app.read.select({ level: cases.level, n: count() }).from(cases).where(eq(cases.state, 'open')).groupBy(cases.level),
  ])
  const page = cut(ask, found, (r) => ({ at: r.openedAt, id: r.id }))
  const last = page.rows.at(-1)
  const shown = await pictures(
    app.read,
    app.ports.storage.url,
    page.rows.map((r) => r.pictureId),
  )
  const now = app.clock.now()
  const of = (n: number): number => Number(waiting.find((w) => w.level === n)?.n ?? 0)
  return {
    rows: page.rows.map(({ pictureId, level: n, risks, readerName, readUntil, ...row }) => ({
      ...row,
      state: row.state as Exclude<CaseState, 'recalled'>,
      findings: Number(row.findings),
      level: riskLevels[n],
      risks: risks ?? [],
      /** Who has it open just now, or null. */
      reader: readUntil !== null && readUntil > now ? readerName : null,
      picture: pictureId ? (shown.get(pictureId) ?? null) : null,
    })),
    next: open && page.next && last ? `${last.level}~${page.next}` : page.next,
    /** How many wait, by level; on the first page only. */
    waiting: ask.cursor ? null : { high: of(0), middle: of(1), low: of(2) },
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
    level: riskLevels[found.level],
    risks: found.risks ?? [],
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
