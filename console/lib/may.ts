/** Who may open what: the server decides, this only keeps away from people what it would refuse. */
import type { ParkRole, ShopRole } from '@shared/tenants/roles.ts'

export type ShopRoom =
  | 'today'
  | 'listings'
  | 'traces'
  | 'sessions'
  | 'orders'
  | 'after-sale'
  | 'offers'
  | 'reviews'
  | 'money'
  | 'papers'
  | 'profile'
export type ParkRoom = 'review' | 'words' | 'traces' | 'papers' | 'patrol' | 'tenants' | 'after-sale' | 'offers' | 'money' | 'house'

const shopRooms: Record<ShopRoom, readonly ShopRole[]> = {
  today: ['owner', 'streamer', 'assistant', 'clerk'],
  listings: ['owner', 'streamer', 'assistant', 'clerk'],
  traces: ['owner', 'streamer', 'assistant', 'clerk'],
  sessions: ['owner', 'streamer', 'assistant', 'clerk'],
  orders: ['owner', 'streamer', 'assistant', 'clerk'],
  'after-sale': ['owner', 'streamer', 'assistant', 'clerk'],
  offers: ['owner', 'assistant'],
  reviews: ['owner', 'streamer', 'assistant', 'clerk'],
  money: ['owner', 'assistant'],
  papers: ['owner', 'assistant'],
  profile: ['owner', 'streamer', 'assistant', 'clerk'],
}

const parkRooms: Record<ParkRoom, readonly ParkRole[]> = {
  review: ['head', 'reviewer'],
  words: ['head', 'reviewer'],
  traces: ['head', 'reviewer'],
  papers: ['head', 'reviewer'],
  patrol: ['head', 'patrol', 'reviewer', 'service'],
  tenants: ['head', 'reviewer', 'patrol', 'finance', 'service'],
  'after-sale': ['head', 'service', 'reviewer'],
  offers: ['head', 'finance', 'service'],
  money: ['head', 'finance'],
  house: ['head', 'reviewer', 'patrol', 'finance', 'service'],
}

/** The rooms of a shop that a role may open, in the order of the menu. */
export const roomsOfShop = (role: ShopRole): ShopRoom[] =>
  (Object.keys(shopRooms) as ShopRoom[]).filter((room) => shopRooms[room].includes(role))

/** The rooms of the park's desk that a role may open, in the order of the menu. */
export const roomsOfPark = (role: ParkRole): ParkRoom[] =>
  (Object.keys(parkRooms) as ParkRoom[]).filter((room) => parkRooms[room].includes(role))

/** Who stands on the set: may arrange sessions, pin, speak as the streamer and take the push address. */
export const onTheSet = (role: ShopRole): boolean => role === 'owner' || role === 'streamer' || role === 'assistant'

/** Who writes listings and moves them on and off the shelf. */
export const mayWrite = (role: ShopRole): boolean => role === 'owner' || role === 'assistant'

/** Who sends parcels. */
export const mayShip = (role: ShopRole): boolean => role !== 'streamer'

/** Who may stop a broadcast. */
export const mayStop = (role: ParkRole): boolean => role === 'head' || role === 'patrol' || role === 'reviewer'

/** Who may let a broadcast go on air that the check keeps back. */
export const mayAllow = (role: ParkRole): boolean => role === 'head' || role === 'reviewer'

/** Who may suspend a shop and let it open again. */
export const maySuspend = (role: ParkRole): boolean => role === 'head' || role === 'reviewer'
