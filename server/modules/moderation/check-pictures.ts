import type { AssetId, ShopId } from '../../../shared/ids.ts'
import type { CaseSheet } from '../../../shared/moderation/sheet.ts'
import type { Db } from '../../platform/db.ts'
import { origins, twinsOf } from '../assets/index.ts'
import { shopChips } from '../tenants/index.ts'

/** What the house itself sees in a sheet's photos: the very file of another shop, and files that name the program which changed them. Three queries. */
export async function checkPictures(db: Db, shopId: ShopId, sheet: CaseSheet): Promise<{ field: string; text: string; why: string }[]> {
  const named: { id: AssetId; field: string; text: string }[] = [
    ...sheet.pictureIds.map((id, i) => ({ id, field: 'pictures', text: `第 ${i + 1} 张照片` })),
    ...(sheet.labelPictureId ? [{ id: sheet.labelPictureId, field: 'labelPicture', text: '标签照片' }] : []),
  ]
  const ids = named.map((n) => n.id)
  const [twins, from] = [await twinsOf(db, shopId, ids), await origins(db, ids)]
  const shops = await shopChips(db, [...new Set([...twins.values()].flat())])
  return named.flatMap(({ id, field, text }) => {
    const theirs = (twins.get(id) ?? []).map((other) => shops.get(other)?.name ?? '').join('、')
    const edited = from.get(id)?.editedWith
    return [
      ...(theirs === '' ? [] : [{ field, text, why: `同一张照片「${theirs}」也上传过，请核对是谁拍的` }]),
      ...(edited ? [{ field, text, why: `照片里写着修图软件 ${edited}，请核对是否改过茶的样子` }] : []),
    ]
  })
}
