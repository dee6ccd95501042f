/** Where photos come from: what the phone says, what the house knows, and what the desk is told of both. */
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Picture } from '../../server/modules/assets/index.ts'
import { originWords, placeWords } from '../../shared/assets/capture.ts'
import type { CaseId } from '../../shared/ids.ts'
import { after, instant, MINUTE } from '../../shared/time.ts'
import { type House, type Person, refusalFrom, startHouse } from '../kit/house.ts'
import { type Farmer, jpeg, sendPicture, uploadPicture, wholeDraft } from '../kit/listings.ts'

let house: House
let farmer: Farmer
let reviewer: Person

beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  reviewer = await house.staff('reviewer')
})
afterAll(() => house?.stop())

const note = (
  who: Farmer,
  assetId: Picture['id'],
  change: { takenAt?: number; place?: { latitude: number; longitude: number } | null } = {},
) =>
  who.trpc.shop.assets.noteCapture.mutate({
    shopId: who.shopId,
    assetId,
    takenAt: house.clock.now(),
    place: { latitude: 23.6217, longitude: 101.4283 },
    ...change,
  })

const send = async (who: Farmer, bytes: Buffer): Promise<Picture> => {
  const answer = await sendPicture(house, who, bytes)
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { asset: Picture }).asset
}

/** What the desk sees of a listing that was just submitted. */
const caseOf = async (who: Farmer, pictures: Picture['id'][], label: Picture['id']) => {
  const own = await uploadPicture(house, who)
  const { listingId } = await who.trpc.shop.catalogue.saveDraft.mutate({
    shopId: who.shopId,
    draft: wholeDraft(own.id, { pictures: [own.id, ...pictures], captions: [], labelPicture: label }),
  })
  await who.trpc.shop.catalogue.submit.mutate({ shopId: who.shopId, listingId })
  const [row] = await house.sql<{ id: CaseId }>("select id from moderation_cases where subject_id = ? and state = 'open'", [listingId])
  return reviewer.trpc.park.moderation.one.query({ caseId: row?.id as CaseId })
}

test('a photo taken in the app says when and about where, once; buyers are told nothing of it', async () => {
  const [taken, chosen] = [await uploadPicture(house, farmer), await uploadPicture(house, farmer)]
  const at = house.clock.now()
  expect(await note(farmer, taken.id)).toEqual({ source: 'camera' })
  expect(await note(farmer, taken.id, { takenAt: at })).toEqual({ source: 'camera' })
  expect((await refusalFrom(note(farmer, taken.id, { takenAt: at - 1 }))).code).toBe('notNow')
  const one = await caseOf(farmer, [taken.id], chosen.id)
  const origin = one.now.pictures[1]?.origin
  expect(origin).toMatchObject({ source: 'camera', takenAt: at, place: { latitude: 23.62, longitude: 101.43 }, editedWith: null })
  expect(origin?.hash).toMatch(/^[0-9a-f]{64}$/)
  expect(one.now.labelPicture?.origin).toMatchObject({ source: 'album', takenAt: null, place: null })
  expect(one.findings).toEqual([])
  const ours = await farmer.trpc.shop.catalogue.list.query({ shopId: farmer.shopId })
  expect(JSON.stringify(ours)).not.toContain('latitude')
})

test('too late, of another shop, or with figures that are none: refused, by name', async () => {
  const { id } = await uploadPicture(house, farmer)
  const stranger = await house.farmer()
  expect((await refusalFrom(note(stranger, id))).code).toBe('notFound')
  expect((await refusalFrom(note(farmer, id, { place: { latitude: 91, longitude: 0 } }))).fields).toHaveProperty('place.latitude')
  expect((await refusalFrom(note(farmer, id, { takenAt: 1.5 }))).fields).toHaveProperty('takenAt')
  house.clock.advance(11 * MINUTE)
  expect((await refusalFrom(note(farmer, id))).code).toBe('notNow')
})

test('the very file of another shop, and a file that names the program which changed it, are findings at the desk', async () => {
  const bytes = await jpeg(600, 400)
  const first = await house.farmer({ name: '迷帝老李茶坊' })
  await send(first, bytes)
  const copied = await send(farmer, bytes)
  const edited = await send(
    farmer,
    await sharp(await jpeg())
      .withExif({ IFD0: { Software: 'Adobe Photoshop 25.0' } })
      .jpeg()
      .toBuffer(),
  )
  const one = await caseOf(farmer, [copied.id], edited.id)
  expect(one.findings.map((f) => [f.source, f.field, f.text])).toEqual([
    ['pictures', 'pictures', '第 2 张照片'],
    ['pictures', 'labelPicture', '标签照片'],
  ])
  expect(one.findings[0]?.why).toContain('迷帝老李茶坊')
  expect(one.findings[1]?.why).toContain('Adobe Photoshop')
})

test('the desk reads it in words, and what only the phone said is marked as said', () => {
  const at = instant(Date.UTC(2026, 2, 20, 2, 30))
  const base = {
    source: 'camera' as const,
    storedAt: after(at, MINUTE),
    takenAt: at,
    place: { latitude: 23.62, longitude: 101.43 },
    editedWith: null,
  }
  expect(originWords(base)).toMatch(/^应用内拍摄 · 手机报 .*10:30 · 手机报墨江县城西北约 \d+ 公里$/)
  expect(originWords({ ...base, storedAt: after(at, 60 * MINUTE), place: null })).toContain('11:30 才收到 · 没有附地点')
  expect(originWords({ ...base, source: 'album', takenAt: null })).toMatch(/^相册上传 · .*收到$/)
  expect(placeWords({ latitude: 23.43, longitude: 101.69 })).toBe('墨江县城附近')
  expect(placeWords({ latitude: 25.04, longitude: 102.72 })).toMatch(/东北约 \d+ 公里，不在墨江$/)
})
