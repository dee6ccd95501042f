import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../server/platform/work.ts'
import { emptyDraft } from '../../shared/catalogue/draft.ts'
import { withRead } from '../../shared/catalogue/form.ts'
import { fieldsOnLabel } from '../../shared/catalogue/label-text.ts'
import type { AssetId } from '../../shared/ids.ts'
import { type House, refusalFrom, startHouse } from '../kit/house.ts'
import { type Farmer, jpeg, sendPicture } from '../kit/listings.ts'

let house: House
let farmer: Farmer

beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
})
afterAll(() => house?.stop())

const upload = async (bytes: Buffer, type: string): Promise<AssetId> => {
  const answer = await sendPicture(house, farmer, bytes, type)
  return ((await answer.json()) as { asset: { id: AssetId } }).asset.id
}

describe('a label’s photo', () => {
  test('is read by the house itself, slightly turned as it was taken, into the fields of the panel', async () => {
    const assetId = await upload(fs.readFileSync(path.resolve('tests/fixtures/label.webp')), 'image/webp')
    const read = await farmer.trpc.shop.catalogue.readLabel.mutate({ shopId: farmer.shopId, assetId })
    expect(read).toEqual({
      ...{ name: '普洱茶(生茶)', netContent: '357克', standardCode: 'GB/T 22111', scNumber: 'SC11453082200011' },
      ...{ productionDate: '2025年4月20日', shelfLife: '适宜长期保存', maker: '墨江县新华茶厂' },
    })
    // what a person has typed stands
    const typed = { ...emptyDraft(), label: { ...emptyDraft().label, name: '普洱生茶' } }
    expect(withRead(typed, read).label).toMatchObject({ name: '普洱生茶', netContent: '357克', scNumber: 'SC11453082200011' })
  }, 60_000)

  test('with nothing to read on it says so; somebody else’s is not found', async () => {
    const { shopId } = farmer
    const ask = (assetId: AssetId, who = farmer) => who.trpc.shop.catalogue.readLabel.mutate({ shopId: who.shopId, assetId })
    const plain = await upload(await jpeg(), 'image/jpeg')
    expect((await refusalFrom(ask(plain))).code).toBe('labelUnread')
    const other = await house.farmer()
    for (const id of [plain, newId('Asset')]) expect((await refusalFrom(ask(id, other))).code).toBe('notFound')
    const clerk = await house.member(shopId, 'clerk')
    expect((await refusalFrom(clerk.trpc.shop.catalogue.readLabel.mutate({ shopId, assetId: plain }))).code).toBe('roleNeeded')
  }, 60_000)
})

describe('what a machine has read', () => {
  test('becomes fields by what labels call them, misread digits mended, the rest left out', () => {
    const text =
      '产 品 名 称 ： 普 洱 茶\n净 含 量:100g\n食 品 生 产 许 可 证 编 号 : SCl1453O82200011\n执 行 标 准 : GB/T 22111-2008\n电 话 : 0879-4232000\n乱码 ~ !'
    expect(fieldsOnLabel(text)).toEqual({
      name: '普洱茶',
      netContent: '100g',
      scNumber: 'SC11453082200011',
      standardCode: 'GB/T 22111-2008',
    })
    expect(fieldsOnLabel('')).toEqual({})
    expect(fieldsOnLabel('SC1145308')).toEqual({})
  })
})
