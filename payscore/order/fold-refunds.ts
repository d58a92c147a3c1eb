/** How an order changes by what its user has back. */
import type { EventOf } from './event.ts';
import type { Note } from './note.ts';
import type { Order } from './order.ts';
import { owedOf } from './refund-due.ts';
import { rfc3339Of } from '../times/beijing-time.ts';
import { withTrouble } from '../rules/trouble.ts';

/** Told more than once, it is the same; of each payment all of it is told. */
export function foldRefunds(
  order: Order,
  { transaction_id, refunds }: EventOf<'refunded'>,
  note: Note,
): Order {
  const { refunded = {} } = order;
  const known = refunded[transaction_id] ?? [];
  const news = refunds.filter((it) => !known.some(({ refund_id }) => refund_id === it.refund_id));
  if (news.length === 0) return order;
  const amount = news.reduce((sum, it) => sum + it.amount, 0);
  const after = { ...refunded, [transaction_id]: [...known, ...news] };
  return note({ code: 'refunded', amount }, paidBack({ ...order, refunded: after }));
}

export function foldSettled(
  order: Order,
  { reason, by }: EventOf<'settled'>,
  note: Note,
  at: Date,
): Order {
  const amount = owedOf(order);
  const settled = { amount, reason, at: rfc3339Of(at), ...(by !== undefined && { by }) };
  const { amount: before = 0 } = order.settled ?? {};
  return note(
    { code: 'settled', amount, ...(by !== undefined && { by }) },
    paidBack({ ...order, settled: { ...settled, amount: amount + before } }),
  );
}

function paidBack(order: Order): Partial<Order> {
  const { refunded, settled } = order;
  const isOwed = owedOf(order) > 0;
  const troubles = isOwed
    ? order.troubles
    : withTrouble(order.troubles, { remove: ['refund_due'] });
  return { refunded, settled, troubles };
}
