/** Reads a label's photo with an engine and a model that came with the house: nothing leaves it. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { createWorker } from 'tesseract.js'
import type { LabelFields } from '../../../shared/catalogue/draft.ts'
import { fieldsOnLabel } from '../../../shared/catalogue/label-text.ts'
import { listingLimits } from '../../../shared/catalogue/limits.ts'
import type { AssetId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { SECOND } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { pictureBytes } from '../assets/index.ts'

const model = path.join(path.dirname(fileURLToPath(import.meta.resolve('@tesseract.js-data/chi_sim'))), '4.0.0_best_int')
/** A reading takes half a second and 200 MB: one at a time, a few wait, the others come again. */
const MOST_WAITING = 4
const LONGEST = 20 * SECOND

let turn: Promise<unknown> = Promise.resolve()
let waiting = 0

/**
 * What the label's photo says, as far as it can be read: a proposal for the form, which a person checks word for word. Refuses `notFound` (no
 * picture of this shop), `busy`, `labelUnread` (nothing was read in time).
 */
export async function readLabel(app: App, shopId: ShopId, assetId: AssetId): Promise<Partial<LabelFields>> {
  const bytes = await pictureBytes(app, shopId, assetId)
  if (waiting >= MOST_WAITING) throw refuse('busy')
  waiting++
  const mine = turn.then(() => read(bytes))
  turn = mine.catch(() => {})
  try {
    const fields = fieldsOnLabel(await mine)
    if (Object.keys(fields).length === 0) throw refuse('labelUnread')
    return Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, [...text].slice(0, listingLimits.label).join('')]))
  } finally {
    waiting--
  }
}

/** A thread of its own for each reading: what it took of memory goes with it. */
async function read(bytes: Uint8Array): Promise<string> {
  const plain = await sharp(bytes).greyscale().normalise().withMetadata({ density: 150 }).png().toBuffer()
  const worker = await createWorker('chi_sim', 1, { langPath: model, gzip: true, cacheMethod: 'none' })
  let late: NodeJS.Timeout | undefined
  try {
    const inTime = new Promise<never>((_, fail) => {
      late = setTimeout(() => fail(refuse('labelUnread')), LONGEST)
    })
    const { data } = await Promise.race([worker.recognize(plain), inTime])
    return data.text
  } finally {
    clearTimeout(late)
    await worker.terminate()
  }
}
