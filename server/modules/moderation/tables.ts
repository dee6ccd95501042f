/** Tables of moderation: cases before the desk, and what lists and machines found in them. */
import { index, int, mysqlTable, primaryKey, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { CaseState } from '../../../shared/moderation/flow.ts'
import type { ParkRuleDraft } from '../../../shared/moderation/park-rules.ts'
import type { Risk } from '../../../shared/moderation/risk.ts'
import type { CaseSheet } from '../../../shared/moderation/sheet.ts'
import { code, idOf, instantColumn, jsonColumn, stateOf, words } from '../../platform/columns.ts'

/** One revision of something before one desk. */
export const moderationCases = mysqlTable(
  'moderation_cases',
  {
    id: idOf('Case', 'id').primaryKey(),
    /** What it is: listing, shopProfile, review. Moderation asks no more of it. */
    subject: code('subject', 24).notNull(),
    subjectId: code('subject_id', 30).notNull(),
    revision: code('revision', 40).notNull(),
    /** The number people know this revision by. */
    revisionNo: int('revision_no').notNull(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    title: words('title', 120).notNull(),
    pictureId: idOf('Asset', 'picture_id'),
    state: stateOf<CaseState>('state').notNull(),
    now: jsonColumn<CaseSheet>('now_sheet').notNull(),
    before: jsonColumn<CaseSheet | null>('before_sheet'),
    /** Who handed it in, where it was a person: the machine wants a reader's name. */
    askedBy: idOf('User', 'asked_by'),
    openedAt: instantColumn('opened_at').notNull(),
    decidedAt: instantColumn('decided_at'),
    decidedBy: idOf('User', 'decided_by'),
    reasons: words('reasons', 500).notNull(),
    /** As the shop was called when it was handed in: the list need not ask for it. */
    shopName: words('shop_name', 60).notNull().default(''),
    /** What makes it want care, and the level that they add up to: its place in riskLevels, the highest first. */
    risks: jsonColumn<Risk[]>('risks'),
    level: int('level').$type<0 | 1 | 2>().notNull().default(2),
    /** Who reads it now, and until when nobody else needs to. */
    readerId: idOf('User', 'reader_id'),
    readerName: words('reader_name', 40),
    readUntil: instantColumn('read_until_at'),
  },
  (t) => [
    uniqueIndex('moderation_cases_once').on(t.subject, t.subjectId, t.revision),
    index('moderation_cases_queue').on(t.state, t.openedAt, t.id),
    index('moderation_cases_risk').on(t.state, t.level, t.openedAt, t.id),
    index('moderation_cases_reader').on(t.readerId),
    index('moderation_cases_opened').on(t.openedAt),
  ],
)

/** What the word list or the machine found in a case. */
export const moderationFindings = mysqlTable(
  'moderation_findings',
  {
    caseId: idOf('Case', 'case_id')
      .notNull()
      .references(() => moderationCases.id),
    source: stateOf<'words' | 'machine' | 'pictures'>('source').notNull(),
    no: int('no').notNull(),
    field: code('field', 40).notNull(),
    text: words('text', 200).notNull(),
    why: words('why', 200).notNull(),
    /** The rule of the word list that found it; null for the others. */
    ruleId: code('rule_id', 40),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.source, t.no] })],
)

/** The park's own words, version by version. Of each rule one version stands (active or retired), the others are past; nothing is deleted. */
export const wordRules = mysqlTable(
  'word_rules',
  {
    ruleId: idOf('WordRule', 'rule_id').notNull(),
    no: int('no').notNull(),
    standing: stateOf<'active' | 'retired' | 'past'>('standing').notNull(),
    draft: jsonColumn<ParkRuleDraft>('draft').notNull(),
    writtenBy: idOf('User', 'written_by').notNull(),
    writtenAt: instantColumn('written_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ruleId, t.no] }), index('word_rules_standing').on(t.standing, t.writtenAt)],
)
