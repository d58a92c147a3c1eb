/** A day of orders and faults from a seed: the simulator's bills of it, our side of it, and what must be found. */
import { array, constantFrom, integer, record, type Arbitrary } from 'fast-check';
import { collectionOf } from './collection.ts';
import { FATES, MCHID, type Subject, type Told } from './scenarios.ts';
import { createBills, type Bills } from '../../simulator/bills/bills.ts';
import { DEFAULT_BILL_SETTINGS, type BillSettings } from '../../simulator/bills/bill-settings.ts';
import type { Order } from '../../simulator/orders/order.ts';

const APPID = 'wx0123456789abcdef';

export interface RandomDay {
  readonly bills: Bills;
  readonly orders: readonly (readonly [Subject, Told])[];
}

export const randomDay: Arbitrary<RandomDay> = record({
  plans: array(
    record({
      fate: constantFrom(...Object.keys(FATES)),
      amount: integer({ min: 3, max: 500_000 }),
      second: constantFrom(0, 1, 43_200, 86_398, 86_399),
    }),
    { maxLength: 40 },
  ),
  settings: record({
    jsapi_packet: constantFrom('packet', 'attach'),
    summary: constantFrom('float', 'fixed'),
    layout: constantFrom('current', 'early-coupon', 'early-red-packet'),
    fee_total_off: constantFrom(0, 0, 1, -1),
  }),
}).map(({ plans, settings }) => dayOf(plans, settings));

interface Plan {
  readonly fate: string;
  readonly amount: number;
  readonly second: number;
}

export function dayOf(plans: readonly Plan[], settings: Partial<BillSettings> = {}): RandomDay {
  const wechat = new Map<string, Order>();
  const orders = plans.map(({ fate, amount, second }, index) => {
    const transaction_id = `42000000${String(index).padStart(20, '0')}`;
    const subject = { out_order_no: `N${index}`, transaction_id, amount };
    const told = FATES[fate]?.(subject) ?? {};
    if (told.billed) wechat.set(subject.out_order_no, orderOf(subject, told.billed, second));
    return [subject, told] as const;
  });
  const bills = createBills({
    service: { mchid: MCHID, appid: APPID } as Parameters<typeof createBills>[0]['service'],
    orders: collectionOf(wechat),
    refunds: () => [],
    settings: collectionOf(new Map([['all', { ...DEFAULT_BILL_SETTINGS, ...settings }]])),
    seeded: collectionOf(
      // No two seeded rows are the same: what is told of them comes from what they are.
      new Map([
        [
          'all',
          orders.flatMap(([, { seeded = [] }], index) => seeded.map((it) => named(it, index))),
        ],
      ]),
    ),
  });
  return { bills, orders };
}

function named<T extends { kind: string }>(it: T, index: number): T {
  return it.kind === 'foreign' ? { ...it, device: `D${index}` } : it;
}

/** As WeChat keeps one that it has charged; a bill looks at no more of it. */
function orderOf(
  subject: Subject,
  { day, from }: NonNullable<Told['billed']>,
  second: number,
): Order {
  const { out_order_no, transaction_id, amount } = subject;
  const time = new Date(second * 1000).toISOString().slice(11, 19).replaceAll(':', '');
  const paid_time = `${day.replaceAll('-', '')}${time}`;
  const detail = { seq: 1, paid_type: 'NEWTON', paid_time, transaction_id, amount };
  return {
    ...{ out_order_no, mchid: MCHID, appid: APPID, openid: 'oUser', attach: '柜机, 7`' },
    ...{ order_id: `1000${out_order_no}`, service_introduction: '充电宝, 租借`' },
    collection: {
      ...{ state: 'USER_PAID', total_amount: amount, paying_amount: 0, paid_amount: amount },
      details: [detail],
    },
    ledger: [{ event: 'charged', channel: from === 'page' ? 'JSAPI' : 'AUTH' }],
  } as unknown as Order;
}
