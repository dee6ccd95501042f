/** Follows a shop with a tap, and stops with the next. */
import type { ShopId } from '@shared/ids.ts'
import { Text } from '@tarojs/components'
import { useAct } from '../../lib/load'
import { say, wordsOf } from '../../lib/trouble'
import { texts } from '../../texts'
import { Tap } from '../../ui/tap'
import { turnFollow, useFollowing } from './follows'
import './follow-key.scss'

export function FollowKey({
  shop,
  over,
  onTurned,
}: {
  shop: { id: ShopId; name: string }
  /** Over a picture. */
  over?: boolean
  /** How many follow it now. */
  onTurned?: (followers: number) => void
}) {
  const is = useFollowing(shop.id)
  const [busy, act] = useAct()
  const turn = () =>
    act(async () => {
      try {
        const followers = await turnFollow(shop.id, !is)
        say(is ? texts.follow.ended : texts.follow.begun)
        onTurned?.(followers)
      } catch (error) {
        say(wordsOf(error))
      }
    })
  return (
    <Tap
      look="bare"
      className={['follow-key', is && 'follow-key-on', over && 'follow-key-over'].filter(Boolean).join(' ')}
      label={is ? texts.follow.end(shop.name) : texts.follow.begin(shop.name)}
      busy={busy}
      onTap={() => void turn()}
    >
      <Text className="follow-key-words">{is ? texts.follow.is : texts.follow.key}</Text>
    </Tap>
  )
}
