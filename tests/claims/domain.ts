/** The test sentences of the park's own notes on claims, word for word: all of them must come out right. */
import type { Labelled } from './labelled.ts'

export const domain: Labelled = {
  flag: {
    disease: ['降血脂', '治便秘', '养胃治失眠', '月子米补血', '接骨米'],
    absolute: ['全网最低价', '第一山头', '国家级'],
    investment: ['越陈越香保值升值', '存十年翻十倍', '稳赚'],
    fakeStatus: ['特供', '国礼', '国宴用茶'],
    originAge: ['千年古树', '冰岛料', '20年陈'],
    scarcity: ['最后几单', '错过不再'],
    offSite: ['加微信', '私信下单', '扫码加群'],
  },
  clean: [
    '口感顺滑',
    '茶汤醇厚',
    '请遵医嘱',
    '最高可领10元券',
    '第一泡出汤5秒',
    '可长期存放',
    '清代称贡茶',
    '2019年压制',
    '余 3 件',
    '点击下方小程序下单',
  ],
}
