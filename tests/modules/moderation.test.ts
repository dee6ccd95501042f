import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkWords, closeCase, doubtsIn, openCase, readingNow } from '../../server/modules/moderation/index.ts'
import { machineRead } from '../../server/modules/moderation/machine-read.ts'
import { queue } from '../../server/modules/moderation/queries.ts'
import { newId } from '../../server/platform/work.ts'
import type { BatchId, CaseId, ListingId } from '../../shared/ids.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { batchOf } from '../kit/batches.ts'
import { type House, type Person, post, refusalFrom, startHouse, TEST_USCC } from '../kit/house.ts'
import { approve, type Farmer, listingOnShelf, uploadPicture, wholeDraft } from '../kit/listings.ts'

let house: House
let farmer: Farmer
let reviewer: Person

beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  reviewer = await house.staff('reviewer')
})
afterAll(() => house?.stop())
beforeEach(() => post(house.wechat.sim, '/__sim/faults/clear', {}))

/** A listing that waits for a verdict, and its case. */
const inReview = async (change: Parameters<typeof wholeDraft>[1] = {}): Promise<{ listingId: ListingId; caseId: CaseId }> => {
  const { shopId } = farmer
  const { id } = await uploadPicture(house, farmer)
  const { listingId } = await farmer.trpc.shop.catalogue.saveDraft.mutate({ shopId, draft: wholeDraft(id, change) })
  await farmer.trpc.shop.catalogue.submit.mutate({ shopId, listingId })
  return { listingId, caseId: await openCaseOf(listingId) }
}
const openCaseOf = async (listingId: ListingId): Promise<CaseId> => {
  const rows = await house.sql<{ id: CaseId }>(`select id from moderation_cases where subject_id = ? and state = 'open'`, [listingId])
  expect(rows).toHaveLength(1)
  return rows[0]?.id as CaseId
}
const decide = (who: Person, caseId: CaseId, verdict: 'approved' | 'rejected', reasons?: string) =>
  who.trpc.park.moderation.decide.mutate({ caseId, verdict, reasons })

describe('the desk', () => {
  test('exists for reviewers and the head only; to others it is not found', async () => {
    const { caseId } = await inReview()
    const head = await house.staff('head')
    const finance = await house.staff('finance')
    const buyer = await house.buyer()
    for (const who of [finance, buyer, farmer]) {
      expect((await refusalFrom(who.trpc.park.moderation.queue.query({}))).code).toBe('notFound')
      expect((await refusalFrom(who.trpc.park.moderation.one.query({ caseId }))).code).toBe('notFound')
      expect((await refusalFrom(decide(who, caseId, 'approved'))).code).toBe('notFound')
    }
    expect((await refusalFrom(house.guest.park.moderation.queue.query({}))).code).toBe('signIn')
    expect((await head.trpc.park.moderation.one.query({ caseId })).state).toBe('open')
    expect(await decide(head, caseId, 'approved')).toEqual({ state: 'approved' })
  })

  test('a rejection wants a reason, and the farmer reads it', async () => {
    const { listingId, caseId } = await inReview()
    expect((await refusalFrom(decide(reviewer, caseId, 'rejected'))).code).toBe('reasonNeeded')
    expect((await refusalFrom(decide(reviewer, caseId, 'rejected', '   '))).code).toBe('reasonNeeded')
    expect(await decide(reviewer, caseId, 'rejected', '标签照片看不清生产日期')).toEqual({ state: 'rejected' })
    await house.deliver()
    const { revision } = await farmer.trpc.shop.catalogue.get.query({ shopId: farmer.shopId, listingId })
    expect(revision).toMatchObject({ state: 'rejected', reasons: '标签照片看不清生产日期' })
    const one = await reviewer.trpc.park.moderation.one.query({ caseId })
    expect(one).toMatchObject({ state: 'rejected', decidedBy: reviewer.nickname, reasons: '标签照片看不清生产日期', acts: [] })
  })

  test('of two reviewers at once one decides, the other is told that it has changed', async () => {
    const { listingId, caseId } = await inReview()
    const second = await house.staff('reviewer')
    const outcomes = await Promise.allSettled([
      decide(reviewer, caseId, 'approved'),
      decide(second, caseId, 'rejected', '看不清'),
      decide(reviewer, caseId, 'approved'),
      decide(second, caseId, 'rejected', '看不清'),
    ])
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1)
    expect((await refusalFrom(decide(second, caseId, 'approved'))).code).toBe('stale')
    await house.deliver()
    const told = await house.sql(`select id from events where name = 'moderation.decided' and json_value(facts, '$.subjectId') = ?`, [
      listingId,
    ])
    expect(told).toHaveLength(1)
  })

  test('an unknown case is not found', async () => {
    const caseId = 'cas_01JD0000000000000000000000' as CaseId
    expect((await refusalFrom(reviewer.trpc.park.moderation.one.query({ caseId }))).code).toBe('notFound')
    expect((await refusalFrom(decide(reviewer, caseId, 'approved'))).code).toBe('notFound')
  })
})

