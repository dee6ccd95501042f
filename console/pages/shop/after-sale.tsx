import { CaseList } from '@/features/after-sale/CaseList.tsx'
import { mayShip } from '@/lib/may.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { Page } from '@/ui/Page.tsx'

/** The shop's after-sale desk. */
export function Component() {
  const { shopId, role } = useShop()
  return (
    <Page title={texts.afterSale.title} aside={<span className="hint">{texts.afterSale.rule}</span>}>
      <CaseList shopId={shopId} mayServe={mayShip(role)} />
    </Page>
  )
}
