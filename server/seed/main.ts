/**
 * Fills a database: `node server/seed/main.ts` makes the demonstration, once; `--shops 300 --skus 60000 [--orders N] [--chats N]` adds rows by the
 * ten thousand for measuring. Settings are the house's own.
 */
import { parseArgs } from 'node:util'
import { readSettings, WrongSettings } from '../../config/settings.ts'
import { errorFacts } from '../platform/log.ts'
import { SeedTaken, seedDemo } from './demo.ts'
import { seedScale } from './scale.ts'

/** What a person can mend; the message is the whole sentence. */
class WrongWish extends Error {
  override name = 'WrongWish'
}

const count = (name: string, text: string | undefined, least: number): number => {
  if (text === undefined) return least
  const n = Number(text)
  if (!Number.isInteger(n) || n < least || n > 10_000_000) throw new WrongWish(`--${name} wants a whole number of at least ${least}.`)
  return n
}

const read = () => {
  try {
    return parseArgs({
      options: {
        demo: { type: 'boolean', default: false },
        shops: { type: 'string' },
        skus: { type: 'string' },
        orders: { type: 'string' },
        chats: { type: 'string' },
        pictures: { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new WrongWish(`${(error as Error).message}. Known: --demo [--pictures percent], or --shops N --skus N [--orders N] [--chats N].`)
  }
}

try {
  const wish = read()
  const settings = readSettings()
  if (settings.stage === 'park') throw new WrongWish('In stage park there is only what people made: nothing is seeded.')
  const say = (line: string): void => console.log(line)
  const from = performance.now()
  const took = () => `${((performance.now() - from) / 1000).toFixed(1)} s`
  if (wish.shops === undefined && wish.skus === undefined) {
    const done = await seedDemo(settings, { say, pictures: Math.min(100, count('pictures', wish.pictures ?? '100', 1)) / 100 })
    say(done === 'made' ? `the demonstration data is made, ${took()}` : 'the demonstration data was there already')
  } else {
    const shops = count('shops', wish.shops, 1)
    await seedScale(
      settings,
      { shops, skus: count('skus', wish.skus, shops), orders: count('orders', wish.orders, 0), chats: count('chats', wish.chats, 0) },
      say,
    )
    say(`done, ${took()}`)
  }
} catch (error) {
  const mendable = error instanceof WrongWish || error instanceof WrongSettings || error instanceof SeedTaken
  console.error(mendable ? error.message : `the seed stopped: ${JSON.stringify(errorFacts(error))}`)
  process.exit(1)
}
