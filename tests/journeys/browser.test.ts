/**
 * The first live sale as people do it: a farmer and a reviewer at desks, a buyer with a thumb, in a real browser against the built apps,
 * with real video and WeChat's payment sheet.
 */
import fs from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Publisher, publishClip } from '../../server/launch/publish-clip.ts'
import { addMember } from '../../server/modules/tenants/index.ts'
import { classForms } from '../../shared/catalogue/classes.ts'
import { emptyDraft, productClasses } from '../../shared/catalogue/draft.ts'
import { chooseClass, drawnForm } from '../../shared/catalogue/form.ts'
import { PAIRING_PAGE } from '../../shared/identity/words.ts'
import type { ShopId, UserId } from '../../shared/ids.ts'
import { batchOf } from '../kit/batches.ts'
import { choose, chromiumPath, openBrowser, press, type Seat, seat, videoFrame } from '../kit/browser.ts'
import { drawForTests } from '../kit/drawings.ts'
import { post, until } from '../kit/house.ts'
import { type OpenHouse, openHouse, teaShop } from '../kit/open-house.ts'

describe.skipIf(!chromiumPath)('the first live sale in a browser', () => {
  let house: OpenHouse
  let browser: Browser
  let farmer: Seat
  let reviewer: Seat
  let buyer: Seat
  let shopId: ShopId
  let pushing: Publisher | null = null
  const title = '2025 凤凰窝春茶 生普饼茶 357 克'
  const files: string[] = []

  beforeAll(async () => {
    house = await openHouse()
    browser = await openBrowser()
    shopId = await teaShop(house)
    await batchOf(house, shopId, { code: 'MJ250420' })
    files.push(...(await drawForTests()))
    farmer = await seat(browser, 'desk')
    reviewer = await seat(browser, 'desk')
    buyer = await seat(browser, 'phone')
  }, 300_000)
  afterAll(async () => {
    await pushing?.stop()
    await browser?.close()
    await house?.stop()
    for (const file of files) fs.rmSync(file, { force: true })
  })

  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    for (const [name, one] of Object.entries({ farmer, reviewer, buyer })) {
      // a picture is not there when only the log is read: the words of the screen are
      const words = (await one.page.locator('body').innerText()).replace(/\s+/g, ' ')
      console.log(await one.shot(`failed-${name}`), one.page.url(), words.slice(0, 1_500), one.complaints.slice(-3))
    }
  })

  const rows = async <T>(query: string): Promise<T[]> => ((await house.app.read.execute(sql.raw(query))) as unknown as [T[]])[0]

  it('the farmer enters the console and writes a listing with photos', async () => {
    const { page } = farmer
    await page.goto(`${house.origin}/console/`)
    await page.getByRole('button', { name: '以李阿布的身份进入' }).click()
    await page.getByText('今日').first().waitFor()
    await farmer.shot('desk-01-today')
    await page.getByRole('link', { name: '商品' }).first().click()
    await page
      .getByRole('button', { name: '新建商品' })
      .or(page.getByRole('link', { name: '新建商品' }))
      .first()
      .click()
    await page.getByRole('radio', { name: /普洱茶/ }).check()
    await page.locator('#pictures').setInputFiles(files.slice(0, 2))
    await page.locator('#labelPicture').setInputFiles(files.slice(2, 3))
    await page.getByAltText('第 2 张照片').waitFor()
    await page.getByRole('group', { name: '标签照片' }).getByAltText('标签照片').waitFor()
    await page.locator('#title').fill(title)
    await page.getByText('生茶', { exact: true }).click()
    await choose(page.locator('[id="form"]'), '饼茶')
    await page.getByText('春茶', { exact: true }).click()
    await choose(page.locator('[id="hill"]'), '凤凰窝（墨江）')
    for (const [id, words] of [
      ['materialYear', '2025'],
      ['ingredients', '云南大叶种晒青茶'],
      ['village', '景星镇新华村洒次'],
      ['netGrams', '357'],
      ['label.name', '普洱茶（生茶）'],
      ['label.netContent', '357克'],
      ['label.scNumber', 'SC11453082200011'],
      ['label.productionDate', '2025年4月20日'],
      ['makerName', '墨江县新华茶厂'],
      ['makerAddress', '云南省普洱市墨江县景星镇新华村'],
      ['scNumber', 'SC11453082200011'],
      ['standardCode', 'GB/T 22111'],
      ['productionDate', '2025-04-20'],
      ['shelfLife', '符合贮存条件下适宜长期保存'],
      ['storage', '清洁、通风、避光、干燥、无异味'],
      ['skus.0.priceFen', '168'],
      ['skus.0.stock', '20'],
    ] as const)
      await page.locator(`[id="${id}"]`).fill(words)
    await choose(page.locator('[id="skus.0.batchIds"]'), 'MJ250420')
    await page.locator('#story').fill('清明前后头采，石磨压制，阴干。')
    await farmer.shot('desk-02-form')
    await page.getByRole('button', { name: '提交审核' }).first().click()
    await page.getByText('审核中').first().waitFor()
    await farmer.shot('desk-03-submitted')
  })

  it('the reviewer approves it', async () => {
    const { page } = reviewer
    await page.goto(`${house.origin}/console/`)
    await page.getByRole('button', { name: '以王园园的身份进入' }).click()
    await page
      .getByRole('button', { name: new RegExp(title) })
      .first()
      .click()
    await page.getByText('墨江县新华茶厂').first().waitFor()
    await reviewer.shot('desk-04-review')
    await page.keyboard.press('a')
    await page.getByText('没有待审的内容').waitFor()
  })

  it('the farmer schedules a session, fills the bag and goes live with real video', async () => {
    const { page } = farmer
    await page.getByRole('link', { name: '直播' }).first().click()
    await page.getByRole('button', { name: '安排直播' }).first().click()
    await page.locator('#sessionTitle').fill('凤凰窝春茶，现场开汤')
    await press(page.getByRole('dialog').getByRole('button', { name: '安排直播' }))
    await page.getByRole('button', { name: '放入商品' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(title).first().click()
    await press(dialog.getByRole('button', { name: /^放入/ }).last())
    await page.getByText('余 20 件').first().waitFor()
    await page.getByRole('button', { name: '取推流地址' }).click()
    const line = page.getByText(/npm run stream/).first()
    await line.waitFor()
    await farmer.shot('desk-05-prepare')
    const url = /rtmp:\/\/[^\s'"]+/.exec((await line.textContent()) ?? '')?.[0]
    expect(url).toMatch(/txSecret=/)
    pushing = publishClip({ file: path.resolve('server/seed/clip.flv'), url: url ?? '', log: () => {} })
    await pushing.started
    await page.getByText('打开中控台').click()
    await until(() => videoFrame(page), 20_000)
    await page.keyboard.press('1')
    await page.getByText('讲解中').first().waitFor()
    await farmer.shot('desk-06-desk')
  })

  it('the buyer sees moving pictures on the phone, and says something that the farmer answers', async () => {
    const { page } = buyer
    await page.goto(`${house.origin}/`)
    await page.getByText('凤凰窝春茶，现场开汤').first().waitFor()
    await buyer.shot('phone-01-home')
    await page.getByText('凤凰窝春茶，现场开汤').first().click()
    const first = await until(() => videoFrame(page), 20_000)
    expect([first.width, first.height]).toEqual([540, 960])
    await until(async () => {
      const now = await videoFrame(page)
      return now?.fields.some((v, i) => Math.abs(v - (first.fields[i] ?? 0)) > 3)
    })
    const picture = await buyer.shot('phone-02-room')
    // the screenshot itself shows a picture and no black box
    const { channels } = await sharp(picture).extract({ left: 100, top: 500, width: 550, height: 500 }).stats()
    expect(Math.max(...channels.map((c) => c.stdev))).toBeGreaterThan(10)
    await page.getByText('说点什么…').first().click()
    await page.locator('.say-sheet input, .say-bar input, input[type=text], textarea').last().fill('这饼喝起来苦不苦？')
    await page.getByText('发送', { exact: true }).last().click()
    await farmer.page.getByText('这饼喝起来苦不苦？').waitFor()
    await farmer.page.getByPlaceholder('说点什么，观众都能看到').fill('前两泡微苦，回甘很快')
    await farmer.page.getByRole('button', { name: '发送' }).click()
    await page.getByText('前两泡微苦，回甘很快').first().waitFor()
    await buyer.shot('phone-03-talk')
  })

  it('card, sheet, pay: the buyer buys without leaving the room', async () => {
    const { page } = buyer
    await page.getByText('去抢').first().click()
    await page.getByText('确认订单').first().waitFor()
    await buyer.shot('phone-04-sheet')
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
    await buyer.shot('phone-05-address')
    await page.getByText('保存并使用').click()
    await page.getByText(/^付款 ¥/).click()
    const sheet = page.frameLocator('iframe')
    await sheet.getByText('凤凰窝阿布茶坊').first().waitFor()
    await sheet.getByRole('button', { name: /支付/ }).click()
    await page.getByText('付款成功').first().waitFor()
    await buyer.shot('phone-07-paid')
    // the video went on behind the sheet
    expect(await videoFrame(page)).not.toBeNull()
    await farmer.page.getByText('× 1 饼').waitFor()
    await farmer.page.getByText('余 19 件').waitFor()
    await farmer.shot('desk-07-bought')
  })

  it('the farmer ships, the buyer receives, and both see the money settled', async () => {
    const { page } = farmer
    await page.getByText('返回直播').click()
    await page.getByRole('link', { name: '订单' }).first().click()
    await page.getByRole('button', { name: '发货', exact: true }).first().click()
    const dialog = page.getByRole('dialog')
    await choose(page.locator('[id="courier"]'), '顺丰')
    await dialog.getByLabel('运单号').fill('SF1234567890')
    await farmer.shot('desk-08-ship')
    await press(dialog.getByRole('button', { name: '确认发货' }))
    await page.getByText('已发货').first().waitFor()

    const phone = buyer.page
    await phone.goto(`${house.origin}/#/packages/orders/list/index`)
    await phone.getByText('确认收货').first().waitFor()
    await buyer.shot('phone-08-orders')
    await phone.getByText('确认收货').first().click()
    await phone.getByText('确认已经收到茶了？').waitFor()
    await phone
      .locator('.taro-modal__foot, .taro__modal-foot')
      .getByText('确认收货')
      .or(phone.getByText('确认收货', { exact: true }).last())
      .last()
      .click()
    await phone.getByText('已完成').first().waitFor()
    await buyer.shot('phone-09-received')

    await page.getByRole('link', { name: '结算' }).first().click()
    await page.getByText('159.60').first().waitFor()
    await page.getByText('8.40').first().waitFor()
    await farmer.shot('desk-09-money')
  })

  it('the buyer reviews what was received, the shop answers, and everyone reads both', async () => {
    const { page: phone } = buyer
    const [line] = await rows<{ order_id: string; listing_id: string }>('select order_id, listing_id from order_lines')
    await phone.goto(`${house.origin}/#/packages/orders/one/index?id=${line?.order_id}`)
    await phone.getByText('写评价').click()
    await phone.getByText('冲泡笔记').waitFor()
    await phone.getByText('发表').click()
    await phone.getByText('请先点几颗星').first().waitFor()
    await phone.getByLabel('4 星').click()
    await phone.locator('textarea').fill('苦底轻，第三泡开始回甘，耐泡。')
    await phone.getByLabel('冲泡笔记').click()
    await phone.getByLabel('投茶').locator('input').fill('8')
    await phone.getByLabel('水温').locator('input').fill('95')
    await buyer.shot('phone-12-review')
    await phone.getByText('发表').click()
    await phone.getByText('追评').waitFor()
    await buyer.shot('phone-13-order')
    const desk = farmer.page
    await desk.getByRole('link', { name: '评价' }).click()
    await desk.getByRole('heading', { name: '评价' }).waitFor()
    await until(async () => {
      await desk.reload()
      return desk
        .getByText('苦底轻，第三泡开始回甘，耐泡。')
        .waitFor({ timeout: 3_000 })
        .then(() => true)
        .catch(() => false)
    }, 20_000)
    await desk.getByRole('button', { name: '回复', exact: true }).click()
    await desk.getByLabel('店铺回复').fill('谢谢，放半年再喝更甜。')
    await desk.getByRole('button', { name: '发出' }).click()
    await desk.getByText('谢谢，放半年再喝更甜。').waitFor()
    await farmer.shot('desk-11-reviews')
    await phone.goto(`${house.origin}/#/packages/tea/listing/index?id=${line?.listing_id}`)
    await phone.getByText('买家评价 1').waitFor()
    await phone.getByText('谢谢，放半年再喝更甜。').waitFor()
    await buyer.shot('phone-14-tea')
    await phone.getByText('看全部评价').click()
    await phone.getByText('评价还少，不算平均分').waitFor()
    await buyer.shot('phone-15-reviews')
  })

  it('the farmer tries a table, reads what is wrong in which row, and imports the rest', async () => {
    const { page } = farmer
    await page.goto(`${house.origin}/console/#/shop/${shopId}/listings`)
    await page.getByRole('button', { name: '批量导入' }).click()
    await page.getByRole('heading', { name: '批量导入' }).waitFor()
    const table = ['标题,原料年份（年）,售价（元）,首批库存', '凤凰窝春茶小沱 2025,2025,58,30', '凤凰窝春茶龙珠 2025,前年,=1+1,10'].join(
      '\n',
    )
    await page.locator('input[type=file]').setInputFiles({ name: '春茶.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
    await page.getByText('售价（元）：这是公式，请改成粘贴为数值').waitFor()
    await farmer.shot('desk-12-import')
    await page.getByRole('button', { name: '导入 1 行' }).click()
    await page.getByText('已导入 1 件').first().waitFor()
    await page.getByRole('link', { name: '凤凰窝春茶小沱 2025' }).click()
    await page.getByRole('heading', { name: '凤凰窝春茶小沱 2025' }).waitFor()
  })

  it('the park adds a word of its own, which is held to its examples, and tries it', async () => {
    const { page } = reviewer
    await page.getByRole('link', { name: '词条' }).click()
    await page.getByText('还没有园区词条').waitFor()
    await page.getByRole('button', { name: '新建词条' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('要标出的词').fill('墨江头牌')
    await dialog.getByLabel('应当标出的例句').fill('我家是头牌')
    await dialog.getByLabel('不该标的例句').fill('墨江的茶')
    await dialog.getByLabel('建议改成').fill('写清年份和产地')
    await dialog.getByText('「我家是头牌」没有被标出来').waitFor()
    await reviewer.shot('desk-13-word')
    await dialog.getByLabel('应当标出的例句').fill('我家是墨江头牌')
    await press(dialog.getByRole('button', { name: '保存并启用' }))
    await page.getByText('墨江头牌').first().waitFor()
    await page.getByLabel('试一段话').fill('买墨 江 头 牌的茶')
    await page.getByText('绝对化用语：《广告法》').first().waitFor()
    await reviewer.shot('desk-14-words')
  })

  it('a console is entered by scanning, and only with the number on its screen', async () => {
    const { page: phone } = buyer
    const [order] = await rows<{ buyer_id: UserId; shop_id: ShopId }>('select buyer_id, shop_id from sub_orders')
    await house.app.work({ kind: 'guest' }, (work) => addMember(work, order!.shop_id, order!.buyer_id, 'assistant'))
    const desk = await seat(browser, 'desk')
    await desk.page.goto(`${house.origin}/console/`)
    await desk.page.getByText('在手机上选择这个数字').waitFor()
    await desk.shot('desk-10-login')
    const [asked] = await rows<{ scene: string; number: string }>(
      "select scene, number from pairings where state = 'waiting' order by started_at desc limit 1",
    )
    expect(await desk.page.getByText(asked!.number, { exact: true }).count()).toBe(1)
    await phone.goto(`${house.origin}/#/${PAIRING_PAGE}?scene=${asked!.scene}`)
    await phone.getByText('请选电脑屏幕上显示的数字').waitFor()
    await desk.page.getByText('已扫码').first().waitFor()
    await buyer.shot('phone-10-pairing')
    await phone.getByText(asked!.number, { exact: true }).click()
    await phone.getByText('电脑端已登录').waitFor()
    await desk.page.getByText('凤凰窝阿布茶坊').first().waitFor()
    await desk.context.close()
  })

  it('at the desk and on the phone, a form asks what its class says, in its order, for every class', async () => {
    const asked = (page: Seat['page'], mark: string) =>
      page.evaluate(
        (start) =>
          [...document.querySelectorAll(`[id^="${start}"]`)].map((e) => e.id.slice(start.length)).filter((id) => /^[a-zA-Z]+$/.test(id)),
        mark,
      )
    // what was chosen before stays in the draft: each class is told after the ones before it
    const told = productClasses.map((_, i) => {
      const draft = productClasses.slice(0, i + 1).reduce(chooseClass, emptyDraft())
      return ['productClass', ...drawnForm(draft).flatMap((g) => g.fields.map((f) => f.name))].join()
    })
    const { page } = farmer
    await page.goto(`${house.origin}/console/#/shop/${shopId}/listings/new`)
    for (const [i, one] of productClasses.entries()) {
      await page.getByRole('radio', { name: new RegExp(`^${classForms[one].words}`) }).check()
      await until(async () => (await asked(page, 'field-')).join() === told[i])
    }
    await post(house.wechat.sim, '/__sim/users', { key: 'demo_owner', openid: 'demo_owner', nickname: '李阿布' })
    const yard = await seat(browser, 'phone')
    await yard.page.goto(`${house.origin}/?as=demo_owner#/packages/farmer/listing-form/index?shop=${shopId}`)
    for (const [i, one] of productClasses.entries()) {
      // once chosen, a tap on it opens the choice again
      if (i > 0) await yard.page.locator('.class-on').click()
      await yard.page.locator('.class-one', { hasText: classForms[one].sentence }).click()
      await until(async () => (await asked(yard.page, 'at-')).join() === told[i])
    }
    await yard.shot('phone-11-form')
    // a phone that has not entered yet is told so once, enters and asks again
    expect(yard.complaints.filter((c) => !/401 \(Unauthorized\).*shop\.tenants\.shop/.test(c))).toEqual([])
    await yard.context.close()
  })

  it('no page complained', () => {
    const expected = /401 \(Unauthorized\).*(buyer\.identity\.me|buyer\.room\.say)/
    for (const one of [farmer, reviewer, buyer]) expect(one.complaints.filter((c) => !expected.test(c))).toEqual([])
  })
})
