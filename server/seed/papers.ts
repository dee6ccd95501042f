/** The papers of the demonstration's tenants: handed in by the shop with a drawn picture and decided by the park, as it is done every day. */

import { eq } from 'drizzle-orm'
import type { BatchId, UserId } from '../../shared/ids.ts'
import { emptyPaper, type PaperDraft, type PaperKind, paperWords } from '../../shared/tenants/papers.ts'
import { after, businessDay, DAY, type Instant } from '../../shared/time.ts'
import { decidePaper } from '../modules/tenants/decide-paper.ts'
import { submitPaper } from '../modules/tenants/move-paper.ts'
import { savePaper } from '../modules/tenants/save-paper.ts'
import { papers } from '../modules/tenants/tables.ts'
import type { Actor } from '../platform/work.ts'
import { teas } from './data/teas.ts'
import { galleryOf } from './gallery.ts'
import { businessLicence } from './numbers.ts'
import { paperSheet } from './pictures/index.ts'
import { classOf, WORKSHOP_NUMBER } from './shelf.ts'
import { addressIn, COUNTY, creditOf, type DemoShop, licenceOf } from './shops.ts'
import { firstDay, type Story } from './story.ts'

const OFFICE = '墨江哈尼族自治县市场监督管理局'

type Given = Omit<Partial<PaperDraft>, 'pictures'> & { kind: PaperKind; outcome: 'verify' | 'wait' | 'reject' }

/** What a tenant shows, by its kind; `day` is YYYY-MM-DD within the story's first days, `soon` the last day of what ends in the weeks to come. */
const papersOf = ({ tenant, place }: DemoShop, day: string, soon: string): Given[] => {
  const credit = creditOf(tenant)
  const year = Number(day.slice(0, 4))
  const back = (years: number) => `${year - years}${day.slice(4)}`
  const until = (years: number) => `${year + years}-05-31`
  const outcome = 'verify' as const
  const plot: Given = {
    kind: 'plotEvidence',
    number: `墨农包〔${year - 9}〕${String(place + 12).padStart(4, '0')}`,
    issuer: `${tenant.village}村民委员会`,
    scope: `${addressIn(tenant.village)}茶地承包经营权，自 ${year - 9} 年起三十年`,
    validFrom: back(9),
    validUntil: `${year + 21}-12-31`,
    outcome: place % 3 === 2 ? 'wait' : 'verify',
  }
  if (credit === null)
    return [
      {
        kind: 'selfGrownStatement',
        number: `墨农诺〔${year}〕${String(place + 1).padStart(3, '0')}`,
        issuer: tenant.name,
        scope: `${addressIn(tenant.village)}自家茶地，春秋两季晒青毛茶`,
        classes: ['maocha'],
        validFrom: back(1),
        validUntil: place % 2 ? soon : `${year + 1}-12-31`,
        outcome,
      },
      {
        kind: 'qualityCertificate',
        number: `CN${COUNTY}${year}${String(place + 1).padStart(4, '0')}`,
        issuer: tenant.name,
        scope: `晒青毛茶，产地${addressIn(tenant.village)}`,
        validFrom: back(1),
        outcome,
      },
      plot,
    ]
  const shared: Given[] = [
    {
      kind: 'businessLicence',
      number: credit,
      issuer: OFFICE,
      scope: '茶叶种植、加工、销售；食用农产品初加工',
      validFrom: back(6),
      outcome,
    },
    {
      kind: 'productionLicence',
      number: licenceOf(tenant),
      issuer: '普洱市市场监督管理局',
      scope: '茶叶及相关制品：普洱茶（生茶、熟茶）、紧压茶',
      classes: ['puer'],
      validFrom: back(2),
      validUntil: until(3),
      outcome,
    },
  ]
  const trade: Given =
    tenant.kind === 'enterprise'
      ? {
          kind: 'foodBusinessLicence',
          number: businessLicence('JY', COUNTY, 1201 + place),
          issuer: OFFICE,
          scope: '预包装食品、散装食品销售；热食类食品制售',
          validFrom: back(4),
          validUntil: place % 2 ? `${year + 1}-03-31` : soon,
          outcome,
        }
      : { kind: 'prepackFiling', number: businessLicence('YB', COUNTY, 601 + place), issuer: OFFICE, validFrom: back(3), outcome }
  const sold = new Set((teas[tenant.key] ?? []).map((tea) => classOf(tenant, tea)))
  const gi: Given = {
    kind: 'giUse',
    number: `国知公告〔${year - 2}〕${String(310 + place)}`,
    issuer: '国家知识产权局',
    scope: sold.has('rice') ? '墨江紫米' : '普洱茶',
    validFrom: back(2),
    outcome: place % 4 === 1 ? 'reject' : 'verify',
  }
  const workshop: Given = {
    kind: 'workshopRegistration',
    number: WORKSHOP_NUMBER,
    issuer: OFFICE,
    scope: '手工压制普洱茶（小作坊），县内销售',
    classes: ['workshopTea'],
    validFrom: back(1),
    validUntil: until(2),
    outcome,
  }
  return [...shared, trade, gi, ...(sold.has('workshopTea') ? [workshop] : []), plot]
}

