/** Two shops, one cart, one payment: what is taken off and what sending costs, at a desk and on a phone. */
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ShopId } from '../../shared/ids.ts'
import { chromiumPath, openBrowser, press, type Seat, seat } from '../kit/browser.ts'
import { type OpenHouse, openHouse, teaShop, teasOnShelf } from '../kit/open-house.ts'

describe.skipIf(!chromiumPath)('a cart', () => {
  let house: OpenHouse
  let browser: Browser
  let farmer: Seat
  let buyer: Seat
  let shopId: ShopId
  let teas: string[] = []

  beforeAll(async () => {
    house = await openHouse()
    browser = await openBrowser()
    shopId = await teaShop(house)
    teas = await teasOnShelf(house, shopId, ['凤凰窝春茶饼 2025', '界牌古树茶饼 2025'])
    farmer = await seat(browser, 'desk')
    buyer = await seat(browser, 'phone')
    await farmer.page.goto(`${house.origin}/console/`)
    await farmer.page.getByRole('button', { name: '以李阿布的身份进入' }).click()
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await house?.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    for (const [name, one] of Object.entries({ farmer, buyer })) {
      const words = (await one.page.locator('body').innerText()).replace(/\s+/g, ' ')
      console.log(await one.shot(`failed-${name}`), one.page.url(), words.slice(0, 1_500), one.complaints.slice(-3))
    }
  })

  it('the farmer offers a coupon and a reduction, sets what sending costs and how much one may buy', async () => {
    const { page } = farmer
    await page.getByRole('link', { name: '营销与运费' }).click()
    await page.getByText('还没有活动').waitFor()
    await farmer.shot('desk-40-no-offers')
    await page.getByRole('button', { name: '新建活动' }).click()
    await page.locator('#offer-title').fill('进店见面礼')
    await page.locator('#offer-over').fill('99')
    await page.locator('#offer-less').fill('10')
    await page.getByText('满 99.00 减 10.00 元').waitFor()
    await farmer.shot('desk-41-coupon')
    await press(page.getByRole('button', { name: '发布活动' }))
    await page.getByText('优惠券 · 进店见面礼').waitFor()
    await page.getByText('运费', { exact: true }).click()
    await page.getByRole('button', { name: '设置运费' }).click()
    await page.getByRole('button', { name: '再加一个地区' }).click()
    await page.locator('[id="zone-0"]').fill('云南')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.locator('[id="zones.0.firstFen"]').fill('6')
    await page.locator('[id="zones.0.freeOverFen"]').fill('')
    await farmer.shot('desk-42-freight')
    await press(page.getByRole('button', { name: '保存运费模板' }))
    await page.getByText('运费模板已生效').waitFor()
    await page.getByText('限购', { exact: true }).click()
    await page.getByText('不限').first().waitFor()
    await farmer.shot('desk-43-limits')
  })

  it('the buyer takes the coupon, fills the cart, and sees why it costs what it costs', async () => {
    const { page } = buyer
    await page.goto(`${house.origin}/#/packages/shop/shop/index?id=${shopId}`)
    await page.getByText('满 99.00 减 10.00 元').waitFor()
    await page.getByText('领取', { exact: true }).click()
    await page.getByText('已领取').waitFor()
    await buyer.shot('phone-40-coupon')
    for (const id of teas) {
      await page.goto(`${house.origin}/#/packages/tea/listing/index?id=${id}`)
      await page.getByText('运费 6.00 元起').first().waitFor()
      await page.getByText('加入购物车').click()
      await page.getByText('已放入购物车').waitFor()
      await buyer.shot('phone-41-tea')
    }
    await page.goto(`${house.origin}/#/packages/checkout/cart/index`)
    await page.getByText('结算（2）').waitFor()
    await page.getByText('已优惠 ¥10.00').waitFor()
    await buyer.shot('phone-42-cart')
    await page.getByText('结算（2）').click()
    await page.getByText('新增收货地址').or(page.getByText('填写收货地址')).first().waitFor()
    await buyer.shot('phone-43-checkout')
    await page.getByText('填写收货地址').first().click()
    for (const [hint, words] of [
      ['姓名', '李明'],
      ['快递联系用', '13888880001'],
      ['如：云南省', '云南省'],
      ['如：普洱市', '昆明市'],
      ['如：墨江县', '五华区'],
      ['街道、小区、门牌号', '翠湖北路 1 号'],
    ] as const)
      await page.locator(`input[placeholder="${hint}"]`).fill(words)
    await page.getByText('保存并使用').click()
    // 336 of goods, 10 off, 6 of freight
    await page.getByText('付款 ¥332.00').waitFor()
    await page.getByText('店铺券「进店见面礼」').scrollIntoViewIfNeeded()
    await buyer.shot('phone-44-why')
    await page.getByText('付款 ¥332.00').click()
    const sheet = page.frameLocator('iframe').first()
    await sheet.getByRole('button', { name: /支付/ }).click()
    await page.getByText('付款成功').first().waitFor()
    await page.getByText('查看订单').first().click()
    await page.getByText('申请售后').waitFor()
    await buyer.shot('phone-45-order')
    // a guest's first act is refused once, signs in by itself and is repeated
    expect(buyer.complaints.filter((c) => !c.includes('401'))).toEqual([])
  })

  it('the buyer asks for the money of one tea back before it is sent, the shop agrees, both see it', async () => {
    const { page } = buyer
    await page.getByText('申请售后').click()
    await page.getByText('不想要了').click()
    await page.getByLabel('凤凰窝春茶饼 2025退几件').click()
    await page.locator('textarea').fill('两种选一种就好')
    await page.getByText('预计退回').waitFor()
    await buyer.shot('phone-46-ask')
    await page.getByText('提交申请').click()
    await page.getByText('等店铺处理').waitFor()
    await buyer.shot('phone-47-case')
    const desk = farmer.page
    await desk.getByRole('link', { name: '售后' }).click()
    await desk.getByRole('button', { name: '查看' }).click()
    await desk.getByText('两种选一种就好').waitFor()
    await farmer.shot('desk-44-case')
    await desk.getByRole('button', { name: '同意退款' }).click()
    await press(desk.locator('.ant-modal-confirm').getByRole('button', { name: '同意退款' }))
    await desk.getByText('已退款').first().waitFor()
    await farmer.shot('desk-45-refunded')
    await page.reload()
    await page.getByText('已退款').first().waitFor()
  })
})
