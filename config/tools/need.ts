/**
 * Looks for what the tests want besides packages and installs it where this user may (Debian, as root or with sudo). What cannot be had is
 * said with its consequence: the tests that need it are skipped, except the database, without which there are none.
 */
import { execFileSync } from 'node:child_process'
import { findProgram, installDebian } from '../../server/launch/machine.ts'

interface Need {
  what: string
  packages: string[]
  has(): boolean
  /** What does not run without it; null: nothing runs. */
  without: string | null
}

const hasChineseFont = (): boolean => {
  if (!findProgram('fc-list')) return false
  return execFileSync(findProgram('fc-list') as string, [':lang=zh', 'family'], { encoding: 'utf8' }).trim() !== ''
}

const needs: readonly Need[] = [
  {
    what: 'a database server',
    packages: ['mariadb-server-core', 'mariadb-client-core'],
    has: () => findProgram('mariadbd', 'mysqld') !== null,
    without: null,
  },
  {
    what: 'ffmpeg',
    packages: ['ffmpeg'],
    has: () => findProgram('ffmpeg') !== null,
    without: 'the tests of clips, covers and HLS are skipped',
  },
  {
    what: 'Chromium',
    packages: ['chromium'],
    has: () => findProgram('chromium', 'chromium-browser', 'google-chrome') !== null,
    without: 'the journeys in a browser are skipped',
  },
  {
    what: 'a Chinese font',
    packages: ['fontconfig', 'fonts-noto-cjk'],
    has: hasChineseFont,
    without: 'pictures taken of the screens show boxes instead of Chinese',
  },
]

const missing = needs.filter((need) => !need.has())
if (missing.length > 0) {
  const packages = missing.flatMap((need) => need.packages)
  await installDebian(packages, (line) => console.log(line))
  for (const need of missing.filter((one) => !one.has())) {
    const install = `\`apt-get install ${need.packages.join(' ')}\` (as root)`
    if (need.without === null) {
      console.error(`There is no ${need.what.replace(/^a /, '')}, and it could not be installed: run ${install}.`)
      process.exit(1)
    }
    console.log(`There is no ${need.what.replace(/^a /, '')}: ${need.without}. To have it: ${install}.`)
  }
}
