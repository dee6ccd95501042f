/** Who is at the desk. */
import type { ShopId } from '@shared/ids.ts'
import type { ParkRole, ShopRole } from '@shared/tenants/roles.ts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { roomsOfPark, roomsOfShop } from './may.ts'
import { type Outputs, trpc } from './trpc.ts'

export type Me = Outputs['buyer']['identity']['me']

export const meOptions = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => trpc.buyer.identity.me.query(undefined, { signal }),
  staleTime: 60_000,
})

/** The person at the desk; only below the gate, which waits for the answer. */
export const useMe = (): Me => {
  const { data } = useQuery(meOptions)
  if (!data) throw new Error('useMe is for pages behind the gate')
  return data
}

/** Where a person starts: the first shop, else the park's desk, else nowhere. */
export const startOf = (me: Me): string | null => {
  const shop = me.shops[0]
  if (shop) return `/shop/${shop.id}/${roomsOfShop(shop.role)[0] ?? 'today'}`
  const room = me.park && roomsOfPark(me.park.role)[0]
  return room ? `/park/${room}` : null
}

export interface Here {
  shopId: ShopId
  name: string
  role: ShopRole
}

export const ShopContext = createContext<Here | null>(null)

/** The shop whose pages these are, and the caller's role in it. */
export const useShop = (): Here => {
  const here = useContext(ShopContext)
  if (!here) throw new Error('useShop is for pages of a shop')
  return here
}

export const ParkContext = createContext<ParkRole | null>(null)

/** The caller's role at the park's desk. */
export const useParkRole = (): ParkRole => {
  const role = useContext(ParkContext)
  if (!role) throw new Error('useParkRole is for pages of the park')
  return role
}
