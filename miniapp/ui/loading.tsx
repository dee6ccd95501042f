/** One answer on its way: its skeleton, its failure with a retry, or what it is. */
import type { ReactNode } from 'react'
import type { Loaded } from '../lib/load'
import { texts } from '../texts'
import { Empty } from './empty'

export function Loading<T>({ of, skeleton, children }: { of: Loaded<T>; skeleton: ReactNode; children: (data: T) => ReactNode }) {
  if (of.data !== undefined) return <>{children(of.data)}</>
  if (of.trouble)
    return <Empty icon="wait" title={texts.trouble.failed} hint={of.trouble} act={texts.common.retry} onAct={() => void of.again()} />
  return <>{skeleton}</>
}
