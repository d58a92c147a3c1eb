/** Days of bills and orders that are held to no single day: what one bill says, and what all of them say together. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MCHID } from './scenarios.ts';
import type { Bill } from '../../reconciliation/bill/day-bill.ts';
import type { Dated, LedgerEntry } from '../../reconciliation/ledger/entry.ts';
import type { DeclaredRefund } from '../../reconciliation/matching/declared-refunds.ts';
import type { OurOrder, WaivedOrder } from '../../reconciliation/matching/order-source.ts';
import type { OrderSource } from '../../reconciliation/matching/order-source.ts';
import { valuesIn } from '../../reconciliation/matching/spool.ts';
import { reconcile } from '../../reconciliation/reconcile.ts';
import type { Finding } from '../../reconciliation/report/finding.ts';
import type { DayReport } from '../../reconciliation/report/report.ts';
import { billDateOf, dayAfter, dayBefore, spanOf } from '../../payscore/times/bill-date.ts';
import { billFile } from '../../simulator/bills/bill-file.ts';
import { layoutOf } from '../../simulator/bills/bill-layout.ts';
import { feeOf, type BillRow } from '../../simulator/bills/bill-row.ts';

export const SERVICE = 'S1';
const LOOK = {
  ...layoutOf('ALL', { layout: 'current', success_summary: 'four' }),
  ...({ summary: 'fixed', fee_total_off: 0 } as const),
};

/** A row of a bill, of the day that its time says. */
export interface Written {
  readonly day: string;
  readonly row: BillRow;
}

export interface WorldOrder {
  /** As it stands here; absent where nobody knows it. */
  readonly ours?: OurOrder;
  /** What asking WeChat makes of it, where it is not known, or does not know its payment. */
  readonly healed?: OurOrder;
  /** What WeChat says of it, once it is no longer kept here. */
  readonly asked?: OurOrder;
  /** As it stands on that day. */
  readonly declared?: (today: string) => readonly DeclaredRefund[];
}

export interface World {
  readonly rows: Written[];
  readonly orders: Map<string, WorldOrder>;
  readonly waived: (WaivedOrder & { readonly day: string })[];
}

export const newWorld = (): World => ({ rows: [], orders: new Map(), waived: [] });

/** What an order ends as, on the day after its charge at the latest; WeChat's bill comes later. */
export function endedOn(day: string): number {
  return spanOf(day).from.getTime() + 20 * 3_600_000;
}

export function paidOrder(out_order_no: string, more: Partial<OurOrder>): OurOrder {
  return { out_order_no, phase: 'paid', charges: [], service_id: SERVICE, ...more };
}

interface PaymentRow {
  readonly transaction_id: string;
  readonly amount: number;
  /** Named by WeChat's packet. */
  readonly out_order_no?: string;
  readonly trade_type?: string;
}

export function paymentRow(day: string, it: PaymentRow): Written {
  const { transaction_id, amount, out_order_no, trade_type = 'AUTH' } = it;
  const attach = out_order_no === undefined ? '' : `wxzff|1000|${out_order_no}`;
  const row: BillRow = {
    ...{ time: `${day} 12:00:00`, appid: 'wx0123456789abcdef', mchid: MCHID, sub_mchid: '0' },
    ...{ device: '', transaction_id, out_trade_no: `1${transaction_id}`, openid: 'oUser' },
    ...{ trade_type, trade_state: 'SUCCESS', bank_type: 'OTHERS', currency: 'CNY' },
    ...{ settlement_amount: amount, coupon_amount: 0, order_amount: amount, fee: feeOf(amount) },
    ...{ body: '充电宝', attach },
  };
  return { day, row };
}

interface RefundRow extends PaymentRow {
  readonly refund_id: string;
  readonly status?: string;
}

export function refundRow(day: string, it: RefundRow): Written {
  const { row } = paymentRow(day, it);
  const { amount, refund_id, status = 'SUCCESS' } = it;
  const nothing = { settlement_amount: 0, coupon_amount: 0, order_amount: 0, fee: -feeOf(amount) };
  const refund = {
    ...{ refund_id, out_refund_no: `R${refund_id}`, applied: row.time, succeeded: row.time },
    ...{ amount, settlement_amount: amount, coupon_amount: 0, type: 'ORIGINAL', status },
  };
  return { day, row: { ...row, ...nothing, trade_state: 'REFUND', refund } };
}

export interface DayTold {
  readonly report: DayReport;
  /** `kind state amount order`, in their order. */
  readonly found: readonly string[];
  readonly findings: readonly Finding[];
}

