/** What the demonstration's shops and its park take off, and what sending costs: made once, after the orders that are told of earlier days. */
import { eq, isNull } from 'drizzle-orm'
import type { FreightRules } from '../../shared/freight/rules.ts'
import type { OfferId, UserId } from '../../shared/ids.ts'
import { type Bp, fen } from '../../shared/money.ts'
import type { OfferRule } from '../../shared/promotions/offers.ts'
import { after, DAY } from '../../shared/time.ts'
import { saveTemplate } from '../modules/freight/index.ts'
import { freightTemplates } from '../modules/freight/tables.ts'
import { makeOffer, takePart } from '../modules/promotions/make-offer.ts'
import { offerShops, offers } from '../modules/promotions/tables.ts'
import type { DemoShop } from './shops.ts'
import type { Story } from './story.ts'

const template: FreightRules = {
  packGrams: 150,
  zones: [
    {
      provinces: ['云南', '四川', '贵州', '广西', '重庆'],
      firstGrams: 1000,
      firstFen: fen(600),
      stepGrams: 1000,
      stepFen: fen(150),
      freeOverFen: fen(9900),
    },
    {
      provinces: ['新疆', '西藏', '青海', '内蒙古'],
      firstGrams: 1000,
      firstFen: fen(1800),
      stepGrams: 500,
      stepFen: fen(600),
      freeOverFen: fen(49900),
    },
  ],
  elsewhere: { firstGrams: 1000, firstFen: fen(800), stepGrams: 1000, stepFen: fen(200), freeOverFen: fen(19900) },
  noShip: ['香港', '澳门', '台湾'],
}

const coupon = (over: number, off: number): OfferRule => ({ kind: 'coupon', overFen: fen(over), off: { is: 'sum', fen: fen(off) } })

/** By the place of the shop among the tenants; the others take nothing off. */
const ofShops: Record<number, { title: string; rule: OfferRule; quota: number }[]> = {
  0: [
    { title: '进店见面礼', rule: coupon(9900, 1000), quota: 500 },
    {
      title: '春茶满减',
      rule: {
        kind: 'reduction',
        steps: [
          { overFen: fen(29900), offFen: fen(2000) },
          { overFen: fen(59900), offFen: fen(5000) },
        ],
      },
      quota: 0,
    },
  ],
  1: [
    {
      title: '老茶客券',
      rule: { kind: 'coupon', overFen: fen(19900), off: { is: 'rate', bp: 1000 as Bp, capFen: fen(6000) } },
      quota: 200,
    },
  ],
  3: [{ title: '新客券', rule: coupon(6800, 500), quota: 300 }],
}

/** Offers, the shops' freight and one offer of the park; a shop that has its offers keeps them. */
export async function seedOffers(story: Story, shops: readonly DemoShop[], finance: UserId): Promise<void> {
  const { app } = story
  story.to(null)
  const running = { startsAt: app.clock.now(), endsAt: after(app.clock.now(), 60 * DAY), perPerson: 1, liveSessionId: null }
  for (const { place, shopId, ownerId, owner } of shops) {
    const [had] = await app.read.select({ id: offers.id }).from(offers).where(eq(offers.shopId, shopId)).limit(1)
    if (!had)
      await app.work(owner, async (work) => {
        for (const one of ofShops[place] ?? []) await makeOffer(work, shopId, ownerId, { ...running, ...one })
      })
    const [sends] = await app.read
      .select({ shopId: freightTemplates.shopId })
      .from(freightTemplates)
      .where(eq(freightTemplates.shopId, shopId))
    if (!sends && place % 3 === 0)
      await app.work(owner, (work) => saveTemplate(work, { shopId, userId: ownerId, version: 0, rules: template }))
  }
  const [parks] = await app.read.select({ id: offers.id }).from(offers).where(isNull(offers.shopId)).limit(1)
  const offerId: OfferId =
    parks?.id ??
    (
      await app.work({ kind: 'staff', userId: finance, role: 'finance' }, (work) =>
        makeOffer(work, null, finance, { ...running, title: '园区开市券', rule: coupon(16800, 1500), quota: 2000 }),
      )
    ).offerId
  const joined = await app.read.select({ shopId: offerShops.shopId }).from(offerShops).where(eq(offerShops.offerId, offerId))
  for (const { place, shopId, owner } of shops)
    if (place % 2 === 0 && !joined.some((j) => j.shopId === shopId)) await app.work(owner, (work) => takePart(work, shopId, offerId, true))
}
