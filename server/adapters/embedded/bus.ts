import type { BusPort } from '../../ports/bus.ts'

/**
 * The bus within one process. Messages of a topic arrive in the order they were published, never within the publisher's own call; a hearer
 * that throws disturbs nobody else, `onError` is told.
 */
export const createMemoryBus = (options: { onError: (error: unknown) => void }): BusPort => {
  const topics = new Map<string, Set<{ hear: (message: string) => void }>>()
  return {
    publish: async (topic, message) => {
      const hearers = [...(topics.get(topic) ?? [])]
      await Promise.resolve()
      for (const hearer of hearers) {
        // Who left between publishing and now no longer hears.
        if (!topics.get(topic)?.has(hearer)) continue
        try {
          hearer.hear(message)
        } catch (error) {
          options.onError(error)
        }
      }
    },
    subscribe: async (topic, hear) => {
      const hearer = { hear }
      const hearers = topics.get(topic) ?? new Set()
      topics.set(topic, hearers.add(hearer))
      return async () => {
        hearers.delete(hearer)
        if (hearers.size === 0 && topics.get(topic) === hearers) topics.delete(topic)
      }
    },
  }
}
