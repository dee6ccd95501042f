/** The one way to the server: typed by the router, ten calls at most in a batch, with the session's cookie. */
import { createTRPCClient, httpBatchLink, type TRPCLink } from '@trpc/client'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import type { AppRouter } from '../../server/router.ts'

export type Inputs = inferRouterInputs<AppRouter>
export type Outputs = inferRouterOutputs<AppRouter>

let lost: () => void = () => {}

/** Says what to do when the server no longer knows us, whichever call finds out. */
export const onSessionLost = (act: () => void): void => {
  lost = act
}

const noticeLost: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) =>
      next(op).subscribe({
        next: (value) => observer.next(value),
        error: (error) => {
          if (error.data?.httpStatus === 401) lost()
          observer.error(error)
        },
        complete: () => observer.complete(),
      }),
    )

export const trpc = createTRPCClient<AppRouter>({
  links: [
    noticeLost,
    httpBatchLink({
      url: '/trpc',
      maxItems: 10,
      maxURLLength: 6000,
      fetch: (url, options) => fetch(url, { ...(options as RequestInit), credentials: 'same-origin' }),
    }),
  ],
})
