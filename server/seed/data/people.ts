/** The people of the demonstration. All of them are invented. A key is what WeChat would call them, and never changes. */
import type { ParkRole } from '../../../shared/tenants/roles.ts'

export interface Buyer {
  key: string
  nickname: string
  to: { name: string; phone: string; province: string; city: string; county: string; detail: string }
}

/** The park's desk. The first of them is also the first person of the demonstration: their first day is when its story begins. */
export const parkStaff: readonly { key: string; nickname: string; role: ParkRole }[] = [
  { key: 'demo_head', nickname: '赵启明', role: 'head' },
  { key: 'demo_reviewer', nickname: '孙晓雯', role: 'reviewer' },
  { key: 'demo_patrol', nickname: '何建国', role: 'patrol' },
  { key: 'demo_finance', nickname: '吴静怡', role: 'finance' },
]

/** Who stands beside the farmer of the first shop while she is on air. */
export const assistant = { key: 'demo_assistant', nickname: '白小燕' }

export const buyers: readonly Buyer[] = [
  {
    key: 'demo_buyer_01',
    nickname: '滇池老陈',
    to: { name: '陈志远', phone: '13800010001', province: '云南省', city: '昆明市', county: '五华区', detail: '翠湖北路 18 号 2 栋 301' },
  },
  {
    key: 'demo_buyer_02',
    nickname: '一壶春山',
    to: { name: '林书瑶', phone: '13800010002', province: '广东省', city: '广州市', county: '荔湾区', detail: '芳村大道中 66 号 1203 房' },
  },
  {
    key: 'demo_buyer_03',
    nickname: '北京小马',
    to: { name: '马骁', phone: '13800010003', province: '北京市', city: '北京市', county: '西城区', detail: '马连道路 11 号院 5 号楼' },
  },
  {
    key: 'demo_buyer_04',
    nickname: '听雨轩主',
    to: { name: '顾雨声', phone: '13800010004', province: '江苏省', city: '苏州市', county: '姑苏区', detail: '平江路 120 号' },
  },
  {
    key: 'demo_buyer_05',
    nickname: '胖达爱喝茶',
    to: { name: '罗小川', phone: '13800010005', province: '四川省', city: '成都市', county: '武侯区', detail: '玉林西路 9 号附 3 号' },
  },
  {
    key: 'demo_buyer_06',
    nickname: '茶叶蛋不放茶',
    to: { name: '沈佳', phone: '13800010006', province: '浙江省', city: '杭州市', county: '西湖区', detail: '文三路 258 号 7 幢 602' },
  },
  {
    key: 'demo_buyer_07',
    nickname: '东北大刘',
    to: { name: '刘海峰', phone: '13800010007', province: '辽宁省', city: '沈阳市', county: '和平区', detail: '南五马路 33 号' },
  },
  {
    key: 'demo_buyer_08',
    nickname: '周末泡茶',
    to: { name: '郑可心', phone: '13800010008', province: '上海市', city: '上海市', county: '徐汇区', detail: '天平路 40 弄 6 号 402 室' },
  },
  {
    key: 'demo_buyer_09',
    nickname: '普洱小杨',
    to: { name: '杨晓波', phone: '13800010009', province: '云南省', city: '普洱市', county: '思茅区', detail: '振兴大道 77 号' },
  },
  {
    key: 'demo_buyer_10',
    nickname: '岭南阿May',
    to: { name: '黄美仪', phone: '13800010010', province: '广东省', city: '深圳市', county: '福田区', detail: '莲花路 2018 号 3 栋 B 座' },
  },
  {
    key: 'demo_buyer_11',
    nickname: '秦岭樵夫',
    to: { name: '高原', phone: '13800010011', province: '陕西省', city: '西安市', county: '碑林区', detail: '书院门 25 号' },
  },
  {
    key: 'demo_buyer_12',
    nickname: '半盏月光',
    to: { name: '许知夏', phone: '13800010012', province: '福建省', city: '厦门市', county: '思明区', detail: '虎园路 12 号 501 室' },
  },
]
