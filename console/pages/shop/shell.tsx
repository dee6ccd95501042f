import {
  CustomerServiceOutlined,
  EnvironmentOutlined,
  GiftOutlined,
  HomeOutlined,
  IdcardOutlined,
  MessageOutlined,
  ProfileOutlined,
  SafetyCertificateOutlined,
  ShopOutlined,
  VideoCameraOutlined,
  WalletOutlined,
} from '@ant-design/icons'
import type { ShopId } from '@shared/ids.ts'
import { shopRoles } from '@shared/tenants/roles.ts'
import { dayAndTime } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Navigate, useLocation, useParams } from 'react-router'
import { roomsOfShop, type ShopRoom } from '@/lib/may.ts'
import { ShopContext, useMe } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Denied, NotThere } from '../frame.tsx'
import { Shell } from '../Shell.tsx'

const icons: Record<ShopRoom, ReactNode> = {
  today: <HomeOutlined aria-hidden />,
  listings: <ShopOutlined aria-hidden />,
  traces: <EnvironmentOutlined aria-hidden />,
  sessions: <VideoCameraOutlined aria-hidden />,
  orders: <ProfileOutlined aria-hidden />,
  'after-sale': <CustomerServiceOutlined aria-hidden />,
  offers: <GiftOutlined aria-hidden />,
  reviews: <MessageOutlined aria-hidden />,
  money: <WalletOutlined aria-hidden />,
  papers: <SafetyCertificateOutlined aria-hidden />,
  profile: <IdcardOutlined aria-hidden />,
}

/** The frame of a shop's pages. */
export function Component() {
  const { shopId } = useParams()
  const { pathname } = useLocation()
  const shop = useMe().shops.find((one) => one.id === shopId)
  const facts = useQuery({
    queryKey: ['shop', shopId],
    queryFn: ({ signal }) => trpc.shop.tenants.shop.query({ shopId: shopId as ShopId }, { signal }),
    enabled: shop !== undefined,
    staleTime: 60_000,
  })
  if (!shop) return <NotThere />
  const rooms = roomsOfShop(shop.role)
  const room = pathname.split('/')[3] as ShopRoom | undefined
  if (!room) return <Navigate to={`/shop/${shop.id}/${rooms[0]}`} replace />
  if (room in icons && !rooms.includes(room)) return <Denied role={shopRoles[shop.role]} what={texts.shell.nav[room]} />
  return (
    <ShopContext.Provider value={{ shopId: shop.id, name: shop.name, role: shop.role }} key={shop.id}>
      <Shell
        at={shop.id}
        role={shopRoles[shop.role]}
        entries={rooms.map((one) => ({ to: `/shop/${shop.id}/${one}`, words: texts.shell.nav[one], icon: icons[one] }))}
        strip={
          facts.data?.state === 'suspended' ? (
            <p className="shell-strip" role="alert">
              {facts.data.suspended
                ? texts.shell.suspendedBecause(dayAndTime(facts.data.suspended.at), facts.data.suspended.reason)
                : texts.shell.suspended}
            </p>
          ) : null
        }
      />
    </ShopContext.Provider>
  )
}
