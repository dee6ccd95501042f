/** Runs the stand-in as a child: `node main.ts <options.json>`. Prints one line of JSON when ready; ends with its parent or on SIGTERM. */
import { readFileSync } from 'node:fs'
import { startWechatStandin, type WechatStandinOptions } from './index.ts'

const file = process.argv[2]
if (!file) {
  console.error('usage: node main.ts <options.json>')
  process.exit(2)
}
const standin = await startWechatStandin(JSON.parse(readFileSync(file, 'utf8')) as WechatStandinOptions)
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
process.stdout.write(`${JSON.stringify({ ready: true, api: standin.api, pay: standin.pay, sim: standin.sim })}\n`)
