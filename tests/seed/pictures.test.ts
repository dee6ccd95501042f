import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import {
  canPrint,
  type Detail,
  type Form,
  farmerPortrait,
  farmYard,
  hillScene,
  liveCover,
  render,
  shopAvatar,
  teaCake,
  teaDetail,
  wrappers,
} from '../../server/seed/pictures/index.ts'

const forms: Form[] = ['cake', 'brick', 'tuo', 'loose', 'dragonBall', 'melon']
const details: Detail[] = ['leaf', 'liquor', 'stack']
const styles = Object.values(wrappers)

/** Every drawer, with the size it promises. */
const drawers: [name: string, width: number, height: number, draw: (seed: number) => string][] = [
  ...forms.map((form, i): [string, number, number, (seed: number) => string] => [
    form,
    1200,
    1200,
    (seed) => teaCake({ kind: i % 2 ? 'ripe' : 'raw', form, wrapper: styles[i]!, name: '凤凰窝', year: 2024, seed }),
  ]),
  ...details.map((view, i): [string, number, number, (seed: number) => string] => [
    view,
    1200,
    1200,
    (seed) => teaDetail({ view, kind: i % 2 ? 'raw' : 'ripe', wrapper: styles[i + 6]!, seed }),
  ]),
  ['hillScene', 1200, 900, hillScene],
  ['farmYard', 1200, 900, farmYard],
  ['shopAvatar', 400, 400, (seed) => shopAvatar(seed, '茶')],
  ['farmerPortrait', 600, 600, farmerPortrait],
  ['liveCover', 1080, 1920, liveCover],
]

describe('the pictures of the demo', () => {
  test.each(drawers)('%s is the same for the same seed and another for another seed', (_name, _width, _height, draw) => {
    const [once, again, other] = [draw(7), draw(7), draw(8)]
    expect(once === again).toBe(true)
    expect(once === other).toBe(false)
  })

  test.each(drawers)(
    '%s has its stated size, decodes as WebP, shows something, and is light enough for a phone',
    async (_name, width, height, draw) => {
      const webp = await render(draw(3))
      const picture = sharp(webp)
      expect(await picture.metadata()).toMatchObject({ format: 'webp', width, height })
      const { channels } = await picture.stats()
      expect(Math.max(...channels.slice(0, 3).map((channel) => channel.stdev))).toBeGreaterThan(15)
      expect(webp.length).toBeLessThan(205_000)
    },
  )

  test.each(drawers)('%s needs no font and nothing from outside', (_name, _width, _height, draw) => {
    // Textures are their own bytes: only the drawing's words are read.
    const words = draw(5).replace(/data:image\/png;base64,[^"]*/g, 'texture')
    const wrong = words.match(/.{0,60}(?:<text|<tspan|font-family|<script|<foreignObject|href="(?!texture")|NaN|undefined|Infinity).{0,60}/)
    expect(wrong?.[0]).toBeUndefined()
  })

  test('a picture is made as wide as the screen asks', async () => {
    expect(await sharp(await render(hillScene(1), { width: 400, quality: 60 })).metadata()).toMatchObject({ width: 400, height: 300 })
  })

  test('raw tea is greener and ripe tea redder', async () => {
    const tone = async (kind: 'raw' | 'ripe') => {
      const webp = await render(teaDetail({ view: 'leaf', kind, wrapper: wrappers.inkMountain, seed: 4 }), { width: 300 })
      const { channels } = await sharp(webp).stats()
      return channels[0]!.mean - channels[1]!.mean
    }
    expect(await tone('ripe')).toBeGreaterThan((await tone('raw')) + 10)
  })

  test('a name is printed when its characters are here, and a name that cannot be printed gives way to the kind of tea', () => {
    const tea = (name?: string) => teaCake({ kind: 'raw', form: 'cake', wrapper: wrappers.redPhoenix, seed: 9, ...(name ? { name } : {}) })
    expect(canPrint('凤凰窝古树春茶')).toBe(true)
    expect(canPrint('须立贡茶')).toBe(true)
    expect(canPrint('饕餮')).toBe(false)
    expect(tea('迷帝春茶') === tea()).toBe(false)
    expect(tea('饕餮') === tea()).toBe(true)
  })
})

/** The tags of an FLV file: kind, time in ms and body, as Adobe's file format specification 10.1 annex E lays them out. */
function flvTags(file: Buffer): { kind: number; at: number; body: Buffer }[] {
  expect(file.toString('latin1', 0, 3)).toBe('FLV')
  const tags = []
  let place = file.readUInt32BE(5) + 4
  while (place + 11 <= file.length) {
    const size = file.readUIntBE(place + 1, 3)
    const at = file.readUIntBE(place + 4, 3) + file[place + 7]! * 2 ** 24
    tags.push({ kind: file[place]! & 31, at, body: file.subarray(place + 11, place + 11 + size) })
    expect(file.readUInt32BE(place + 11 + size)).toBe(size + 11)
    place += 11 + size + 4
  }
  return tags
}

describe('the clip of the demo', () => {
  const path = fileURLToPath(new URL('../../server/seed/clip.flv', import.meta.url))

  test('it is a small FLV with AVC and AAC, a key picture every second and every picture shown in the order it is sent', async () => {
    expect((await stat(path)).size).toBeLessThan(2_000_000)
    const tags = flvTags(await readFile(path))
    const video = tags.filter((tag) => tag.kind === 9)
    const audio = tags.filter((tag) => tag.kind === 8)
    // AVC is codec 7, AAC is format 10; a configuration comes first (packet type 0).
    expect(video.every(({ body }) => (body[0]! & 15) === 7)).toBe(true)
    expect(audio.every(({ body }) => body[0]! >> 4 === 10)).toBe(true)
    expect(video[0]!.body[1]).toBe(0)
    expect(audio[0]!.body[1]).toBe(0)
    const pictures = video.filter(({ body }) => body[1] === 1)
    const keys = pictures.filter(({ body }) => body[0]! >> 4 === 1)
    expect(pictures[0]!.body[0]! >> 4).toBe(1)
    for (let i = 1; i < keys.length; i++) expect(keys[i]!.at - keys[i - 1]!.at).toBeLessThanOrEqual(1_010)
    // Without B-pictures, a picture's composition offset is always the same: nothing is reordered.
    expect(new Set(pictures.map(({ body }) => body.readIntBE(2, 3))).size).toBe(1)
    const seconds = pictures.at(-1)!.at / 1000
    expect(seconds).toBeGreaterThan(20)
    expect(pictures.length / seconds).toBeGreaterThan(14)
    expect(audio.at(-1)!.at / 1000).toBeGreaterThan(seconds - 1)
  })

  test('something moves in every second of it', async () => {
    const pictures = flvTags(await readFile(path)).filter(({ kind, body }) => kind === 9 && body[1] === 1)
    // A still picture costs a few dozen bytes; a moving one hundreds.
    const still = pictures.filter(({ body }) => body.length < 120)
    expect(still.length).toBe(0)
  })
})
