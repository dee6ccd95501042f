/** Photos as a phone would take them, drawn: JPEG files with a camera's marks in them. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { teaCake, teaDetail, wrappers } from '../../server/seed/pictures/index.ts'

/** A cake, its leaf and its label, as files; whoever asks removes them. */
export async function drawForTests(): Promise<string[]> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'chashan-photos-'))
  const wrapper = Object.values(wrappers)[0]!
  const drawings = [
    teaCake({ kind: 'raw', form: 'cake', wrapper, name: '凤凰窝春茶', year: 2025, seed: 11 }),
    teaDetail({ view: 'leaf', kind: 'raw', wrapper, seed: 12 }),
    teaDetail({ view: 'stack', kind: 'raw', wrapper, seed: 13 }),
  ]
  return Promise.all(
    drawings.map(async (svg, i) => {
      const file = path.join(dir, `photo-${i}.jpg`)
      await sharp(Buffer.from(svg))
        .resize(900)
        .withExif({ IFD0: { Make: 'Phone', Artist: '李阿布' } })
        .jpeg({ quality: 85 })
        .toFile(file)
      return file
    }),
  )
}