describe('a case', () => {
  test('is one, however often and however much at once the same revision is handed in', async () => {
    const sheet = { revision: 'rev_x', no: 1, fields: [], pictureIds: [], labelPictureId: null }
    const asked = {
      subject: 'listing' as const,
      subjectId: 'lst_once',
      revision: 'rev_x',
      shopId: farmer.shopId,
      title: '茶',
      pictureId: null,
      now: sheet,
      before: null,
    }
    const open = () => house.app.work({ kind: 'clock', job: 'test' }, (work) => openCase(work, asked))
    const ids = await Promise.all(Array.from({ length: 8 }, open))
    expect(new Set(ids).size).toBe(1)
    const told = await house.sql(`select id from events where name = 'moderation.opened' and json_value(facts, '$.subjectId') = 'lst_once'`)
    expect(told).toHaveLength(1)
    const close = () => house.app.work({ kind: 'clock', job: 'test' }, (work) => closeCase(work, 'listing', 'lst_once', 'rev_x'))
    expect(await close()).toBe(true)
    expect(await close()).toBe(false)
    expect((await refusalFrom(decide(reviewer, ids[0] as CaseId, 'approved'))).code).toBe('stale')
    expect(await open()).toBe(ids[0])
    expect(await close()).toBe(true)
  })

  test('shows what changed since the last approved wording, and only that', async () => {
    const { shopId } = farmer
    const { listingId, revisionId } = await listingOnShelf(house, farmer, reviewer)
    const { revision } = await farmer.trpc.shop.catalogue.get.query({ shopId, listingId })
    const fresh = await uploadPicture(house, farmer)
    await farmer.trpc.shop.catalogue.saveDraft.mutate({
      shopId,
      listingId,
      draft: { ...revision.draft, title: '凤凰窝春茶饼 头采', hill: null, pictures: [...revision.draft.pictures, fresh.id] },
    })
    await farmer.trpc.shop.catalogue.submit.mutate({ shopId, listingId })
    const one = await reviewer.trpc.park.moderation.one.query({ caseId: await openCaseOf(listingId) })
    expect(one.changes).toEqual([
      { field: 'title', label: '标题', before: '凤凰窝春茶饼 2025', after: '凤凰窝春茶饼 头采' },
      { field: 'hill', label: '山头', before: '凤凰窝（墨江）', after: null },
      { field: 'pictures', label: '照片', before: '1 张', after: '2 张，其中 1 张是新的' },
    ])
    expect([one.before?.no, one.now.no, one.before?.revisionId]).toEqual([1, 2, revisionId])
    expect(one.now.pictures.map((p) => p.id)).toContain(fresh.id)
    expect(one.now.fields.find((f) => f.field === 'netGrams')).toEqual({
      field: 'netGrams',
      label: '最小单位净含量',
      value: '357 克',
    })
    expect(one.tenant.uscc).toBe(TEST_USCC)
    expect(one.acts).toEqual(['approve', 'reject'])
  })

  test('carries what the word list found, by field and with the law, and what the machine thinks', async () => {
    const { caseId } = await inReview({ title: '千年古树 稳赚茶饼', story: '养胃。赌博' })
    const before = await reviewer.trpc.park.moderation.one.query({ caseId })
    expect(before.findings.map((f) => [f.source, f.field, f.text])).toEqual([
      ['words', 'title', '千年古树'],
      ['words', 'title', '稳赚'],
      ['words', 'story', '养胃'],
    ])
    expect(before.findings[0]?.why).toContain('《广告法》')
    await house.deliver()
    const after = await reviewer.trpc.park.moderation.one.query({ caseId })
    expect(after.findings.filter((f) => f.source === 'machine')).toEqual([
      { source: 'machine', field: 'story', text: '赌博', why: '机器建议不通过：违法犯罪' },
    ])
    expect(after.state).toBe('open')
    // told again, the machine reads again and the findings are the same
    await house.sql(`update deliveries set state = 'waiting' where subscriber = 'moderation.machine-read'`)
    await house.deliver()
    expect((await reviewer.trpc.park.moderation.one.query({ caseId })).findings).toEqual(after.findings)
    expect(await house.sql(`select id from deliveries where state <> 'done'`)).toEqual([])
    const row = (await reviewer.trpc.park.moderation.queue.query({ limit: 50 })).rows.find((r) => r.id === caseId)
    expect(row).toMatchObject({ findings: 4, revisionNo: 1, subject: 'listing', shopName: expect.any(String) })
  })

  test('waits for the machine without losing its place, and the machine reads it once WeChat answers again', async () => {
    const { caseId } = await inReview({ story: '下注' })
    await post(house.wechat.sim, '/__sim/faults', { on: 'POST /wxa/msg_sec_check', kind: 'bad-gateway' })
    await house.deliver()
    expect((await reviewer.trpc.park.moderation.one.query({ caseId })).findings).toEqual([])
    const [waiting] = await house.sql<{ n: number }>(`select count(*) n from deliveries where state = 'waiting'`)
    expect(Number(waiting?.n)).toBeGreaterThan(0)
    await post(house.wechat.sim, '/__sim/faults/clear', {})
    await house.pass(HOUR)
    expect((await reviewer.trpc.park.moderation.one.query({ caseId })).findings).toHaveLength(1)
  })

  test('says so when the machine could not read it', async () => {
    const { listingId } = await inReview()
    const caseId = await openCaseOf(listingId)
    await post(house.wechat.sim, '/__sim/rules', { visitRule: true })
    await house.pass(3 * HOUR)
    await post(house.wechat.sim, '/__sim/rules', { visitRule: false })
    const { findings } = await reviewer.trpc.park.moderation.one.query({ caseId })
    // whoever handed it in was not in the mini-program for two hours when the machine was asked at last
    expect(findings.map((f) => [f.source, f.why])).toEqual([['machine', '机器建议人工细看：机器读不到提交人，未能审读']])
  })
})