/** Mornings, one after the other, each with what the others have left. */
export function createMornings(world: World, folder: string) {
  let today = '';
  const ledger = new Map<string, LedgerEntry[]>();
  const acknowledged = new Map<string, Set<string>>();
  const matched = new Map<string, string[]>();
  const source = sourceOf(world);

  async function morning(day: string, isNextThere = false): Promise<DayTold> {
    if (day > today) today = day;
    const others = [dayBefore(day), ...(isNextThere ? [dayAfter(day)] : [])];
    const it = await reconcile({
      bill: await billOf(day),
      otherBills: others.map((date) => () => billOf(date)),
      unbilledIs: isNextThere ? 'missing' : 'awaited',
      source,
      declared: {
        of: async (transaction_id) =>
          [...world.orders.values()].flatMap(({ ours, declared }) =>
            ours?.charges.some((one) => one.transaction_id === transaction_id)
              ? (declared?.(today) ?? [])
              : [],
          ),
      },
      ledger: async function* () {
        for (const [bill_date, entries] of [...ledger].toSorted()) {
          for (const entry of entries) yield { bill_date, entry };
        }
      },
      agreedBeside: async function* () {
        for (const date of [dayBefore(day), dayAfter(day)]) yield* matched.get(date) ?? [];
      },
      acknowledgedOn: async (date) => acknowledged.get(date) ?? new Set(),
      begunAt: spanOf(day).to.getTime() + 10 * 3_600_000,
      ...{ whenSilent: 'tell', folder, watch: () => {} },
    });
    const findings = await allOf<Finding>(it.findings);
    if (it.ledger !== undefined) ledger.set(day, await allOf<LedgerEntry>(it.ledger));
    matched.set(day, await matchedIn(it.matches));
    return { report: it.report, findings, found: findings.map(wordsOf).toSorted() };
  }

  async function billOf(bill_date: string): Promise<Bill> {
    const rows = world.rows.filter(({ day }) => day === bill_date).map(({ row }) => row);
    const path = join(folder, `${bill_date}.csv`);
    if (rows.length > 0) await writeFile(path, billFile(rows, LOOK));
    const file = rows.length > 0 ? { path, hash_value: String(rows.length) } : undefined;
    return { bill_date, mchid: MCHID, file };
  }

  return {
    morning,
    acknowledge(day: string, id: string): void {
      acknowledged.set(day, new Set([...(acknowledged.get(day) ?? []), id]));
    },
    entries: (): Dated[] =>
      [...ledger].flatMap(([bill_date, all]) => all.map((entry) => ({ bill_date, entry }))),
  };
}

/** An order that goes on has learned of its payment just now. */
const LONG_AFTER = Date.parse('2027-01-01');

function sourceOf({ orders, waived }: World): OrderSource {
  const known = () => [...orders.values()].flatMap(({ ours }) => (ours ? [ours] : []));
  return {
    async *paymentsOn(bill_date) {
      for (const { out_order_no, charges, endedAt = LONG_AFTER, ...more } of known()) {
        const [first] = charges;
        const day = first?.bill_date ?? billDateOf(new Date(endedAt));
        if (!first || day !== bill_date) continue;
        const amount = charges.reduce((sum, one) => sum + one.amount, 0);
        const { refundDue, shortfall, service_id } = more;
        const isOwed = refundDue !== undefined || shortfall !== undefined;
        const { transaction_id } = first;
        yield [{ out_order_no, transaction_id, amount, knownAt: endedAt, isOwed }].map((it) => ({
          ...it,
          ...(service_id !== undefined && { service_id }),
        }));
      }
    },
    async *waiversOn(bill_date) {
      yield waived.filter(({ day }) => day === bill_date);
    },
    find: async ({ transaction_ids, out_order_nos }) =>
      known().flatMap(({ out_order_no, charges: [first] }) =>
        out_order_nos.includes(out_order_no) ||
        transaction_ids.includes(first?.transaction_id ?? '')
          ? [{ out_order_no, ...(first && { transaction_id: first.transaction_id }) }]
          : [],
      ),
    async read(out_order_no) {
      const { ours } = orders.get(out_order_no) ?? {};
      assert.ok(ours, 'only orders that are known are read');
      return ours;
    },
    async heal(out_order_no) {
      const it = orders.get(out_order_no);
      if (!it?.healed) return 'not_found';
      orders.set(out_order_no, { ...it, ours: it.healed });
      return it.healed;
    },
    ask: async (out_order_no) => orders.get(out_order_no)?.asked ?? 'not_found',
  };
}

async function allOf<T>(path: string): Promise<T[]> {
  const all: T[] = [];
  for await (const value of valuesIn<T>(path)) all.push(value);
  return all;
}

async function matchedIn(path: string | undefined): Promise<string[]> {
  if (path === undefined) return [];
  const lines = (await readFile(path, 'utf8')).split('\r\n').filter((line) => line !== '');
  return lines.flatMap((line) =>
    line.includes(',payment,') ? [line.split(',')[3]?.slice(1) ?? ''] : [],
  );
}

function wordsOf({ kind, healed, out_order_no, bill_amount, order_amount }: Finding): string {
  return `${kind} ${healed ? 'healed' : 'open'} ${bill_amount ?? order_amount ?? 0} ${out_order_no}`;
}
