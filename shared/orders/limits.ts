/** Limits of an order, for the phone's forms and for the doors. */
export const MAX_LINES = 20
export const MAX_QUANTITY = 99
/** Unpaid orders that one buyer may have open at a time: each of them holds stock that nobody else can buy. */
export const MAX_UNPAID = 5
/** And in one live room: who cannot pay for three will not pay for a fourth. */
export const MAX_UNPAID_IN_ROOM = 3
/** Lines that a cart holds. */
export const MAX_CART = 60
export const MAX_ADDRESSES = 30
export const NOTE_MAX = 100
export const NAME_MAX = 20
export const DETAIL_MAX = 80
/** Mainland mobile or a land line with its area code. */
export const PHONE = /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/
/** Hours after payment within which a shop must ship (WeChat's 48 h). */
export const SHIP_HOURS = 48
