/** Our orders as reconciliation asks for them: in Temporal. */
import { ApplicationFailure } from '@temporalio/common';
import { readServiceOrder } from './reading.ts';
import { failureTypeOf } from '../payscore/refusals/failure-type.ts';
import { phaseOf } from '../payscore/rules/phase.ts';
import { collectedOf, paidAtOf, transactionsOf } from '../payscore/rules/charges.ts';
import type { OrderView } from '../payscore/order/view.ts';
import { billDateOf, spanOf } from '../payscore/times/bill-date.ts';
import {
  OrderSilentError,
  type OrderSource,
  type OurOrder,
} from '../reconciliation/matching/order-source.ts';
import { withDeadline, type Temporal } from '../temporal/client.ts';
import { isServiceError, isWithoutWorker } from '../temporal/errors.ts';
import {
  lookUp,
  orderIn,
  orderThere,
  refreshed,
  takenUp,
  type OrderThere,
} from '../temporal/orders.ts';
import { ordersNamed, paymentsBetween } from '../temporal/payments.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';

export interface OrderSourceParts {
  readonly temporal: Temporal;
  readonly wechatpay: WechatpayClient;
}

/** Its run may have failing tasks, or WeChat not answer for it. */
const ANSWERED_WITHIN_MS = 60_000;

export function createOrderSource({ temporal, wechatpay }: OrderSourceParts): OrderSource {
  return {
    paymentsOn: (bill_date) => paymentsBetween(temporal, spanOf(bill_date)),
    find: async (names) => await ordersNamed(temporal, names),

    async read(out_order_no) {
      return await answered(out_order_no, async () => {
        const there = await orderThere(temporal, out_order_no);
        return ourOrderOf(there.view, there);
      });
    },

    async heal(out_order_no) {
      return await answered(out_order_no, async () => {
        const run = await lookUp(temporal, out_order_no);
        if (run?.status.name === 'RUNNING') {
          return ourOrderOf(await refreshed(temporal, out_order_no));
        }
        const said = await saidOf(out_order_no, run !== undefined);
        if (said === 'refused') return said;
        if (!run && !said) return 'not_found';
        const known = run?.status.name === 'COMPLETED' ? await orderIn(temporal, run) : undefined;
        // What has ended stays what it is, unless WeChat has charged what it does not know of.
        if (known && !isNews(known.view, said)) return ourOrderOf(known.view, known);
        const isAdopted = !run;
        return ourOrderOf(await takenUp(temporal, out_order_no, run), { isAdopted });
      });
    },
  };

  /** Of an order that nobody knows here, a refusal says that it is another service's. */
  async function saidOf(
    out_order_no: string,
    isKnown: boolean,
  ): Promise<ServiceOrder | null | 'refused'> {
    try {
      return await readServiceOrder(wechatpay, { ...temporal.service, out_order_no });
    } catch (error) {
      const isRefused =
        error instanceof ApplicationFailure && failureTypeOf(error.type) === 'Refused';
      if (isRefused && !isKnown) return 'refused';
      throw error;
    }
  }

  /** Whatever stands in the way of one order is its own, unless Temporal itself does not answer: the others go on. */
  async function answered<T>(out_order_no: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await withDeadline(temporal, Date.now() + ANSWERED_WITHIN_MS, ask);
    } catch (error) {
      if (isServiceError(error) && !isWithoutWorker(error)) throw error;
      throw new OrderSilentError(out_order_no, error instanceof Error ? error.message : 'unknown');
    }
  }
}

function isNews(known: OrderView, said: ServiceOrder | null): boolean {
  const charged = said && phaseOf(said) === 'paid' ? transactionsOf(said) : [];
  return charged.some((it) => !transactionsOf(known).includes(it));
}

function ourOrderOf(
  view: OrderView,
  { closeTime, isAdopted = false }: Partial<OrderThere> = {},
): OurOrder {
  return {
    out_order_no: view.out_order_no,
    phase: view.phase,
    charges: collectedOf(view).flatMap(({ transaction_id, amount = 0, paid_time }) => {
      if (transaction_id === undefined) return [];
      const paidAt = paidAtOf(paid_time);
      return [{ transaction_id, amount, ...(paidAt && { bill_date: billDateOf(paidAt) }) }];
    }),
    isAdopted,
    ...(closeTime && { endedAt: closeTime.getTime() }),
    ...(view.refund_due && { refundDue: view.refund_due }),
  };
}
