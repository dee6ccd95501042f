/** What every reader of words promises, and who keeps the promise. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createWechatContentSafety } from '../../server/adapters/wechat/content-safety.ts'
import type { ContentSafetyPort } from '../../server/ports/content-safety.ts'
import { HOUR } from '../../shared/time.ts'
import { listen, openWechat } from './wechat-world.ts'

/** The promises of the content safety port. `openid` is of someone who is in the mini-program now. */
const contentSafetyContract = (name: string, makeAdapter: () => Promise<{ safety: ContentSafetyPort; openid: string }>): void => {
  describe(name, () => {
    let safety: ContentSafetyPort
    let openid: string
    beforeAll(async () => {
      const made = await makeAdapter()
      safety = made.safety
      openid = made.openid
    })

    test('plain words pass in every scene', async () => {
      for (const scene of ['profile', 'comment', 'listing'] as const) {
        const opinion = await safety.readText({ text: '景迈山古树生茶，2023 年春，手工石磨压饼', scene, openid })
        expect(opinion).toEqual({ suggest: 'pass', label: 'normal', words: [] })
      }
    })

    test('forbidden words are named with what they are', async () => {
      const opinion = await safety.readText({ text: '好茶便宜，加我微信 tea123', scene: 'comment', openid })
      expect(opinion).toMatchObject({ suggest: 'risky', label: 'advertising' })
      expect(opinion.words.join()).toContain('微信')
    })

    test('doubtful words are for a person to read', async () => {
      expect(await safety.readText({ text: '此茶包治百病', scene: 'listing', openid })).toMatchObject({ suggest: 'review' })
    })

    test('words of nobody known are for a person to read', async () => {
      const opinion = await safety.readText({ text: '好茶', scene: 'listing', openid: null })
      expect(opinion).toEqual({ suggest: 'review', label: 'unknownVisitor', words: [] })
    })

    test('2 500 characters are read, more are a mistake of the caller', async () => {
      expect(await safety.readText({ text: '茶'.repeat(2500), scene: 'listing', openid })).toMatchObject({ suggest: 'pass' })
      await expect(safety.readText({ text: '茶'.repeat(2501), scene: 'listing', openid })).rejects.toThrow(RangeError)
    })
  })
}

describe('WeChat', () => {
  let wechat: Awaited<ReturnType<typeof openWechat>>
  let safety: ContentSafetyPort
  let openid: string
  const make = (apiBase = wechat.standin.api) => createWechatContentSafety({ api: wechat.api({ apiBase }) })
  const CHECK = 'POST /wxa/msg_sec_check'

  beforeAll(async () => {
    wechat = await openWechat()
    openid = (await wechat.sim<{ openid: string }>('users', { key: 'buyer' })).openid
    safety = make()
  })
  afterAll(() => wechat.close())
  beforeEach(async () => {
    await wechat.calm()
    await wechat.forget()
  })

  contentSafetyContract('as a reader of words', async () => ({ safety, openid }))

  test('each scene goes under its number, in plain Chinese, to version 2', async () => {
    for (const scene of ['profile', 'comment', 'listing'] as const) await safety.readText({ text: '春茶', scene, openid })
    const calls = await wechat.calls('/wxa/msg_sec_check')
    expect(calls.map((call) => JSON.parse(call.body))).toEqual([1, 2, 3].map((scene) => ({ content: '春茶', version: 2, scene, openid })))
    expect(calls.every((call) => call.body.includes('春茶'))).toBe(true)
  })

  test('without a visitor WeChat is not asked', async () => {
    await safety.readText({ text: '春茶', scene: 'listing', openid: null })
    expect(await wechat.calls('/wxa/msg_sec_check')).toEqual([])
  })

  test('who has not been in the mini-program for two hours is for a person to read, not risky', async () => {
    await wechat.sim('rules', { visitRule: true })
    await wechat.advance(3 * HOUR)
    const opinion = await safety.readText({ text: '春茶', scene: 'comment', openid })
    await wechat.sim('rules', { visitRule: false })
    expect(opinion).toEqual({ suggest: 'review', label: 'unknownVisitor', words: [] })
  })

  test.each([
    ['40003', () => safety.readText({ text: '春茶', scene: 'comment', openid: 'oSomebodyElse' })],
    ['45011', () => wechat.fault(CHECK, 'rate').then(() => safety.readText({ text: '春茶', scene: 'comment', openid }))],
    [
      '44991',
      () => wechat.fault(CHECK, 'errcode', { errcode: 44991 }).then(() => safety.readText({ text: '春茶', scene: 'comment', openid })),
    ],
    ['HTTP_502', () => wechat.fault(CHECK, 'bad-gateway').then(() => safety.readText({ text: '春茶', scene: 'comment', openid }))],
  ])('%s is trouble, never an opinion', async (code, ask) => {
    await expect(ask()).rejects.toMatchObject({ name: 'OutsideTrouble', system: 'wechat', code })
    expect(await wechat.calls('/wxa/msg_sec_check')).toHaveLength(1)
  })

  describe('opinions that the stand-in does not give', () => {
    let said: object
    let odd: Awaited<ReturnType<typeof listen>>
    beforeAll(async () => {
      odd = await listen((_body, url, _headers, response) =>
        response.end(JSON.stringify(url.startsWith('/cgi-bin') ? { access_token: 't', expires_in: 7200 } : said)),
      )
    })
    afterAll(() => odd.close())
    const read = (answer: object) => {
      said = { errcode: 0, errmsg: 'ok', trace_id: 't', ...answer }
      return make(odd.origin).readText({ text: '春茶', scene: 'comment', openid: 'o' })
    }
    const keyword = { strategy: 'keyword', suggest: 'risky', label: 20006, level: 20 }

    test('a detail counts only with its own errcode 0', async () => {
      const opinion = await read({
        result: { suggest: 'pass', label: 100 },
        detail: [
          { strategy: 'content_model', errcode: 0, suggest: 'pass', label: 100, prob: 5 },
          { ...keyword, errcode: -1, keyword: '作废' },
        ],
      })
      expect(opinion).toEqual({ suggest: 'pass', label: 'normal', words: [] })
    })

    test('a valid detail that is harsher than the result is believed', async () => {
      const opinion = await read({ result: { suggest: 'pass', label: 100 }, detail: [{ ...keyword, errcode: 0, keyword: '下注' }] })
      expect(opinion).toEqual({ suggest: 'risky', label: 'crime', words: ['下注'] })
    })

    test('a pass after every check has failed is no pass', async () => {
      const opinion = await read({ result: { suggest: 'pass', label: 100 }, detail: [{ strategy: 'content_model', errcode: -1 }] })
      expect(opinion).toMatchObject({ suggest: 'review', label: 'notChecked' })
    })

    test('a label nobody told us of keeps its number', async () => {
      expect(await read({ result: { suggest: 'review', label: 29999 }, detail: [] })).toMatchObject({ suggest: 'review', label: '29999' })
    })

    test('an answer of another shape is trouble', async () => {
      await expect(read({})).rejects.toMatchObject({ code: 'MALFORMED' })
      await expect(read({ result: { suggest: 'fine', label: 100 } })).rejects.toMatchObject({ code: 'MALFORMED' })
    })
  })

  test('the log holds neither the words nor who said them', async () => {
    expect(wechat.logged.length).toBeGreaterThan(0)
    for (const secret of ['春茶', openid]) expect(wechat.logged.join('\n')).not.toContain(secret)
  })
})
