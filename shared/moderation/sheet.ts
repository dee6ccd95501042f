/** What a reviewer reads of one revision, and what changed since the last approved one. Moderation knows fields and pictures, never a listing. */
import type { AssetId } from '../ids.ts'

export interface CaseSheet {
  /** The author's own id of this wording, and its number. */
  revision: string
  no: number
  fields: { field: string; label: string; value: string | null }[]
  pictureIds: AssetId[]
  labelPictureId: AssetId | null
}

export interface Change {
  field: string
  label: string
  before: string | null
  after: string | null
}

/** What differs, in the order of the form. Without a `before` everything that is filled in is new. */
export const changesBetween = (now: CaseSheet, before: CaseSheet | null): Change[] => {
  const was = new Map(before?.fields.map((f) => [f.field, f.value]))
  const changes: Change[] = now.fields
    .map((f) => ({ field: f.field, label: f.label, before: was.get(f.field) ?? null, after: f.value }))
    .filter((c) => c.before !== c.after)
  const kept = new Set(now.fields.map((f) => f.field))
  for (const f of before?.fields ?? []) {
    if (!kept.has(f.field) && f.value !== null) changes.push({ field: f.field, label: f.label, before: f.value, after: null })
  }
  const old = before?.pictureIds ?? []
  if (old.join() !== now.pictureIds.join()) {
    const fresh = now.pictureIds.filter((id) => !old.includes(id)).length
    changes.push({
      field: 'pictures',
      label: '照片',
      before: before ? `${old.length} 张` : null,
      after: `${now.pictureIds.length} 张${before ? `，其中 ${fresh} 张是新的` : ''}`,
    })
  }
  if ((before?.labelPictureId ?? null) !== now.labelPictureId)
    changes.push({
      field: 'labelPicture',
      label: '标签照片',
      before: before?.labelPictureId ? '旧照片' : null,
      after: now.labelPictureId ? '新照片' : null,
    })
  return changes
}
