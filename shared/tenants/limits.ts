/** Limits of shops and of those who follow them; lengths in characters. */

/** Why a shop was suspended or reopened. */
export const SHOP_REASON_MAX = 200
/** Shops that one person may follow. */
export const FOLLOWS_MAX = 500
