import { NICKNAME_MAX } from '@shared/identity/words.ts'
import { shopRoles } from '@shared/tenants/roles.ts'
import { Text, View } from '@tarojs/components'
import { useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import { logout, type Me, me, rename, sceneIn, useSignedIn } from '../../features/identity/calls'
import { can, elsewhere, scan } from '../../lib/device'
import { useDraft } from '../../lib/draft'
import { go } from '../../lib/go'
import { useAct, useLoad } from '../../lib/load'
import { dropToken } from '../../lib/session'
import { confirm, fieldsOf, say, wordsOf } from '../../lib/trouble'
import { signIn } from '../../lib/trpc'
import { texts } from '../../texts'
import { TextField } from '../../ui/field'
import { Icon, type IconName } from '../../ui/icon'
import { Loading } from '../../ui/loading'
import { Screen } from '../../ui/screen'
import { Sheet } from '../../ui/sheet'
import { Skeleton } from '../../ui/skeleton'
import { Tap } from '../../ui/tap'
import './index.scss'

const t = texts.mine

export default function Mine() {
  const signedIn = useSignedIn()
  return <Screen>{signedIn ? <Someone /> : <Guest />}</Screen>
}

function Guest() {
  const [busy, act] = useAct()
  const place = useLoad(elsewhere, [])
  return (
    <View className="page-pad stack">
      <View className="card mine-guest">
        <View className="mine-face">
          <Icon name="person" />
        </View>
        <Text className="section-title">{t.guest}</Text>
        <Text className="hint">{t.guestHint}</Text>
        {place.data ? (
          <Text className="soft">{place.data}</Text>
        ) : (
          <Tap
            look="main"
            wide
            busy={busy}
            onTap={() =>
              void act(() =>
                signIn().catch((error: unknown) => {
                  say(wordsOf(error))
                }),
              )
            }
          >
            {busy ? t.signingIn : t.signIn}
          </Tap>
        )}
      </View>
      {place.data ? null : <Pairing />}
    </View>
  )
}

function Someone() {
  const who = useLoad(me, [])
  const [renaming, setRenaming] = useState(false)
  useDidShow(() => void who.again())
  return (
    <Loading of={who} skeleton={<Skeleton kind="rows" count={3} />}>
      {(data) => (
        <View className="page-pad stack">
          <View className="card between">
            <View className="row grow">
              <View className="mine-face">
                <Icon name="person" />
              </View>
              <Text className="section-title grow">{data.nickname}</Text>
            </View>
            <Tap look="quiet" onTap={() => setRenaming(true)}>
              {t.rename}
            </Tap>
          </View>
          <View className="card mine-list">
            <Row icon="box" words={t.orders} onTap={() => go('orders')} />
            <Row icon="bag" words={t.cart} onTap={() => go('cart')} />
            <Row icon="yuan" words={t.coupons} onTap={() => go('coupons')} />
            <Row icon="leaf" words={t.addresses} onTap={() => go('addresses')} />
            <Row icon="heart" words={t.follows} onTap={() => go('follows')} />
            <Row icon="talk" words={t.reviews} onTap={() => go('myReviews')} />
          </View>
          {data.shops.length > 0 ? (
            <View className="card mine-list">
              <Text className="hint mine-list-head">{t.shops}</Text>
              {data.shops.map((shop) => (
                <Row
                  key={shop.id}
                  icon="video"
                  words={shop.name}
                  note={shopRoles[shop.role]}
                  onTap={() => go('farmer', { shop: shop.id })}
                />
              ))}
            </View>
          ) : null}
          {data.shops.length > 0 || data.park ? <Pairing hint={data.park ? t.park : undefined} /> : null}
          <Tap
            look="quiet"
            onTap={() =>
              void confirm(t.logoutTitle, t.logoutHint, t.logout).then(async (sure) => {
                if (!sure) return
                await logout().catch(() => undefined)
                dropToken()
              })
            }
          >
            {t.logout}
          </Tap>
          <Text className="hint mine-foot">{t.about}</Text>
          {renaming ? (
            <Rename
              me={data}
              onClose={() => setRenaming(false)}
              onDone={(nickname) => {
                who.set({ ...data, nickname })
                setRenaming(false)
              }}
            />
          ) : null}
        </View>
      )}
    </Loading>
  )
}

function Row({ icon, words, note, onTap }: { icon: IconName; words: string; note?: string; onTap: () => void }) {
  return (
    <Tap look="bare" className="mine-row" label={words} onTap={onTap}>
      <View className="mine-row-icon">
        <Icon name={icon} />
      </View>
      <Text className="grow mine-row-words">{words}</Text>
      {note ? <Text className="hint">{note}</Text> : null}
      <View className="mine-row-next">
        <Icon name="next" />
      </View>
    </Tap>
  )
}

function Pairing({ hint }: { hint?: string | undefined }) {
  const open = async () => {
    if (!can.scan) {
      go('pairing')
      return
    }
    const found = await scan()
    if (found === null) return
    const scene = sceneIn(found)
    if (scene) go('pairing', { scene })
    else say(t.notACode)
  }
  return (
    <View className="card mine-list">
      <Row icon="scan" words={t.pairing} onTap={() => void open()} />
      <Text className="hint mine-list-foot">{hint ?? t.pairingHint}</Text>
    </View>
  )
}

function Rename({ me: who, onClose, onDone }: { me: Me; onClose: () => void; onDone: (nickname: string) => void }) {
  const draft = useDraft('nickname', { nickname: who.nickname })
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, act] = useAct()
  const save = () =>
    act(async () => {
      try {
        const { nickname } = await rename(draft.value.nickname.trim())
        draft.clear()
        onDone(nickname)
      } catch (error) {
        setWrong(fieldsOf(error).nickname ?? wordsOf(error))
      }
    })
  return (
    <Sheet
      title={t.rename}
      onClose={onClose}
      foot={
        <Tap look="main" wide busy={busy} onTap={() => void save()}>
          {texts.common.save}
        </Tap>
      }
    >
      <TextField
        label={t.nickname}
        max={NICKNAME_MAX}
        value={draft.value.nickname}
        wrong={wrong}
        onChange={(nickname) => {
          setWrong(null)
          draft.set({ nickname })
        }}
      />
    </Sheet>
  )
}
