/** Anything that is tapped. At least 44 px each way; `look` says how loud it is, and a page has one `main`. */
import { Button as Native, View } from '@tarojs/components'
import { type TapProps, tapClass } from './props'

export function Tap(props: TapProps) {
  const { onTap, label, disabled, busy, share, children } = props
  if (share)
    return (
      <Native className={`tap-native ${tapClass(props)}`} openType="share" ariaLabel={label}>
        {children}
      </Native>
    )
  return (
    <View
      className={tapClass(props)}
      hoverClass="tap-down"
      hoverStayTime={70}
      ariaRole="button"
      ariaLabel={label}
      onClick={(event) => {
        event.stopPropagation()
        if (!disabled && !busy) onTap?.()
      }}
    >
      {children}
    </View>
  )
}
