/** What the shops of the demonstration say of themselves beyond their admission, who follows them, and whom the park had to suspend. */

/** Edits of a profile after the first: one that the desk sent back, one that waits there. */
export const edits = [
  {
    shop: 'xuli',
    daysAgo: 12,
    more: '我们的小沱是全墨江最好的。',
    ends: 'rejected',
    reasons: '「最好」是绝对化用语，请写看得见的事实，例如用哪几天的料、谁来压。',
  },
  { shop: 'banpo', daysAgo: 0, more: '今年院子里搭了新晒棚，下雨天也能晒。', ends: 'inReview', reasons: '' },
] as const

/** A shop that was suspended for a day; it had no orders on the way. */
export const suspension = {
  shop: 'tuantian',
  daysAgo: 9,
  why: '承诺达标合格证到期未更新',
  reopened: '新的合格证已核对，恢复营业',
} as const

/** Who follows whom: places in the list of buyers, by shop. */
export const followers: Record<string, readonly number[]> = {
  fenghuang: [0, 1, 2, 3, 4, 5, 6, 7, 8],
  midi: [0, 2, 3, 5, 9, 10],
  xuli: [1, 4, 6, 11],
  shuangbao: [3, 7],
  taiyang: [0, 5, 8, 10],
  yayi: [2, 9],
  banpo: [1, 8, 11],
  longba: [6],
}
