/** Addresses to choose from or to keep in order. */
import { Text, View } from '@tarojs/components'
import { texts } from '../../texts'
import { Icon } from '../../ui/icon'
import { Tag } from '../../ui/tag'
import { Tap } from '../../ui/tap'
import type { Address } from './calls'
import './orders.scss'

const t = texts.address

/** An address in one line. */
export const addressLine = (a: Omit<Address, 'id' | 'isDefault' | 'name' | 'phone'>): string =>
  `${a.province}${a.city}${a.county} ${a.detail}`

export function AddressList({
  addresses,
  chosen,
  onChoose,
  onEdit,
  onRemove,
}: {
  addresses: Address[]
  chosen?: string | null
  onChoose?: (address: Address) => void
  onEdit: (address: Address) => void
  onRemove?: (address: Address) => void
}) {
  return (
    <View className="stack">
      {addresses.map((a) => (
        <View key={a.id} className={a.id === chosen ? 'address card address-on' : 'address card'}>
          <View className="address-words" {...(onChoose ? { onClick: () => onChoose(a), ariaRole: 'button', ariaLabel: t.use } : {})}>
            <View className="wrap">
              <Text className="strong">{a.name}</Text>
              <Text className="num soft">{a.phone}</Text>
              {a.isDefault ? <Tag tone="tea">{t.default}</Tag> : null}
            </View>
            <Text className="soft">{addressLine(a)}</Text>
          </View>
          <View className="address-acts">
            <Tap look="quiet" onTap={() => onEdit(a)}>
              {texts.common.edit}
            </Tap>
            {onRemove ? (
              <Tap look="quiet" onTap={() => onRemove(a)}>
                {texts.common.remove}
              </Tap>
            ) : null}
            {onChoose ? (
              <Tap look="quiet" onTap={() => onChoose(a)}>
                <Icon name="check" />
                {t.use}
              </Tap>
            ) : null}
          </View>
        </View>
      ))}
    </View>
  )
}
