import type { ReactNode } from 'react'

export type Tone = 'leaf' | 'liquor' | 'alarm' | 'tea' | 'plain'

/** A state in words with a dot of its colour. */
export function Mark({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`mark ${tone}`}>{children}</span>
}
