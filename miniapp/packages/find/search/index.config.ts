export default definePageConfig({ navigationBarTitleText: '找茶', enablePullDownRefresh: true })
