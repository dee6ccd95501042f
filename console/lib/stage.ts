/** The public facts of this deployment. */
import { queryOptions } from '@tanstack/react-query'

interface PublicFacts {
  stage: string
}

/** Which stage the house runs in; unknown counts as the strictest. */
export const stageOptions = queryOptions({
  queryKey: ['stage'],
  staleTime: Number.POSITIVE_INFINITY,
  retry: 1,
  queryFn: async ({ signal }): Promise<PublicFacts> => {
    const answer = await fetch('/app-config.json', { signal })
    return answer.ok ? ((await answer.json()) as PublicFacts) : { stage: 'park' }
  },
})
