/** The browser's twin: a real button, for keyboards and screen readers. Sharing has no button here: browsers bring their own. */
import { type TapProps, tapClass } from './props'

export function Tap(props: TapProps) {
  const { onTap, label, disabled, busy, share, children } = props
  if (share) return null
  return (
    <button
      type="button"
      className={tapClass(props)}
      aria-label={label}
      aria-busy={busy}
      disabled={disabled}
      onClick={(event) => {
        event.stopPropagation()
        if (!busy) onTap?.()
      }}
    >
      {children}
    </button>
  )
}
