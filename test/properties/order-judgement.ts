/** Compares what a simulator shows of an order, in every way it can be asked, with the model. */
import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import type { LedgerEntry } from '../../simulator/control.ts';
import type { Json } from '../simulator/merchant.ts';
import type { Ended, Stage } from './order-play.ts';
import type { RandomPolicies } from './order-operations.ts';
import type { OrderModel, Standing, Verdict } from './order-standing.ts';

export function assertEnded(
  ended: Ended,
  verdict: Verdict,
  before: Standing | undefined,
  policies: RandomPolicies,
) {
  const { status, code } = ended;
  if (verdict === 'allowed')
    return assert.ok(status === 200 || status === 204, `${status} ${code}`);
  assert.ok(
    verdict.statuses.includes(status),
    `${status} ${code} instead of ${verdict.statuses.join(' or ')}`,
  );
  const { wrong_state_code } = policies;
  if (verdict.by !== 'state' || wrong_state_code === 'as_seen') return;
  assert.equal(
    code,
    wrong_state_code === 'INVALID_ORDER_STATE' ? printedCode(before) : wrong_state_code,
  );
}

/** docs/wechatpay-facts.md#error-bodies: the error table of every page. */
function printedCode(standing: Standing | undefined): string {
  if (standing === 'REVOKED') return 'ORDER_CANCELED';
  const isDone = standing === 'CHARGED' || standing === 'PAID_ELSEWHERE' || standing === 'FREE';
  return isDone ? 'ORDER_DONE' : 'INVALID_ORDER_STATE';
}

/** docs/wechatpay-facts.md#order-states. */
const SHOWN: Record<Standing, readonly (string | undefined)[]> = {
  CREATED: ['CREATED', undefined, undefined],
  IN_SERVICE: ['DOING', 'USER_CONFIRM', undefined],
  PAYING: ['DOING', 'MCH_COMPLETE', 'USER_PAYING'],
  CHARGED: ['DONE', undefined, 'USER_PAID'],
  PAID_ELSEWHERE: ['DONE', undefined, 'USER_PAID'],
  FREE: ['DONE', undefined, undefined],
  REVOKED: ['REVOKED', undefined, undefined],
  EXPIRED: ['EXPIRED', undefined, undefined],
};

export function assertShown(json: Json, order: OrderModel): void {
  const { standing, total } = order;
  const { state, state_description, collection, total_amount } = json;
  assert.deepEqual([state, state_description, collection?.state], SHOWN[standing]);
  if (order.completed || standing === 'REVOKED') assert.equal(total_amount, total);
  if (collection === undefined) return;

  const paid = standing === 'PAYING' ? 0 : total;
  const { paying_amount, paid_amount, details } = collection;
  assert.deepEqual(
    [collection.total_amount, paying_amount, paid_amount],
    [total, total - paid, paid],
  );
  assert.deepEqual(
    details.map((it: Json) => [it.seq, it.amount, it.paid_type, it.transaction_id !== undefined]),
    standing === 'PAYING' ? [] : [[1, total, ...collectedBy(order)]],
  );
}

/** docs/wechatpay-facts.md#payment-details: a transaction_id is only where WeChat collected something. */
function collectedBy({ standing, total }: OrderModel) {
  return standing === 'CHARGED' ? (['NEWTON', total > 0] as const) : (['MCH', false] as const);
}

/** Only grows, and tells exactly what was allowed: what is final has no entry after it. */
export function assertLedger(
  ledger: LedgerEntry[],
  before: LedgerEntry[],
  order: OrderModel,
): void {
  assert.deepEqual(ledger.slice(0, before.length), before);
  const told = ledger.map(({ event, total_amount }) =>
    ['created', 'confirmed', 'expired'].includes(event) ? event : `${event} ${total_amount}`,
  );
  assert.deepEqual(told, order.events);
  const charged = ledger.filter((entry) => entry.event === 'charged');
  assert.deepEqual(
    charged.map((entry) => ({ total: entry.charged, channel: entry.channel })),
    order.charges,
  );
  assert.ok(charged.length <= 1, 'charged more than once');
  const others = ledger.filter((entry) => entry.event !== 'charged');
  assert.ok(others.every((entry) => entry.charged === 0));
  const ends = ledger.filter(({ event }) =>
    ['charged', 'synced', 'cancelled', 'expired'].includes(event),
  );
  assert.ok(ends.length <= 1, 'ended more than once');
}

export interface Judged {
  readonly out_order_no: string;
  readonly order: OrderModel;
}

export async function assertNotified({ control }: Stage, { out_order_no, order }: Judged) {
  const notifications = await control.notifications(out_order_no);
  const paid = notifications.filter(({ event_type }) => event_type === 'PAYSCORE.USER_PAID');
  assert.equal(paid.length, order.notices);
}

/** docs/wechatpay-facts.md#pay-score-rows: a row exactly for what WeChat collected, with its amount and its way. */
export async function assertBilled(stage: Stage, orders: readonly Judged[]): Promise<void> {
  const { control, simulator } = stage;
  const days = new Set<string>();
  const expected: string[] = [];
  for (const { out_order_no, order } of orders) {
    const { ledger } = await control.order(out_order_no);
    const paid = ledger.filter(({ event }) => event === 'charged' || event === 'synced');
    for (const { time } of paid) days.add(time.slice(0, 10));
    for (const { total, channel } of order.charges) {
      if (total > 0) expected.push(`${out_order_no} ${channel} ${(total / 100).toFixed(2)}`);
    }
  }
  const rows = [];
  for (const day of days) {
    simulator.clock.set({ now: new Date(Date.parse(day) + 2 * 86_400_000) });
    rows.push(...(await rowsOf(stage, day)));
  }
  const ours = rows.filter((row) => orders.some((it) => row.startsWith(`${it.out_order_no} `)));
  assert.deepEqual(ours.toSorted(), expected.toSorted());
}

async function rowsOf({ client }: Stage, bill_date: string): Promise<string[]> {
  const chunks: Buffer[] = [];
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  try {
    await client.downloadBill(await client.applyForTradeBill({ bill_date }), to);
  } catch (error) {
    assert.equal(Reflect.get(Object(error), 'errorCode'), 'NO_STATEMENT_EXIST'); // nothing but synchronisations
    return [];
  }
  const lines = Buffer.concat(chunks).toString().replace('\ufeff', '').split('\r\n');
  const headers = lines[0]?.split(',') ?? [];
  const cell = (cells: string[], header: string) => cells[headers.indexOf(header)] ?? '';
  return lines.slice(1, -3).map((line) => {
    const cells = line.slice(1).split(',`');
    const number = cell(cells, '商户数据包').split('|')[2];
    return `${number} ${cell(cells, '交易类型')} ${cell(cells, '订单金额')}`;
  });
}
