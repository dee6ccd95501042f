export default definePageConfig({ navigationBarTitleText: '直播日历', enablePullDownRefresh: true })
