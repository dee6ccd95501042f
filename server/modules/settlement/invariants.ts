/**
 * What must be true of the books at any moment (trust.md §3), as SQL that tests and the nightly job both run. Each statement gives the rows that
 * break it, and none when all is well. They read the tables of every room, for what they promise stands between the rooms; they write nothing.
 * `before` (SQL's datetime) is the instant before which everything must have been heard: what happened since may still be on its way.
 */
import { type SQL, sql } from 'drizzle-orm'

export interface Invariant {
  /** Its number in the list of invariants. */
  no: number
  words: string
  broken: (before: string) => SQL
}

export const invariants: readonly Invariant[] = [
  {
    no: 1,
    words: '每个批次的库存 = 期初 + 全部库存流水',
    broken: () => sql`select l.id as ref, concat(l.left_count, ' ≠ ', l.opening_stock + coalesce(m.d, 0)) as facts from lots l
      left join (select lot_id, sum(delta) as d from stock_moves group by lot_id) m on m.lot_id = l.id
      where l.left_count <> l.opening_stock + coalesce(m.d, 0)`,
  },
  {
    no: 2,
    words: '库存不为负；占用与售出不超过供给',
    broken: () => sql`select l.id as ref, concat('left ', l.left_count, ', out ', coalesce(r.n, 0)) as facts from lots l
      left join (select lot_id, sum(base_units) as n from reservations where state in ('held', 'sold') group by lot_id) r on r.lot_id = l.id
      left join (select lot_id, sum(delta) as d from stock_moves where reason in ('open', 'change', 'reship') group by lot_id) c on c.lot_id = l.id
      where l.left_count < 0 or l.left_count + coalesce(r.n, 0) <> l.opening_stock + coalesce(c.d, 0)`,
  },
  {
    no: 3,
    words: '同一订单对库存的每种变动只发生一次，放回不多于占用',
    broken: () => sql`select lot_id as ref, concat(ref, ' ', sum(delta)) as facts from stock_moves
      where reason in ('reserve', 'release') group by lot_id, ref having sum(delta) > 0 or count(*) > 2`,
  },
  {
    no: 4,
    words: '已关闭或已付款的订单不再占用库存',
    broken:
      () => sql`select r.order_id as ref, concat(o.state, ', held ', r.base_units) as facts from reservations r join orders o on o.id = r.order_id
      where r.state = 'held' and o.state <> 'unpaid'`,
  },
  {
    no: 5,
    words: '每笔记账借贷相等',
    broken: () =>
      sql`select booking as ref, cast(sum(delta_fen) as char) as facts from ledger_entries group by booking having sum(delta_fen) <> 0`,
  },
  {
    no: 6,
    words: '每单：实付 = 店铺 + 佣金 + 手续费 + 退款 + 待收 + 在途',
    broken: (
      before,
    ) => sql`select s.id as ref, concat('paid ', s.payable_fen, ', booked ', -coalesce(sum(case when e.account = 'channel' then e.delta_fen else 0 end), 0)) as facts from sub_orders s
      left join ledger_entries e on e.sub_order_id = s.id
      where s.paid_at is not null and s.paid_at < ${before}
      group by s.id, s.payable_fen
      having -coalesce(sum(case when e.account = 'channel' then e.delta_fen else 0 end), 0) <> s.payable_fen or coalesce(sum(e.delta_fen), 0) <> 0`,
  },
  {
    no: 7,
    words: '退款合计不超过实付，每笔退款大于零，退款号不重复',
    broken:
      () => sql`select p.id as ref, concat('refunds ', coalesce(r.s, 0), ', noted ', p.refunded_fen, ' of ', p.amount_fen) as facts from payment_parts p
      left join (select part_id, sum(amount_fen) as s, min(amount_fen) as least from refunds group by part_id) r on r.part_id = p.id
      where coalesce(r.s, 0) <> p.refunded_fen or p.refunded_fen > p.amount_fen or coalesce(r.least, 1) <= 0
      union all
      select id, concat('line ', refunded_fen, ' of ', paid_fen) from order_lines where refunded_fen > paid_fen or returned_units > quantity`,
  },
  {
    no: 9,
    words: '订单状态与它走过的路一致',
    broken: () => sql`select id as ref, state as facts from orders
      where (state = 'paid') <> (paid_at is not null) or (state = 'closed') <> (closed_at is not null)
      union all
      select s.id, concat(s.state, ' of ', o.state) from sub_orders s join orders o on o.id = s.order_id
      where (o.state = 'unpaid') <> (s.state = 'unpaid') or (o.state = 'closed' and s.state <> 'closed')
        or (s.state in ('shipped', 'completed') and s.shipped_at is null) or (s.state = 'completed' and s.completed_at is null)`,
  },
  {
    no: 10,
    words: '结束的售后和关闭的订单不再有后续动作',
    broken:
      () => sql`select c.id as ref, concat(c.state, ', ', m.act) as facts from after_sales c join after_sale_moves m on m.after_sale_id = c.id
      where c.ended_at is not null and m.moved_at > c.ended_at
      union all
      select o.id, m.act from orders o join order_moves m on m.order_id = o.id
      where o.state = 'closed' and m.moved_at > o.closed_at and m.act <> 'refundLate'`,
  },
  {
    no: 11,
    words: '一笔微信交易只入账一次',
    broken: () => sql`select transaction_id as ref, concat(count(*), ' parts') as facts from payment_parts where transaction_id is not null
      group by transaction_id having count(*) > 1`,
  },
  {
    no: 12,
    words: '同一请求只下一单',
    broken: () =>
      sql`select request_key as ref, concat(count(*), ' orders') as facts from orders group by buyer_id, request_key having count(*) > 1`,
  },
  {
    no: 13,
    words: '每个已付款的订单都有一笔到账的付款，金额相同',
    broken: () => sql`select o.id as ref, concat(o.payable_fen, ' / ', coalesce(p.amount_fen, 0)) as facts from orders o
      left join payments p on p.order_id = o.id and p.state = 'settled'
      where o.state = 'paid' and (p.id is null or p.amount_fen <> o.payable_fen)
      union all
      select p.id, concat(p.amount_fen, ' / ', sum(x.amount_fen)) from payments p join payment_parts x on x.payment_id = p.id
      group by p.id, p.amount_fen having p.amount_fen <> sum(x.amount_fen)`,
  },
  {
    no: 14,
    words: '每个事件都被处理，且只处理一次',
    broken: (
      before,
    ) => sql`select d.id as ref, concat(d.subscriber, ' ', d.state) as facts from deliveries d join events e on e.id = d.event_id
      where d.state in ('waiting', 'parked') and e.happened_at < ${before}
      union all
      select o.id, 'paid and not told' from orders o where o.state = 'paid' and o.paid_at < ${before}
        and not exists (select 1 from order_moves m where m.order_id = o.id and m.act = 'pay')`,
  },
  {
    no: 15,
    words: '没有主人的钱十分钟内退回',
    broken: (before) => sql`select sub_order_id as ref, cast(sum(delta_fen) as char) as facts from ledger_entries where account = 'suspense'
      group by sub_order_id having sum(delta_fen) <> 0 and max(booked_at) < ${before}`,
  },
  {
    no: 16,
    words: '订单金额是下单时的快照，各部分相加等于总额',
    broken:
      () => sql`select s.id as ref, concat(s.goods_fen, ' − ', s.discount_fen, ' + ', s.freight_fen, ' ≠ ', s.payable_fen, ' or lines ', sum(l.line_fen), ' / ', sum(l.paid_fen)) as facts
      from sub_orders s join order_lines l on l.sub_order_id = s.id
      group by s.id, s.goods_fen, s.discount_fen, s.freight_fen, s.payable_fen
      having s.goods_fen - s.discount_fen + s.freight_fen <> s.payable_fen or sum(l.line_fen) <> s.goods_fen
        or sum(l.paid_fen) + s.freight_fen <> s.payable_fen
      union all
      select o.id, concat(o.payable_fen, ' ≠ ', sum(s.payable_fen)) from orders o join sub_orders s on s.order_id = o.id
      group by o.id, o.payable_fen having o.payable_fen <> sum(s.payable_fen)`,
  },
  {
    no: 17,
    words: '券与限购不超发、不超用',
    broken:
      () => sql`select o.id as ref, concat('claimed ', o.claimed, ' of ', o.quota, ', held by ', coalesce(c.n, 0)) as facts from promotion_offers o
      left join (select offer_id, count(*) as n, max(nth) as most from coupons group by offer_id) c on c.offer_id = o.id
      where o.claimed > o.quota or o.claimed <> coalesce(c.n, 0) or coalesce(c.most, 0) > o.per_person
      union all
      select c.id, concat('used for a closed order ', c.order_id) from coupons c join orders o on o.id = c.order_id
      where c.state = 'used' and o.state = 'closed'
      union all
      select u.who, concat(u.used, ' unpaid, counted ', coalesce(o.n, 0)) from limit_uses u
      left join (select concat('u:', buyer_id) as who, count(*) as n from orders where state = 'unpaid' group by buyer_id) o on o.who = u.who
      where u.subject = 'unpaid' and u.used <> coalesce(o.n, 0)`,
  },
  {
    no: 18,
    words: '一家店的数据不指向另一家店',
    broken:
      () => sql`select l.id as ref, concat(l.shop_id, ' / ', s.shop_id) as facts from order_lines l join sub_orders s on s.id = l.sub_order_id
      where l.shop_id <> s.shop_id or l.order_id <> s.order_id
      union all
      select p.id, concat(p.shop_id, ' / ', s.shop_id) from payment_parts p join sub_orders s on s.id = p.sub_order_id where p.shop_id <> s.shop_id
      union all
      select e.id, concat(e.shop_id, ' / ', s.shop_id) from ledger_entries e join sub_orders s on s.id = e.sub_order_id where e.shop_id <> s.shop_id
      union all
      select c.id, concat(c.shop_id, ' / ', s.shop_id) from after_sales c join sub_orders s on s.id = c.sub_order_id
      where c.shop_id <> s.shop_id or c.buyer_id <> s.buyer_id
      union all
      select r.id, concat(g.shop_id, ' / ', l.shop_id) from reservations r join lots t on t.id = r.lot_id join listings g on g.id = t.listing_id
      join order_lines l on l.order_id = r.order_id and l.sku_id = r.sku_id where g.shop_id <> l.shop_id`,
  },
  {
    no: 19,
    words: '分账不超过约定费率和微信上限，先回退后退款',
    broken:
      () => sql`select p.id as ref, concat('shared ', x.s - coalesce(b.s, 0), ' of ', p.amount_fen - p.refunded_fen) as facts from payment_parts p
      join (select part_id, sum(amount_fen) as s from profit_shares where state in ('asked', 'done') group by part_id) x on x.part_id = p.id
      left join (select h.part_id, sum(r.amount_fen) as s from share_returns r join profit_shares h on h.id = r.share_id
        where r.state <> 'failed' group by h.part_id) b on b.part_id = p.id
      where x.s - coalesce(b.s, 0) > least(p.commission_bp, 3000) * p.amount_fen / 10000
        or (not exists (select 1 from refunds f where f.part_id = p.id and f.state = 'asked')
          and x.s - coalesce(b.s, 0) > least(p.commission_bp, 3000) * (p.amount_fen - p.refunded_fen) / 10000)`,
  },
  {
    no: 20,
    words: '结束的直播间没有讲解中的商品',
    broken: () => sql`select id as ref, state as facts from live_sessions where state = 'ended' and pinned_bag_item_id is not null`,
  },
  {
    no: 22,
    words: '微信账单里的每一天都与账本逐笔相符，否则有一条待查的差异',
    broken:
      () => sql`select p.part_no as ref, concat('settled, not in the bill of its day') as facts from payment_parts p join payments y on y.id = p.payment_id
      where y.state = 'settled' and y.settled_at < (select max(date_add(str_to_date(day, '%Y-%m-%d'), interval -8 hour)) from bill_days)
        and y.settled_at >= (select min(date_add(str_to_date(day, '%Y-%m-%d'), interval -8 hour)) from bill_days)
        and not exists (select 1 from bill_lines b where b.no = p.part_no and b.line = 'payment' and b.amount_fen = p.amount_fen)
        and not exists (select 1 from bill_differences d where d.no = p.part_no)`,
  },
]
