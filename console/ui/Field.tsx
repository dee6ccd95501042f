import type { ReactNode } from 'react'
import { texts } from '@/lib/texts.ts'

/** A labelled field with its hint, and beside it what is wrong. The input must carry `id`. */
export function Field({
  id,
  label,
  hint,
  wrong,
  group,
  must,
  children,
}: {
  id: string
  label: string
  hint?: ReactNode
  wrong?: string | undefined
  /** The content is several controls, not one input. */
  group?: boolean
  /** Marks what must be filled. */
  must?: boolean
  children: ReactNode
}) {
  const star = must ? (
    <span className="field-must" title={texts.common.must}>
      {' *'}
    </span>
  ) : null
  return (
    <div className="field" id={`field-${id}`} role={group ? 'group' : undefined} aria-labelledby={group ? `${id}-label` : undefined}>
      {group ? (
        <span className="label" id={`${id}-label`}>
          {label}
          {star}
        </span>
      ) : (
        <label htmlFor={id}>
          {label}
          {star}
        </label>
      )}
      {children}
      {wrong ? (
        <span className="field-wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </span>
      ) : hint ? (
        <span className="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
    </div>
  )
}

/** antd's status of an input with or without a complaint. */
export const statusOf = (wrong: string | undefined): '' | 'error' => (wrong ? 'error' : '')
