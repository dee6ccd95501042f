/** Every subscriber of the house. */
import type { Subscriber } from '../platform/app.ts'

export const subscribers: readonly Subscriber[] = []
