/** Doors of the catalogue for shop members: everyone may look, owner and assistant write, and whoever is on air may count. */
import { z } from 'zod'
import { isDay } from '../../../shared/catalogue/complete.ts'
import { forms, kinds, type ListingDraft, seasons } from '../../../shared/catalogue/draft.ts'
import { hills } from '../../../shared/catalogue/hills.ts'
import { listingLimits as limits } from '../../../shared/catalogue/limits.ts'
import { fen } from '../../../shared/money.ts'
import { idInput, keyInput, router, shopProcedure, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { changeStock } from './change-stock.ts'
import { putOn, takeOff } from './move-shelf.ts'
import { getOurs, listOurs } from './queries.ts'
import { recallListing } from './recall-listing.ts'
import { saveDraft } from './save-draft.ts'
import { submitListing } from './submit-listing.ts'

const looks = shopProcedure()
const writes = shopProcedure('owner', 'assistant')
const counts = shopProcedure('owner', 'assistant', 'streamer')

/** A line of text that may still be empty. */
const line = (max: number) => textInput(0, max).refine((s) => !/[\r\n\t]/.test(s), '不能换行')
const whole = (min: number, max: number, what: string) =>
  z.number(`${what}应是整数`).int(`${what}应是整数`).min(min, `${what}至少 ${min}`).max(max, `${what}最多 ${max}`).nullable()

const draftInput = z.strictObject({
  title: line(limits.title.max),
  kind: z.enum(kinds).nullable(),
  form: z.enum(forms).nullable(),
  netGrams: whole(limits.netGrams.min, limits.netGrams.max, '净含量'),
  materialYear: whole(limits.materialYear.min, limits.materialYear.max, '原料年份'),
  productionDate: z.string().max(10, '日期应写作 2026-03-25').refine(isDay, '日期应写作 2026-03-25').nullable(),
  season: z.enum(seasons).nullable(),
  hill: z
    .string()
    .max(40)
    .refine((id) => hills.some((h) => h.id === id), '山头请从名录选择')
    .nullable(),
  village: line(limits.village),
  makerName: line(limits.makerName),
  makerAddress: line(limits.makerAddress),
  scNumber: line(limits.scNumber),
  standardCode: line(limits.standardCode),
  shelfLife: line(limits.shelfLife),
  storage: line(limits.storage),
  priceFen: whole(limits.priceFen.min, limits.priceFen.max, '售价').transform((n) => (n === null ? null : fen(n))),
  stock: whole(limits.stock.min, limits.stock.max, '库存'),
  pictures: z
    .array(idInput('Asset'))
    .max(limits.pictures.max, `照片最多 ${limits.pictures.max} 张`)
    .refine((ids) => new Set(ids).size === ids.length, '有重复的照片'),
  labelPicture: idInput('Asset').nullable(),
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
  submit: writes.input(z.strictObject(one)).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => submitListing(work, input))),
  recall: writes.input(z.strictObject(one)).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => recallListing(work, input))),
  takeOff: writes.input(z.strictObject(one)).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => takeOff(work, input))),
  putOn: writes.input(z.strictObject(one)).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => putOn(work, input))),
  changeStock: counts
    .input(
      z.strictObject({
        shopId: idInput('Shop'),
        skuId: idInput('Sku'),
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
