/** The saver of forms, by hand: its timers, its server and its device are held here. */
import { describe, expect, test } from 'vitest'
import { AGAIN_AFTER, draftSaver, SAVE_AFTER, type SaverState } from '../../shared/catalogue/draft-saver.ts'
import type { ListingId } from '../../shared/ids.ts'

const id = 'lst_01JD0000000000000000000001' as ListingId

const stage = (start: { id?: ListingId; dirty?: boolean } = {}) => {
  const calls: { form: string; id: ListingId | null; answer: () => void; fail: (error: unknown) => void }[] = []
  const device = new Map<string, string>()
  const told: SaverState<string>[] = []
  const born: ListingId[] = []
  let timers: { ms: number; act: () => void }[] = []
  const saver = draftSaver<string>(
    { form: '', id: start.id ?? null, dirty: start.dirty ?? false },
    {
      save: (form, at) =>
        new Promise((done, fail) => {
          calls.push({ form, id: at, answer: () => done(id), fail })
        }),
      wrongOf: (error) => error as { words: string; said: Record<string, string> },
      keep: (form, at) => device.set(at ?? 'new', form),
      forget: (at) => device.delete(at ?? 'new'),
      born: (at) => born.push(at),
      later: (ms, act) => {
        const timer = { ms, act }
        timers.push(timer)
        return () => {
          timers = timers.filter((t) => t !== timer)
        }
      },
      tell: (state) => told.push(state),
    },
  )
  const ring = async () => {
    const [timer] = timers
    timers = timers.slice(1)
    timer?.act()
    await settled()
  }
  return { saver, calls, device, told, born, ring, waits: () => timers.map((t) => t.ms) }
}

const settled = () => new Promise<void>((done) => setImmediate(done))

describe('a form while it is typed', () => {
  test('stands on the device at once and on the server after a pause, and the device forgets what the server has', async () => {
    const { saver, calls, device, ring, waits, born } = stage()
    saver.change('a')
    saver.change('ab')
    expect([device.get('new'), calls.length, waits()]).toEqual(['ab', 0, [SAVE_AFTER]])
    await ring()
    calls[0]?.answer()
    await settled()
    expect(calls.map((c) => [c.form, c.id])).toEqual([['ab', null]])
    expect([saver.state().saving, device.size, born]).toEqual(['saved', 0, [id]])
  })

  test('is one listing, though it is submitted while its first save is on its way', async () => {
    const { saver, calls, ring } = stage()
    saver.change('a')
    await ring()
    const flushed = saver.flush()
    calls[0]?.answer()
    expect(await flushed).toBe(id)
    expect(calls).toHaveLength(1)
  })

  test('what is typed while a save runs is saved by the next, and a submit waits for both', async () => {
    const { saver, calls, device, ring } = stage({ id })
    saver.change('a')
    await ring()
    saver.change('ab')
    const flushed = saver.flush()
    calls[0]?.answer()
    await settled()
    expect(device.get(id)).toBe('ab')
    calls[1]?.answer()
    expect(await flushed).toBe(id)
    expect([calls.map((c) => c.form), device.size]).toEqual([['a', 'ab'], 0])
  })

  test('survives a cut line: it stays on the device, says so and is tried again', async () => {
    const { saver, calls, device, ring, waits } = stage({ id })
    saver.change('a')
    await ring()
    calls[0]?.fail({ words: '网络不通', said: {} })
    await settled()
    expect([saver.state().saving, saver.state().words, device.get(id), waits()]).toEqual(['failed', '网络不通', 'a', [AGAIN_AFTER]])
    await ring()
    calls[1]?.answer()
    await settled()
    expect([saver.state().saving, device.size]).toEqual(['saved', 0])
  })

  test('waits with a value that the server refuses until that input is changed, and never sends it in a circle', async () => {
    const { saver, calls, device, ring, waits } = stage({ id })
    saver.change('bad')
    await ring()
    calls[0]?.fail({ words: '有误', said: { 'skus.0.priceFen': '售价至少 1', title: '不能换行' } })
    await settled()
    expect([
      saver.state().saving,
      waits(),
      device.get(id),
      await Promise.race([saver.flush(), settled().then(() => 'asks again')]),
    ]).toEqual(['badValue', [], 'bad', 'asks again'])
    calls[1]?.fail({ words: '有误', said: { title: '不能换行' } })
    await settled()
    saver.change('good', ['title'])
    expect(saver.state().said).toEqual({})
  })

  test('left in the middle, is saved once more and tells nobody', async () => {
    const { saver, calls, told } = stage({ id })
    saver.change('a')
    const heard = told.length
    saver.leave()
    await settled()
    calls[0]?.answer()
    await settled()
    expect([calls.map((c) => c.form), told.length]).toEqual([['a'], heard])
  })

  test('found again on the device, is what the server does not have', async () => {
    const { calls, ring } = stage({ id, dirty: true })
    await ring()
    expect(calls).toHaveLength(1)
  })
})
