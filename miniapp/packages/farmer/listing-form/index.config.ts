export default definePageConfig({ navigationBarTitleText: '编辑茶品' })
