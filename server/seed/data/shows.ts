/** The broadcasts of the demonstration. Numbers in a bag are places in the shop's list of teas. */

/** The room that is live whenever the demonstration runs: the first shop's. */
export const onAirNow = { shop: 'fenghuang', title: '凤凰窝春茶，白家院子现场开汤', bag: [0, 1, 2, 3, 4, 5, 6, 7] }

/** Announced, renewed at every start: the time of day in Shanghai, and how many days ahead at the least. */
export const announced = [
  { shop: 'midi', title: '迷帝界牌，大树小树对着喝', time: '20:00', daysAhead: 0, bag: [0, 1, 2, 3] },
  { shop: 'taiyang', title: '太阳转身熟茶，教你煮一壶', time: '19:30', daysAhead: 1, bag: [0, 1, 2, 3, 4] },
] as const

/** Over already. */
export const past = [
  {
    key: 'fenghuang',
    shop: 'fenghuang',
    title: '白家茶社开秋，谷花茶先尝',
    daysAgo: 2,
    time: '20:00',
    minutes: 75,
    bag: [1, 2, 0, 4, 5, 6],
  },
  { key: 'xuli', shop: 'xuli', title: '须立茶厂，小沱怎么撬', daysAgo: 1, time: '15:00', minutes: 50, bag: [2, 1, 4, 0] },
] as const
