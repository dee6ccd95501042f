/** The tables of the plumbing: what happened, who still has to hear it, and when the clock strikes. */
import { bigint, index, int, mysqlTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { Actor } from './actor.ts'
import { code, idOf, instantColumn, jsonColumn, stateOf } from './columns.ts'

/** Every domain event, for ever: outbox, audit trail and the food of figures. */
export const events = mysqlTable(
  'events',
  {
    id: idOf('Event', 'id').primaryKey(),
    name: code('name', 60).notNull(),
    facts: jsonColumn<unknown>('facts').notNull(),
    /** Who did it: buyer, member, staff, clock, outside. */
    actor: jsonColumn<Actor>('actor').notNull(),
    happenedAt: instantColumn('happened_at').notNull(),
  },
  (t) => [index('events_by_name').on(t.name, t.happenedAt)],
)

/** One row for each subscriber of an event. */
export const deliveries = mysqlTable(
  'deliveries',
  {
    id: idOf('Delivery', 'id').primaryKey(),
    eventId: idOf('Event', 'event_id')
      .notNull()
      .references(() => events.id),
    subscriber: code('subscriber', 80).notNull(),
    /** waiting, done, or parked: given up after ten tries, for a person to look at. */
    state: stateOf<'waiting' | 'done' | 'parked'>('state').notNull(),
    tries: int('tries').notNull(),
    dueAt: instantColumn('due_at').notNull(),
    /** Who works on it and until when; a late worker's token no longer fits. */
    claimToken: code('claim_token', 40),
    claimedUntil: instantColumn('claimed_until'),
    trouble: text('trouble'),
  },
  (t) => [
    index('deliveries_due').on(t.state, t.dueAt),
    index('deliveries_claim').on(t.claimToken),
    uniqueIndex('deliveries_once').on(t.eventId, t.subscriber),
  ],
)

/** One row for each job: when it is due, who has it, and the fence that late workers fail on. */
export const jobs = mysqlTable('jobs', {
  name: code('name', 80).primaryKey(),
  dueAt: instantColumn('due_at').notNull(),
  claimToken: code('claim_token', 40),
  claimedUntil: instantColumn('claimed_until'),
  fence: bigint('fence', { mode: 'number' }).notNull(),
})

/** Single-use marks that must hold across nodes: nonces, ticket ids, seen notices. Swept when over. */
export const onceMarks = mysqlTable(
  'once_marks',
  {
    kind: code('kind', 24).notNull(),
    mark: code('mark', 128).notNull(),
    endsAt: instantColumn('ends_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.mark] }), index('once_marks_end').on(t.endsAt)],
)
