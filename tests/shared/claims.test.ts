import { describe, expect, test } from 'vitest'
import { adviceOn, markClaims } from '../../shared/moderation/claims.ts'
import { claimClassWords, claimRules } from '../../shared/moderation/rules.ts'

describe('each rule', () => {
  for (const rule of claimRules) {
    test.each(rule.mustMatch)(`${rule.id} marks: %s`, (text) => {
      expect(markClaims(text).map((m) => m.ruleId)).toContain(rule.id)
    })
    test.each(rule.mustNotMatch)(`${rule.id} leaves alone: %s`, (text) => {
      expect(markClaims(text)).toEqual([])
    })
  }

  test('has a name of its own, examples both ways, a law and other words; every class has a rule', () => {
    expect(new Set(claimRules.map((r) => r.id)).size).toBe(claimRules.length)
    for (const r of claimRules) {
      expect(Math.min(r.mustMatch.length, r.mustNotMatch.length), r.id).toBeGreaterThan(0)
      expect(r.suggest.length * r.law.length, r.id).toBeGreaterThan(0)
    }
    expect(new Set(claimRules.map((r) => r.class))).toEqual(new Set(Object.keys(claimClassWords)))
  })
})

describe('a mark', () => {
  test('points into the text as written, through full width, spaces, zero width and emoji', () => {
    for (const written of ['加 V', '加ＶＸ', '薇❤信号', '加\u200b微\u200b信', '➕微', '🆅🆇', '𝐕𝐗', '加.微·信', '保-值', '國宴']) {
      const text = `🍵好茶 ${written} 。`
      const [mark] = markClaims(text)
      expect(mark?.text, written).toBe(written)
      expect(text.slice(mark?.start, mark?.end), written).toBe(written)
    }
  })

  test('has advice: what it is, the law to open, other words', () => {
    const [mark] = markClaims('本茶降血脂')
    expect(mark && adviceOn(mark)).toBe('治病、保健说法：《广告法》第十七条、《食品安全法》第七十三条。建议：只写滋味、香气和汤色')
  })

  test('is not made over the end of a clause, unless every letter is parted so', () => {
    expect(markClaims('每天喝两泡养，胃口也好')).toEqual([])
    expect(markClaims('全，网，最，低')).toHaveLength(1)
  })
})

describe('a denial', () => {
  test.each([
    '不能降血脂、降血压和降血糖',
    '这不是药，不治病',
    '没有保健功效',
    '请遵医嘱',
    '保值升值的说法都是骗人的',
    '不得使用“国家级”“最佳”等用语',
  ])('is no claim: %s', (text) => {
    expect(markClaims(text)).toEqual([])
  })

  test.each(['不是药，却能降血脂', '不仅降血脂', '没有副作用还能降血压', '不用吃药就能降血糖', '不要犹豫加微信'])(
    'does not hide one: %s',
    (text) => {
      expect(markClaims(text)).not.toEqual([])
    },
  )
})
