/** What people read about shops. */
import type { ShopAct, ShopState } from './flow.ts'

export const shopStateWords: Record<ShopState, string> = { open: '营业中', suspended: '已暂停' }

export const shopActWords: Record<ShopAct, string> = { suspend: '暂停营业', reopen: '恢复营业' }
