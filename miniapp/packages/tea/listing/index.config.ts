export default definePageConfig({ navigationBarTitleText: '茶品', enableShareAppMessage: true })
