import type { Run } from './marks.ts'

/** Words in their runs: what came or went, and what somebody has doubts about. */
export function Runs({ of, gone = false }: { of: readonly Run[]; gone?: boolean }) {
  // runs have no name of their own; their place is what they are
  // biome-ignore lint/suspicious/noArrayIndexKey: see above
  return of.map((run, i) => <One key={i} run={run} gone={gone} />)
}

function One({ run: { text, changed, doubted }, gone }: { run: Run; gone: boolean }) {
  const words = doubted ? <mark className="review-doubt">{text}</mark> : text
  if (!changed) return <span>{words}</span>
  return gone ? <del>{words}</del> : <ins>{words}</ins>
}
