/** The store of answers in the console: what was asked before an act never stands after it. */
import { QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { askAgain, queryClient } from '../../console/lib/query.ts'

test('a first reading that is still on its way when an act is done is asked again, and its late answer is dropped', async () => {
  const answers: ((state: string) => void)[] = []
  const watch = new QueryObserver(queryClient, {
    queryKey: ['catalogue', 'one'],
    queryFn: () => new Promise<string>((done) => answers.push(done)),
  })
  const stop = watch.subscribe(() => {})
  expect(answers).toHaveLength(1)
  const asked = askAgain(['catalogue'])
  await Promise.resolve()
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.('inReview')
  await asked
  answers[0]?.('draft')
  await Promise.resolve()
  expect(watch.getCurrentResult().data).toBe('inReview')
  stop()
})
