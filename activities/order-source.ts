/** Our orders as reconciliation asks for them: in Temporal. */
import { ApplicationFailure } from '@temporalio/common';
import { readServiceOrder } from './reading.ts';
import { failureTypeOf } from '../payscore/refusals/failure-type.ts';
import { phaseOf } from '../payscore/rules/phase.ts';
import { collectedOf, paidAtOf, transactionsOf } from '../payscore/rules/charges.ts';
import { shortfallOf } from '../payscore/rules/shortfall.ts';
import { waiverOf } from '../payscore/rules/waiver.ts';
import { recordOfTold, type OrderView } from '../payscore/order/view.ts';
import { billDateOf, spanOf } from '../payscore/times/bill-date.ts';
import {
  numberless,
  OrderSilentError,
  type OrderSource,
  type OurOrder,
  type WaivedOrder,
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
import {
  ordersNamed,
  paymentsBetween,
  waivedBetween,
  type ListedWaiver,
} from '../temporal/payments.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';

export interface OrderSourceParts {
  readonly temporal: Temporal;
  readonly wechatpay: WechatpayClient;
}

/** Its run may have failing tasks, or WeChat not answer for it. */
const ANSWERED_WITHIN_MS = 60_000;
const AT_ONCE = 20;

export function createOrderSource({ temporal, wechatpay }: OrderSourceParts): OrderSource {
  return {
    async *paymentsOn(bill_date) {
      for await (const page of paymentsBetween(temporal, spanOf(bill_date))) {
        yield page.map(({ transaction_id, out_order_no, ...rest }) => ({
          ...{ ...rest, out_order_no },
          transaction_id: transaction_id ?? numberless(out_order_no),
        }));
      }
    },

    async *waiversOn(bill_date) {
      for await (const page of waivedBetween(temporal, spanOf(bill_date))) {
        for (let from = 0; from < page.length; from += AT_ONCE) {
          yield await Promise.all(page.slice(from, from + AT_ONCE).map(waived));
        }
      }
    },

    find: async (names) => await ordersNamed(temporal, names),

    async read(out_order_no) {
      return await answered(out_order_no, async () => {
        const there = await orderThere(temporal, out_order_no);
        return ourOrderOf(there.view, there);
      });
    },

    async ask(out_order_no) {
      return await answered(out_order_no, async () => {
        const said = await saidOf(out_order_no, false);
        if (said === 'refused') return said;
        const phase = said && phaseOf(said);
        return said
          ? ourOrderOf({ ...said, phase: phase === 'unclear' ? 'unknown' : phase })
          : 'not_found';
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
        if (known && !isNews(known.view, said)) {
          if (mayBeNews(known.view, said)) throw new Error('what WeChat Pay tells is unclear');
          return ourOrderOf(known.view, known);
        }
        const isAdopted = !run;
        return ourOrderOf(await takenUp(temporal, out_order_no, run), { isAdopted });
      });
    },
  };

  /** Of one that does not answer, what the list says. */
  async function waived({ out_order_no, waiver: code }: ListedWaiver): Promise<WaivedOrder> {
    try {
      const { view } = await answered(out_order_no, () => orderThere(temporal, out_order_no));
      return { ...waivedOf(view), out_order_no, code };
    } catch (error) {
      if (!(error instanceof OrderSilentError)) throw error;
      return { out_order_no, code };
    }
  }

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

/** Of an order that was not charged: until it is understood, whether it was is not known. */
function mayBeNews({ phase }: OrderView, said: ServiceOrder | null): boolean {
  return phase !== 'paid' && said !== null && phaseOf(said) === 'unclear';
}

type Known = Pick<OrderView, 'out_order_no' | 'collection' | 'total_amount' | 'service_id'> & {
  readonly phase: string | null;
  readonly refund_due?: OrderView['refund_due'];
  readonly operations?: OrderView['operations'];
};

function ourOrderOf(
  view: Known,
  { endedAt, isAdopted = false }: Partial<OrderThere> = {},
): OurOrder {
  const { out_order_no, phase, service_id, refund_due: refundDue, operations = [] } = view;
  const shortfall = phase === 'paid' ? shortfallOf(view, agreedIn(operations)) : 0;
  return {
    ...{ out_order_no, phase: phase ?? 'unknown', isAdopted },
    charges: collectedOf(view).flatMap(({ transaction_id, amount = 0, paid_time }) => {
      if (transaction_id === undefined) return [];
      const paidAt = paidAtOf(paid_time);
      return [{ transaction_id, amount, ...(paidAt && { bill_date: billDateOf(paidAt) }) }];
    }),
    ...(endedAt && { endedAt: endedAt.getTime() }),
    ...(refundDue && { refundDue }),
    ...(shortfall > 0 && { shortfall }),
    ...(service_id !== undefined && { service_id }),
  };
}

/** The last amount that WeChat has said yes to. */
function agreedIn(operations: OrderView['operations']): number | undefined {
  return operations.findLast(
    ({ state, total_amount }) => state === 'done' && total_amount !== undefined,
  )?.total_amount;
}

function waivedOf(view: OrderView): Omit<WaivedOrder, 'code' | 'out_order_no'> {
  const { service_id, phase, total_amount, completed_at: completedAt } = view;
  const operations = view.operations.map(recordOfTold);
  const waiver = waiverOf({ phase, total_amount, completedAt, operations });
  return { ...(service_id !== undefined && { service_id }), ...waiver };
}
