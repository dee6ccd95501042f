export default definePageConfig({ navigationBarTitleText: '预告直播' })
