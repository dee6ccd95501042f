import { describe, expect, test } from 'vitest'
import { type Run, sideBySide, withDoubts } from '../../console/features/moderation/marks.ts'

const bare = (runs: readonly Run[]): string => runs.map((r) => r.text).join('')
const changed = (runs: readonly Run[]): string[] => runs.filter((r) => r.changed).map((r) => r.text)

describe('two wordings side by side', () => {
  test('name the words that went and came, and lose none', () => {
    const [was, is] = ['凤凰窝春茶饼，2024 年压制，357 克', '凤凰窝古树茶饼，2025 年压制，357 克']
    const { before, after } = sideBySide(was, is, [])
    expect([bare(before), bare(after)]).toEqual([was, is])
    expect(changed(before)).toEqual(['春茶', '2024'])
    expect(changed(after).join()).toContain('2025')
    expect(changed(after).join('')).toContain('古树')
    expect(changed(after).join('')).not.toContain('357')
  })

  test('are all change where there was nothing, and none where nothing changed', () => {
    expect(changed(sideBySide('', '新写的话', []).after).join('')).toBe('新写的话')
    expect(changed(sideBySide('一样', '一样', []).after)).toEqual([])
  })

  test('a doubted passage is marked every time it stands, also across a change', () => {
    const { after } = sideBySide('喝了降压', '喝了降血压，真的降血压', ['降血压'])
    expect(
      after
        .filter((r) => r.doubted)
        .map((r) => r.text)
        .join(''),
    ).toBe('降血压降血压')
    expect(bare(after)).toBe('喝了降血压，真的降血压')
    expect(withDoubts('没有问题', ['', '降血压']).some((r) => r.doubted)).toBe(false)
  })
})
