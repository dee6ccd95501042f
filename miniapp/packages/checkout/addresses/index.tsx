import { View } from '@tarojs/components'
import { useState } from 'react'
import { AddressForm } from '../../../features/orders/address-form'
import { AddressList } from '../../../features/orders/address-list'
import { type Address, addresses, removeAddress } from '../../../features/orders/calls'
import { useLoad } from '../../../lib/load'
import { confirm, say, wordsOf } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { Empty } from '../../../ui/empty'
import { Loading } from '../../../ui/loading'
import { Screen } from '../../../ui/screen'
import { Sheet } from '../../../ui/sheet'
import { Skeleton } from '../../../ui/skeleton'
import { Tap } from '../../../ui/tap'

const t = texts.address

export default function Addresses() {
  const book = useLoad(addresses, [])
  const [editing, setEditing] = useState<Address | 'new' | null>(null)
  const remove = async (address: Address) => {
    if (!(await confirm(t.removeTitle, t.removeHint, texts.common.remove))) return
    try {
      await removeAddress(address.id)
      await book.again()
    } catch (error) {
      say(wordsOf(error))
    }
  }
  return (
    <Screen>
      <Loading of={book} skeleton={<Skeleton kind="rows" count={3} />}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon="box" title={t.empty} hint={t.emptyHint} act={t.add} onAct={() => setEditing('new')} />
          ) : (
            <View className="page-pad">
              <AddressList addresses={list} onEdit={setEditing} onRemove={(a) => void remove(a)} />
              <View className="bar-space" />
              <View className="bar">
                <Tap look="main" onTap={() => setEditing('new')}>
                  {t.add}
                </Tap>
              </View>
            </View>
          )
        }
      </Loading>
      {editing ? (
        <Sheet title={editing === 'new' ? t.add : t.edit} onClose={() => setEditing(null)}>
          <AddressForm
            address={editing === 'new' ? null : editing}
            saveWords={texts.common.save}
            onSaved={() => {
              setEditing(null)
              void book.again()
            }}
          />
        </Sheet>
      ) : null}
    </Screen>
  )
}