describe('a claim that the batch bears out', () => {
  test('is no finding: years in store that the park has verified; more years, or none verified, are one', async () => {
    const { shopId } = farmer
    const years = (n: number) => (house.clock.now() - n * 365.25 * 24 * HOUR - HOUR) as never
    const stored = await batchOf(house, shopId, { storedSince: years(6) })
    const findingsOf = async (story: string, batchIds: BatchId[]) => {
      const { caseId } = await inReview({ story, batchIds })
      return (await reviewer.trpc.park.moderation.one.query({ caseId })).findings.filter((f) => f.source === 'words').map((f) => f.text)
    }
    expect(await findingsOf('在昆明干仓陈放5年。', [stored])).toEqual([])
    expect(await findingsOf('在昆明干仓陈放9年。', [stored])).toHaveLength(1)
    const young = await batchOf(house, shopId)
    expect(await findingsOf('在昆明干仓陈放5年。', [stored, young])).toHaveLength(1)
  })
})

describe('the queue', () => {
  test('goes by risk and then by age while open, pages without gaps, and costs the same for one row as for many', async () => {
    const opened: CaseId[] = []
    for (let i = 0; i < 5; i++) {
      house.clock.advance(1000)
      opened.push((await inReview()).caseId)
    }
    const seen: CaseId[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof reviewer.trpc.park.moderation.queue.query>> = await reviewer.trpc.park.moderation.queue.query({
        state: 'open',
        limit: 2,
        cursor,
      })
      seen.push(...page.rows.map((r) => r.id))
      expect(page.waiting === null).toBe(cursor !== null)
      cursor = page.next
    } while (cursor)
    expect(seen.filter((id) => opened.includes(id))).toEqual(opened)
    expect(new Set(seen).size).toBe(seen.length)

    const costOf = async (limit: number) => {
      let asked = 0
      const read = new Proxy(house.app.read, {
        get(db, key) {
          if (key === 'select') asked++
          const value = Reflect.get(db, key) as unknown
          return typeof value === 'function' ? value.bind(db) : value
        },
      })
      const { rows } = await queue({ ...house.app, read }, { state: 'open', limit })
      expect(rows).toHaveLength(limit)
      return asked
    }
    expect(await costOf(5)).toBe(await costOf(1))
    // three, and one that counts the findings of all rows within the first
    expect(await costOf(5)).toBeLessThanOrEqual(4)
  })

  test('puts what may harm before what is merely old, and says why', async () => {
    const plain = await inReview()
    house.clock.advance(1000)
    const harmful = await inReview({ story: '每天一杯能降血压。' })
    const { rows, waiting } = await reviewer.trpc.park.moderation.queue.query({})
    const at = (id: CaseId) => rows.findIndex((r) => r.id === id)
    expect(at(harmful.caseId)).toBeLessThan(at(plain.caseId))
    const row = rows[at(harmful.caseId)]
    expect(row).toMatchObject({ level: 'high', shopName: expect.stringContaining('茶坊') })
    expect(row?.risks.map((r) => r.why)).toEqual(expect.arrayContaining(['治病、保健说法', '开店不到 30 天']))
    expect(waiting?.high).toBeGreaterThanOrEqual(1)
    const high = await reviewer.trpc.park.moderation.queue.query({ level: 'high' })
    expect(new Set(high.rows.map((r) => r.level))).toEqual(new Set(['high']))
    expect(high.rows.map((r) => r.id)).toContain(harmful.caseId)
    expect((await reviewer.trpc.park.moderation.queue.query({ subject: 'review' })).rows).toEqual([])
    // what the machine says counts too, once, however often it reads
    for (let i = 0; i < 2; i++) await machineRead(house.app, plain.caseId)
    const [machine] = await house.sql<{ level: number }>('select level from moderation_cases where id = ?', [plain.caseId])
    expect(machine?.level).toBe(2)
  })

  test('a case that somebody has open is theirs for five minutes: others see who, and cannot decide it', async () => {
    const { caseId } = await inReview()
    const second = await house.staff('reviewer')
    const take = (who: Person, id = caseId) => who.trpc.park.moderation.take.mutate({ caseId: id })
    const both = await Promise.all([take(reviewer), take(second)])
    const [mine, theirs] = both[0].reader?.isMe ? [reviewer, second] : [second, reviewer]
    expect(both.filter((b) => b.reader?.isMe)).toHaveLength(1)
    expect((await take(theirs)).reader).toMatchObject({ isMe: false, name: mine.nickname })
    const { rows } = await theirs.trpc.park.moderation.queue.query({ limit: 50 })
    expect(rows.find((r) => r.id === caseId)?.reader).toBe(mine.nickname)
    expect((await refusalFrom(decide(theirs, caseId, 'approved'))).code).toBe('beingRead')
    // whoever goes on to the next gives this one back
    const next = await inReview()
    expect((await take(mine, next.caseId)).reader?.isMe).toBe(true)
    expect((await take(theirs)).reader?.isMe).toBe(true)
    // and whoever goes home, too
    house.clock.advance(6 * MINUTE)
    expect((await take(mine)).reader?.isMe).toBe(true)
    expect(await decide(mine, caseId, 'approved')).toEqual({ state: 'approved' })
    expect((await take(theirs)).reader).toBeNull()
    expect((await refusalFrom(take(theirs, newId('Case')))).code).toBe('notFound')
  })

  test('shows decided cases newest first', async () => {
    const first = await inReview()
    house.clock.advance(1000)
    const second = await inReview()
    await decide(reviewer, second.caseId, 'rejected', '理由')
    await decide(reviewer, first.caseId, 'rejected', '理由')
    const { rows } = await reviewer.trpc.park.moderation.queue.query({ state: 'rejected', limit: 2 })
    expect(rows.map((r) => r.id)).toEqual([second.caseId, first.caseId])
  })
})

