/** What can become of an order in a month of bills: what is planted, and what each day must say of it, no more and no less. */
import {
  endedOn,
  paidOrder,
  paymentRow,
  refundRow,
  SERVICE,
  type World,
  type WorldOrder,
} from './month-world.ts';
import type { OurOrder } from '../../reconciliation/matching/order-source.ts';

/** A day, counted from that of the order; and `kind state amount`. */
export type Expected = readonly [day: number, words: string];

export interface Plot {
  /** What the morning after says. */
  readonly morning?: readonly Expected[];
  /** What the same day says once the whole month is known; the same unless given. */
  readonly finally?: readonly Expected[];
  /** Not in any bill on the morning after: of which day, how much. */
  readonly awaited?: readonly (readonly [day: number, amount: number])[];
}

export interface Scene {
  readonly world: World;
  readonly number: string;
  /** From 3; at least 1,000 where an order owes. */
  readonly amount: number;
  /** So many days after the order's: `yyyy-MM-dd`. */
  day(after: number): string;
  /** Of its first charge, of its second. */
  readonly transactions: readonly [string, string];
  /** A number that nobody else has. */
  refundId(): string;
}

type Make = (scene: Scene) => Plot;

const put = ({ world, number }: Scene, order: WorldOrder) => world.orders.set(number, order);
const chargeOf = (scene: Scene, more: { nth?: 0 | 1; amount?: number; day?: number } = {}) => ({
  transaction_id: scene.transactions[more.nth ?? 0],
  amount: more.amount ?? scene.amount,
  bill_date: scene.day(more.day ?? 0),
});
const paid = (scene: Scene, more: Partial<OurOrder> = {}): OurOrder =>
  paidOrder(scene.number, {
    ...{ charges: [chargeOf(scene)], endedAt: endedOn(scene.day(0)) },
    ...more,
  });
function bill(scene: Scene, on = 0, more: { nth?: 0 | 1; amount?: number } = {}): void {
  const transaction_id = scene.transactions[more.nth ?? 0];
  const { amount = scene.amount } = more;
  const row = { out_order_no: scene.number, transaction_id, amount };
  scene.world.rows.push(paymentRow(scene.day(on), row));
}
function refund(scene: Scene, on: number, amount: number, status = 'SUCCESS'): string {
  const refund_id = scene.refundId();
  const [transaction_id] = scene.transactions;
  const row = { out_order_no: scene.number, transaction_id, amount, refund_id, status };
  scene.world.rows.push(refundRow(scene.day(on), row));
  return `R${refund_id}`;
}

