/** Every wall socket of the house. */
import type { BusPort } from './bus.ts'
import type { ContentSafetyPort } from './content-safety.ts'
import type { LoginPort } from './login.ts'
import type { MediaPort } from './media.ts'
import type { PaymentPort } from './payment.ts'
import type { StoragePort } from './storage.ts'
import type { TrackingPort } from './tracking.ts'
import type { TradePort } from './trade.ts'

export interface Ports {
  login: LoginPort
  payment: PaymentPort
  contentSafety: ContentSafetyPort
  storage: StoragePort
  bus: BusPort
  media: MediaPort
  trade: TradePort
  tracking: TrackingPort
}
