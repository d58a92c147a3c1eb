/** Payments of ours that the day's bill does not have: whether another has them, and which part of an order is of the day. */
import { numberless, OrderSilentError, type OrderSource, type OurOrder } from './order-source.ts';
import type { OurSide, OwnPayment } from './own-payments.ts';
import { missingOf } from '../report/row-finding.ts';
import type { Finding } from '../report/finding.ts';

/** Orders are read, so that each part of theirs is on its day: so many, because a day without a bill has more. */
const MOST_READ = 500;
const AT_ONCE = 20;

/** A list has an order's first charge and the sum of all: each part is of its own day. */
export async function readUnsettled(ourSide: OurSide, source: OrderSource): Promise<void> {
  const unread = ourSide.unsettled().filter(({ isRead }) => !isRead);
  if (unread.length > MOST_READ) return;
  for (let from = 0; from < unread.length; from += AT_ONCE) {
    const some = unread.slice(from, from + AT_ONCE);
    const read = some.map(async ({ out_order_no }) => await readQuietly(source, out_order_no));
    for (const order of await Promise.all(read)) if (order) ourSide.read(order);
  }
}

/** What the list has of an order that does not answer is all that there is. */
async function readQuietly(
  source: OrderSource,
  out_order_no: string,
): Promise<OurOrder | undefined> {
  try {
    return await source.read(out_order_no);
  } catch (error) {
    if (error instanceof OrderSilentError) return undefined;
    throw error;
  }
}

/** In no bill. */
export function missing({ out_order_no, transaction_id, amount }: OwnPayment): Finding {
  const isNumbered = transaction_id !== numberless(out_order_no);
  return missingOf(out_order_no, { transaction_id: isNumbered ? transaction_id : '', amount });
}
