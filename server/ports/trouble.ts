/**
 * Outside trouble: a supplier did not answer or answered with its own error. Kept for the log with the supplier's code; people are told
 * one kind sentence. `unknown` means the call may have taken effect: ask before doing anything else.
 */
export class OutsideTrouble extends Error {
  override name = 'OutsideTrouble'
  readonly system: string
  readonly code: string
  readonly unknown: boolean
  constructor(system: string, code: string, message: string, unknown = false) {
    super(message)
    this.system = system
    this.code = code
    this.unknown = unknown
  }
}
