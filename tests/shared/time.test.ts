/** Time by example and by property: instants are milliseconds of the whole world, days are Shanghai's. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  after,
  businessDay,
  clockTime,
  DAY,
  dayAndTime,
  HOUR,
  instant,
  longTime,
  MINUTE,
  rfc3339,
  SECOND,
  span,
  yearOf,
} from '../../shared/time.ts'

const at = (iso: string) => instant(Date.parse(iso))
const instants = fc.integer({ min: Date.parse('1992-01-01T00:00:00Z'), max: Date.parse('2199-12-31T00:00:00Z') }).map(instant)

describe('an instant', () => {
  test('is whole milliseconds since 1970, or a RangeError', () => {
    for (const wrong of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => instant(wrong)).toThrow(RangeError)
    expect(after(instant(1_000), 2 * SECOND)).toBe(3_000)
    expect(() => after(instant(1_000), -2 * SECOND)).toThrow(RangeError)
    expect(() => after(instant(0), 0.1)).toThrow(RangeError)
  })
})

describe('a day', () => {
  test('begins at midnight in Shanghai, which is four in the afternoon in Greenwich', () => {
    expect(businessDay(at('2026-11-22T15:59:59.999Z'))).toBe('2026-11-22')
    expect(businessDay(at('2026-11-22T16:00:00.000Z'))).toBe('2026-11-23')
    expect(businessDay(at('2027-12-31T16:00:00Z'))).toBe('2028-01-01')
    expect(businessDay(at('2028-02-28T16:00:00Z'))).toBe('2028-02-29')
    expect([yearOf(at('2027-12-31T15:59:59Z')), yearOf(at('2027-12-31T16:00:00Z'))]).toEqual([2027, 2028])
  })

  test('is the one that the tables of time zones know, for every instant', () => {
    const china = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' })
    fc.assert(fc.property(instants, (now) => longTime(now) === china.format(now)))
  })
})

describe('what people and papers read', () => {
  const evening = at('2026-11-23T12:05:09.700Z')

  test('each form, with its noughts', () => {
    expect(clockTime(evening)).toBe('20:05')
    expect(dayAndTime(evening)).toBe('11月23日 20:05')
    expect(longTime(evening)).toBe('2026-11-23 20:05:09')
    expect(rfc3339(evening)).toBe('2026-11-23T20:05:09+08:00')
    expect([clockTime(at('2026-01-01T16:00:00Z')), dayAndTime(at('2026-01-01T16:00:00Z'))]).toEqual(['00:00', '1月2日 00:00'])
  })

  test('what goes to WeChat is the same second when it is read back', () => {
    fc.assert(fc.property(instants, (now) => Date.parse(rfc3339(now)) === Math.floor(now / SECOND) * SECOND))
  })

  test('a span never shows a time below nought', () => {
    expect([span(12 * MINUTE + 5 * SECOND), span(0), span(-5 * SECOND), span(999)]).toEqual(['12分05秒', '0分00秒', '0分00秒', '0分00秒'])
    expect([span(HOUR - 1), span(HOUR), span(3 * HOUR + 20 * MINUTE), span(2 * DAY)]).toEqual([
      '59分59秒',
      '1小时00分',
      '3小时20分',
      '48小时00分',
    ])
  })
})
