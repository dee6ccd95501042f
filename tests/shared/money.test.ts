/** Money by example and by property: whole fen go in, whole fen come out, and none is lost on the way. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addFen, bp, fen, prorate, rateOf, readYuan, timesFen, yuan } from '../../shared/money.ts'

const sums = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }).map(fen)
const weights = fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 40 })

describe('fen', () => {
  test('are whole and safe, or a RangeError', () => {
    expect([fen(0), fen(-5), fen(16_800)]).toEqual([0, -5, 16_800])
    for (const wrong of [0.1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '5' as never]) expect(() => fen(wrong)).toThrow(RangeError)
    expect(() => addFen(fen(Number.MAX_SAFE_INTEGER), fen(1))).toThrow(RangeError)
    expect(() => timesFen(fen(Number.MAX_SAFE_INTEGER), 2)).toThrow(RangeError)
    expect(() => timesFen(fen(100), 0.333)).toThrow(RangeError)
  })

  test('a sum of nothing is nothing', () => {
    expect(addFen()).toBe(0)
  })
})

describe('a rate', () => {
  test('is 0 to 10 000 basis points', () => {
    for (const wrong of [-1, 10_001, 0.5, Number.NaN]) expect(() => bp(wrong)).toThrow(RangeError)
  })

  test('takes whole fen, never more than its share, and less than one fen less', () => {
    expect(rateOf(fen(16_800), bp(500))).toBe(840)
    expect(rateOf(fen(19), bp(500))).toBe(0)
    fc.assert(
      fc.property(sums, fc.integer({ min: 0, max: 10_000 }).map(bp), (amount, rate) => {
        const exact = BigInt(amount) * BigInt(rate)
        const taken = BigInt(rateOf(amount, rate)) * 10_000n
        expect(taken <= exact && exact - taken < 10_000n).toBe(true)
      }),
    )
  })
})

describe('prorate', () => {
  test('gives the odd fen to the largest remainders, the first of equals first', () => {
    expect(prorate(fen(100), [1, 1, 1])).toEqual([34, 33, 33])
    expect(prorate(fen(1000), [16_800, 3_200])).toEqual([840, 160])
    expect(prorate(fen(10), [0, 3, 7])).toEqual([0, 3, 7])
    expect(prorate(fen(2), [0, 0, 0])).toEqual([1, 1, 0])
  })

  test('wants a total of at least 0 and a weight', () => {
    expect(() => prorate(fen(-1), [1])).toThrow(RangeError)
    expect(() => prorate(fen(1), [])).toThrow(RangeError)
  })

  test('loses nothing, invents nothing, and nobody is more than a fen from their share', () => {
    fc.assert(
      fc.property(sums, weights, (total, shares) => {
        const parts = prorate(total, shares)
        const whole = shares.reduce((a, b) => a + BigInt(b), 0n)
        expect(parts.reduce((a, b) => a + BigInt(b), 0n)).toBe(BigInt(total))
        parts.forEach((part, i) => {
          const weight = whole === 0n ? 1n : BigInt(shares[i] as number)
          const difference = BigInt(part) * (whole === 0n ? BigInt(shares.length) : whole) - BigInt(total) * weight
          const fenOfIt = whole === 0n ? BigInt(shares.length) : whole
          expect(difference > -fenOfIt && difference < fenOfIt).toBe(true)
        })
      }),
    )
  })

  test('who weighs more does not get less', () => {
    fc.assert(
      fc.property(sums, weights, (total, shares) => {
        const parts = prorate(total, shares)
        for (let i = 0; i < shares.length; i++)
          for (let j = 0; j < shares.length; j++)
            if ((shares[i] as number) > (shares[j] as number)) expect(parts[i] as number).toBeGreaterThanOrEqual(parts[j] as number)
      }),
    )
  })
})

describe('yuan', () => {
  test('always has two places', () => {
    expect([0, 5, 50, 16_800, -5, -16_805].map((n) => yuan(fen(n)))).toEqual(['0.00', '0.05', '0.50', '168.00', '-0.05', '-168.05'])
  })

  test('reads what a person types, and nothing else', () => {
    expect(['168', '168.5', '168.50', ' 0.05 ', '0'].map(readYuan)).toEqual([16_800, 16_850, 16_850, 5, 0])
    for (const wrong of ['', '1.', '.5', '1.234', '-1', '1e3', '1,000', '１６８', '168元', '99999999999', '0x10', 'NaN'])
      expect([wrong, readYuan(wrong)]).toEqual([wrong, null])
  })

  test('what is written is read back to the fen', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 999_999_999_999 }).map(fen), (amount) => readYuan(yuan(amount)) === amount))
  })
})
