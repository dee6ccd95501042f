/** The store of answers, one per tab. */
import { QueryClient } from '@tanstack/react-query'
import { isPassing } from './errors.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => count < 2 && isPassing(error),
      retryDelay: (count) => Math.random() * 600 + 400 * 2 ** count,
    },
    mutations: { retry: false },
  },
})
