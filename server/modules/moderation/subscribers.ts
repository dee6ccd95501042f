/** What moderation does when something happened. */
import type { Subscriber } from '../../platform/app.ts'
import { machineRead } from './machine-read.ts'

export const subscribers: readonly Subscriber[] = [
  { name: 'moderation.machine-read', on: 'moderation.opened', act: (app, { facts }) => machineRead(app, facts.caseId) },
]
