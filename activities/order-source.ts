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
  type NotOurs,
  type OrderSource,
  type OurOrder,
  type WaivedOrder,
} from '../reconciliation/matching/order-source.ts';
import { withDeadline, type Temporal } from '../temporal/client.ts';
import { isServiceError, isWithoutWorker } from '../temporal/errors.ts';
import { openingOf } from '../temporal/run-events.ts';
import {
  adopted,
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
import type { Service, Services } from '../payscore/order/opening.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';

export interface OrderSourceParts {
  readonly temporal: Temporal;
  /** Of any of these an order may be that is not known here. */
  readonly services: Services;
  readonly wechatpay: WechatpayClient;
}

/** Its run may have failing tasks, or WeChat not answer for it. */
const ANSWERED_WITHIN_MS = 60_000;
const AT_ONCE = 20;

export function createOrderSource({
  temporal,
  services,
  wechatpay,
}: OrderSourceParts): OrderSource {
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
        const found = await saidOfAny(out_order_no);
        if (typeof found === 'string') return found;
        const phase = phaseOf(found.said);
        return ourOrderOf({ ...found.said, phase: phase === 'unclear' ? 'unknown' : phase });
      });
    },

    async heal(out_order_no) {
      return await answered(out_order_no, async () => {
        const run = await lookUp(temporal, out_order_no);
        if (run?.status.name === 'RUNNING') {
          return ourOrderOf(await refreshed(temporal, out_order_no));
        }
        if (!run) {
          const found = await saidOfAny(out_order_no);
          if (typeof found === 'string') return found;
          const view = await adopted(temporal, found.service, out_order_no);
          return ourOrderOf(view, { isAdopted: true });
        }
        const { service } = await openingOf(temporal, run);
        const said = await readServiceOrder(wechatpay, { ...service, out_order_no });
        const known = run.status.name === 'COMPLETED' ? await orderIn(temporal, run) : undefined;
        // What has ended stays what it is, unless WeChat has charged what it does not know of.
        if (known && !isNews(known.view, said)) {
          if (mayBeNews(known.view, said)) throw new Error('what WeChat Pay tells is unclear');
          return ourOrderOf(known.view, known);
        }
        return ourOrderOf(await takenUp(temporal, run));
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

  /**
   * Of an order that nobody knows here. The bill names no service, and WeChat tells of an order only under its own: each is
   * asked, and a refusal says that it is another's.
   */
  async function saidOfAny(out_order_no: string): Promise<Found | NotOurs> {
    let isRefused = false;
    for (const service of services) {
      try {
        const said = await readServiceOrder(wechatpay, { ...service, out_order_no });
        if (said) return { service: serviceIn(said) ?? service, said };
      } catch (error) {
        if (!(error instanceof ApplicationFailure)) throw error;
        if (failureTypeOf(error.type) !== 'Refused') throw error;
        isRefused = true;
      }
    }
    return isRefused ? 'refused' : 'not_found';
  }

  /** WeChat might tell of it to another application of the same service. */
  function serviceIn({ appid, service_id }: ServiceOrder): Service | undefined {
    return services.find((it) => it.appid === appid && it.service_id === service_id);
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

interface Found {
  readonly service: Service;
  readonly said: ServiceOrder;
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
