import type { LiveSessionId, ShopId, UserId } from '../../shared/ids.ts'

/** Who acts. `clock` and `outside` name the job or the system. */
export type Actor =
  | { kind: 'guest' }
  | { kind: 'buyer'; userId: UserId }
  | { kind: 'member'; userId: UserId; shopId: ShopId; role: string }
  | { kind: 'staff'; userId: UserId; role: string }
  | { kind: 'clock'; job: string }
  | { kind: 'outside'; system: string; sessionId?: LiveSessionId }
  | { kind: 'subscriber'; name: string }
