import { tokens } from '../shared/look.ts'

const { colors } = tokens

export default defineAppConfig({
  pages: ['pages/home/index', 'pages/mine/index', 'pages/live-room/index'],
  subPackages: [
    { root: 'packages/tea', pages: ['listing/index'] },
    { root: 'packages/shop', pages: ['shop/index', 'calendar/index', 'follows/index', 'replay/index', 'standing/index'] },
    { root: 'packages/find', pages: ['search/index'] },
    { root: 'packages/checkout', pages: ['addresses/index', 'cart/index', 'coupons/index'] },
    { root: 'packages/trace', pages: ['batch/index', 'land/index', 'plot-form/index', 'batch-form/index'] },
    { root: 'packages/orders', pages: ['list/index', 'one/index', 'ask/index', 'case/index'] },
    { root: 'packages/reviews', pages: ['list/index', 'form/index', 'mine/index'] },
    { root: 'packages/papers', pages: ['list/index', 'form/index'] },
    {
      root: 'packages/farmer',
      pages: [
        'shop/index',
        'listings/index',
        'listing-form/index',
        'sessions/index',
        'session-form/index',
        'bag/index',
        'desk/index',
        'orders/index',
        'order/index',
        'settlement/index',
        'profile/index',
        'pairing/index',
      ],
    },
  ],
  // whoever looks at the home page or a live room opens a tea next
  preloadRule: {
    'pages/home/index': { network: 'all', packages: ['packages/tea'] },
    'pages/live-room/index': { network: 'all', packages: ['packages/tea'] },
  },
  window: {
    navigationBarBackgroundColor: colors.paper,
    navigationBarTextStyle: 'black',
    navigationBarTitleText: '茶山',
    backgroundColor: colors.paper,
    backgroundTextStyle: 'dark',
  },
  tabBar: {
    color: colors.ink3,
    selectedColor: colors.tea,
    backgroundColor: colors.card,
    borderStyle: 'white',
    list: [
      { pagePath: 'pages/home/index', text: '首页', iconPath: 'static/tab/home.png', selectedIconPath: 'static/tab/home-on.png' },
      { pagePath: 'pages/mine/index', text: '我的', iconPath: 'static/tab/mine.png', selectedIconPath: 'static/tab/mine-on.png' },
    ],
  },
  lazyCodeLoading: 'requiredComponents',
  requiredPrivateInfos: ['chooseAddress', 'getFuzzyLocation'],
  permission: { 'scope.userFuzzyLocation': { desc: '在应用内拍照时，经你同意附上大致地点，给园区审核员核对产地' } },
  __usePrivacyCheck__: true,
})
