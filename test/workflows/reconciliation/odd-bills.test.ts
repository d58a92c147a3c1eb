/** Days whose bills merchants really get: other layouts, other people's rows, orders that WeChat does not tell of. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { comeMorning, daysAgo, payingThen, play, reconciled } from '../../support/day.ts';
import { shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import type { Finding } from '../../../reconciliation/report/finding.ts';
import type { Control } from '../../../simulator/control.ts';
import { reconciliationWorkflowIdOf } from '../../../workflows/contract.ts';

type Row = Parameters<Control['plantRow']>[0];
type Payment = Parameters<Control['pay']>[1];

const USUAL = { layout: 'current', fee_total_off: 0, first_copy: 'whole' } as const;
const PROVIDER = '1900000999';

describe('a day with an odd bill', { concurrency: 1 }, () => {
  const stage = useStack({ pollDelaysMs: [3_600_000] });
  let days = 2;
  afterEach(async () => {
    const { people } = stage.stack;
    await people.clearRows();
    await people.clearFaults();
    await people.setBills(USUAL);
  });

  /** A day of its own, on which an order of 500 fen was paid; what follows is planted by its time. */
  async function paidDay(payment: Payment = {}) {
    const { stack } = stage;
    // Every second one, so that no day is the neighbour of another.
    const bill_date = daysAgo((days += 2));
    await play(stack, bill_date);
    const { out_order_no } = await payingThen(stack);
    await stack.people.pay(out_order_no, payment);
    await shown(stack, out_order_no, { phase: 'paid' });
    const time = (await stack.people.clock()).now;
    await comeMorning(stack);
    return { bill_date, out_order_no, time, plant: (row: Row) => stack.people.plantRow(row) };
  }

  /** Another service's charge, as WeChat's packet names it. */
  const charge = (number: string, time: string): Row => ({
    ...{ kind: 'foreign', trade_type: 'AUTH', amount: 700, time },
    attach: `wxzff|1000|${number}`,
  });
  const told = async (bill_date: string, settled?: readonly string[]) =>
    await reconciled(stage.stack, bill_date, settled);

  async function detailsOf(bill_date: string): Promise<string> {
    const { client, merchant } = stage.stack;
    const handle = client.workflow.getHandle(reconciliationWorkflowIdOf(merchant.mchid, bill_date));
    const { currentDetails } = await handle.query<{ currentDetails: string }>(
      '__temporal_workflow_metadata',
    );
    return currentDetails;
  }

  for (const layout of ['early-coupon', 'early-red-packet'] as const) {
    it(`in the layout ${layout} is balanced to the fen`, async () => {
      const { bill_date, time, plant } = await paidDay();
      await plant({ kind: 'foreign', amount: 300, time });
      await stage.stack.people.setBills({ layout });
      const { state, report } = await told(bill_date);
      assert.equal(state, 'balanced');
      assert.deepEqual(report?.agreed, { count: 1, amount: 500 });
      assert.deepEqual(report.elsewhere, { count: 1, amount: 300 });
    });
  }

  it('counts as other business what cannot be ours, and accuses nobody', async () => {
    const { bill_date, out_order_no, time, plant } = await paidDay();
    const { mchid } = stage.stack.merchant;
    const provided = { mchid: PROVIDER, sub_mchid: mchid };
    const foreign = { kind: 'foreign', amount: 100, time } as const;
    await plant({ ...foreign, ...provided, trade_type: 'JSAPI', out_trade_no: out_order_no });
    await plant({ ...foreign, ...provided, trade_type: 'AUTH', attach: 'wxzff|1000|THEIRS' });
    await plant({ ...foreign, trade_type: 'AUTH', currency: 'HKD' });
    await plant({ ...foreign, trade_type: 'AUTH', attach: 'wxzff|1000|a|b*c' });
    await plant({ ...foreign, trade_type: 'JSAPI', out_trade_no: 'a|b*c' });
    const none = (id: string) => ({ transaction_id: id, refund_id: id, out_refund_no: id });
    for (const id of ['0', '']) {
      await plant({ ...foreign, ...none(id), trade_state: 'REVOKED', trade_type: 'MICROPAY' });
    }
    const { state, report } = await told(bill_date);
    assert.deepEqual(report?.examples, []);
    assert.equal(state, 'balanced');
    assert.deepEqual(report.agreed, { count: 1, amount: 500 });
    assert.deepEqual(report.elsewhere, { count: 5, amount: 500 });
    assert.equal(report.bill.refunds.count, 2);
  });

  it('knows its own payment and its refund by their transaction, whatever their type', async () => {
    const { bill_date, out_order_no, time, plant } = await paidDay();
    const cells = { 商户数据包: 'in the app' };
    await plant({ kind: 'altered', out_order_no, trade_type: 'APP', cells });
    await plant({ kind: 'refund', out_order_no, trade_type: 'APP', amount: 200, time, cells });
    const { report } = await told(bill_date);
    assert.deepEqual(report?.agreed, { count: 1, amount: 500 });
    assert.deepEqual(report.examples.map(wordsOf), [`refunded open ${out_order_no} 200`]);
  });

  it('tells of a refund under another type whose payment was weeks before', async () => {
    const { stack } = stage;
    const { bill_date, out_order_no, plant } = await paidDay();
    const later = daysAgo((days += 2));
    await play(stack, later);
    const time = (await stack.people.clock()).now;
    await comeMorning(stack);
    const cells = { 商户数据包: 'in the app' };
    await plant({ kind: 'refund', out_order_no, trade_type: 'APP', amount: 200, time, cells });
    assert.equal((await told(bill_date)).state, 'balanced');
    const { report } = await told(later);
    assert.deepEqual(report?.examples.map(wordsOf), [`refunded open ${out_order_no} 200`]);
  });

  it('agrees where a coupon paid for the order', async () => {
    const { bill_date } = await paidDay({ coupon: true });
    const { state, report } = await told(bill_date);
    assert.deepEqual(report?.examples, []);
    assert.equal(state, 'balanced');
    assert.deepEqual(report.agreed, { count: 1, amount: 500 });
  });

  it('is believed where its fees are off, and says so', async () => {
    const { bill_date } = await paidDay();
    await stage.stack.people.setBills({ fee_total_off: -1 });
    const { state, report } = await told(bill_date);
    assert.equal(state, 'balanced');
    assert.equal(report?.bill.fee_off, -1);
    assert.match(await detailsOf(bill_date), /手续费总金额.* is -0\.01 yuan off/);
    await stage.stack.people.setBills({ fee_total_off: 20 });
    assert.equal((await told(bill_date)).report?.bill.fee_off, 20);
  });

  it('says where a payment stands in the bill of the day before as well', async () => {
    const { bill_date, out_order_no, plant } = await paidDay();
    const next = daysAgo(days - 1);
    await plant({ kind: 'repeated', out_order_no, time: `${next}T00:00:01+08:00` });
    assert.equal((await told(bill_date)).state, 'balanced');
    const { report } = await told(next);
    assert.deepEqual(report?.examples.map(wordsOf), [`row_repeated open ${out_order_no} 500`]);
    assert.deepEqual(report.agreed, { count: 0, amount: 0 });
  });

  it('that WeChat changes between two downloads is compared anew, and says so', async () => {
    const { bill_date, plant } = await paidDay();
    // The bill without its last row has another one.
    await plant({ kind: 'foreign', amount: 300, time: `${bill_date}T00:00:01+08:00` });
    await stage.stack.people.setBills({ first_copy: 'without-last-row' });
    // What it lacked was awaited, and is there when it is looked for.
    const { state, report } = await told(bill_date, ['balanced', 'unbalanced', 'failed']);
    assert.equal(state, 'unbalanced');
    assert.deepEqual(
      report?.examples.map(({ kind }) => kind),
      ['bill_changed'],
    );
    assert.deepEqual(report.agreed, { count: 1, amount: 500 });
    assert.match(report.bill.replaces ?? '', /^[0-9a-f]{40}$/);
    assert.notEqual(report.bill.replaces, report.bill.hash_value);
    assert.match(await detailsOf(bill_date), /has changed the bill/);
    // Until somebody answers for it.
    const again = await told(bill_date);
    assert.deepEqual(again.report?.examples, report.examples);
    const [{ id = '' } = {}] = report.examples;
    const route = `/v1/reconciliations/${bill_date}/findings/${id}/acknowledged`;
    await stage.stack.api.call('POST', route, { name: '王会计', reason: '晚到一行' });
    assert.equal((await told(bill_date)).state, 'balanced');
  });

  for (const refusal of ['noPermission', 'notBound'] as const) {
    it(`counts and tells a charge whose order WeChat refuses to tell of: ${refusal}`, async () => {
      const { bill_date, time, plant } = await paidDay();
      const number = `OTHERS-${refusal}`;
      await plant(charge(number, time));
      const { people } = stage.stack;
      const fault = { call: 'query', fault: 'refused', refusal, times: 9 } as const;
      await people.planFault({ ...fault, out_order_no: number });
      const { state, report } = await told(bill_date);
      assert.equal(state, 'balanced');
      assert.deepEqual(report?.elsewhere, { count: 1, amount: 700 });
      assert.deepEqual(report.undisclosed, { count: 1, amount: 700 });
      // It was asked once, and nothing was tried again.
      const [planned] = (await people.faults()).faults;
      assert.equal(planned?.times, 8);
      assert.match(await detailsOf(bill_date), /refused to tell us of: 1 payments, 7\.00 yuan/);
    });
  }

  it('tells what it cannot ask about, and goes on', { timeout: 180_000 }, async () => {
    const { bill_date, time, plant } = await paidDay();
    const number = 'NEVER-ANSWERED';
    await plant(charge(number, time));
    const { people } = stage.stack;
    const fault = { call: 'query', fault: 'not-executed-500', times: 500 } as const;
    await people.planFault({ ...fault, out_order_no: number });
    const { state, report } = await told(bill_date);
    assert.equal(state, 'unbalanced');
    assert.deepEqual(report?.examples.map(wordsOf), [`order_silent open ${number} 700`]);
    assert.deepEqual(report.agreed, { count: 1, amount: 500 });
  });

  it('tells an order of ours of which WeChat refuses to tell', { timeout: 180_000 }, async () => {
    const { stack } = stage;
    const { people } = stack;
    const bill_date = daysAgo((days += 2));
    await play(stack, bill_date);
    const { out_order_no } = await payingThen(stack);
    await people.holdNotifications();
    await people.pay(out_order_no);
    await stack.run(out_order_no).terminate('it looked stuck');
    await comeMorning(stack);
    const fault = { call: 'query', fault: 'refused', refusal: 'noPermission', times: 500 } as const;
    await people.planFault({ ...fault, out_order_no });
    const { report } = await told(bill_date);
    assert.deepEqual(report?.examples.map(wordsOf), [`order_silent open ${out_order_no} 500`]);
    assert.equal(report.undisclosed, undefined);
    await people.releaseNotifications();
  });

  const ODD: readonly (readonly [string, Record<string, string>])[] = [
    ['in another currency', { 货币种类: 'USD' }],
    ['in a state that nobody knows', { 交易状态: 'SOMETHING' }],
  ];
  for (const [what, cells] of ODD) {
    it(`tells a payment of ours that stands there ${what}`, async () => {
      const { bill_date, out_order_no, plant } = await paidDay();
      await plant({ kind: 'altered', out_order_no, cells });
      const { state, report } = await told(bill_date);
      assert.equal(state, 'unbalanced');
      assert.deepEqual(report?.examples.map(wordsOf), [`odd_row open ${out_order_no} 500`]);
      assert.equal(report.examples[0]?.column, Object.keys(cells)[0]);
    });
  }
});

function wordsOf({ kind, healed, out_order_no, bill_amount, order_amount }: Finding): string {
  return `${kind} ${healed ? 'healed' : 'open'} ${out_order_no} ${bill_amount ?? order_amount}`;
}
