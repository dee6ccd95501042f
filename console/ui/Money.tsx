import { type Fen, yuan } from '@shared/money.ts'

/** A sum of fen: ¥ small, yuan large, fen small. `sign` also writes the plus. */
export function Money({ fen, unit, big, sign }: { fen: number; unit?: string; big?: boolean; sign?: boolean }) {
  const [whole, cents] = yuan(Math.abs(fen) as Fen).split('.')
  const before = fen < 0 ? '−' : sign && fen > 0 ? '+' : ''
  return (
    <span className={big ? 'money money-big' : 'money'}>
      {before}
      <small>¥</small>
      {whole?.replace(/\B(?=(\d{3})+$)/g, ',')}
      <small>
        .{cents}
        {unit ? ` / ${unit}` : ''}
      </small>
    </span>
  )
}
