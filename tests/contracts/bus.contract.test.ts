/** What every bus promises, and who keeps the promise. */
import { describe, expect, test } from 'vitest'
import { createMemoryBus } from '../../server/adapters/embedded/bus.ts'
import type { BusPort } from '../../server/ports/bus.ts'

/** The promises of the bus port. `makeAdapter` gives a bus, and what it told of hearers that threw. */
const busContract = (name: string, makeAdapter: () => Promise<{ bus: BusPort; troubles: unknown[] }>): void => {
  /** Waits for a condition; a bus may take a moment between nodes. */
  const until = async (holds: () => boolean): Promise<void> => {
    for (let tries = 0; !holds(); tries += 1) {
      if (tries > 400) throw new Error('did not come about within two seconds')
      await new Promise((done) => setTimeout(done, 5))
    }
  }
  /** Says a last word and waits until it was heard: what came before it must have come by then. */
  const flushed = async (bus: BusPort, topic: string): Promise<void> => {
    let heard = false
    const leave = await bus.subscribe(topic, (message) => {
      heard ||= message === 'last'
    })
    await bus.publish(topic, 'last')
    await until(() => heard)
    await leave()
  }

  describe(name, () => {
    test('every hearer of a topic hears every message in order, and no other topic', async () => {
      const { bus } = await makeAdapter()
      const heard: Record<'one' | 'two' | 'other', string[]> = { one: [], two: [], other: [] }
      await bus.subscribe('room.a', (message) => heard.one.push(message))
      await bus.subscribe('room.a', (message) => heard.two.push(message))
      await bus.subscribe('room.b', (message) => heard.other.push(message))
      const sent = Array.from({ length: 100 }, (_, i) => `第${i}条`)
      for (const message of sent) void bus.publish('room.a', message)
      await until(() => heard.two.length === 100)
      expect(heard).toEqual({ one: sent, two: sent, other: [] })
    })

    test('who has left hears nothing more, and the others still do', async () => {
      const { bus } = await makeAdapter()
      const heard: string[] = []
      const stayed: string[] = []
      const leave = await bus.subscribe('t', (message) => heard.push(message))
      await bus.subscribe('t', (message) => stayed.push(message))
      await bus.publish('t', 'first')
      await until(() => stayed.length === 1)
      await leave()
      await leave()
      await bus.publish('t', 'second')
      await until(() => stayed.length === 2)
      expect(heard).toEqual(['first'])
    })

    test('the same function subscribed twice hears twice, and leaves once at a time', async () => {
      const { bus } = await makeAdapter()
      let count = 0
      const hear = (message: string) => {
        if (message === 'hello') count += 1
      }
      const leave = await bus.subscribe('t', hear)
      await bus.subscribe('t', hear)
      await bus.publish('t', 'hello')
      await flushed(bus, 't')
      expect(count).toBe(2)
      await leave()
      await bus.publish('t', 'hello')
      await flushed(bus, 't')
      expect(count).toBe(3)
    })

    test('a message nobody hears is lost without an error, also for who comes later', async () => {
      const { bus } = await makeAdapter()
      await bus.publish('t', 'early')
      const heard: string[] = []
      await bus.subscribe('t', (message) => heard.push(message))
      await flushed(bus, 't')
      expect(heard).toEqual(['last'])
    })

    test('a hearer that throws disturbs neither the publisher nor the other hearers', async () => {
      const { bus, troubles } = await makeAdapter()
      const heard: string[] = []
      const wrong = new Error('a hearer of no use')
      await bus.subscribe('t', () => {
        throw wrong
      })
      await bus.subscribe('t', (message) => heard.push(message))
      await bus.publish('t', 'hello')
      await until(() => heard.length === 1)
      expect(troubles).toEqual([wrong])
    })

    test("a hearer is never called within the publisher's own call", async () => {
      const { bus } = await makeAdapter()
      const order: string[] = []
      await bus.subscribe('t', () => order.push('heard'))
      const published = bus.publish('t', 'hello')
      order.push('published')
      await published
      await until(() => order.length === 2)
      expect(order).toEqual(['published', 'heard'])
    })
  })
}

busContract('the bus within one process', async () => {
  const troubles: unknown[] = []
  return { bus: createMemoryBus({ onError: (error) => troubles.push(error) }), troubles }
})

test('a hearer that leaves while a message is on its way does not hear it', async () => {
  const bus = createMemoryBus({ onError: () => {} })
  const heard: string[] = []
  const leave = await bus.subscribe('t', (message) => heard.push(message))
  const published = bus.publish('t', 'hello')
  await leave()
  await published
  expect(heard).toEqual([])
})
