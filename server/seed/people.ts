/** Signs up the people of the demonstration, and makes them known to the WeChat that is played. */
import { and, eq } from 'drizzle-orm'
import type { AddressId, UserId } from '../../shared/ids.ts'
import { after, DAY } from '../../shared/time.ts'
import { appointStaff, userFor } from '../modules/identity/index.ts'
import { saveAddress } from '../modules/orders/addresses.ts'
import { addresses } from '../modules/orders/tables.ts'
import type { App } from '../platform/app.ts'
import { assistant, buyers, parkStaff } from './data/people.ts'
import { tenants } from './data/tenants.ts'
import { firstDay, type Story } from './story.ts'

export const ownerKey = (tenant: { key: string }): string => `demo_owner_${tenant.key}`

const everyone = (): { key: string; nickname: string }[] => [
  ...parkStaff,
  assistant,
  ...tenants.map((t) => ({ key: ownerKey(t), nickname: t.owner })),
  ...buyers,
]

/**
 * WeChat, where it is played, is told who these people are: it is asked about their words later, and knows nobody who never came to it.
 * Answers false when it is not there; nothing in the demonstration depends on it.
 */
export async function introduce(app: App): Promise<boolean> {
  const { simBase } = app.settings.wechat
  if (!simBase) return false
  try {
    for (const { key, nickname } of everyone()) {
      const answer = await fetch(new URL('/__sim/users', simBase), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ key, openid: key, nickname }),
        signal: AbortSignal.timeout(3_000),
      })
      if (!answer.ok) return false
    }
    return true
  } catch {
    return false
  }
}

/** Everyone with a desk or a cup, by key. */
export async function seedPeople(story: Story): Promise<Map<string, UserId>> {
  const { app } = story
  const known = new Map<string, UserId>()
  const signUp = (key: string, nickname: string) => app.work({ kind: 'guest' }, (work) => userFor(work, key, nickname))
  story.to(firstDay(story))
  for (const { key, nickname, role } of parkStaff) {
    const id = await signUp(key, nickname)
    await app.work({ kind: 'clock', job: 'seed' }, (work) => appointStaff(work, id, role))
    known.set(key, id)
  }
  for (const tenant of tenants) known.set(ownerKey(tenant), await signUp(ownerKey(tenant), tenant.owner))
  known.set(assistant.key, await signUp(assistant.key, assistant.nickname))
  story.to(after(firstDay(story), 20 * DAY))
  for (const { key, nickname } of buyers) known.set(key, await signUp(key, nickname))
  return known
}

/** Where a buyer wants their tea. */
export async function addressOf(app: App, buyerId: UserId, to: (typeof buyers)[number]['to']): Promise<AddressId> {
  const [have] = await app.read
    .select({ id: addresses.id })
    .from(addresses)
    .where(and(eq(addresses.buyerId, buyerId), eq(addresses.detail, to.detail)))
    .limit(1)
  return have?.id ?? (await saveAddress(app, buyerId, { ...to, isDefault: true })).id
}
