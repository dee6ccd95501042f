import { describe, expect, test } from 'vitest'
import { notOver, onAir, type SessionState, sessionFlow } from '../../shared/live/flow.ts'
import { endedBecauseWords, placeWords, sessionActWords, sessionStateWords } from '../../shared/live/words.ts'
import { maskNickname } from '../../shared/room/feed.ts'
import { chatActWords, chatFlow, chatStateWords } from '../../shared/room/flow.ts'
import { instant } from '../../shared/time.ts'

const at = (text: string) => instant(Date.parse(`${text}+08:00`))

describe('the life of a live session', () => {
  test('it goes on air by its stream, is interrupted and taken up by its stream, and ends from either', () => {
    expect(sessionFlow.next('scheduled', 'stream')).toBe('live')
    expect(sessionFlow.next('live', 'drop')).toBe('interrupted')
    expect(sessionFlow.next('interrupted', 'resume')).toBe('live')
    expect(sessionFlow.from('end')).toEqual(['live', 'interrupted'])
    expect(sessionFlow.from('cancel')).toEqual(['scheduled'])
  })

  test('nobody but the stream puts a session on air, above all not the clock', () => {
    for (const state of sessionFlow.states)
      for (const hand of ['shop', 'park', 'clock'] as const)
        for (const act of sessionFlow.acts(state, hand)) expect(sessionFlow.next(state, act)).not.toBe('live')
  })

  test('what is over stays over', () => {
    for (const act of sessionFlow.allActs()) {
      expect(sessionFlow.next('ended', act)).toBeUndefined()
      expect(sessionFlow.next('cancelled', act)).toBeUndefined()
    }
  })

  test('the shop is offered exactly what it may do', () => {
    const offered = Object.fromEntries(sessionFlow.states.map((s) => [s, sessionFlow.acts(s, 'shop')]))
    expect(offered).toEqual({ scheduled: ['cancel'], live: ['end'], interrupted: ['end'], ended: [], cancelled: [] })
  })

  test('the states named on air and not over are states of the flow, and nothing leads out of the rest', () => {
    for (const state of [...onAir, ...notOver]) expect(sessionFlow.states).toContain(state)
    const over = sessionFlow.states.filter((s) => !(notOver as readonly SessionState[]).includes(s))
    expect(over).toEqual(['ended', 'cancelled'])
  })

  test('every state, act and reason has its words', () => {
    for (const state of sessionFlow.states) expect(sessionStateWords[state]).toMatch(/\p{Script=Han}/u)
    for (const act of sessionFlow.allActs()) expect(sessionActWords[act]).toMatch(/\p{Script=Han}/u)
    for (const words of Object.values(endedBecauseWords)) expect(words).toMatch(/\p{Script=Han}/u)
    for (const state of chatFlow.states) expect(chatStateWords[state]).toMatch(/\p{Script=Han}/u)
    for (const act of chatFlow.allActs()) expect(chatActWords[act]).toMatch(/\p{Script=Han}/u)
  })
})

describe('why a session stands where it stands', () => {
  const now = at('2026-11-20T20:30:00')
  const session = (state: SessionState, more: Partial<Parameters<typeof placeWords>[0]> = {}) => ({
    state,
    startsAt: at('2026-11-20T20:00:00'),
    startedAt: null,
    endedAt: null,
    ...more,
  })

  test('is said as people say it', () => {
    expect(placeWords(session('live', { startedAt: at('2026-11-20T20:05:00') }), now)).toBe('直播中')
    const soon = (text: string) => placeWords(session('scheduled', { startsAt: at(text) }), now)
    expect(soon('2026-11-20T21:00:00')).toBe('今晚 9 点开播')
    expect(soon('2026-11-21T09:30:00')).toBe('明早 9 点半开播')
    expect(soon('2026-11-21T12:00:00')).toBe('明天中午 12 点开播')
    expect(soon('2026-11-22T15:15:00')).toBe('后天下午 3:15开播')
    expect(soon('2026-11-25T09:00:00')).toBe('11月25日 09:00开播')
  })

  test('an announcement whose time has passed does not say it will begin', () => {
    expect(placeWords(session('scheduled'), now)).toBe('原定今晚 8 点，还没有开播')
  })

  test('there are words for every state', () => {
    for (const state of sessionFlow.states) expect(placeWords(session(state), now)).toMatch(/\p{Script=Han}/u)
  })
})

test('a nickname before strangers is its first character and two stars, also when that is an emoji', () => {
  expect(maskNickname('茶山人')).toBe('茶**')
  expect(maskNickname(' 李 ')).toBe('李**')
  expect(maskNickname('🍵小王')).toBe('🍵**')
  expect(maskNickname('')).toBe('茶**')
})
