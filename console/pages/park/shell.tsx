import {
  AuditOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  EnvironmentOutlined,
  EyeOutlined,
  FontSizeOutlined,
  GiftOutlined,
  SafetyCertificateOutlined,
  TeamOutlined,
  WalletOutlined,
} from '@ant-design/icons'
import { parkRoles } from '@shared/tenants/roles.ts'
import type { ReactNode } from 'react'
import { Navigate, useLocation } from 'react-router'
import { type ParkRoom, roomsOfPark } from '@/lib/may.ts'
import { ParkContext, useMe } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { Denied, NotThere } from '../frame.tsx'
import { Shell } from '../Shell.tsx'

const icons: Record<ParkRoom, ReactNode> = {
  review: <AuditOutlined aria-hidden />,
  words: <FontSizeOutlined aria-hidden />,
  traces: <EnvironmentOutlined aria-hidden />,
  papers: <SafetyCertificateOutlined aria-hidden />,
  patrol: <EyeOutlined aria-hidden />,
  tenants: <TeamOutlined aria-hidden />,
  'after-sale': <CustomerServiceOutlined aria-hidden />,
  offers: <GiftOutlined aria-hidden />,
  money: <WalletOutlined aria-hidden />,
  house: <DashboardOutlined aria-hidden />,
}

/** The frame of the park staff's pages. To anyone else they do not exist. */
export function Component() {
  const { pathname } = useLocation()
  const park = useMe().park
  if (!park) return <NotThere />
  const rooms = roomsOfPark(park.role)
  const room = pathname.split('/')[2] as ParkRoom | undefined
  if (!room) return <Navigate to={`/park/${rooms[0]}`} replace />
  if (room in icons && !rooms.includes(room)) return <Denied role={parkRoles[park.role]} what={texts.shell.parkNav[room]} />
  return (
    <ParkContext.Provider value={park.role}>
      <Shell
        at="park"
        role={parkRoles[park.role]}
        entries={rooms.map((one) => ({ to: `/park/${one}`, words: texts.shell.parkNav[one], icon: icons[one] }))}
      />
    </ParkContext.Provider>
  )
}
