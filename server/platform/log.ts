/** The log: pino in JSON. Callers pass the facts they want seen, by name; nothing else is printed, above all no request, no row, no error object with parameters. */
import { pino } from 'pino'

export type LogLevel = 'error' | 'warn' | 'info' | 'debug'
export type LogFacts = Record<string, string | number | boolean | null | undefined>

export type Log = (level: LogLevel, message: string, facts?: LogFacts) => void

export const createLog = (level: LogLevel | 'silent', stream?: { write(line: string): void }): Log => {
  const logger = stream ? pino({ level, base: null }, stream) : pino({ level, base: null })
  return (at, message, facts) => logger[at](facts ?? {}, message)
}

/** What may be said of an error in the log: its class, its code, its first line and where it came from, without SQL parameters. */
export const errorFacts = (error: unknown): LogFacts => {
  if (!(error instanceof Error)) return { error: 'not an Error' }
  const cause = error.cause instanceof Error ? error.cause : error
  const code = (cause as { code?: unknown }).code
  // the database's own messages quote values ("Duplicate entry '138…'"): its code must do
  const text = 'sqlState' in cause ? 'database error' : error.message.startsWith('Failed query') ? 'query failed' : error.message
  return {
    error: error.name,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    message: text.split('\n')[0]?.slice(0, 300),
    at: error.stack
      ?.split('\n')
      .find((l) => l.includes('/server/'))
      ?.trim()
      .replace(/\(?file:\/\/.*\/server\//, 'server/'),
  }
}
