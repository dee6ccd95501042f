export default definePageConfig({ navigationBarTitleText: '地块' })