/** Lab reports for the first two batches of a tenant with a licence: this year's, and one that is old by now. The figures are invented. */
const reportsOf = ({ place }: DemoShop, made: ReadonlyMap<string, BatchId>, told: Instant): Given[] =>
  [...made].slice(0, place % 2 ? 1 : 2).map(([code, batchId], i) => ({
    kind: 'labReport',
    number: `WT${40_210 + place * 10 + i}`,
    issuer: '云南省产品质量监督检验研究院',
    cmaNumber: '230012050001',
    method: 'GB/T 22111-2008、GB 2763-2021、GB 2762-2022',
    sampleBatch: code,
    batchIds: [batchId],
    validFrom: businessDay(after(told, -(i === 0 ? 120 : 500) * DAY)),
    results: [
      { item: '水分', value: `${(9 + ((place * 3 + i) % 8) / 10).toFixed(1)} %`, limit: '≤ 13.0 %', passed: true },
      { item: '铅（以 Pb 计）', value: '0.62 mg/kg', limit: '≤ 5.0 mg/kg', passed: true },
      { item: '联苯菊酯', value: '未检出', limit: '≤ 5 mg/kg', passed: true },
    ],
    outcome: 'verify',
  }))

/** Hands in and decides the papers of one shop; what is there already, by its kind, is left as it is. */
export async function seedPapers(story: Story, shop: DemoShop, reviewerId: UserId, made: ReadonlyMap<string, BatchId>): Promise<void> {
  const { app } = story
  const { shopId, owner, place } = shop
  const have = await app.read
    .select({ id: papers.id, kind: papers.kind, number: papers.number, state: papers.state })
    .from(papers)
    .where(eq(papers.shopId, shopId))
  const began = after(firstDay(story), DAY + place * 12 * 3_600_000)
  const reviewer: Actor = { kind: 'staff', userId: reviewerId, role: 'reviewer' }
  const gallery = galleryOf(app, owner, shopId, story.pictures)
  const soon = businessDay(after(story.told, (9 + place * 6) * DAY))
  const given = [...papersOf(shop, businessDay(began), soon), ...reportsOf(shop, made, story.told)]
  for (const [i, { outcome, ...one }] of given.entries()) {
    const before = have.find(({ kind, number }) => kind === one.kind && number === (one.number ?? ''))
    // a seed that was killed between the two acts decides what it handed in
    if (before && (before.state !== 'inReview' || outcome === 'wait')) continue
    // a report comes after its batch
    story.to(after(began, (one.kind === 'labReport' ? 12 * DAY : 0) + (i + 1) * 600_000))
    const draft: PaperDraft = { ...emptyPaper(one.kind), ...one }
    const handIn = async () => {
      const picture = await gallery.hang(`paper ${one.kind} ${one.number}`, 900, () =>
        paperSheet({
          title: paperWords[one.kind],
          lines: [
            ['编号', draft.number],
            ['名称', shop.tenant.name],
            ['有效期至', draft.validUntil === null ? '长期' : `${draft.validUntil.replace('-', '年').replace('-', '月')}日`],
          ],
          office: draft.issuer,
          seed: 700 + place * 20 + i,
        }),
      )
      return app.work(owner, async (work) => {
        const saved = await savePaper(work, { shopId, draft: { ...draft, pictures: [picture] } })
        await submitPaper(work, { shopId, paperId: saved.paperId })
        return saved.paperId
      })
    }
    const paperId = before?.id ?? (await handIn())
    if (outcome === 'wait') continue
    const reasons = outcome === 'reject' ? '公告里没有找到贵社的名称，请补拍核准名单那一页' : ''
    await app.work(reviewer, (work) => decidePaper(work, { paperId, version: 1, verdict: outcome, reasons, reviewer: reviewerId }))
  }
}
