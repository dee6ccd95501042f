import { texts } from '@/lib/texts.ts'
import { Money } from '@/ui/Money.tsx'
import './Equation.css'

interface Term {
  words: string
  fen: number
  hint?: string
}

/** What buyers paid and where each fen of it is now; says so when the sum does not come out. */
export function Equation({ paid, parts }: { paid: Term; parts: Term[] }) {
  const equal = parts.reduce((sum, part) => sum + part.fen, 0) === paid.fen
  return (
    <div className="equation-frame">
      <dl className="equation">
        {[paid, ...parts].map((term, n) => (
          <div key={term.words} className="equation-term">
            {n === 0 ? null : (
              <span className="equation-sign" aria-hidden="true">
                {n === 1 ? '=' : '+'}
              </span>
            )}
            <dt className="hint">{term.words}</dt>
            <dd>
              <Money fen={term.fen} big />
            </dd>
            {term.hint ? <dd className="hint small">{term.hint}</dd> : null}
          </div>
        ))}
      </dl>
      {equal ? null : (
        <p className="notice alarm" role="alert">
          {texts.money.unequal}
        </p>
      )}
    </div>
  )
}
