import { texts } from '@/lib/texts.ts'

/** The shortcuts of a page, in view. */
export function Legend({ keys }: { keys: readonly (readonly [key: string, words: string])[] }) {
  return (
    <p className="row hint small" aria-label={texts.common.keys}>
      {keys.map(([key, words]) => (
        <span key={key} className="nowrap">
          <kbd className="kbd">{key}</kbd> {words}
        </span>
      ))}
    </p>
  )
}
