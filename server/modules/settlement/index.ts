/**
 * Settlement: whose money it is, from the buyer's payment to the shop's income.
 * Promises: every booking balances and is made once; paid = held + earned + commission + refunded, for each shop and in all.
 * Leaves to others: the money itself, which stands with WeChat Pay and never with the park.
 */
export { type Sums, summary } from './queries.ts'
