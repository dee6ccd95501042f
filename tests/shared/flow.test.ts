/** Flows: the table is the rule, for one flow by example and for every flow of the house by property. */
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type ActOf, defineFlow, type Flow, type StateOf } from '../../shared/flow.ts'

const gateFlow = defineFlow({
  shut: { open: { to: 'open', by: ['porter', 'clock'] }, lock: { to: 'locked', by: ['porter'] } },
  open: { shut: { to: 'shut', by: ['porter'] }, lock: { to: 'locked', by: ['porter'] } },
  locked: {},
})

describe('a flow', () => {
  test('says where an act leads, and that it leads nowhere where it may not be done', () => {
    expect(gateFlow.next('shut', 'open')).toBe('open')
    expect(gateFlow.next('open', 'open')).toBeUndefined()
    expect(gateFlow.next('locked', 'open')).toBeUndefined()
  })

  test('says what a hand may do now: its buttons, in the order of the table', () => {
    expect(gateFlow.acts('shut', 'porter')).toEqual(['open', 'lock'])
    expect(gateFlow.acts('shut', 'clock')).toEqual(['open'])
    expect(gateFlow.acts('locked', 'porter')).toEqual([])
  })

  test('says from where an act may be done: the WHERE of every advance', () => {
    expect(gateFlow.from('lock')).toEqual(['shut', 'open'])
    expect([gateFlow.states, gateFlow.allActs()]).toEqual([
      ['shut', 'open', 'locked'],
      ['open', 'lock', 'shut'],
    ])
  })

  test('answers nothing for a state or an act that is none, also one that every object has', () => {
    const loose: Flow = gateFlow
    expect([loose.next('gone', 'open'), loose.next('shut', 'fly')]).toEqual([undefined, undefined])
    expect([loose.acts('gone', 'porter'), loose.from('fly')]).toEqual([[], []])
    expect(loose.from('constructor')).toEqual([])
    expect(loose.next('constructor', 'name')).toBeUndefined()
    expect(loose.acts('toString', 'porter')).toEqual([])
  })

  test('gives its states and acts as types, so that a misspelt one does not compile', () => {
    const state: StateOf<typeof gateFlow> = 'shut'
    const act: ActOf<typeof gateFlow> = 'lock'
    // @ts-expect-error no such act
    expect(gateFlow.next(state, 'lok')).toBeUndefined()
    // @ts-expect-error no such hand
    expect(gateFlow.acts(state, 'portr')).toEqual([])
    expect(gateFlow.next(state, act)).toBe('locked')
  })
})

describe('every flow of the house', () => {
  const root = path.resolve(import.meta.dirname, '../../shared')
  const files = fs.readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'))
  const isFlow = (value: unknown): value is Flow => typeof value === 'object' && value !== null && 'states' in value && 'allActs' in value
  const flows = async () => {
    const found = new Map<string, Flow>()
    for (const file of files)
      for (const [name, value] of Object.entries(await import(pathToFileURL(path.join(root, file)).href)))
        if (isFlow(value)) found.set(name, value)
    return [...found]
  }

  test('leads only to states that it has, each of which can be reached from its first', async () => {
    for (const [name, flow] of await flows()) {
      const reached = new Set(flow.states.slice(0, 1))
      for (const state of reached)
        for (const act of flow.allActs()) {
          const to = flow.next(state, act)
          if (to !== undefined) reached.add(to)
        }
      expect([name, [...reached].sort()]).toEqual([name, [...flow.states].sort()])
    }
  })

  test('has acts that lead to one state each, as one conditional UPDATE must', async () => {
    const list = await flows()
    expect(list.length).toBeGreaterThan(5)
    for (const [name, flow] of list)
      for (const act of flow.allActs())
        expect([name, act, new Set(flow.from(act).map((s) => flow.next(s, act))).size]).toEqual([name, act, 1])
  })

  test('names its states with adjectives or participles short enough for their column', async () => {
    for (const [name, flow] of await flows())
      for (const state of flow.states) expect([name, state, /^[a-z][A-Za-z]{0,23}$/.test(state)]).toEqual([name, state, true])
  })
})
