import { describe, expect, it } from 'vitest'
import { alike, isQuestion, questionKey, sameQuestion } from '../../shared/room/questions.ts'

describe('a question', () => {
  it('is known by how it asks', () => {
    for (const text of [
      '多少钱一饼？',
      '这款能放多久',
      '是古树吗',
      '哪个山头的',
      '包邮吗',
      '熟茶怎么泡',
      '有没有小样',
      '几年的茶',
      '发什么快递',
      '孕妇能不能喝',
      '贵不贵',
    ])
      expect([text, isQuestion(text)]).toEqual([text, true])
    for (const text of ['来了来了', '好漂亮的汤色', '已拍', '支持阿姐', '下单两饼', '主播辛苦了', '666'])
      expect([text, isQuestion(text)]).toEqual([text, false])
  })

  it('is the same in other words for the same thing, and not the same about something else', () => {
    const key = (text: string) => questionKey(text)
    for (const [a, b] of [
      ['主播，这款多少钱一饼？', '多少钱一饼啊'],
      ['请问包邮吗', '包邮吗？？'],
      ['这个能放多久呢', '能放多久'],
      ['熟茶怎么泡好喝', '熟茶怎么泡'],
    ] as const)
      expect([a, b, sameQuestion(key(a), [key(b)])]).toEqual([a, b, 0])
    for (const [a, b] of [
      ['多少钱一饼', '多少克一饼'],
      ['包邮吗', '发什么快递'],
      ['生茶能放多久', '熟茶怎么泡'],
    ] as const)
      expect([a, b, sameQuestion(key(a), [key(b)])]).toEqual([a, b, -1])
    expect(sameQuestion(key('能放多久'), [key('包邮吗'), key('能放多久啊'), key('可以放多久')])).toBe(1)
  })

  it('is read in no time, however it is written', () => {
    const long = '吗'.repeat(50_000) + '可以'.repeat(50_000)
    const start = performance.now()
    isQuestion(long)
    alike(questionKey('多少钱'), questionKey(long.slice(0, 5_000)))
    expect(performance.now() - start).toBeLessThan(1_000)
    expect(questionKey('？')).toBe('')
  })
})
