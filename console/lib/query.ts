/** The store of answers, one per tab. */
import { QueryClient, type QueryKey } from '@tanstack/react-query'
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

/**
 * Asks again for all that is kept under a key, after an act. What is still on its way was asked before the act and may answer with what was
 * before it: it is let go first. (Left alone, a first reading would be joined instead of repeated, and its old answer would stand.)
 */
export const askAgain = async (queryKey: QueryKey): Promise<void> => {
  await queryClient.cancelQueries({ queryKey })
  await queryClient.invalidateQueries({ queryKey })
}
