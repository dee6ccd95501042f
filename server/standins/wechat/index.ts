/**
 * WeChat, played: api.weixin.qq.com and api.mch.weixin.qq.com over their own wire protocols, with the phone's side (login codes, the
 * payment sheet) and every switch of tests under `/__sim`. It promises the checks, signatures, states and callbacks of the real servers,
 * and shares no code with the client that speaks to it. It proves nothing about permissions, licences, quotas or risk control.
 */
import { apiServer } from './api-server.ts'
import { type Handler, listen } from './http.ts'
import { notifyTasks } from './notify.ts'
import { settleOptions, type WechatStandinOptions } from './options.ts'
import { payTasks } from './pay.ts'
import { payServer } from './pay-server.ts'
import { refundTasks } from './refunds.ts'
import { sharingTasks } from './sharing.ts'
import { shippingTasks } from './shipping.ts'
import { simServer } from './sim.ts'
import { createWorld, type World } from './world.ts'

export { type DemoKeys, type Family, makeDemoKeys, type WechatStandinOptions } from './options.ts'

/** A running stand-in. */
export interface Standin {
  /** Origins, without a path. */
  api: string
  pay: string
  sim: string
  /** Where browsers reach the control plane. */
  simPublic: string
  /** Business time, ms. */
  now(): number
  /** Moves business time forward and does on the way all that falls due. */
  advance(ms: number): Promise<void>
  /** Waits until no callback is in flight and nothing is due. */
  settled(): Promise<void>
  /** Ends the servers and writes the state. */
  stop(): Promise<void>
}

const KEPT_CALLS = 500
const strike = (words: string): string =>
  words
    .replace(/((?:secret|access_token)=)[^&]*/g, '$1***')
    .replace(/("(?:secret|session_key|access_token|phoneNumber|purePhoneNumber)"\s*:\s*")[^"]*/g, '$1***')

/** Notes each call for `/__sim/calls`, without secrets. */
const noted =
  (world: World, server: string, handle: Handler): Handler =>
  async (call) => {
    const given = await handle(call)
    world.calls.push({
      at: world.now(),
      server,
      method: call.method,
      url: strike(call.url),
      body: strike(call.body.slice(0, 8000)),
      status: given.drop ? 0 : given.status,
      answer: typeof given.body === 'string' ? strike(given.body.slice(0, 8000)) : `${given.body.length} bytes`,
    })
    if (world.calls.length > KEPT_CALLS) world.calls.shift()
    return given
  }

/** Starts the three servers and takes up what the state file left undone. Throws when an option is wrong or a port is taken. */
export const startWechatStandin = async (given: WechatStandinOptions): Promise<Standin> => {
  const options = settleOptions(given)
  const world = createWorld(options)
  for (const tasks of [payTasks, refundTasks, sharingTasks, shippingTasks, notifyTasks]) tasks(world)
  // A callback that was in flight when the process ended has no plan left: it is sent again, at least once being the rule.
  for (const delivery of Object.values(world.state.deliveries))
    if (delivery.state === 'waiting' && !world.state.tasks.some((task) => task.kind === 'notify' && task.id === delivery.id))
      world.plan('notify', delivery.id, world.now())
  const { host } = options
  const servers = [
    await listen(host, options.apiPort, noted(world, 'api', apiServer(world))),
    await listen(host, options.payPort, noted(world, 'pay', payServer(world))),
    await listen(host, options.simPort, simServer(world)),
  ] as const
  const [api, pay, sim] = servers
  world.wake()
  return {
    api: api.origin,
    pay: pay.origin,
    sim: sim.origin,
    simPublic: options.simPublicOrigin ?? sim.origin,
    now: world.now,
    advance: world.advance,
    settled: world.settled,
    stop: async () => {
      await Promise.all(servers.map((server) => server.close()))
      world.stop()
    },
  }
}
