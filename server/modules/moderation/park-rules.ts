/** The park's own words: kept version by version, read wherever the house reads words. */
import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm'
import type { UserId, WordRuleId } from '../../../shared/ids.ts'
import { type ClaimFacts, type ClaimMark, type ClaimReader, markClaims, readerOf } from '../../../shared/moderation/claims.ts'
import { exampleFault, type ParkRuleDraft, parkRuleLimits, ruleOf } from '../../../shared/moderation/park-rules.ts'
import { type ClaimRule, claimRules } from '../../../shared/moderation/rules.ts'
import { refuse } from '../../../shared/refusals.ts'
import { after, DAY, type Instant, SECOND } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { type Db, isDuplicate, matched } from '../../platform/db.ts'
import { newId, type Work } from '../../platform/work.ts'
import { people } from '../identity/index.ts'
import { moderationCases, moderationFindings, wordRules } from './tables.ts'

/** The house's rules and the park's together. */
export interface Reading {
  mark: ClaimReader
  /** The park's, by id. */
  park: ReadonlyMap<string, ClaimRule>
}

/** Readers that were made last, by what they read; several nodes and tests share a process's few. */
const made = new Map<string, Reading>()
const KEPT = 8

const readingOf = (rules: readonly ClaimRule[]): Reading => {
  const key = JSON.stringify(rules)
  const known = made.get(key)
  if (known) return known
  const theirs = rules.length > 0 ? readerOf(rules) : null
  const mark = (text: string, facts?: ClaimFacts): ClaimMark[] =>
    theirs
      ? [...markClaims(text, facts), ...theirs(text, facts)].sort((a, b) => a.start - b.start || b.end - a.end)
      : markClaims(text, facts)
  const reading = { mark, park: new Map(rules.map((r) => [r.id, r])) }
  if (made.size >= KEPT) made.delete(made.keys().next().value as string)
  made.set(key, reading)
  return reading
}

/** What words are read by now; one query. */
export async function readingNow(db: Db): Promise<Reading> {
  const rows = await db
    .select({ id: wordRules.ruleId, draft: wordRules.draft })
    .from(wordRules)
    .where(eq(wordRules.standing, 'active'))
    .orderBy(wordRules.ruleId)
    .limit(parkRuleLimits.rules)
  return readingOf(rows.map((r) => ruleOf(r.id, r.draft)))
}

/** How long a process goes on by what it read last. */
const STALE = 2 * SECOND
const read = new WeakMap<App, { at: Instant; reading: Promise<Reading> }>()

/** As `readingNow`, at most two seconds old: for words that come by the hundred. */
export function readingOfApp(app: App): Promise<Reading> {
  const now = app.clock.now()
  const last = read.get(app)
  if (last && now - last.at < STALE && now >= last.at) return last.reading
  const reading = readingNow(app.read)
  read.set(app, { at: now, reading })
  reading.catch(() => read.delete(app))
  return reading
}

/**
 * Writes a rule, or a new version of one; the one before is kept and read no more. Refuses `ruleExamples` (by field: it does not do what its
 * examples say), `tooManyRules`, `notFound`, `stale` (somebody wrote a version meanwhile).
 */
export async function saveRule(
  work: Work,
  asked: { ruleId?: WordRuleId | undefined; no: number; draft: ParkRuleDraft; by: UserId },
): Promise<{ ruleId: WordRuleId; no: number }> {
  const { draft, by } = asked
  const fault = exampleFault(draft)
  if (fault) throw refuse('ruleExamples', {}, { [fault.field]: fault.words })
  const ruleId = asked.ruleId ?? newId('WordRule')
  if (asked.ruleId) await putAway(work, asked.ruleId, asked.no)
  else {
    const rows = await work.db
      .select({ id: wordRules.ruleId })
      .from(wordRules)
      .where(eq(wordRules.standing, 'active'))
      .limit(parkRuleLimits.rules)
    if (rows.length >= parkRuleLimits.rules) throw refuse('tooManyRules', { most: parkRuleLimits.rules })
  }
  const no = asked.ruleId ? asked.no + 1 : 1
  await insertVersion(work, { ruleId, no, standing: 'active', draft, by })
  return { ruleId, no }
}

