/**
 * The tenants of the demonstration with their shops. Townships and the three hills are real places of Mojiang; tenants, people and papers are
 * invented.
 */
import type { TenantKind } from '../../../shared/tenants/roles.ts'
import type { wrappers } from '../pictures/index.ts'

export interface DemoTenant {
  key: string
  kind: TenantKind
  /** As the papers name it; a farmer's own name. */
  name: string
  owner: string
  /** Within Mojiang, as buyers read it. */
  village: string
  shop: string
  /** The character carved into the shop's badge. */
  badge: string
  story: string
  /** The papers in which its tea is wrapped, by turns. */
  papers: readonly [keyof typeof wrappers, keyof typeof wrappers]
  /** What stands beside the tea: the hill, or the yard. */
  place: 'hill' | 'yard'
  /** The 8 signs of its organisation code; a farmer has none. */
  org: string | null
}

/** The farmer whose room is live whenever the demonstration runs: the first shop. */
export const tenants: readonly DemoTenant[] = [
  {
    key: 'fenghuang',
    kind: 'cooperative',
    name: '墨江景星凤凰窝茶叶农民专业合作社',
    owner: '白玉芬',
    village: '景星镇新华村',
    shop: '凤凰窝白家茶社',
    badge: '凤',
    story:
      '我是白玉芬，景星镇新华村的哈尼人。合作社二十六户人家，茶地都在凤凰窝一带，春天上山采，晚上在自家院子里炒。萎凋、杀青、揉捻、日晒，一道一道都有人守着，石磨压饼是我公公教的。茶是哪天采的、哪家院子晒的，我都记在本子上，直播间里想看哪片地，我就带你去看。',
    papers: ['redPhoenix', 'indigoHani'],
    place: 'yard',
    org: 'MA6KBY17',
  },
  {
    key: 'midi',
    kind: 'cooperative',
    name: '墨江新抚迷帝茶叶农民专业合作社',
    owner: '李文昌',
    village: '新抚镇界牌村',
    shop: '迷帝界牌茶坊',
    badge: '迷',
    story:
      '界牌村在哀牢山西边的坡上，茶园从一千三百米一直到一千九百米。我们十八户社员把鲜叶送到村口的初制所，当天采当天炒。大树、小树分开收，分开记，价钱也分开算。',
    papers: ['inkMountain', 'ochreTerrace'],
    place: 'hill',
    org: 'MA6KLC23',
  },
  {
    key: 'xuli',
    kind: 'enterprise',
    name: '墨江须立茶业有限公司',
    owner: '张绍祥',
    village: '须立',
    shop: '须立茶厂',
    badge: '须',
    story:
      '须立是墨江叫得出名字的老茶区。茶厂收须立一带的鲜叶，蒸压车间对着茶山开窗。我们只做几样东西：春饼、熟饼、小沱，批次写在内飞上，对着批次就能问到是哪几天的料。',
    papers: ['dawnSun', 'teaRed'],
    place: 'hill',
    org: 'MA6KXL31',
  },
  {
    key: 'shuangbao',
    kind: 'enterprise',
    name: '墨江双胞茶业有限公司',
    owner: '周正荣',
    village: '联珠镇',
    shop: '双胞小镇茶铺',
    badge: '双',
    story:
      '墨江县城联珠镇双胞胎多，我家就有一对。茶铺开在老街口，成对的小饼和小沱卖得好，送人正合适。茶从各村的初制所收来，在县城边上的车间拼配、压制。',
    papers: ['blueCloud', 'leafSprig'],
    place: 'yard',
    org: 'MA6KHB42',
  },
  {
    key: 'tongguan',
    kind: 'cooperative',
    name: '墨江通关云雾茶叶农民专业合作社',
    owner: '罗学珍',
    village: '通关镇',
    shop: '通关云雾茶社',
    badge: '云',
    story: '通关的早晨雾大，太阳上来以前看不见对面的山。茶叶喝了雾水，叶子厚。社里都是妇女，采茶的手快，挑黄片的眼睛也快。',
    papers: ['indigoDeep', 'greenTree'],
    place: 'hill',
    org: 'MA6KTG58',
  },
  {
    key: 'taiyang',
    kind: 'enterprise',
    name: '墨江太阳转身茶业有限公司',
    owner: '陈美兰',
    village: '联珠镇',
    shop: '太阳转身茶铺',
    badge: '阳',
    story:
      '北回归线从墨江县城穿过，夏至那天正午，太阳走到这里就转身。我们的熟茶在县城渥堆，离地发酵，翻堆的日子都写在墙上。熟茶要慢，急不得。',
    papers: ['dawnSun', 'plumNight'],
    place: 'yard',
    org: 'MA6KTY64',
  },
  {
    key: 'yayi',
    kind: 'cooperative',
    name: '墨江雅邑哈尼茶叶农民专业合作社',
    owner: '杨批娘',
    village: '雅邑镇',
    shop: '雅邑哈尼茶社',
    badge: '哈',
    story: '雅邑是哈尼山寨，茶地和梯田挨着，采完茶就下田。我们的棉纸上印的是寨子里妇女绣的花样，每一种花样都有名字，直播时我说给你听。',
    papers: ['indigoHani', 'ochreTerrace'],
    place: 'yard',
    org: 'MA6KYY75',
  },
  {
    key: 'baliu',
    kind: 'enterprise',
    name: '墨江坝溜江岸茶业有限公司',
    owner: '刀玉香',
    village: '坝溜镇',
    shop: '坝溜江畔茶厂',
    badge: '江',
    story: '坝溜在江边，天热，茶发芽早，二月底就能开采。江边的傣家人家喝茶浓，砖茶掰一块煮一壶，一家人喝到晚上。',
    papers: ['leafSprig', 'blueCloud'],
    place: 'hill',
    org: 'MA6KBL86',
  },
  {
    key: 'naha',
    kind: 'cooperative',
    name: '墨江那哈雨露茶叶农民专业合作社',
    owner: '普开华',
    village: '那哈乡',
    shop: '那哈雨露茶社',
    badge: '露',
    story: '那哈的茶地不成片，东一块西一块藏在林子里。我和三个弟兄轮流看山，不打除草剂，草长了就割，割下来盖在树根上。',
    papers: ['greenTree', 'kraftPlain'],
    place: 'hill',
    org: 'MA6KNH97',
  },
  {
    key: 'wenwu',
    kind: 'cooperative',
    name: '墨江文武林下茶叶农民专业合作社',
    owner: '鲁德明',
    village: '文武乡',
    shop: '文武林间茶社',
    badge: '林',
    story: '文武山高林密，茶树长在水冬瓜树底下，太阳要挤着才照得到。林下茶产量低，一年只采春秋两季，夏天让它歇着。',
    papers: ['kraftPlain', 'inkMountain'],
    place: 'hill',
    org: 'MA6KWW08',
  },
  {
    key: 'longba',
    kind: 'enterprise',
    name: '墨江龙坝石磨茶业有限公司',
    owner: '王家有',
    village: '龙坝镇',
    shop: '龙坝石磨茶坊',
    badge: '石',
    story: '我家三代压茶，石磨是爷爷从河里背上来的，一块四十公斤，人站上去摇。机器压得紧，石磨压得松，松的好撬，也好存。',
    papers: ['teaRed', 'redPhoenix'],
    place: 'yard',
    org: 'MA6KLB19',
  },
  {
    key: 'yutang',
    kind: 'cooperative',
    name: '墨江鱼塘溪泉茶叶农民专业合作社',
    owner: '赵丽琼',
    village: '鱼塘镇',
    shop: '鱼塘溪泉茶社',
    badge: '泉',
    story: '鱼塘有水，茶地都在溪沟两边。我们把黄片、碎银子、龙珠这些做得细，办公室里泡一颗就是一杯，不用撬。',
    papers: ['leafSprig', 'greenTree'],
    place: 'hill',
    org: 'MA6KYT20',
  },
  {
    key: 'banpo',
    kind: 'farmer',
    name: '许国珍',
    owner: '许国珍',
    village: '景星镇涵德村半坡',
    shop: '半坡许家茶园',
    badge: '半',
    story: '我家住半坡，房子后面就是茶地，六亩多。只卖自己地里的晒青毛茶，不压饼，不收别人的料。卖完了就等下一季。',
    papers: ['kraftPlain', 'kraftPlain'],
    place: 'yard',
    org: null,
  },
  {
    key: 'tuantian',
    kind: 'farmer',
    name: '岩温扁',
    owner: '岩温扁',
    village: '团田镇',
    shop: '岩温家的茶',
    badge: '农',
    story: '我是团田的傣族，茶地是父亲留下的。鲜叶我和媳妇两个人采，铁锅我来炒，晒在竹席上，下雨天就不采。',
    papers: ['kraftPlain', 'kraftPlain'],
    place: 'yard',
    org: null,
  },
  {
    key: 'mengnong',
    kind: 'farmer',
    name: '鲁阿妞',
    owner: '鲁阿妞',
    village: '孟弄乡',
    shop: '孟弄鲁家茶园',
    badge: '家',
    story: '孟弄是彝族乡，我家在山梁上，风大太阳好，毛茶一天就晒透。女儿教我用手机拍照，有人问我就慢慢回。',
    papers: ['kraftPlain', 'kraftPlain'],
    place: 'hill',
    org: null,
  },
]
