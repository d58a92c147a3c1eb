/** The rows of one day: what orders were charged, and what was planted. */
import { beijing8, beijing14 } from '../beijing-time.ts';
import type { Order } from '../orders/order.ts';
import { billTime, feeOf, type BillRow } from './bill-row.ts';
import type { BillSettings } from './bill-settings.ts';
import { digitsOf, type Planted, type PlantedForeign, type PlantedRefund } from './planted.ts';

export interface DaySources {
  readonly orders: readonly Order[];
  readonly planted: readonly Planted[];
  readonly jsapiPacket: BillSettings['jsapi_packet'];
  readonly mchid: string;
  readonly appid: string;
}

/** The day is `yyyyMMdd` in Beijing; the rows are in the order of their times. */
export function rowsOn(day: string, sources: DaySources): BillRow[] {
  const { orders, planted, jsapiPacket } = sources;
  const ofOrder = new Map<string, Planted[]>();
  for (const it of planted) {
    if (it.kind === 'foreign') continue;
    ofOrder.set(it.out_order_no, [...(ofOrder.get(it.out_order_no) ?? []), it]);
  }

  const rows: BillRow[] = [];
  for (const order of orders) {
    const own = ofOrder.get(order.out_order_no) ?? [];
    const isOnDay = paidTimeOf(order)?.startsWith(day) ?? false;
    if (!isOnDay && own.length === 0) continue;
    const charge = chargeRow(order, jsapiPacket);
    if (charge === undefined) continue;
    if (isOnDay) rows.push(...distorted(charge, own));
    for (const it of own) {
      if (it.kind !== 'refund' || dayOf(it.time) !== day) continue;
      rows.push(refundRow(charge, it, digitsOf(JSON.stringify(it), 24)));
    }
  }
  const foreign = planted.filter((it) => it.kind === 'foreign');
  for (const it of foreign.filter(({ time }) => dayOf(time) === day)) {
    const seed = digitsOf(JSON.stringify(it), 16);
    for (let nth = 0; nth < it.count; nth += 1) {
      rows.push(foreignRow(it, `${seed}${String(nth).padStart(8, '0')}`, sources));
    }
  }
  return rows.sort((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)));
}

/** The payment of an order as its bill tells it; undefined where WeChat Pay collected nothing. */
export function chargeRow(
  order: Order,
  jsapiPacket: BillSettings['jsapi_packet'],
): BillRow | undefined {
  const detail = collectedBy(order);
  if (detail === undefined) return undefined;
  const { transaction_id, paid_time, amount, bank_type } = detail;
  const packet = `wxzff|${order.order_id}|${order.out_order_no}`;
  const byUser = isPaidFromPage(order);
  return {
    time: billTime(paid_time),
    appid: order.appid,
    mchid: order.mchid,
    device: '',
    transaction_id,
    out_trade_no: byUser ? order.out_order_no : wechatNumber(transaction_id),
    openid: order.openid,
    trade_type: byUser ? 'JSAPI' : 'AUTH',
    trade_state: 'SUCCESS',
    bank_type,
    settlement_amount: amount,
    coupon_amount: 0,
    order_amount: amount,
    body: order.service_introduction,
    attach: byUser && jsapiPacket === 'attach' ? order.attach : packet,
    fee: feeOf(amount),
  };
}

/** Of the same payment always the same, and nobody meets it before the bill. */
function wechatNumber(transaction_id: string): string {
  return `${transaction_id.slice(14)}${transaction_id.slice(0, 14)}`;
}

function collectedBy({ collection }: Order) {
  return collection?.details.find(
    (detail) => detail.paid_type === 'NEWTON' && detail.transaction_id !== undefined,
  );
}

function paidTimeOf(order: Order): string | undefined {
  return collectedBy(order)?.paid_time;
}

/** A charge that does not say through which channel it came is WeChat Pay's own. */
function isPaidFromPage({ ledger }: Order): boolean {
  const charge = ledger.findLast(({ event }) => event === 'charged');
  return charge !== undefined && 'channel' in charge && charge.channel === 'JSAPI';
}

/** A payment as it is told: left out, twice, otherwise, or as it was. */
function distorted(row: BillRow, planted: readonly Planted[]): BillRow[] {
  let rows = [row];
  for (const it of planted) rows = rows.flatMap((each) => distortedBy(it, each));
  return rows;
}

function distortedBy(distortion: Planted, row: BillRow): BillRow[] {
  switch (distortion.kind) {
    case 'refund':
    case 'foreign':
      return [row];
    case 'missing':
      return [];
    case 'duplicate':
      return [row, row];
    case 'altered': {
      const { amount = row.order_amount, cells = {} } = distortion;
      const amounts = { order_amount: amount, settlement_amount: amount, fee: feeOf(amount) };
      return [{ ...row, ...amounts, cells: { ...row.cells, ...cells } }];
    }
  }
}

type Refunded = Omit<PlantedRefund, 'kind' | 'out_order_no'>;

/** The digits, 24 of them, are for numbers that nobody gave. */
function refundRow(charge: BillRow, refund: Refunded, digits: string): BillRow {
  const { amount, type, status } = refund;
  const time = timeOf(refund.time);
  return {
    ...charge,
    time,
    trade_state: 'REFUND',
    settlement_amount: 0,
    coupon_amount: 0,
    order_amount: 0,
    fee: -feeOf(amount),
    refund: {
      refund_id: refund.refund_id ?? `50000${digits}`,
      out_refund_no: refund.out_refund_no ?? `RF${digits}`,
      applied: time,
      succeeded: status === 'SUCCESS' ? time : '',
      amount,
      type,
      status,
    },
  };
}

function foreignRow(it: PlantedForeign, digits: string, { mchid, appid }: DaySources): BillRow {
  const payment: BillRow = {
    time: timeOf(it.time),
    appid: it.appid ?? appid,
    mchid,
    device: it.device,
    transaction_id: it.transaction_id ?? `4200${digits}`,
    out_trade_no: it.out_trade_no ?? `F${digits}`,
    openid: it.openid,
    trade_type: it.trade_type,
    trade_state: it.trade_state,
    bank_type: it.bank_type,
    settlement_amount: it.amount - it.coupon_amount,
    coupon_amount: it.coupon_amount,
    order_amount: it.amount,
    body: it.body,
    attach: it.attach,
    fee: feeOf(it.amount - it.coupon_amount),
  };
  if (it.trade_state === 'SUCCESS') return payment;
  return { ...refundRow(payment, it, digits), trade_state: it.trade_state };
}

function timeOf(rfc3339: string): string {
  return billTime(beijing14(Date.parse(rfc3339)));
}

function dayOf(rfc3339: string): string {
  return beijing8(Date.parse(rfc3339));
}
