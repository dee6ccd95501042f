/** Words of tea that a general dictionary does not know, or would cut apart. */
import { hills } from '../../../shared/catalogue/hills.ts'

const tea = [
  ...[
    '普洱茶',
    '普洱',
    '生普',
    '熟普',
    '生茶',
    '熟茶',
    '晒青',
    '毛茶',
    '晒青毛茶',
    '普洱生茶',
    '普洱熟茶',
    '紫娟',
    '紫米',
    '墨江紫米',
    '咖啡',
  ],
  ...['饼茶', '茶饼', '七子饼', '砖茶', '茶砖', '沱茶', '散茶', '龙珠', '金瓜', '金瓜贡茶', '小青柑', '方砖', '铁饼', '小饼', '大饼'],
  ...[
    '古树',
    '古树茶',
    '大树茶',
    '乔木',
    '台地',
    '台地茶',
    '生态茶',
    '单株',
    '纯料',
    '拼配',
    '头春',
    '春茶',
    '夏茶',
    '秋茶',
    '谷花茶',
    '雨水茶',
    '明前',
  ],
  ...['老茶', '陈年', '陈香', '宫廷', '老茶头', '茶头', '黄片', '石磨', '干仓', '贡茶', '口粮茶', '伴手礼', '礼盒'],
  ...['墨江', '哈尼', '哈尼族', '联珠', '景星', '新抚', '通关', '雅邑', '坝溜', '那哈', '文武', '龙坝', '鱼塘', '团田', '孟弄', '泗南江'],
  ...['联珠镇', '景星镇', '新抚镇', '通关镇', '雅邑镇', '坝溜镇', '那哈乡', '文武乡', '龙坝镇', '鱼塘镇', '团田镇', '孟弄乡', '泗南江镇'],
  ...['新华村', '界牌村', '涵德村', '凤凰窝', '迷帝', '迷帝茶', '须立', '须立贡茶', '洒次', '半坡', '哀牢山', '无量山'],
]

const plain = (name: string): string => name.replace(/（.*）/, '')

/** The user dictionary: every word once. */
export const teaWords: readonly string[] = [...new Set([...tea, ...hills.flatMap((h) => [plain(h.name), ...h.villages, ...h.places])])]

/** What people also call it: who asks with one finds the other. */
export const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  raw: ['生茶', '生普', '普洱生茶'],
  ripe: ['熟茶', '熟普', '普洱熟茶'],
  cake: ['饼茶', '茶饼', '饼'],
  brick: ['砖茶', '茶砖', '砖'],
  tuo: ['沱茶', '沱'],
  loose: ['散茶', '散'],
  dragonBall: ['龙珠'],
  melon: ['金瓜', '金瓜贡茶'],
  spring: ['春茶'],
  summer: ['夏茶', '雨水茶'],
  autumn: ['秋茶', '谷花茶'],
  ancient: ['古树', '古树茶'],
  arbor: ['乔木', '大树茶'],
  terrace: ['台地', '台地茶'],
  puer: ['普洱', '普洱茶'],
  maocha: ['毛茶', '晒青毛茶'],
  workshopTea: ['小作坊茶'],
  rice: ['紫米', '墨江紫米'],
  coffee: ['咖啡'],
  dish: ['菜品'],
}
