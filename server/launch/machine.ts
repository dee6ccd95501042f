/** What this machine brings and what can be had: programs, Debian packages, free ports. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import { programDirs } from '../../config/settings.ts'

const run = promisify(execFile)

/** Where servers live that an ordinary user's PATH does not name. */
const places = ['/usr/sbin', '/usr/bin', '/usr/libexec', '/usr/local/sbin', '/usr/local/bin', '/usr/local/mysql/bin', '/sbin', '/bin']

/** Where the first of these programs is, or null. */
export const findProgram = (...names: string[]): string | null => {
  for (const name of names)
    for (const dir of [...programDirs(), ...places]) if (fs.existsSync(path.join(dir, name))) return path.join(dir, name)
  return null
}

/** Installs Debian packages when this user may (root, or sudo without a password); false when not. */
export async function installDebian(packages: string[], say: (line: string) => void): Promise<boolean> {
  if (!findProgram('apt-get')) return false
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = async (...args: string[]) => {
    const [program, ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args] as [string, ...string[]]
    await run(program, rest, { maxBuffer: 64 << 20 })
  }
  try {
    if (sudo.length > 0) await run('sudo', ['-n', 'true'])
    say(`installing ${packages.join(', ')} (Debian)`)
    await apt('update')
    await apt('install', '-y', '--no-install-recommends', ...packages)
    return true
  } catch {
    return false
  }
}

/** Can this port be listened on? 0 always can. */
export const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = net.createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)))
  })

/** A port that nobody uses now, chosen by the system. */
export const anyFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo
      probe.close(() => resolve(port))
    })
  })

/**
 * The wanted ports where they are free, else the next free one above; never one that another name wants or has got.
 * The answer has the same names as the question.
 */
export async function choosePorts<Name extends string>(host: string, wanted: Record<Name, number>): Promise<Record<Name, number>> {
  const claimed = new Set<number>(Object.values(wanted))
  const chosen = {} as Record<Name, number>
  for (const name of Object.keys(wanted) as Name[]) {
    let port = wanted[name]
    while (!(await isFree(host, port))) {
      do port++
      while (claimed.has(port))
      if (port > 65_535) throw new Error(`no free port above ${wanted[name]}`)
    }
    claimed.add(port)
    chosen[name] = port
  }
  return chosen
}
