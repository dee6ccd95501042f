/** For `npm run dev`: a change in the server restarts the house, a change in a front end builds it again. */
import fs from 'node:fs'
import path from 'node:path'
import { root } from './prepare.ts'
import { build, frontEnds, isCurrent } from './web.ts'

/** Several files are saved at once: what comes within this time is one change. */
const TOGETHER = 200

/** Watches until `signal`. */
export function watchSources(given: { house(): void; web: boolean; logDir: string; signal: AbortSignal; say(line: string): void }): void {
  const on = (folders: string[], act: () => void) => {
    let timer: NodeJS.Timeout | undefined
    for (const folder of folders)
      fs.watch(path.join(root, folder), { recursive: true, signal: given.signal }, () => {
        clearTimeout(timer)
        timer = setTimeout(act, TOGETHER)
      }).on('error', () => {})
  }
  on(['server', 'shared', 'config'], () => {
    given.say('the server changed: the house starts again')
    given.house()
  })
  if (!given.web) return
  for (const one of frontEnds) {
    let building: Promise<void> = Promise.resolve()
    on([path.normalize(one.sources[0] as string), 'shared'], () => {
      building = building.then(async () => {
        if (!given.signal.aborted && !isCurrent(one)) await build(one, given).catch((error: Error) => given.say(error.message))
      })
    })
  }
}
