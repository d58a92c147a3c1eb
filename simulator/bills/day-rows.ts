/** The rows of one day: what orders were charged, and what was seeded. */
import { beijing8 } from '../beijing-time.ts';
import type { Order } from '../orders/order.ts';
import type { Refund } from '../refunds/refund.ts';
import type { BillRow } from './bill-row.ts';
import type { BillSettings } from './bill-settings.ts';
import { chargeRows, isCollectedOn } from './charge-row.ts';
import { refundRow } from './refund-rows.ts';
import { digitsOf, type Seeded } from './seeded.ts';
import { alteredRow, foreignRow, repeatedRow, seededRefundRow } from './seeded-rows.ts';

export interface DaySources {
  readonly orders: Iterable<Order>;
  /** Those that bills tell of, whenever they were accepted. */
  readonly refunds: Iterable<Refund>;
  /** When the bill of the day is made. */
  readonly madeMs: number;
  readonly seeded: readonly Seeded[];
  readonly jsapiPacket: BillSettings['jsapi_packet'];
  readonly mchid: string;
  readonly appid: string;
}

/** The day is `yyyyMMdd` in Beijing; the rows are in the order of their times. */
export function rowsOn(day: string, sources: DaySources): BillRow[] {
  const { orders, seeded, jsapiPacket, madeMs } = sources;
  const refunded = refundsOn(day, sources.refunds);
  const ofOrder = new Map<string, Seeded[]>();
  for (const it of seeded) {
    if (it.kind === 'foreign') continue;
    ofOrder.set(it.out_order_no, [...(ofOrder.get(it.out_order_no) ?? []), it]);
  }

  const rows: BillRow[] = [];
  for (const order of orders) {
    const own = ofOrder.get(order.out_order_no) ?? [];
    const refunds = refunded.get(order.out_order_no) ?? [];
    if (!isCollectedOn(order, day) && own.length === 0 && refunds.length === 0) continue;
    const charges = chargeRows(order, jsapiPacket);
    for (const charge of charges) {
      if (charge.time.startsWith(dashed(day))) rows.push(...distorted(charge, own));
    }
    for (const refund of refunds) {
      const payment = charges.find((it) => it.transaction_id === refund.transaction_id);
      if (payment !== undefined) rows.push(refundRow(payment, refund, madeMs));
    }
    // What is seeded as refunded, or told again, is the first of several.
    const [first] = charges;
    if (!first) continue;
    for (const it of own) {
      if (!('time' in it) || dayOf(it.time) !== day) continue;
      if (it.kind === 'refund')
        rows.push(seededRefundRow(first, it, digitsOf(JSON.stringify(it), 24)));
      else if (it.kind === 'repeated') rows.push(repeatedRow(first, it.time));
    }
  }
  const isOfDay = (it: Seeded) => it.kind === 'foreign' && dayOf(it.time) === day;
  for (const row of foreignRows(seeded.filter(isOfDay), sources)) rows.push(row);
  return rows.sort((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)));
}

/** By the number of their orders. */
function refundsOn(day: string, refunds: Iterable<Refund>): Map<string, Refund[]> {
  const accepted = new Map<string, Refund[]>();
  for (const refund of refunds) {
    if (beijing8(refund.created_ms) !== day) continue;
    const others = accepted.get(refund.out_order_no) ?? [];
    accepted.set(refund.out_order_no, [...others, refund]);
  }
  return accepted;
}

/** A payment as it is told: left out, twice, otherwise, or as it was. */
function distorted(row: BillRow, seeded: readonly Seeded[]): BillRow[] {
  let rows = [row];
  for (const it of seeded) rows = rows.flatMap((each) => distortedBy(it, each));
  return rows;
}

function distortedBy(distortion: Seeded, row: BillRow): BillRow[] {
  switch (distortion.kind) {
    case 'refund':
    case 'foreign':
    case 'repeated':
      return [row];
    case 'missing':
      return [];
    case 'duplicate':
      return [row, row];
    case 'altered':
      return [alteredRow(row, distortion)];
  }
}

/** What was seeded of other businesses. */
export function* foreignRows(
  seeded: readonly Seeded[],
  merchant: Pick<DaySources, 'mchid' | 'appid'>,
): Iterable<BillRow> {
  for (const it of seeded) {
    if (it.kind !== 'foreign') continue;
    const seed = digitsOf(JSON.stringify(it), 16);
    for (let nth = 0; nth < it.count; nth += 1) {
      yield foreignRow(it, `${seed}${String(nth).padStart(8, '0')}`, merchant);
    }
  }
}

/** As times of rows begin. */
export function dashed(day: string): string {
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
}

function dayOf(rfc3339: string): string {
  return beijing8(Date.parse(rfc3339));
}
