import { setTimeout as delay } from 'node:timers/promises'
import { makeId } from './crypto.ts'
import type { Answer, Call } from './http.ts'
import { answer } from './http.ts'
import type { Fault, FaultKind } from './state.ts'
import type { World } from './world.ts'

const kinds: readonly FaultKind[] = [
  'latency',
  'lost',
  'rate',
  'system-error',
  'bad-gateway',
  'malformed',
  'bad-signature',
  'signtest',
  'unknown-serial',
  'errcode',
]

/** Sets a fault switch (wechat.md §0.2.5). Throws a RangeError for an unknown kind. */
export const setFault = (world: World, wish: Record<string, unknown>): Fault => {
  const kind = kinds.find((known) => known === wish.kind)
  if (!kind) throw new RangeError(`kind is one of ${kinds.join(', ')}`)
  const fault: Fault = {
    id: makeId.uuid(),
    on: typeof wish.on === 'string' ? wish.on : '*',
    kind,
    ms: typeof wish.ms === 'number' ? wish.ms : 0,
    errcode: typeof wish.errcode === 'number' ? wish.errcode : -1,
    errmsg: typeof wish.errmsg === 'string' ? wish.errmsg : 'system error',
    times: typeof wish.times === 'number' ? wish.times : null,
  }
  world.state.faults.push(fault)
  world.changed()
  return fault
}

/** The switches that hit this call, each spent by one. */
const hitting = (world: World, call: Call): Map<FaultKind, Fault> => {
  const found = new Map<FaultKind, Fault>()
  for (const fault of world.state.faults) {
    if (found.has(fault.kind) || (fault.on !== '*' && !`${call.method} ${call.path}`.startsWith(fault.on))) continue
    found.set(fault.kind, fault)
    if (fault.times !== null) fault.times -= 1
  }
  if (found.size > 0) world.state.faults = world.state.faults.filter((fault) => fault.times === null || fault.times > 0)
  return found
}

/** How each server words a failure of its own kind, and signs what it says (`spoil` asks for a wrong signature). */
export interface Voice {
  rate(): Answer
  systemError(): Answer
  errcode(code: number, message: string): Answer
  finish(given: Answer, spoil: FaultKind | null): Answer
}

/**
 * Runs a call through the switches: waits, refuses before anything happened, or lets `work` commit and then loses or garbles the answer.
 * 502 comes from a gateway, so it is HTML and unsigned.
 */
export const throughFaults = async (world: World, call: Call, voice: Voice, work: () => Answer | Promise<Answer>): Promise<Answer> => {
  const faults = hitting(world, call)
  const latency = faults.get('latency')
  if (latency) await delay(latency.ms)
  if (faults.has('bad-gateway')) return answer(502, '<html><body><h1>502 Bad Gateway</h1></body></html>', 'text/html')
  if (faults.has('rate')) return voice.finish(voice.rate(), null)
  if (faults.has('system-error')) return voice.finish(voice.systemError(), null)
  const errcode = faults.get('errcode')
  if (errcode) return voice.finish(voice.errcode(errcode.errcode, errcode.errmsg), null)
  const done = await work()
  const lost = faults.get('lost')
  if (lost) {
    if (lost.ms > 0) await delay(lost.ms)
    return { ...done, drop: true }
  }
  if (faults.has('malformed')) return voice.finish({ ...done, status: 200, body: '{"code":"SUC' }, null)
  const spoil = (['bad-signature', 'signtest', 'unknown-serial'] as const).find((kind) => faults.has(kind)) ?? null
  return voice.finish(done, spoil)
}
