/**
 * How well the rules read sentences that are not in them. The table is printed; the floors keep it from getting worse unseen. Sentences of the
 * held-out part were written by somebody who had not seen the rules, and no rule may be changed because of one of them.
 */
import { describe, expect, test } from 'vitest'
import { buildAutomaton } from '../../shared/moderation/automaton.ts'
import { markClaims } from '../../shared/moderation/claims.ts'
import { domain } from './domain.ts'
import { type Measured, measure } from './measure.ts'
import { talk } from './talk.ts'
import { tuning } from './tuning.ts'

const told = (name: string, { rows }: Measured): void => {
  const cells = rows.map(
    (r) => `${r.class.padEnd(11)} ${r.found}/${r.claims} recall ${r.recall.toFixed(3)} precision ${r.precision.toFixed(3)}`,
  )
  console.log(`claims, ${name}\n  ${cells.join('\n  ')}`)
}
const all = (m: Measured) => m.rows.at(-1) as Measured['rows'][number]

describe('the rules', () => {
  test('read every sentence of the park’s notes as a person would', () => {
    const m = measure(domain)
    expect([m.missed, m.falseMarks]).toEqual([[], []])
  })

  test('find nearly all of what they were made for, and mark hardly anything else', () => {
    const m = measure(tuning, talk)
    told('tuning', m)
    expect(all(m).claims).toBeGreaterThan(180)
    expect(all(m).recall).toBeGreaterThanOrEqual(0.97)
    expect(all(m).precision).toBeGreaterThanOrEqual(0.98)
  })
})

describe('what is known of the goods', () => {
  test.each([
    ['最后三件', { left: 3 }, { left: 51 }],
    ['只剩12饼', { left: 12 }, { left: 13 }],
    ['正宗易武古树料', { places: ['易武'] }, { places: ['景迈'] }],
    ['二十年陈', { yearsStored: 21 }, { yearsStored: 19 }],
    ['树龄三百年', { treeYears: 300 }, { treeYears: 299 }],
  ])('bears out %s, or does not', (text, known, other) => {
    expect(markClaims(text, known)).toEqual([])
    expect(markClaims(text, other)).not.toEqual([])
    expect(markClaims(text)).not.toEqual([])
  })

  test('never bears out praise, haste without a number, or a cure', () => {
    const facts = { left: 1, places: ['墨江'], yearsStored: 100, treeYears: 2_000 }
    for (const text of ['错过不再', '墨江第一山头', '降血脂', '手慢无']) expect(markClaims(text, facts), text).not.toEqual([])
  })
})

describe('reading takes steps in proportion to the text', () => {
  /** Letters that count how often one is looked at. */
  const counted = (text: string) => {
    let looks = 0
    const letters = new Proxy(
      [...text].map((c) => ({ c })),
      {
        get: (of, key) => {
          if (typeof key === 'string' && /^\d+$/.test(key)) looks++
          return Reflect.get(of, key)
        },
      },
    )
    return { letters, looks: () => looks }
  }

  test.each(['a'.repeat(50_000), 'ab'.repeat(25_000), '加微'.repeat(25_000), '最'.repeat(50_000)])('whatever it is made of', (text) => {
    const read = buildAutomaton(['aaaaaaaa', 'aaab', 'ababab', '加微信', '微加', '最最最最好'].map((word) => ({ word })))
    const { letters, looks } = counted(text)
    read(letters, () => {})
    expect(looks()).toBe([...text].length)
  })

  test('and 50 kB of evil is read to its end', () => {
    for (const evil of ['不', '最', '加', '微❤', '，', '🍵', '#', '1', '一', '不能降血脂，', '最后一', '\u200b', 'v', '没有比']) {
      const text = evil.repeat(Math.ceil(50_000 / evil.length))
      expect(Array.isArray(markClaims(text)), evil).toBe(true)
    }
  })
})