export const PLOTS: Readonly<Record<string, Make>> = {
  agrees(scene) {
    put(scene, { ours: paid(scene) });
    bill(scene);
    return {};
  },
  'without a time'(scene) {
    const { bill_date: _, ...charge } = chargeOf(scene);
    put(scene, { ours: paid(scene, { charges: [charge] }) });
    bill(scene);
    return {};
  },
  'lost, and healed'(scene) {
    const { endedAt: _, ...healed } = paid(scene);
    put(scene, { ours: paid(scene, { phase: 'paying', charges: [] }), healed });
    bill(scene);
    return { morning: [[0, `paid_unnoticed healed ${scene.amount}`]] };
  },
  'in two parts on one day'(scene) {
    const charges = [chargeOf(scene), chargeOf(scene, { nth: 1, amount: 7 })];
    put(scene, { ours: paid(scene, { charges }) });
    bill(scene);
    bill(scene, 0, { nth: 1, amount: 7 });
    return {};
  },
  'in two parts on two days'(scene) {
    const charges = [chargeOf(scene), chargeOf(scene, { nth: 1, amount: 7, day: 1 })];
    put(scene, { ours: paid(scene, { charges }) });
    bill(scene);
    bill(scene, 1, { nth: 1, amount: 7 });
    return {};
  },
  'in two parts on two days, and the second is missing'(scene) {
    const charges = [chargeOf(scene), chargeOf(scene, { nth: 1, amount: 7, day: 1 })];
    put(scene, { ours: paid(scene, { charges }) });
    bill(scene);
    return { morning: [], finally: [[1, 'not_in_bill open 7']], awaited: [[1, 7]] };
  },
  'in the bill of the next day'(scene) {
    put(scene, { ours: paid(scene) });
    bill(scene, 1);
    return { awaited: [[0, scene.amount]] };
  },
  'in the bill of the day before'(scene) {
    put(scene, { ours: paid(scene, { endedAt: endedOn(scene.day(-1)) }) });
    bill(scene, -1);
    return {};
  },
  missing(scene) {
    put(scene, { ours: paid(scene) });
    const { amount } = scene;
    const words = `not_in_bill open ${amount}`;
    return { morning: [], finally: [[0, words]], awaited: [[0, amount]] };
  },
  'of another amount'(scene) {
    put(scene, { ours: paid(scene) });
    bill(scene, 0, { amount: scene.amount + 1 });
    return { morning: [[0, `amount_differs open ${scene.amount + 1}`]] };
  },
  'in two adjacent bills'(scene) {
    put(scene, { ours: paid(scene) });
    bill(scene);
    bill(scene, 1);
    return { morning: [[1, `row_repeated open ${scene.amount}`]] };
  },
  'in two adjacent bills, the first too early'(scene) {
    put(scene, { ours: paid(scene, { endedAt: endedOn(scene.day(-1)) }) });
    bill(scene, -1);
    bill(scene);
    return { morning: [[0, `row_repeated open ${scene.amount}`]] };
  },
  'owing, and never paid back'(scene) {
    put(scene, { ours: paid(scene, { refundDue: { amount: 300 } }) });
    bill(scene);
    return { morning: [[0, `refund_due open ${scene.amount}`]] };
  },
  'charged after it was cancelled, and paid back'(scene) {
    const { amount } = scene;
    const { endedAt: _, ...healed } = paid(scene, { refundDue: { amount } });
    put(scene, { ours: paid(scene, { phase: 'cancelled', charges: [] }), healed });
    bill(scene);
    refund(scene, 2, amount);
    return {
      morning: [
        [0, `refund_due open ${amount}`],
        [2, `refunded healed ${amount}`],
      ],
      finally: [
        [0, `paid_unnoticed healed ${amount}`],
        [2, `refunded healed ${amount}`],
      ],
    };
  },
  'owing, and paid back twice'(scene) {
    put(scene, { ours: paid(scene, { refundDue: { amount: 300 } }) });
    bill(scene);
    refund(scene, 1, 300);
    refund(scene, 2, 300);
    const back: Expected[] = [
      [1, 'refunded healed 300'],
      [2, 'refunded open 300'],
    ];
    return { morning: [[0, `refund_due open ${scene.amount}`], ...back], finally: back };
  },
  'owing, and paid back in parts'(scene) {
    put(scene, { ours: paid(scene, { refundDue: { amount: 300 } }) });
    bill(scene);
    refund(scene, 0, 100);
    refund(scene, 2, 200);
    const back: Expected[] = [
      [0, 'refunded healed 100'],
      [2, 'refunded healed 200'],
    ];
    return { morning: [[0, `refund_due open ${scene.amount}`], ...back], finally: back };
  },
  'refunded as was declared'(scene) {
    const out_refund_no = refund(scene, 2, 2);
    const declared = () => [{ out_refund_no, amount: 2, status: 'SUCCESS' as const }];
    put(scene, { ours: paid(scene), declared });
    bill(scene);
    return {};
  },
  'refunded as was declared, which comes about later'(scene) {
    const out_refund_no = refund(scene, 1, 2, 'PROCESSING');
    const declared = (today: string) => [
      {
        out_refund_no,
        amount: 2,
        status: today < scene.day(2) ? 'PROCESSING' : 'SUCCESS',
      } as const,
    ];
    put(scene, { ours: paid(scene), declared });
    bill(scene);
    return {};
  },
  'refunded as was declared, which fails later'(scene) {
    const out_refund_no = refund(scene, 1, 2, 'PROCESSING');
    const declared = (today: string) => [
      { out_refund_no, amount: 2, status: today < scene.day(2) ? 'PROCESSING' : 'CLOSED' } as const,
    ];
    put(scene, { ours: paid(scene), declared });
    bill(scene);
    return { morning: [[2, 'refund_failed open 2']] };
  },
  'refunded by nobody here'(scene) {
    put(scene, { ours: paid(scene) });
    bill(scene);
    refund(scene, 2, 2);
    return { morning: [[2, 'refunded open 2']] };
  },
  'refunded, and no longer kept'(scene) {
    put(scene, { asked: paid(scene, { charges: [chargeOf(scene, { day: -200 })] }) });
    refund(scene, 0, 3);
    return { morning: [[0, 'refunded open 3']] };
  },
  'ordered by nobody here'(scene) {
    const { endedAt: _, ...healed } = paid(scene, { isAdopted: true });
    put(scene, { healed });
    bill(scene);
    return { morning: [[0, `unknown_order open ${scene.amount}`]] };
  },
  'charged less than it was completed with'(scene) {
    put(scene, { ours: paid(scene, { shortfall: 40 }) });
    bill(scene);
    return { morning: [[0, `undercollected open ${scene.amount}`]] };
  },
  'of another service'(scene) {
    bill(scene);
    refund(scene, 1, 1);
    return {};
  },
  'of the shop'(scene) {
    const [transaction_id] = scene.transactions;
    const { amount } = scene;
    const sold = { transaction_id, amount, trade_type: 'NATIVE' };
    scene.world.rows.push(paymentRow(scene.day(0), sold));
    const refund_id = scene.refundId();
    scene.world.rows.push(refundRow(scene.day(1), { ...sold, amount: 1, refund_id }));
    return {};
  },
  'let off'(scene) {
    const { number: out_order_no, amount } = scene;
    const waiver = { code: 'lowered', amount, by: 'till', service_id: SERVICE } as const;
    scene.world.waived.push({ day: scene.day(0), out_order_no, ...waiver });
    return {};
  },
};
