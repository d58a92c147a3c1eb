/** The merchant's account beside the trade bill, as WeChat Pay tells of both. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { comeMorning, daysAgo, payingThen, play, reconciled } from '../../support/day.ts';
import { shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import type { FundFlow } from '../../../reconciliation/fund-flow/fund-flow.ts';

describe('a day whose account moved', { concurrency: 1 }, () => {
  const stage = useStack({ pollDelaysMs: [3_600_000] });
  let days = 2;
  afterEach(async () => {
    await stage.stack.people.clearFaults();
    await stage.stack.people.clearRows();
    await stage.stack.people.setBills({ fund_flow_ready_at: null, fund_flow_fees: 'own_rows' });
  });

  /** On which an order of 500 fen was paid; every second one, so that no day is the neighbour of another. */
  async function paidDay() {
    const { stack } = stage;
    const bill_date = daysAgo((days += 2));
    await play(stack, bill_date);
    const { out_order_no } = await payingThen(stack);
    await stack.people.pay(out_order_no);
    await shown(stack, out_order_no, { phase: 'paid' });
    return { bill_date, out_order_no, time: (await stack.people.clock()).now };
  }

  async function toldOf(bill_date: string) {
    await comeMorning(stage.stack);
    const { state, report } = await reconciled(stage.stack, bill_date);
    assert.ok(report?.fund_flow);
    return { state, report, fund_flow: report.fund_flow };
  }

  for (const fund_flow_fees of ['own_rows', 'in_amounts'] as const) {
    it(`by payments, refunds and fees of all that the merchant does ties out, fees ${fund_flow_fees}`, async () => {
      const { people } = stage.stack;
      const { bill_date, time } = await paidDay();
      await people.plantRow({ kind: 'foreign', amount: 30_000, time });
      await people.setBills({ fund_flow_fees });
      const { state, fund_flow } = await toldOf(bill_date);
      assert.equal(state, 'balanced');
      const { payments, off, refunds } = fund_flow as FundFlow;
      assert.deepEqual([payments.count, off, refunds.count], [2, undefined, 0]);
    });
  }

  it('by a payment that the trade bill lacks is unbalanced, and names it', async () => {
    const { bill_date, out_order_no } = await paidDay();
    await stage.stack.people.plantRow({ kind: 'missing', out_order_no });
    const { state, report, fund_flow } = await toldOf(bill_date);
    assert.deepEqual([state, (fund_flow as FundFlow).off?.payments], ['awaiting', 500]);
    const told = report.examples.map(({ kind, account_amount }) => [kind, account_amount]);
    assert.deepEqual(told, [['account_differs', 500]]);
  });

  it('by a refund of ours out of the available balance has it as a finding, though no trade bill has it', async () => {
    const { people } = stage.stack;
    const { bill_date, out_order_no } = await paidDay();
    await people.consoleRefund(out_order_no, 200, { funds_account: 'AVAILABLE' });
    const { state, report, fund_flow } = await toldOf(bill_date);
    const beside = { count: 1, amount: 200 };
    assert.deepEqual([state, (fund_flow as FundFlow).refunds_beside], ['unbalanced', beside]);
    assert.equal(report.bill.refunds.count, 0);
    assert.deepEqual(
      report.examples.map((one) => [one.kind, one.out_order_no, one.bill_amount]),
      [['refunded', out_order_no, 200]],
    );
  });

  it('whose bill is not made yet is told by the trade bill alone, until it is asked for again', async () => {
    const { people } = stage.stack;
    const { bill_date } = await paidDay();
    await comeMorning(stage.stack);
    await people.planFault({ call: 'fund-flow-bill', fault: 'refused', refusal: 'billCreating' });
    const { state, report } = await reconciled(stage.stack, bill_date);
    assert.equal(state, 'balanced');
    assert.equal(
      report?.fund_flow && 'missing' in report.fund_flow && report.fund_flow.missing,
      'not_ready',
    );
    const { fund_flow } = await toldOf(bill_date);
    assert.equal((fund_flow as FundFlow).rows > 0, true);
  });

  it('whose bill WeChat Pay does not give us is told by the trade bill alone', async () => {
    const { bill_date } = await paidDay();
    await stage.stack.people.planFault({
      call: 'fund-flow-bill',
      fault: 'refused',
      refusal: 'billOfOthers',
    });
    const { state, fund_flow } = await toldOf(bill_date);
    assert.deepEqual([state, 'missing' in fund_flow && fund_flow.missing], ['balanced', 'refused']);
  });
});
