/** Our side of a random day, as it would be in Temporal: healing changes it. */
import assert from 'node:assert/strict';
import { LATE } from './scenarios.ts';
import type { RandomDay } from './random-day.ts';
import { billDateOf } from '../../payscore/times/bill-date.ts';
import {
  OrderSilentError,
  type OrderSource,
  type OurOrder,
} from '../../reconciliation/matching/order-source.ts';

export function createOwnSource({ orders }: RandomDay): OrderSource & { ours(): OurOrder[] } {
  const known = new Map(
    orders.flatMap(([{ out_order_no }, { ours }]) => (ours ? [[out_order_no, ours]] : [])),
  );
  const toldOf = new Map(orders.map(([{ out_order_no }, told]) => [out_order_no, told]));
  return {
    ours: () => [...known.values()],
    /** As visibility has them: the first number, and the sum. */
    async *paymentsOn(bill_date) {
      for (const { out_order_no, charges, endedAt = 0, refundDue, shortfall } of known.values()) {
        const [first] = charges;
        // Without a time it is of the day on which the order learned of it.
        const day = first?.bill_date ?? billDateOf(new Date(endedAt));
        if (!first || day !== bill_date) continue;
        const { transaction_id } = first;
        const amount = charges.reduce((sum, one) => sum + one.amount, 0);
        // What a coupon paid for is in nobody's list.
        if (amount === 0) continue;
        const isOwed = refundDue !== undefined || shortfall !== undefined;
        yield [{ out_order_no, transaction_id, amount, knownAt: endedAt, isOwed }];
      }
    },
    find: async ({ transaction_ids, out_order_nos }) =>
      [...known.values()]
        .map(({ out_order_no, charges }) => ({
          ...{ out_order_no, ...(charges[0] && { transaction_id: charges[0].transaction_id }) },
        }))
        .filter(
          ({ out_order_no, transaction_id = '' }) =>
            out_order_nos.includes(out_order_no) || transaction_ids.includes(transaction_id),
        ),
    async read(out_order_no) {
      const order = known.get(out_order_no);
      assert.ok(order, 'only orders that were found are read');
      if (toldOf.get(out_order_no)?.isSilent) throw new OrderSilentError(out_order_no, 'seeded');
      return order;
    },
    async *waiversOn() {},
    async ask(out_order_no) {
      return toldOf.get(out_order_no)?.asked ?? 'not_found';
    },
    async heal(out_order_no) {
      const told = toldOf.get(out_order_no);
      assert.ok(told, 'only for orders of Pay Score WeChat is asked');
      const { healed } = told;
      if (healed === 'silent') throw new OrderSilentError(out_order_no, 'seeded');
      if (!healed) return 'not_found';
      if (healed === 'refused') return healed;
      const order = { ...healed, endedAt: LATE };
      known.set(out_order_no, order);
      return order;
    },
  };
}
