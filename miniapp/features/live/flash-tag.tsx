/** A flash sale beside its ware: the price and how long, counted by the server's clock. */
import { yuan } from '@shared/money.ts'
import { span } from '@shared/time.ts'
import { Text } from '@tarojs/components'
import { useCountdown } from '../../lib/countdown'
import { texts } from '../../texts'
import type { Running } from './use-flashes'

export function FlashTag({ flash }: { flash: Running }) {
  const left = useCountdown(flash.endsAt, flash.offset)
  if (left === 0) return null
  return <Text className="flash-tag num">{texts.live.flash(yuan(flash.flashFen), span(left))}</Text>
}
