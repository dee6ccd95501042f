/** What is asked in a room stands in a queue, the same question once, linked to the tea that was explained, until it is answered. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LiveSessionId } from '../../shared/ids.ts'
import { SECOND } from '../../shared/time.ts'
import { type Farmer, onAir, tea, watch } from '../kit/broadcast.ts'
import { type House, type Person, refusalFrom, startHouse, until } from '../kit/house.ts'

let house: House
let farmer: Farmer
let said = 0
beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
})
afterAll(() => house.stop())

const clientId = () => `ask-${String(++said).padStart(8, '0')}`
const say = async (who: Person, sessionId: LiveSessionId, text: string) => {
  house.clock.advance(3 * SECOND)
  return (await who.trpc.buyer.room.say.mutate({ sessionId, clientId: clientId(), text })).chat
}
const queue = (sessionId: LiveSessionId) => farmer.trpc.shop.room.questions.query({ shopId: farmer.shopId, sessionId })
const answer = (questionId: string, reply = '', key = clientId()) =>
  farmer.trpc.shop.room.answer.mutate({ shopId: farmer.shopId, questionId: questionId as never, clientId: key, reply })

describe('the queue', () => {
  test('has the same question once, counts who asked it, and puts what most ask first', async () => {
    const sessionId = await onAir(house, farmer)
    const [a, b, c] = [await house.buyer('甲'), await house.buyer('乙'), await house.buyer('丙')]
    await say(a, sessionId, '汤色真好看')
    await say(a, sessionId, '熟茶怎么泡')
    await say(a, sessionId, '主播，多少钱一饼？')
    await say(b, sessionId, '多少钱一饼啊')
    await say(c, sessionId, '请问多少钱一饼')
    house.clock.advance(60 * SECOND)
    await say(c, sessionId, '多少钱一饼呢')
    const { open } = await queue(sessionId)
    expect(open.map((q) => [q.text, q.askers])).toEqual([
      ['主播，多少钱一饼？', 3],
      ['熟茶怎么泡', 1],
    ])
  })

  test('knows which tea was being explained', async () => {
    const { listingId } = await tea(house, farmer.shopId)
    const sessionId = await onAir(house, farmer, [listingId])
    const [item] = await house.guest.buyer.live.bag.query({ sessionId })
    await farmer.trpc.shop.room.pin.mutate({ shopId: farmer.shopId, sessionId, bagItemId: item!.id })
    await say(await house.buyer(), sessionId, '能放多久？')
    expect((await queue(sessionId)).open[0]?.bagItemId).toBe(item!.id)
  })

  test('lets a question go when it is answered, and says the answer to all once', async () => {
    const sessionId = await onAir(house, farmer)
    const viewer = await watch(house, sessionId)
    await say(await house.buyer(), sessionId, '包邮吗？')
    const [asked] = (await queue(sessionId)).open
    const key = clientId()
    for (let i = 0; i < 2; i++) await answer(asked!.id, '全国包邮，西藏除外', key)
    await until(() => viewer.of('chat').some((m) => m.chat.text === '回答「包邮吗？」：全国包邮，西藏除外'))
    expect(viewer.of('chat').filter((m) => m.chat.by === 'streamer')).toHaveLength(1)
    const { open, answered } = await queue(sessionId)
    expect(open).toEqual([])
    expect(answered[0]).toMatchObject({ text: '包邮吗？', reply: '全国包邮，西藏除外', endedAt: house.clock.now() })
    expect(await house.guest.buyer.room.answers.query({ sessionId })).toEqual([
      { text: '包邮吗？', reply: '全国包邮，西藏除外', at: house.clock.now() },
    ])
    // asked again it waits again
    await say(await house.buyer(), sessionId, '包邮吗')
    expect((await queue(sessionId)).open).toHaveLength(1)
    viewer.leave()
  })

  test('takes one end: answered is not passed over, and what is hidden asks nothing', async () => {
    const sessionId = await onAir(house, farmer)
    const chat = await say(await house.buyer(), sessionId, '隔壁是不是更便宜')
    await say(await house.buyer(), sessionId, '几年的茶？')
    const { open } = await queue(sessionId)
    const one = open.find((q) => q.text === '几年的茶？')!
    await answer(one.id)
    const passOver = farmer.trpc.shop.room.passOver.mutate({ shopId: farmer.shopId, questionId: one.id })
    expect((await refusalFrom(passOver)).code).toBe('stale')
    await farmer.trpc.shop.room.hide.mutate({ shopId: farmer.shopId, sessionId, chatId: chat.id, reason: 'advert' })
    expect((await queue(sessionId)).open).toEqual([])
  })

  test('keeps a question whose answer cannot be said just now', async () => {
    const sessionId = await onAir(house, farmer)
    await say(await house.buyer(), sessionId, '包邮吗？')
    await say(await house.buyer(), sessionId, '熟茶怎么泡')
    const [a, b] = (await queue(sessionId)).open
    await answer(a!.id, '包邮')
    const key = clientId()
    expect((await refusalFrom(answer(b!.id, '先温杯', key))).code).toBe('tooFast')
    expect((await queue(sessionId)).open.map((q) => q.id)).toEqual([b!.id])
    house.clock.advance(3 * SECOND)
    await answer(b!.id, '先温杯', key)
    expect((await queue(sessionId)).open).toEqual([])
  })

  test('is its shop’s alone', async () => {
    const sessionId = await onAir(house, farmer)
    await say(await house.buyer(), sessionId, '哪个山头的？')
    const [asked] = (await queue(sessionId)).open
    const rival = await house.farmer()
    const theirs = { shopId: rival.shopId, questionId: asked!.id }
    for (const call of [
      () => rival.trpc.shop.room.questions.query({ shopId: rival.shopId, sessionId }),
      () => rival.trpc.shop.room.answer.mutate({ ...theirs, clientId: clientId() }),
      () => rival.trpc.shop.room.passOver.mutate(theirs),
    ])
      expect((await refusalFrom(call())).code).toBe('notFound')
    expect((await queue(sessionId)).open).toHaveLength(1)
  })
})