describe('words of a person', () => {
  test('the local list alone says yes or no, with the passages', async () => {
    const reading = await readingNow(house.app.read)
    expect(doubtsIn(reading, '茶汤醇厚，喝着舒服')).toEqual([])
    expect(doubtsIn(reading, '稳赚，加 微信，稳赚')).toEqual(['稳赚', '加 微信'])
  })

  test('pass when list and machine find nothing, are held when either does', async () => {
    const { userId } = await house.buyer()
    const check = (text: string) => checkWords(house.app, { text, scene: 'comment', userId })
    expect(await check('好茶')).toBe('pass')
    expect(await check('稳赚')).toBe('hold')
    expect(await check('来百家乐')).toBe('hold')
  })

  test('follow the local list while the machine is silent: comments pass, what lives longer is held', async () => {
    const { userId } = await house.buyer()
    await post(house.wechat.sim, '/__sim/faults', { on: 'POST /wxa/msg_sec_check', kind: 'bad-gateway' })
    expect(await checkWords(house.app, { text: '好茶', scene: 'comment', userId })).toBe('pass')
    expect(await checkWords(house.app, { text: '稳赚', scene: 'comment', userId })).toBe('hold')
    expect(await checkWords(house.app, { text: '好茶', scene: 'profile', userId })).toBe('hold')
  })
})