/** Reads by this rule no more; what it was stays written. Refuses `notFound`, `stale`. */
export async function retireRule(work: Work, asked: { ruleId: WordRuleId; no: number; by: UserId }): Promise<{ standing: 'retired' }> {
  const draft = await putAway(work, asked.ruleId, asked.no)
  await insertVersion(work, { ruleId: asked.ruleId, no: asked.no + 1, standing: 'retired', draft, by: asked.by })
  return { standing: 'retired' }
}

/** The version that stood becomes one that was: one conditional UPDATE, so that of two who write at once one is told. */
async function putAway(work: Work, ruleId: WordRuleId, no: number): Promise<ParkRuleDraft> {
  const version = and(eq(wordRules.ruleId, ruleId), eq(wordRules.no, no))
  const [row] = await work.db.select({ draft: wordRules.draft }).from(wordRules).where(version)
  if (!row) throw refuse('notFound')
  const away = await work.db
    .update(wordRules)
    .set({ standing: 'past' })
    .where(and(version, inArray(wordRules.standing, ['active', 'retired'])))
  if (matched(away) === 0) throw refuse('stale')
  return row.draft
}

async function insertVersion(
  work: Work,
  version: { ruleId: WordRuleId; no: number; standing: 'active' | 'retired'; draft: ParkRuleDraft; by: UserId },
): Promise<void> {
  const { by, ...rest } = version
  try {
    await work.db.insert(wordRules).values({ ...rest, writtenBy: by, writtenAt: work.now })
  } catch (error) {
    if (isDuplicate(error)) throw refuse('stale')
    throw error
  }
}

/** How far back hits are counted. */
const COUNTED = 90 * DAY

/** The desk of words: the park's rules as they stand, the house's beside them, and what each has hit in 90 days. Three queries. */
export async function rulesOnDesk(app: App) {
  const rows = await app.read
    .select()
    .from(wordRules)
    .where(inArray(wordRules.standing, ['active', 'retired']))
    .orderBy(desc(wordRules.writtenAt), desc(wordRules.ruleId))
    .limit(2 * parkRuleLimits.rules)
  const hits = await app.read
    .select({
      ruleId: moderationFindings.ruleId,
      hits: sql<number | string>`count(distinct ${moderationFindings.caseId})`,
      upheld: sql<number | string>`count(distinct case when ${moderationCases.state} = 'rejected' then ${moderationFindings.caseId} end)`,
      waved: sql<number | string>`count(distinct case when ${moderationCases.state} = 'approved' then ${moderationFindings.caseId} end)`,
    })
    .from(moderationCases)
    .innerJoin(moderationFindings, eq(moderationFindings.caseId, moderationCases.id))
    .where(and(gte(moderationCases.openedAt, after(app.clock.now(), -COUNTED)), eq(moderationFindings.source, 'words')))
    .groupBy(moderationFindings.ruleId)
  const of = (id: string) => {
    const row = hits.find((h) => h.ruleId === id)
    return { hits: Number(row?.hits ?? 0), upheld: Number(row?.upheld ?? 0), waved: Number(row?.waved ?? 0) }
  }
  const names = await people(
    app.read,
    rows.map((r) => r.writtenBy),
  )
  return {
    park: rows.map(({ ruleId, no, standing, draft, writtenBy, writtenAt }) => ({
      ...{ ruleId, no, standing: standing as 'active' | 'retired', draft, writtenAt },
      writtenBy: names.get(writtenBy)?.nickname ?? '',
      ...of(ruleId),
    })),
    house: claimRules.map((r) => ({
      id: r.id,
      class: r.class,
      law: r.law,
      mustMatch: r.mustMatch.slice(0, 3),
      suggest: r.suggest,
      ...of(r.id),
    })),
  }
}

/** All versions of a rule, the newest first; two queries. Refuses `notFound`. */
export async function ruleHistory(app: App, ruleId: WordRuleId) {
  const rows = await app.read.select().from(wordRules).where(eq(wordRules.ruleId, ruleId)).orderBy(desc(wordRules.no)).limit(200)
  if (rows.length === 0) throw refuse('notFound')
  const names = await people(
    app.read,
    rows.map((r) => r.writtenBy),
  )
  return rows.map(({ no, standing, draft, writtenBy, writtenAt }) => ({
    ...{ no, standing, draft, writtenAt },
    writtenBy: names.get(writtenBy)?.nickname ?? '',
  }))
}
