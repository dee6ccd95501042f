/** What people read about the front page and a shop's front. */
import { NEW_FOR } from '../catalogue/limits.ts'
import { businessDay, type Instant } from '../time.ts'
import type { ProfileAct, ProfileState } from './flow.ts'

/** Why a tea stands where it stands on the front page. */
export const shelfWords = (shelvedAt: Instant, now: Instant, followed: boolean): string => {
  if (now - shelvedAt < NEW_FOR) return followed ? '你关注的茶坊上新' : '新上架'
  const [year = '', month, day] = businessDay(shelvedAt).split('-')
  const date = `${Number(month)}月${Number(day)}日`
  return `${businessDay(now).startsWith(year) ? '' : `${year}年`}${date}上架`
}

export const profileStateWords: Record<ProfileState, string> = {
  draft: '草稿',
  inReview: '审核中',
  approved: '买家正在看',
  rejected: '已驳回',
  superseded: '旧版',
}

export const profileActWords: Record<ProfileAct, string> = {
  submit: '提交审核',
  recall: '撤回',
  approve: '通过',
  reject: '驳回',
  supersede: '被新版取代',
}

/** The fields of a shop's profile, as forms and the desk name them. */
export const profileFieldWords = { story: '店主的话', avatar: '店铺头像', pictures: '店铺照片' } as const
