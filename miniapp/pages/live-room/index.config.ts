import { tokens } from '../../../shared/look.ts'

export default definePageConfig({
  navigationBarTitleText: '直播间',
  navigationStyle: 'custom',
  navigationBarTextStyle: 'white',
  backgroundColor: tokens.colors.night,
  disableScroll: true,
  enableShareAppMessage: true,
})
