/** An address is read out of what people paste; what cannot be read stays empty, and hostile text costs no time. */
import { describe, expect, it, test } from 'vitest'
import { readAddress } from '../../server/modules/orders/read-address.ts'

describe('a pasted address', () => {
  const read: [string, Partial<ReturnType<typeof readAddress>>][] = [
    [
      '李明 13888880001 云南省昆明市五华区翠湖北路1号',
      { name: '李明', phone: '13888880001', province: '云南省', city: '昆明市', county: '五华区', detail: '翠湖北路1号' },
    ],
    [
      '收货人: 王小满\n手机号码: 138-0013-8000\n所在地区: 广东省深圳市南山区粤海街道\n详细地址: 科技园科苑路15号A栋1203',
      {
        name: '王小满',
        phone: '13800138000',
        province: '广东省',
        city: '深圳市',
        county: '南山区',
        detail: '粤海街道 科技园科苑路15号A栋1203',
      },
    ],
    [
      '上海市浦东新区张江高科技园区碧波路690号，张三，+86 139 1234 5678',
      { name: '张三', phone: '13912345678', province: '上海市', city: '上海市', county: '浦东新区', detail: '张江高科技园区碧波路690号' },
    ],
    [
      '内蒙古呼和浩特市新城区海拉尔东街 8 号 巴特尔 18647110000',
      { name: '巴特尔', phone: '18647110000', province: '内蒙古自治区', city: '呼和浩特市', county: '新城区' },
    ],
    [
      '云南普洱墨江联珠镇双胞街21号 赵茶农 0879-4232000',
      { name: '赵茶农', phone: '0879-4232000', province: '云南省', city: '普洱市', county: '墨江哈尼族自治县', detail: '联珠镇双胞街21号' },
    ],
    ['墨江哈尼族自治县景星镇新华村', { province: '云南省', city: '普洱市', county: '墨江哈尼族自治县', detail: '景星镇新华村' }],
    [
      '新疆维吾尔自治区乌鲁木齐市天山区人民路2号 阿依古丽 15999990000',
      { province: '新疆维吾尔自治区', city: '乌鲁木齐市', county: '天山区' },
    ],
    ['李雷 13800000000 北京朝阳区建国路88号', { province: '北京市', city: '北京市', county: '朝阳区', detail: '建国路88号' }],
    ['你好，在吗', { phone: '', province: '', city: '', county: '' }],
    ['', { name: '', phone: '', province: '', city: '', county: '', detail: '' }],
  ]
  for (const [text, wanted] of read) test(text.replace(/\s+/g, ' ') || 'nothing', () => expect(readAddress(text)).toMatchObject(wanted))

  it('of evil is read in no time', () => {
    const from = performance.now()
    readAddress('1'.repeat(200))
    readAddress('云南省'.repeat(70))
    readAddress(`${'地址：'.repeat(60)}${'0'.repeat(40)}`)
    expect(performance.now() - from).toBeLessThan(200)
  })
})
