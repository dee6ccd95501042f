export default definePageConfig({ navigationBarTitleText: '关注的茶坊', enablePullDownRefresh: true })
