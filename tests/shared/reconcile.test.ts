/** A bill of many lines in which faults were planted: all are found, each under its name, and nothing else. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fen } from '../../shared/money.ts'
import { type BookLine, reconcile } from '../../shared/settlement/reconcile.ts'

const lineOf = (i: number): BookLine => ({
  kind: i % 7 === 0 ? 'refund' : 'payment',
  no: `${i % 7 === 0 ? 'R' : 'S'}${i}`,
  subMerchant: `19000${i % 300}`,
  amountFen: fen(1 + ((i * 7_919) % 100_000)),
})

test('1 000 planted differences in 20 000 lines are 1 000 found, each by its name, and none is false', () => {
  const ours = Array.from({ length: 20_000 }, (_, i) => lineOf(i))
  const planted = new Map<string, number>()
  const note = (kind: string) => planted.set(kind, (planted.get(kind) ?? 0) + 1)
  const theirs = ours.flatMap((line, i): BookLine[] => {
    if (i % 20 !== 3) return [line]
    switch (((i / 20) % 5) | 0) {
      case 0:
        note('missingAtChannel')
        return []
      case 1:
        note('otherAmount')
        return [{ ...line, amountFen: fen(line.amountFen + 1) }]
      case 2:
        note('otherShop')
        return [{ ...line, subMerchant: 'another' }]
      case 3:
        note('twiceAtChannel')
        return [line, line]
      default:
        note('missingHere')
        return [line, { ...line, no: `${line.no}x` }]
    }
  })
  const found = reconcile(ours, [...theirs].reverse())
  const counted = new Map<string, number>()
  for (const d of found) counted.set(d.kind, (counted.get(d.kind) ?? 0) + 1)
  expect([...planted.values()].reduce((a, b) => a + b, 0)).toBe(1_000)
  expect(counted).toEqual(planted)
})

test('equal books have no difference, in whatever order, and a line of another day that is known is none', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { maxLength: 60 }), fc.integer({ min: 0, max: 59 }), (ids, cut) => {
      const lines = ids.map(lineOf)
      const [today, other] = [lines.slice(cut), lines.slice(0, cut)]
      const known = (line: BookLine) => other.find((o) => o.kind === line.kind && o.no === line.no) ?? null
      expect(reconcile(today, [...lines].reverse(), known)).toEqual([])
      expect(reconcile(today, lines)).toHaveLength(Math.min(cut, lines.length))
    }),
  )
})
