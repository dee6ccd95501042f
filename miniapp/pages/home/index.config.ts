export default definePageConfig({ navigationBarTitleText: '茶山', enablePullDownRefresh: true })
