/** The API, typed by the server's router. Whoever is not signed in when it matters is signed in silently, once, and the call is made again. */
import { createTRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import type { AppRouter } from '../../server/router.ts'
import { texts } from '../texts'
import { loginCode, origin } from './device'
import { taroBatchLink } from './link'
import { dropToken, keepToken, token } from './session'

/** What every procedure answers, by audience, module and name. */
export type Out = inferRouterOutputs<AppRouter>
/** What every procedure asks for. */
export type In = inferRouterInputs<AppRouter>

const taro = taroBatchLink<AppRouter>({
  url: `${origin}/trpc`,
  headers: (): Record<string, string> => {
    const t = token()
    return t ? { authorization: `Bearer ${t}` } : {}
  },
  noAnswer: texts.trouble.offline,
})

const bare = createTRPCClient<AppRouter>({ links: [taro] })

let running: Promise<void> | null = null

/** Signs in with WeChat's code, without a question; several callers share one log-in. Rejects with words to read. */
export const signIn = (): Promise<void> => {
  running ??= (async () => {
    dropToken()
    const { code, nickname } = await loginCode()
    const { token: fresh, expiresAt } = await bare.buyer.identity.login.mutate({ code, ...(nickname ? { nickname } : {}) })
    keepToken({ token: fresh, expiresAt })
  })().finally(() => {
    running = null
  })
  return running
}

const signedIn: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let stop: (() => void) | undefined
      let gone = false
      const ask = (again: boolean) => {
        const sub = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error(error) {
            if (again || (error.data as { code?: string } | undefined)?.code !== 'UNAUTHORIZED') {
              observer.error(error)
              return
            }
            signIn().then(
              () => {
                if (!gone) ask(true)
              },
              (trouble: unknown) => observer.error(TRPCClientError.from(trouble as Error)),
            )
          },
        })
        stop = () => sub.unsubscribe()
      }
      ask(false)
      return () => {
        gone = true
        stop?.()
      }
    })

/** The client that everything uses. */
export const trpc = createTRPCClient<AppRouter>({ links: [signedIn, taro] })
