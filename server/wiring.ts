/** One line per port: which adapter the settings ask for. */
import path from 'node:path'
import type { Settings } from '../config/settings.ts'
import { createMemoryBus } from './adapters/embedded/bus.ts'
import { createEmbeddedMedia } from './adapters/embedded/media.ts'
import { createDiskStorage } from './adapters/embedded/storage.ts'
import { createKuaidi100Tracking } from './adapters/kuaidi100/tracking.ts'
import { createS3Storage } from './adapters/s3/storage.ts'
import { createWechatApi } from './adapters/wechat/apiTransport.ts'
import { createWechatContentSafety } from './adapters/wechat/content-safety.ts'
import { createWechatLogin } from './adapters/wechat/login.ts'
import { createWechatPayment } from './adapters/wechat/payment.ts'
import { createWechatTrade } from './adapters/wechat/trade.ts'
import type { Clock } from './platform/clock.ts'
import { errorFacts, type Log } from './platform/log.ts'
import type { Ports } from './ports/index.ts'
import type { StoragePort } from './ports/storage.ts'

const storageOf = ({ storage, dataDir }: Settings): StoragePort =>
  storage.kind === 's3'
    ? createS3Storage({ ...storage, publicBase: storage.publicBase ?? '/files' })
    : createDiskStorage({ dir: path.join(dataDir, 'files'), publicBase: '/files' })

/** Plugs an adapter into every port. */
export const wirePorts = (settings: Settings, clock: Clock, log: Log): Ports => {
  const { wechat, media } = settings
  const api = createWechatApi({ ...wechat, clock, log })
  return {
    login: createWechatLogin({ api, log }),
    contentSafety: createWechatContentSafety({ api }),
    payment: createWechatPayment({ ...wechat, clock, log }),
    trade: createWechatTrade({ api, mchid: wechat.mchid }),
    tracking: createKuaidi100Tracking(settings.tracking),
    storage: storageOf(settings),
    bus: createMemoryBus({ onError: (error) => log('error', 'a hearer of the bus failed', errorFacts(error)) }),
    media: createEmbeddedMedia({
      key: media.key,
      rtmp: { host: media.host, port: media.rtmpPort },
      http: { host: media.host, port: media.flvPort },
      publicRtmp: media.publicRtmp,
      publicFlv: media.publicFlv,
      recordingsDir: path.join(settings.dataDir, 'recordings'),
      filmsDir: path.join(settings.dataDir, 'films'),
      publicFilms: '/films',
      log,
      clock: () => clock.now(),
    }),
  }
}
