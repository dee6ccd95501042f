import type { Purse, SubOrder } from './state.ts'
import type { World } from './world.ts'

/** The fee on `fen` at basis points, rounded half up. */
const feeOn = (fen: number, bp: number): number => Math.floor((fen * bp + 5000) / 10_000)

/** A sub-order's purse at payment: the fee goes off, the rest is frozen. */
export const openPurse = (amount: number, feeBp: number): Purse => {
  const fee = feeOn(amount, feeBp)
  return { paid: amount, frozen: amount - fee, shared: 0, released: 0, refunded: 0, fee, toppedUp: 0 }
}

/** Checks wechat.md §6.6 after a step: every paid fen is in one place, none is negative. Throws and records when broken. */
const checkPurse = (world: World, sub: SubOrder): void => {
  const { paid, frozen, shared, released, refunded, fee, toppedUp } = sub.purse
  const whole = [paid, frozen, shared, released, refunded, fee, toppedUp].every((fen) => Number.isSafeInteger(fen) && fen >= 0)
  if (whole && frozen + shared + released + refunded + fee === paid + toppedUp && refunded <= paid) return
  const words = `${sub.outTradeNo}: ${JSON.stringify(sub.purse)}`
  world.violations.push(words)
  throw new Error(`money rule broken for ${words}`)
}

/** The seller's available balance. */
export const balanceOf = (world: World, mchid: string): number => world.state.balances[mchid] ?? 0

const addBalance = (world: World, mchid: string, fen: number): void => {
  world.state.balances[mchid] = balanceOf(world, mchid) + fen
}

/** Where the fen of a refund came from, so that a closed refund can be undone. */
export interface Taken {
  frozen: number
  released: number
  fee: number
  toppedUp: number
  balance: number
}

/**
 * Takes `amount` for a refund: the fee's part first, then frozen money that no share has reserved, then the seller's balance, and
 * with `advance` the platform's own money. Null (nothing moved) when it is not there: NOT_ENOUGH.
 */
export const takeRefund = (world: World, sub: SubOrder, amount: number, reserved: number, advance: boolean): Taken | null => {
  const purse = sub.purse
  const fee = purse.fee - feeOn(purse.paid - purse.refunded - amount, world.state.rules.feeBp)
  const backFee = Math.max(0, Math.min(fee, amount, purse.fee))
  const frozen = Math.min(Math.max(0, purse.frozen - reserved), amount - backFee)
  const rest = amount - backFee - frozen
  const released = Math.min(rest, purse.released)
  const covered = Math.min(rest, Math.max(0, balanceOf(world, sub.subMchid)))
  if (covered < rest && !advance) return null
  purse.fee -= backFee
  purse.frozen -= frozen
  purse.released -= released
  purse.toppedUp += rest - released
  purse.refunded += amount
  addBalance(world, sub.subMchid, -covered)
  checkPurse(world, sub)
  return { frozen, released, fee: backFee, toppedUp: rest - released, balance: covered }
}

/** Undoes a refund that was closed. Money that was frozen is frozen again, unless the order was released meanwhile. */
export const giveBackRefund = (world: World, sub: SubOrder, amount: number, taken: Taken): void => {
  const purse = sub.purse
  const open = sub.profitSharing ? !sub.sharingFinished : sub.settledAt === null
  purse.refunded -= amount
  purse.fee += taken.fee
  purse.released += taken.released
  purse.toppedUp -= taken.toppedUp
  addBalance(world, sub.subMchid, taken.balance)
  if (open) purse.frozen += taken.frozen
  else {
    purse.released += taken.frozen
    addBalance(world, sub.subMchid, taken.frozen)
  }
  checkPurse(world, sub)
}

/** Frozen money becomes the seller's. */
export const release = (world: World, sub: SubOrder): void => {
  const fen = sub.purse.frozen
  sub.purse.frozen = 0
  sub.purse.released += fen
  addBalance(world, sub.subMchid, fen)
  checkPurse(world, sub)
}

/** Frozen money becomes a receiver's share. */
export const share = (world: World, sub: SubOrder, amount: number): void => {
  sub.purse.frozen -= amount
  sub.purse.shared += amount
  checkPurse(world, sub)
}

/** A share comes back: to the seller's balance, never to the frozen money. */
export const unshare = (world: World, sub: SubOrder, amount: number): void => {
  sub.purse.shared -= amount
  sub.purse.released += amount
  addBalance(world, sub.subMchid, amount)
  checkPurse(world, sub)
}