test('an approved edit is approved by the same desk', async () => {
  const { listingId } = await listingOnShelf(house, farmer, reviewer)
  const { revision } = await farmer.trpc.shop.catalogue.get.query({ shopId: farmer.shopId, listingId })
  await farmer.trpc.shop.catalogue.saveDraft.mutate({
    shopId: farmer.shopId,
    listingId,
    draft: { ...revision.draft, title: '凤凰窝春茶饼 二版' },
  })
  await approve(house, farmer, reviewer, listingId)
  expect((await house.guest.buyer.catalogue.listing.query({ listingId })).title).toBe('凤凰窝春茶饼 二版')
})

describe('the park’s own words', () => {
  const draft = {
    ...{ class: 'absolute' as const, patterns: ['墨江头牌'], except: ['墨江头牌坊'], suggest: '写清年份和产地' },
    ...{ mustMatch: ['我家是墨江头牌'], mustNotMatch: ['在墨江头牌坊村'] },
  }
  const desk = () => reviewer.trpc.park.moderation
  const marked = async (text: string) => (await desk().tryWords.query({ text })).map((m) => m.text)

  test('are read at once wherever the house reads words, and no longer when they are put away; every version stays', async () => {
    const text = '这是墨 江 头 牌的茶'
    const userId = farmer.userId
    const check = () => checkWords(house.app, { text, scene: 'comment', userId })
    expect(await marked(text)).toEqual([])
    expect(await check()).toBe('pass')
    const { ruleId, no } = await desk().addRule.mutate({ draft })
    expect(await marked(text)).toEqual(['墨 江 头 牌'])
    house.clock.advance(2_000)
    expect(await check()).toBe('hold')
    const { caseId } = await inReview({ story: text })
    const one = await desk().one.query({ caseId })
    expect(one.findings.map((f) => [f.text, f.why])).toContainEqual([
      '墨 江 头 牌',
      '绝对化用语：《广告法》第九条第（三）项。建议：写清年份和产地',
    ])
    // what a person decides counts for the rule
    await decide(reviewer, caseId, 'rejected', '请换说法')
    const ours = async () => (await desk().rules.query()).park.find((r) => r.ruleId === ruleId)
    expect(await ours()).toMatchObject({ no: 1, standing: 'active', hits: 1, upheld: 1, waved: 0, writtenBy: reviewer.nickname })
    const changed = await desk().changeRule.mutate({ ruleId, no, draft: { ...draft, suggest: '不比高下' } })
    expect(changed).toEqual({ ruleId, no: 2 })
    await desk().retireRule.mutate({ ruleId, no: 2 })
    expect(await marked(text)).toEqual([])
    house.clock.advance(2_000)
    expect(await check()).toBe('pass')
    expect((await desk().ruleHistory.query({ ruleId })).map((v) => [v.no, v.standing, v.draft.suggest])).toEqual([
      [3, 'retired', '不比高下'],
      [2, 'past', '不比高下'],
      [1, 'past', '写清年份和产地'],
    ])
  })

  test('must do what their own examples say, or are refused at the field', async () => {
    const fieldOf = async (change: object) =>
      Object.keys((await refusalFrom(desk().addRule.mutate({ draft: { ...draft, ...change } }))).fields)
    expect(await fieldOf({ mustMatch: ['好茶'] })).toEqual(['mustMatch'])
    expect(await fieldOf({ mustNotMatch: ['墨江头牌'] })).toEqual(['mustNotMatch'])
    expect(await fieldOf({ patterns: ['茶 '] })).toEqual(['draft.patterns.0'])
    expect(await fieldOf({ patterns: ['❤️ ❤️'] })).toEqual(['patterns'])
    expect(await fieldOf({ patterns: [] })).toEqual(['draft.patterns'])
    expect(await fieldOf({ mustNotMatch: [] })).toEqual(['draft.mustNotMatch'])
  })

  test('of two who change one at once, one is told', async () => {
    const { ruleId, no } = await desk().addRule.mutate({ draft })
    const both = await Promise.allSettled(
      [1, 2].map((n) => desk().changeRule.mutate({ ruleId, no, draft: { ...draft, suggest: `说法 ${n}` } })),
    )
    expect(both.map((b) => b.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await refusalFrom(desk().retireRule.mutate({ ruleId, no }))).code).toBe('stale')
    expect((await refusalFrom(desk().retireRule.mutate({ ruleId: newId('WordRule'), no: 1 }))).code).toBe('notFound')
    await desk().retireRule.mutate({ ruleId, no: 2 })
  })

  test('are the reviewers’: to others the desk does not exist', async () => {
    for (const who of [farmer, await house.staff('finance')])
      expect((await refusalFrom(who.trpc.park.moderation.addRule.mutate({ draft }))).code).toBe('notFound')
  })
})
