/** What the forms of phone and desk share: which fields stand, what follows from an edit, which words stand where. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classForms, fieldsOfClass, inputs } from '../../shared/catalogue/classes.ts'
import { missing } from '../../shared/catalogue/complete.ts'
import { emptyDraft, type ListingDraft, packUnits, productClasses } from '../../shared/catalogue/draft.ts'
import {
  addLevel,
  addSku,
  chooseClass,
  drawnForm,
  dropLevel,
  dropSku,
  edited,
  pathsOf,
  setLevel,
  setSku,
  unitsAt,
  withCaption,
  wordsByPath,
  wordsWithin,
} from '../../shared/catalogue/form.ts'
import { packWords } from '../../shared/catalogue/units.ts'
import type { AssetId } from '../../shared/ids.ts'
import { readYuan } from '../../shared/money.ts'
import { cleanMoney, cleanWhole } from '../../shared/typing.ts'

const of = (productClass: (typeof productClasses)[number]): ListingDraft => chooseClass(emptyDraft(), productClass)
const photo = (n: number) => `ast_01JD00000000000000000000${String(n).padStart(2, '0')}` as AssetId

describe('the form of a class', () => {
  test.each(productClasses)('%s: every field of its table is drawn, in its order, as the table says; nothing else is', (productClass) => {
    const form = classForms[productClass]
    // a draft that makes every field mean something
    const draft: ListingDraft = { ...of(productClass), blend: 'blend', treeClass: 'ancient', form: 'loose' }
    const drawn = drawnForm(draft)
    expect(drawn.map((g) => [g.words, g.fields.map((f) => f.name)])).toEqual(form.groups.map((g) => [g.words, g.fields.map((f) => f.name)]))
    for (const field of drawn.flatMap((g) => g.fields)) {
      expect(field.label).not.toBe('')
      expect(field.input.is).toBe(inputs[field.name].is)
      expect(field.must).toBe(fieldsOfClass(form).find((f) => f.name === field.name)?.must)
      if (field.input.is === 'choice') expect(field.input.options.length).toBeGreaterThan(1)
    }
    // whatever is missing has its place on the form
    const places = new Set<string>(drawn.flatMap((g) => g.fields.map((f) => f.name)))
    for (const lack of missing(draft, '2026-11-26')) expect(places).toContain(lack.field)
  })

  test('nothing is asked before the class is chosen, and changing it loses nothing', () => {
    expect(drawnForm(emptyDraft())).toEqual([])
    const typed = edited(of('coffee'), 'variety', '卡蒂姆')
    expect(chooseClass(chooseClass(typed, 'puer'), 'coffee').variety).toBe('卡蒂姆')
    // the unit that a class proposed does not stay where another class cannot have it
    expect(chooseClass(of('rice'), 'dish').pack).toEqual([{ unit: 'bag', count: 1 }])
    expect(chooseClass(of('dish'), 'rice').pack).toEqual([{ unit: 'bag', count: 1 }])
    expect(chooseClass(of('dish'), 'puer').pack).toEqual([])
  })

  test('what means nothing yet is out of the way; what was typed there keeps it in sight', () => {
    const names = (draft: ListingDraft) => drawnForm(draft).flatMap((g) => g.fields.map((f) => f.name))
    const puer = edited(of('puer'), 'form', 'cake')
    expect(names(puer)).not.toContain('shares')
    expect(names(puer)).not.toContain('grade')
    expect(names({ ...puer, blend: 'blend' })).toContain('shares')
    expect(names({ ...puer, shares: '春 6 秋 4' })).toContain('shares')
    expect(names({ ...puer, presale: { shipBy: '2027-04-30' } })).not.toContain('label')
  })
})

describe('the pack tree and its skus', () => {
  const cake = { ...edited(of('puer'), 'form', 'cake'), netGrams: 357 }

  test('a form of tea proposes its unit and the first sku; seven make a stack of 2.499 kg, six stacks a crate', () => {
    expect(cake.pack).toEqual([{ unit: 'cake', count: 1 }])
    expect(cake.skus.map((s) => [s.name, s.level])).toEqual([['单饼', 0]])
    const stack = addLevel(cake)
    expect(packWords(stack, 1)).toBe('357 克 × 7 饼 = 2.499 千克')
    const crate = addLevel(stack)
    expect(packWords(crate, 2)).toBe('357 克 × 42 饼 = 14.994 千克')
    expect(addSku(addSku(crate)).skus.map((s) => s.name)).toEqual(['单饼', '整提（7 饼）', '整件（42 饼）'])
  })

  test('ready names follow the tree, names of their own stay; a level that goes takes nobody along', () => {
    const two = addSku(addLevel(cake))
    const five = setLevel(two, 1, { count: 5 })
    expect(five.skus.map((s) => s.name)).toEqual(['单饼', '整提（5 饼）'])
    const own = setLevel(setSku(two, 1, { name: '礼盒提' }), 1, { count: 5 })
    expect(own.skus[1]?.name).toBe('礼盒提')
    expect(dropLevel(own).skus.map((s) => [s.name, s.level])).toEqual([
      ['单饼', 0],
      ['礼盒提', 0],
    ])
  })

  test('whatever is done to a tree, no unit stands twice and every sku keeps a key of its own and a level that is there', () => {
    const act = fc.oneof(
      fc.constant(addLevel),
      fc.constant(dropLevel),
      fc.constant(addSku),
      fc.nat(3).map((i) => (d: ListingDraft) => (d.skus.length > 1 ? dropSku(d, i % d.skus.length) : d)),
      fc.tuple(fc.nat(3), fc.constantFrom(...packUnits), fc.integer({ min: 2, max: 100 })).map(([i, unit, count]) => (d: ListingDraft) => {
        const level = i % d.pack.length
        return unitsAt(d, level).includes(unit) ? setLevel(d, level, level === 0 ? { unit } : { unit, count }) : d
      }),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const draft = acts.reduce<ListingDraft>((d, one) => one(d), cake)
        expect(new Set(draft.pack.map((l) => l.unit)).size).toBe(draft.pack.length)
        expect(new Set(draft.skus.map((s) => s.key)).size).toBe(draft.skus.length)
        for (const sku of draft.skus) expect(draft.pack[sku.level]).toBeDefined()
      }),
    )
  })
})

describe('words at their inputs', () => {
  test('what is missing is said where somebody has been, what contradicts itself at once, and the server first', () => {
    const draft: ListingDraft = { ...of('puer'), title: '茶', scNumber: 'SC1' }
    const lacks = missing(draft, '2026-11-26')
    const seen = { said: {}, begun: new Set<string>(), told: false }
    expect(Object.keys(wordsByPath(draft, lacks, seen)).sort()).toEqual(['scNumber', 'title'])
    expect(wordsByPath(draft, lacks, { ...seen, begun: new Set(['village']) }).village).toBe('请填写村寨')
    expect(Object.keys(wordsByPath(draft, lacks, { ...seen, told: true })).length).toBeGreaterThan(10)
    expect(wordsByPath(draft, lacks, { ...seen, said: pathsOf({ 'draft.title': '不能换行' }) }).title).toBe('不能换行')
    expect(wordsWithin({ 'presale.shipBy': '太晚' }, 'presale')).toBe('太晚')
  })

  test('photos take their captions along when they change places', () => {
    const two = edited(edited(of('puer'), 'pictures', [photo(1)]), 'pictures', [photo(1), photo(2)])
    const named = withCaption(two, 1, '茶汤')
    expect(edited(named, 'pictures', [photo(2), photo(1)]).captions).toEqual(['茶汤', ''])
    expect(edited(named, 'pictures', [photo(2)]).captions).toEqual(['茶汤'])
  })

  test('whatever is typed as a price or a number reads, or is not finished', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (text) => {
        const money = cleanMoney(text).replace(/\.$/, '')
        expect(money === '' || money.startsWith('.') || readYuan(money) !== null).toBe(true)
        expect(cleanWhole(text)).toMatch(/^(0|[1-9]\d{0,7})?$/)
      }),
    )
    expect([cleanMoney('￥1,280.505'), cleanMoney('１６８。5'), cleanWhole('007 饼')]).toEqual(['1280.50', '168.5', '7'])
  })
})
