export default definePageConfig({ navigationBarTitleText: '产地与批次' })
