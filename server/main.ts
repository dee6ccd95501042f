/** Reads the settings, starts the house, stops it when asked. Nothing else happens here. */
import { readSettings, WrongSettings } from '../config/settings.ts'
import { startHouse } from './house.ts'
import { createLog, errorFacts } from './platform/log.ts'

try {
  const settings = readSettings()
  const house = await startHouse(settings)
  house.app.log('info', 'the house is open', { stage: settings.stage, roles: settings.roles.join(','), port: house.api?.port })
  // told by whoever started us: a parent over its channel, a supervisor by its log
  process.send?.({ ready: true, port: house.api?.port ?? null })
  let leaving = false
  const leave = (why: string) => {
    if (leaving) return
    leaving = true
    house.app.log('info', 'the house closes', { why })
    const hard = setTimeout(() => process.exit(1), 15_000)
    hard.unref()
    house.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', () => leave('SIGTERM'))
  process.on('SIGINT', () => leave('SIGINT'))
  process.on('disconnect', () => leave('parent is gone'))
  const fatal = (error: unknown) => {
    house.app.log('error', 'an error nobody caught', errorFacts(error))
    process.exitCode = 1
    leave('an error nobody caught')
  }
  process.on('uncaughtException', fatal)
  process.on('unhandledRejection', fatal)
} catch (error) {
  const log = createLog('error')
  log(
    'error',
    error instanceof WrongSettings ? error.message : 'the house could not open',
    error instanceof WrongSettings ? {} : errorFacts(error),
  )
  process.exit(1)
}
