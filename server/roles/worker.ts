/** The worker role: hears events and keeps times. Woken by its own process's events, else it looks every half second. */
import type { App } from '../platform/app.ts'
import { deliverDue } from '../platform/deliver.ts'
import { registerJobs, runDueJobs } from '../platform/jobs.ts'
import { errorFacts } from '../platform/log.ts'

const IDLE = 500

/** Runs until stopped; stopping waits for what is under way. */
export async function startWorker(app: App): Promise<{ stop(): Promise<void> }> {
  await registerJobs(app)
  let running = true
  let wake: () => void = () => {}
  const rest = (ms: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, ms)
      wake = () => {
        clearTimeout(timer)
        done()
      }
    })
  const onTold = () => wake()
  app.bell.on('told', onTold)
  const guarded = async (what: () => Promise<number>): Promise<number> => {
    try {
      return await what()
    } catch (error) {
      app.log('error', 'the worker stumbled', errorFacts(error))
      await rest(1_000)
      return 0
    }
  }
  const delivering = (async () => {
    while (running) if ((await guarded(() => deliverDue(app))) === 0 && running) await rest(IDLE)
  })()
  const keep = async (which: 'quick' | 'slow') => {
    while (running) {
      await guarded(() => runDueJobs(app, which))
      if (running) await new Promise((done) => setTimeout(done, IDLE))
    }
  }
  const keeping = [keep('quick'), keep('slow')]
  return {
    stop: async () => {
      running = false
      app.bell.off('told', onTold)
      wake()
      await Promise.all([delivering, ...keeping])
    },
  }
}
