import { CaseList } from '@/features/after-sale/CaseList.tsx'
import { texts } from '@/lib/texts.ts'
import { Page } from '@/ui/Page.tsx'

/** The park's desk for what buyer and shop could not settle. */
export function Component() {
  return (
    <Page title={texts.afterSale.parkTitle} aside={<span className="hint">{texts.afterSale.parkRule}</span>}>
      <CaseList shopId={null} mayServe />
    </Page>
  )
}
