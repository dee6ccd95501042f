/** AbortController for WeChat's logic layer, which has none; given to the weapp build as a global (config/index.ts). */
type Listener = (event: { type: 'abort' }) => void

class Signal {
  aborted = false
  reason: unknown
  onabort: Listener | null = null
  private listeners = new Set<Listener>()

  addEventListener(_: 'abort', listener: Listener): void {
    this.listeners.add(listener)
  }

  removeEventListener(_: 'abort', listener: Listener): void {
    this.listeners.delete(listener)
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason
  }

  /** Called by the controller only. */
  fire(reason: unknown): void {
    if (this.aborted) return
    this.aborted = true
    this.reason = reason ?? Object.assign(new Error('aborted'), { name: 'AbortError' })
    const event = { type: 'abort' as const }
    this.onabort?.(event)
    for (const listener of this.listeners) listener(event)
  }
}

/** What the tRPC client needs of the standard's class of this name. */
export class AbortController {
  signal = new Signal()

  abort(reason?: unknown): void {
    this.signal.fire(reason)
  }
}
