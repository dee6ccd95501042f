/** Sentences with the class that a reader must mark in them, and sentences in which nothing may be marked. */
import type { ClaimClass } from '../../shared/moderation/rules.ts'

export interface Labelled {
  flag: Record<ClaimClass, readonly string[]>
  clean: readonly string[]
}
