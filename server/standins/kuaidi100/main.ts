/** Runs the played couriers' office as a child: `node main.ts <options.json>`. Prints one line of JSON when ready; ends with its parent or on SIGTERM. */
import { readFileSync } from 'node:fs'
import { type Kuaidi100StandinOptions, startKuaidi100Standin } from './index.ts'

const file = process.argv[2]
if (!file) {
  console.error('usage: node main.ts <options.json>')
  process.exit(2)
}
const standin = await startKuaidi100Standin(JSON.parse(readFileSync(file, 'utf8')) as Kuaidi100StandinOptions)
let ending = false
const end = async (): Promise<void> => {
  if (ending) return
  ending = true
  await standin.stop()
  process.exit(0)
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
if (process.send) process.on('disconnect', end)
else process.stdin.on('end', end).on('close', end).resume()
process.stdout.write(`${JSON.stringify({ ready: true, base: standin.base, sim: standin.sim })}\n`)
