/** Doors of the catalogue for shop members: everyone may look, owner and assistant write, and whoever is on air may count. */
import { z } from 'zod'
import { isDay } from '../../../shared/catalogue/complete.ts'
import {
  blends,
  forms,
  grades,
  kinds,
  type ListingDraft,
  packUnits,
  processes,
  productClasses,
  roasts,
  seasons,
  treeClasses,
} from '../../../shared/catalogue/draft.ts'
import { hills } from '../../../shared/catalogue/hills.ts'
import { listingLimits as limits } from '../../../shared/catalogue/limits.ts'
import { fen } from '../../../shared/money.ts'
import { idInput, keyInput, router, shopProcedure, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { uploadTicket } from '../assets/index.ts'
import { changeStock } from './change-stock.ts'
import { putOn, takeOff } from './move-shelf.ts'
import { getOurs, listOurs } from './queries.ts'
import { readLabel } from './read-label.ts'
import { recallListing } from './recall-listing.ts'
import { saveDraft } from './save-draft.ts'
import { submitListing } from './submit-listing.ts'

const looks = shopProcedure()
const writes = shopProcedure('owner', 'assistant')
const counts = shopProcedure('owner', 'assistant', 'streamer')

/** A line of text that may still be empty. */
const line = (max: number) => textInput(0, max).refine((s) => !/[\r\n\t]/.test(s), '不能换行')
const whole = (bounds: { min: number; max: number }, what: string) =>
  z
    .number(`${what}应是整数`)
    .int(`${what}应是整数`)
    .min(bounds.min, `${what}至少 ${bounds.min}`)
    .max(bounds.max, `${what}最多 ${bounds.max}`)
const money = (what: string) =>
  whole(limits.priceFen, what)
    .nullable()
    .transform((n) => (n === null ? null : fen(n)))
const day = z.string().max(10, '日期应写作 2026-03-25').refine(isDay, '日期应写作 2026-03-25')
const noTwice = <T>(values: readonly T[]) => new Set(values).size === values.length

const packInput = z
  .array(z.strictObject({ unit: z.enum(packUnits), count: whole({ min: 1, max: limits.packCount.max }, '数量') }))
  .max(limits.packLevels.max, `包装最多 ${limits.packLevels.max} 级`)

const skuInput = z.strictObject({
  key: z.string().regex(new RegExp(`^[0-9a-z]{1,${limits.skuKey}}$`), '规格标识有误'),
  name: line(limits.skuName),
  level: whole({ min: 0, max: limits.packLevels.max - 1 }, '包装层级'),
  priceFen: money('售价'),
  struckFen: money('划线价'),
  stock: whole(limits.stock, '库存').nullable(),
  batchIds: z
    .array(idInput('Batch'))
    .max(limits.batches.max, `一个规格最多 ${limits.batches.max} 个批次`)
    .refine(noTwice, '同一个批次选了两次'),
})

const brewInput = z.strictObject({
  grams: whole(limits.brew.grams, '投茶'),
  celsius: whole(limits.brew.celsius, '水温'),
  millilitres: whole(limits.brew.millilitres, '水量'),
  seconds: z
    .array(whole(limits.brew.seconds, '秒数'))
    .min(limits.brew.steeps.min, '至少写一泡')
    .max(limits.brew.steeps.max, `最多写 ${limits.brew.steeps.max} 泡`),
})

const draftInput = z.strictObject({
  productClass: z.enum(productClasses).nullable(),
  title: line(limits.title.max),
  pictures: z.array(idInput('Asset')).max(limits.pictures.max, `照片最多 ${limits.pictures.max} 张`).refine(noTwice, '有重复的照片'),
  captions: z.array(line(limits.caption)).max(limits.pictures.max, '照片说明比照片多'),
  kind: z.enum(kinds).nullable(),
  form: z.enum(forms).nullable(),
  materialYear: whole(limits.materialYear, '年份').nullable(),
  season: z.enum(seasons).nullable(),
  picking: z.strictObject({ from: day, to: day }).nullable(),
  blend: z.enum(blends).nullable(),
  shares: line(limits.shares),
  grade: z.enum(grades).nullable(),
  recipeCode: line(limits.recipeCode),
  variety: line(limits.variety),
  roast: z.enum(roasts).nullable(),
  process: z.enum(processes).nullable(),
  ingredients: line(limits.ingredients),
  allergens: line(limits.allergens),
  howTo: textInput(0, limits.howTo),
  hill: z
    .string()
    .max(40)
    .refine((id) => hills.some((h) => h.id === id), '山头请从名录选择')
    .nullable(),
  village: line(limits.village),
  altitudeMetres: whole(limits.altitudeMetres, '海拔').nullable(),
  treeClass: z.enum(treeClasses).nullable(),
  treeBasis: line(limits.treeBasis),
  netGrams: whole(limits.netGrams, '净含量').nullable(),
  pack: packInput,
  labelPicture: idInput('Asset').nullable(),
  label: z.strictObject({
    name: line(limits.label),
    netContent: line(limits.label),
    scNumber: line(limits.label),
    standardCode: line(limits.label),
    productionDate: line(limits.label),
    shelfLife: line(limits.label),
    maker: line(limits.label),
  }),
  makerName: line(limits.makerName),
  makerAddress: line(limits.makerAddress),
  entrustedBy: line(limits.entrustedBy),
  scNumber: line(limits.scNumber),
  permitNumber: line(limits.permitNumber),
  standardCode: line(limits.standardCode),
  productionDate: day.nullable(),
  shelfLife: line(limits.shelfLife),
  storage: line(limits.storage),
  skus: z
    .array(skuInput)
    .max(limits.skus.max, `规格最多 ${limits.skus.max} 个`)
    .refine((rows) => noTwice(rows.map((s) => s.key)), '有重复的规格'),
  presale: z.strictObject({ shipBy: day }).nullable(),
  brew: brewInput.nullable(),
  story: textInput(0, limits.story),
}) satisfies z.ZodType<ListingDraft>

const one = { shopId: idInput('Shop'), listingId: idInput('Listing') }

export const shop = router({
  list: looks
    .input(z.strictObject({ shopId: idInput('Shop'), shelf: z.enum(['draft', 'onShelf', 'offShelf']).optional(), ...pageInput }))
    .query(({ ctx, input }) => listOurs(ctx.app, ctx.shopId, input.shelf, input)),
  get: looks.input(z.strictObject(one)).query(({ ctx, input }) => getOurs(ctx.app, ctx.shopId, input.listingId)),
  saveDraft: writes
    .input(z.strictObject({ shopId: idInput('Shop'), listingId: idInput('Listing').optional(), draft: draftInput }))
    .mutation(async ({ ctx, input }) => {
      const { listingId, revisionId, missing } = await ctx.app.work(ctx.by, (work) => saveDraft(work, { ...input, shopId: ctx.shopId }))
      return { listingId, revisionId, missing }
    }),
  /** What the label's photo says, as far as a machine can read it. */
  readLabel: writes
    .input(z.strictObject({ shopId: idInput('Shop'), assetId: idInput('Asset') }))
    .mutation(({ ctx, input }) => readLabel(ctx.app, ctx.shopId, input.assetId)),
  /** The address to which a table of listings may be sent for ten minutes. */
  importTicket: writes.input(z.strictObject({ shopId: idInput('Shop') })).mutation(({ ctx }) => {
    const { ticket, expiresAt } = uploadTicket(ctx.app.settings.secret, ctx.app.clock.now(), { userId: ctx.userId, shopId: ctx.shopId })
    return { url: `/import?ticket=${ticket}`, expiresAt }
  }),
  submit: writes.input(z.strictObject(one)).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => submitListing(work, input))),
  recall: writes.input(z.strictObject(one)).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => recallListing(work, input))),
  takeOff: writes.input(z.strictObject(one)).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => takeOff(work, input))),
  putOn: writes.input(z.strictObject(one)).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => putOn(work, input))),
  changeStock: counts
    .input(
      z.strictObject({
        shopId: idInput('Shop'),
        skuId: idInput('Sku'),
        batchId: idInput('Batch').optional(),
        delta: z
          .number('数量应是整数')
          .int('数量应是整数')
          .min(-limits.stockDelta)
          .max(limits.stockDelta)
          .refine((n) => n !== 0, '数量不能是 0'),
        key: keyInput,
        reason: line(limits.stockReason),
      }),
    )
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => changeStock(work, input))),
})
