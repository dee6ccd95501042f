import type { UserId } from '../../../shared/ids.ts'
import type { ClaimClass } from '../../../shared/moderation/rules.ts'
import type { App } from '../../platform/app.ts'
import { errorFacts } from '../../platform/log.ts'
import { OutsideTrouble } from '../../ports/trouble.ts'
import { openidOf } from '../identity/index.ts'
import { type Reading, readingOfApp } from './park-rules.ts'

/** What the word lists of house and park, as they are read now, say of a text, of these classes or of all: the passages as they were written. */
export const doubtsIn = ({ mark }: Reading, text: string, classes?: readonly ClaimClass[]): string[] => {
  const found = mark(text).filter((c) => classes === undefined || classes.includes(c.class))
  return [...new Set(found.map((c) => c.text))]
}

/** The machine reads this many characters at a time. */
export const MACHINE_READS = 2500

/**
 * May these words of a person (at most 2 500 characters) be shown now (`pass`), or do they wait for one (`hold`)? The local list first, then
 * the machine. `classes` narrows the list for words that are no advertising. While the machine has no opinion, comments follow the local list and everything longer-lived is held.
 */
export async function checkWords(
  app: App,
  ask: { text: string; scene: 'profile' | 'comment' | 'listing'; userId: UserId; classes?: readonly ClaimClass[] },
): Promise<'pass' | 'hold'> {
  if (doubtsIn(await readingOfApp(app), ask.text, ask.classes).length > 0) return 'hold'
  const unread = ask.scene === 'comment' ? 'pass' : 'hold'
  try {
    const text = [...ask.text].slice(0, MACHINE_READS).join('')
    const opinion = await app.ports.contentSafety.readText({ text, scene: ask.scene, openid: await openidOf(app.read, ask.userId) })
    return opinion.suggest === 'pass' ? 'pass' : 'hold'
  } catch (error) {
    if (!(error instanceof OutsideTrouble)) throw error
    app.log('warn', 'words could not be checked', { scene: ask.scene, ...errorFacts(error) })
    return unread
  }
}
