import type { ReactNode } from 'react'

/** What both twins of Tap take. */
export interface TapProps {
  onTap?: () => void
  /** `main` the one action, `plain` beside it, `quiet` a word, `danger` takes away, `bare` brings its own look. */
  look?: 'main' | 'plain' | 'quiet' | 'danger' | 'bare'
  /** What it does, for those who do not see it; needed where there is no text. */
  label?: string
  disabled?: boolean
  busy?: boolean
  wide?: boolean
  /** Opens the host's share sheet instead of calling `onTap`; draws nothing where there is none. */
  share?: boolean
  className?: string
  children?: ReactNode
}

/** The class names of a Tap. */
export const tapClass = ({ look = 'plain', wide, disabled, busy, className }: TapProps): string =>
  ['tap', `tap-${look}`, wide && 'tap-wide', (disabled || busy) && 'tap-off', className].filter(Boolean).join(' ')
