import { describe, expect, it } from 'vitest'
import type { BagItemId } from '../../shared/ids.ts'
import { chaptersOf, type Film, momentIn } from '../../shared/live/replay.ts'
import { instant } from '../../shared/time.ts'

const at = (seconds: number) => instant(1_800_000_000_000 + seconds * 1000)
const film = (from: number, to: number): Film => ({ beganAt: at(from), ms: (to - from) * 1000 })
const tea = (n: number) => `bag_${n}` as BagItemId
const films = [film(0, 60), film(120, 180)]

describe('an instant of a broadcast', () => {
  it('is found in the film that was running, else at the beginning of the next, and nowhere when all is over', () => {
    expect(momentIn(films, at(30))).toEqual({ film: 0, offsetMs: 30_000 })
    expect(momentIn(films, at(-5))).toEqual({ film: 0, offsetMs: 0 })
    expect(momentIn(films, at(90))).toEqual({ film: 1, offsetMs: 0 })
    expect(momentIn(films, at(180))).toBeNull()
    expect(momentIn([], at(1))).toBeNull()
  })
})

describe('the chapters', () => {
  it('go from each pin to the next, no further than the film, and leave out what no film shows', () => {
    const pins = [
      { bagItemId: tea(1), at: at(10) },
      { bagItemId: tea(2), at: at(50) },
      // explained while the picture was away
      { bagItemId: tea(3), at: at(70) },
      { bagItemId: null, at: at(80) },
      { bagItemId: tea(1), at: at(100) },
      { bagItemId: tea(4), at: at(170) },
    ]
    expect(chaptersOf(films, pins)).toEqual([
      { bagItemId: tea(1), at: at(10), film: 0, offsetMs: 10_000, ms: 40_000 },
      { bagItemId: tea(2), at: at(50), film: 0, offsetMs: 50_000, ms: 10_000 },
      { bagItemId: tea(1), at: at(100), film: 1, offsetMs: 0, ms: 50_000 },
      { bagItemId: tea(4), at: at(170), film: 1, offsetMs: 50_000, ms: 10_000 },
    ])
  })
})
