/** Bills that cannot be believed, and what stands in the way of a report: told to the operator, and never a balanced day. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import type { Control } from '../../../simulator/control.ts';
import { comeMorning, daysAgo, payingThen, play, reconciled } from '../../support/day.ts';
import { opened } from '../../support/codec.ts';
import { eventually } from '../../support/eventually.ts';
import { shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { reconciliationWorkflowIdOf } from '../../../workflows/contract.ts';

type Settings = Parameters<Control['setBills']>[0];
type Cells = Record<string, string>;

describe('a bill that cannot be believed', { concurrency: 1 }, () => {
  const stage = useStack({ pollDelaysMs: [3_600_000] });
  const bill_date = daysAgo(2);
  let out_order_no: string;
  before(async () => {
    const { stack } = stage;
    // The bill of the day before is what WeChat sends where it takes another day's.
    await play(stack, daysAgo(3));
    const other = await payingThen(stack);
    await stack.people.pay(other.out_order_no);
    await play(stack, bill_date);
    const order = await payingThen(stack);
    await stack.people.pay(order.out_order_no);
    await shown(stack, order.out_order_no, { phase: 'paid' });
    ({ out_order_no } = order);
    await comeMorning(stack);
  });

  const FILES: readonly (readonly [Settings, RegExp])[] = [
    [{ file_fault: 'another-day' }, /line 2, 交易时间/],
    [{ file_fault: 'unknown-column' }, /数字人民币金额/],
  ];
  for (const [settings, says] of FILES) {
    it(`fails and says where: ${JSON.stringify(settings)}`, async () => {
      const { stack } = stage;
      await stack.people.setBills(settings);
      const { state, failure, report } = await reconciled(stack, bill_date);
      assert.equal(state, 'failed');
      assert.equal(failure?.type, 'BillFault');
      assert.match(failure.message, says);
      assert.equal(report, undefined);
      await stack.people.setBills({ file_fault: 'none' });
    });
  }

  const CELLS: readonly (readonly [Cells, RegExp])[] = [
    [{ 订单金额: '5,00' }, /line 2/],
    [{ 订单金额: 'five' }, /line 2, 订单金额/],
    [{ 订单金额: '5.01' }, /订单总金额/],
    [{ 商户号: '1999999999' }, /line 2, 商户号/],
  ];
  for (const [cells, says] of CELLS) {
    it(`fails and says where: ${JSON.stringify(cells)}`, async () => {
      const { stack } = stage;
      await stack.people.plantRow({ kind: 'altered', out_order_no, cells });
      const { state, failure, report } = await reconciled(stack, bill_date);
      assert.equal(state, 'failed');
      assert.match(failure?.message ?? '', says);
      assert.equal(report, undefined);
      await stack.people.clearRows();
    });
  }

  it('is told to the operator, and the day can be tried again', async () => {
    const { stack } = stage;
    const { client, merchant } = stack;
    await stack.people.setBills({ file_fault: 'unknown-column' });
    await reconciled(stack, bill_date);
    const handle = client.workflow.getHandle(reconciliationWorkflowIdOf(merchant.mchid, bill_date));
    const { currentDetails = '' } = await handle.query<{ currentDetails?: string }>(
      '__temporal_workflow_metadata',
    );
    assert.match(currentDetails, /failed/);
    assert.match(currentDetails, /数字人民币金额/);
    assert.match(currentDetails, /POST \/v1\/reconciliations/);

    await stack.people.setBills({ file_fault: 'none' });
    const { status } = await stack.api.call('POST', '/v1/reconciliations', { bill_date });
    assert.equal(status, 202);
    const { state } = await reconciled(stack, bill_date);
    assert.equal(state, 'balanced');
  });

  it('whose bytes are not those announced is fetched again', async () => {
    const { stack } = stage;
    const day = daysAgo(3);
    await stack.people.setBills({ file_fault: 'wrong-hash' });
    await stack.api.call('POST', '/v1/reconciliations', { bill_date: day });
    const handle = stack.client.workflow.getHandle(
      reconciliationWorkflowIdOf(stack.merchant.mchid, day),
    );
    await eventually('a failure that is seen', async () => {
      const { raw } = await handle.describe();
      const failure = await opened(raw.pendingActivities?.[0]?.lastFailure);
      const { data } = failure?.encodedAttributes ?? {};
      return Buffer.from(data ?? []).includes('SHA-1');
    });
    await stack.people.setBills({ file_fault: 'none' });
    const { state } = await reconciled(stack, day);
    assert.equal(state, 'balanced');
  });

  it('leaves nothing behind in the folder of the reports', async () => {
    assert.deepEqual(await readdir(`${stage.stack.reportFolder}/work`), []);
  });
});
