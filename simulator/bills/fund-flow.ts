/** The merchant's fund flow: every movement since the beginning, of which a bill holds a day. */
import type { Order } from '../orders/order.ts';
import type { Refund } from '../refunds/refund.ts';
import type { Service } from '../service.ts';
import type { BillRow } from './bill-row.ts';
import type { BillSettings } from './bill-settings.ts';
import { chargeRows } from './charge-row.ts';
import { dashed, foreignRows } from './day-rows.ts';
import {
  entriesOfPayment,
  entriesOfRefund,
  entriesOfRefundRow,
  type Fees,
  type FundFlowEntry,
} from './fund-flow-entries.ts';
import { fundFlowFile, type FundFlowRow } from './fund-flow-file.ts';
import type { DayFiles } from './offer-file.ts';
import { digitsOf, type Seeded } from './seeded.ts';
import { seededRefundRow } from './seeded-rows.ts';

export interface FundFlowParts {
  readonly service: Pick<Service, 'mchid' | 'appid'>;
  readonly orders: { each(): Iterable<Order> };
  readonly refunds: { each(): Iterable<Refund> };
  readonly seeded: () => readonly Seeded[];
  readonly settings: () => BillSettings;
}

/** The trade bill's distortions change no money: a payment that is missing there was collected all the same. */
export function createFundFlow(parts: FundFlowParts): DayFiles {
  const { service, orders, refunds, seeded, settings } = parts;
  const { mchid } = service;

  function* allEntries(fees: Fees): Iterable<FundFlowEntry> {
    for (const order of orders.each()) {
      for (const row of chargeRows(order, 'packet')) yield* entriesOfPayment(row, fees);
    }
    for (const refund of refunds.each()) yield* entriesOfRefund(refund, mchid, fees);
    for (const row of seededRows()) {
      yield* row.refund === undefined ? entriesOfPayment(row, fees) : entriesOfRefundRow(row, fees);
    }
  }

  function* seededRows(): Iterable<BillRow> {
    yield* foreignRows(seeded(), service);
    const refunded = seeded().filter((it) => it.kind === 'refund');
    if (refunded.length === 0) return;
    for (const order of orders.each()) {
      const [first] = chargeRows(order, 'packet');
      for (const it of refunded) {
        if (first === undefined || it.out_order_no !== order.out_order_no) continue;
        yield seededRefundRow(first, it, digitsOf(JSON.stringify(it), 24));
      }
    }
  }

  function rowsOn(day: string): FundFlowRow[] {
    const entries = [...allEntries(settings().fund_flow_fees)];
    entries.sort((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)));
    let balance = 0;
    return entries
      .map((entry) => ({ ...entry, balance: (balance += entry.change) }))
      .filter(({ time }) => time.startsWith(dashed(day)));
  }

  const look = () => ({ mchid, ...settings() });
  return {
    file(day, unknownColumn) {
      const rows = rowsOn(day);
      return rows.length === 0 ? undefined : fundFlowFile(rows, { ...look(), unknownColumn });
    },
    emptyFile: () => fundFlowFile([], look()),
  };
}
