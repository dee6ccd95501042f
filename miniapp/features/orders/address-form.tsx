/** The form of an address. What was typed is kept until it was saved. */

import { DETAIL_MAX, NAME_MAX, PHONE } from '@shared/orders/limits.ts'
import { View } from '@tarojs/components'
import { useState } from 'react'
import { can, wechatAddress } from '../../lib/device'
import { useDraft } from '../../lib/draft'
import { useAct } from '../../lib/load'
import { fieldsOf, say, wordsOf } from '../../lib/trouble'
import { texts } from '../../texts'
import { SwitchField, TextField } from '../../ui/field'
import { Tap } from '../../ui/tap'
import { type Address, readAddress, saveAddress } from './calls'

const t = texts.address

/** What is wrong with which field, in words; empty when it may be sent. */
const wrongIn = (a: { name: string; phone: string; province: string; city: string; detail: string }): Record<string, string> => ({
  ...(a.name.trim() === '' ? { name: t.wrong.name } : {}),
  ...(PHONE.test(a.phone.trim()) ? {} : { phone: t.wrong.phone }),
  ...(a.province.trim() === '' ? { province: t.wrong.province } : {}),
  ...(a.city.trim() === '' ? { city: t.wrong.city } : {}),
  ...([...a.detail.trim()].length < 2 ? { detail: t.wrong.detail } : {}),
})

export function AddressForm({
  address,
  saveWords,
  onSaved,
}: {
  address: Address | null
  saveWords: string
  onSaved: (address: Address) => void
}) {
  const draft = useDraft(`address.${address?.id ?? 'new'}`, {
    name: address?.name ?? '',
    phone: address?.phone ?? '',
    province: address?.province ?? '',
    city: address?.city ?? '',
    county: address?.county ?? '',
    detail: address?.detail ?? '',
    isDefault: address?.isDefault ?? false,
  })
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [pasted, setPasted] = useState('')
  const [busy, act] = useAct()
  const read = (text: string) =>
    act(async () => {
      try {
        const found = await readAddress(text)
        draft.set(Object.fromEntries(Object.entries(found).filter(([, value]) => value !== '')))
        setWrong({})
      } catch (error) {
        say(wordsOf(error))
      }
    })
  const a = draft.value
  const field = (name: Exclude<keyof typeof a, 'isDefault'>) => ({
    value: a[name],
    wrong: wrong[name],
    onChange: (value: string) => {
      draft.set({ [name]: value })
      if (wrong[name]) setWrong(({ [name]: _, ...rest }) => rest)
    },
  })
  const save = () =>
    act(async () => {
      const found = wrongIn(a)
      setWrong(found)
      const first = Object.values(found)[0]
      if (first) {
        say(first)
        return
      }
      try {
        const saved = await saveAddress({ ...(address ? { id: address.id } : {}), ...a })
        draft.clear()
        onSaved(saved)
      } catch (error) {
        setWrong(fieldsOf(error))
        say(wordsOf(error))
      }
    })
  return (
    <View>
      {can.wechatAddress ? (
        <View className="field">
          <Tap
            wide
            onTap={() =>
              void wechatAddress().then((found) => {
                if (found) draft.set(found)
              })
            }
          >
            {t.fromWechat}
          </Tap>
        </View>
      ) : null}
      <TextField
        label={t.paste}
        max={300}
        placeholder={t.pastePlaceholder}
        value={pasted}
        onChange={(text) => {
          setPasted(text)
          // a paste comes at once, typing letter by letter
          if (text.length > pasted.length + 7) void read(text)
        }}
      />
      <TextField label={t.name} max={NAME_MAX} placeholder={t.namePlaceholder} {...field('name')} />
      <TextField label={t.phone} kind="number" max={13} placeholder={t.phonePlaceholder} {...field('phone')} />
      <TextField label={t.province} max={20} placeholder={t.provincePlaceholder} {...field('province')} />
      <TextField label={t.city} max={20} placeholder={t.cityPlaceholder} {...field('city')} />
      <TextField label={t.county} max={20} placeholder={t.countyPlaceholder} hint={t.countyHint} {...field('county')} />
      <TextField label={t.detail} max={DETAIL_MAX} placeholder={t.detailPlaceholder} {...field('detail')} />
      <SwitchField label={t.isDefault} value={a.isDefault} onChange={(isDefault) => draft.set({ isDefault })} />
      <Tap look="main" wide busy={busy} onTap={() => void save()}>
        {saveWords}
      </Tap>
    </View>
  )
}
