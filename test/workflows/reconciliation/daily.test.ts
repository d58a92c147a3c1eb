/** The schedule's mornings: what they start, what they leave alone, and the sweep beside them. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { Client } from '@temporalio/client';
import { comeMorning, daysAgo, reconciled } from '../../support/day.ts';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../../support/merchant.ts';
import { CANCELLATION } from '../../support/orders.ts';
import { testCodec } from '../../support/codec.ts';
import { inService, shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { runsOf } from '../../support/stack.ts';
import type { Services } from '../../../payscore/order/opening.ts';
import type { DayReport } from '../../../reconciliation/report/report.ts';
import { dataConverterOf } from '../../../temporal/codec/data-converter.ts';
import { prepareDailySchedule } from '../../../temporal/daily-schedule.ts';
import { decodeArrayFromPayloads } from '../../../temporal/sdk-internals.ts';
import {
  DAILY,
  dailyScheduleIdOf,
  reconciliationWorkflowIdOf,
  SWEEP,
  type DailyWorkflow,
  type ReconciliationDay,
  type SweepWorkflow,
} from '../../../workflows/contract.ts';

describe('the daily schedule', { concurrency: 1 }, () => {
  const lockers = { appid: 'wx00000000lockers0', service_id: '50000000000000000000000000000002' };
  const stage = useStack({ pollDelaysMs: [3_600_000], services: [lockers] });
  const scheduleOf = () => {
    const { client, merchant } = stage.stack;
    return client.schedule.getHandle(dailyScheduleIdOf(merchant.mchid));
  };
  before(async () => {
    const { stack } = stage;
    await comeMorning(stack);
    await prepareDailySchedule(stack.client, stack.services);
  });

  /** What the next morning starts. */
  async function morning(): Promise<readonly string[]> {
    const { client } = stage.stack;
    const former = new Set(
      (await runsOf(stage.stack, `WorkflowType = '${DAILY}'`)).map(({ runId }) => runId),
    );
    await scheduleOf().trigger();
    const run = await eventually('a run of the schedule', async () =>
      (await runsOf(stage.stack, `WorkflowType = '${DAILY}'`)).find(
        ({ runId }) => !former.has(runId),
      ),
    );
    const { started } = await client.workflow
      .getHandle<DailyWorkflow>(run.workflowId, run.runId)
      .result();
    return started;
  }

  const WEEK = [1, 2, 3, 4, 5, 6, 7].map(daysAgo);

  it('runs after ten in Shanghai, once at a time, and does not catch up for long', async () => {
    const { spec, policies } = await scheduleOf().describe();
    assert.deepEqual(spec.timezone, 'Asia/Shanghai');
    const [calendar] = spec.calendars ?? [];
    assert.deepEqual(calendar?.hour, [{ start: 10, end: 10, step: 1 }]);
    assert.equal(policies.overlap, 'SKIP');
    assert.ok(policies.catchupWindow <= 24 * 3_600_000);
  });

  it('starts each of the seven days before that has no report, and none that has', async () => {
    await reconciled(stage.stack, daysAgo(3));
    assert.deepEqual(
      await morning(),
      WEEK.filter((day) => day !== daysAgo(3)),
    );
    await eventually('seven reports', async () => {
      const { body } = await stage.stack.api.call('GET', '/v1/reconciliations');
      const { reconciliations } = body as {
        reconciliations: { bill_date: string; state: string }[];
      };
      assert.deepEqual(
        reconciliations.map(({ bill_date }) => bill_date),
        WEEK,
      );
      return reconciliations.every(({ state }) => state === 'balanced');
    });
    assert.deepEqual(await morning(), []);
  });

  it('tries again a day that failed', async () => {
    const { people } = stage.stack;
    const time = `${daysAgo(2)}T12:00:00+08:00`;
    await people.plantRow({ kind: 'foreign', amount: 100, time });
    await people.setBills({ file_fault: 'unknown-column' });
    assert.equal((await reconciled(stage.stack, daysAgo(2))).state, 'failed');
    await people.setBills({ file_fault: 'none' });
    assert.deepEqual(await morning(), [daysAgo(2)]);
    await eventually('a report', async () => {
      const { body } = await stage.stack.api.call('GET', `/v1/reconciliations/${daysAgo(2)}`);
      return (body as { state: string }).state === 'balanced';
    });
    await people.clearRows();
  });

  it('has days reconciled of all services, or of the one that a schedule of before names', async () => {
    const { stack } = stage;
    const { client, people, services } = stack;
    const scheduled: Services[] = [services, [services[0]]];
    const day = daysAgo(2);
    await people.plantRow({ kind: 'foreign', amount: 100, time: `${day}T12:00:00+08:00` });
    for (const [service, ...others] of scheduled) {
      await prepareDailySchedule(client, [service, ...others]);
      await people.setBills({ file_fault: 'unknown-column' });
      assert.equal((await reconciled(stack, day)).state, 'failed');
      await people.setBills({ file_fault: 'none' });
      assert.deepEqual(await morning(), [day]);
      const run = client.workflow.getHandle(reconciliationWorkflowIdOf(service.mchid, day));
      const { result } = (await run.result()) as DayReport;
      assert.equal(result, 'balanced');
      const [started] = (await run.fetchHistory()).events ?? [];
      const payloads = started?.workflowExecutionStartedEventAttributes?.input?.payloads;
      const [asked] = await decodeArrayFromPayloads(client.options.loadedDataConverter, payloads);
      const { requested_by: _, ...input } = asked as ReconciliationDay;
      assert.deepEqual(input, { service, bill_date: day, ...(others.length > 0 && { others }) });
    }
    await people.clearRows();
    await prepareDailySchedule(client, services);
  });

  it('stays paused when it is prepared anew', async () => {
    const { stack } = stage;
    // Temporal undoes a pause that comes in the same moment as an update, such as that of the test before.
    await eventually('a pause', async () => {
      const paused = await stack.api.call('POST', '/v1/reconciliations/schedule/pause');
      assert.equal(paused.status, 200);
      return (paused.body as { is_paused: boolean }).is_paused;
    });
    await prepareDailySchedule(stack.client, stack.services);
    const { state } = await scheduleOf().describe();
    assert.equal(state.paused, true);
    // The key under which its argument lies may be gone by then.
    const { connection } = stack.client;
    const newer = dataConverterOf(testCodec({ secrets: [randomBytes(32)] }));
    await prepareDailySchedule(new Client({ connection, dataConverter: newer }), stack.services);
    await prepareDailySchedule(stack.client, stack.services);
    assert.equal((await scheduleOf().describe()).state.paused, true);
    const resumed = await stack.api.call('POST', '/v1/reconciliations/schedule/resume');
    assert.equal((resumed.body as { is_paused: boolean }).is_paused, false);
  });

  it('sweeps: an order long in service learns what was done to it elsewhere', async () => {
    const { stack } = stage;
    await stage.startWorker({ longServiceMs: 1_000 });
    const cancelled = await inService(stack);
    const untouched = await inService(stack);
    // Through another system of the merchant's: no callback tells of it.
    const { appid, service_id } = stack.merchant;
    const wechatpay = clientOf(stack.merchant);
    await wechatpay.cancelServiceOrder(cancelled.out_order_no, {
      appid,
      service_id,
      ...CANCELLATION,
    });
    await wechatpay.close();
    await morning();
    await shown(stack, cancelled.out_order_no, { phase: 'cancelled' });
    await shown(stack, untouched.out_order_no, { phase: 'in_service' });
    const results = await Promise.all(
      (await runsOf(stack, `WorkflowType = '${SWEEP}'`)).map(({ workflowId }) =>
        stack.client.workflow.getHandle<SweepWorkflow>(workflowId).result(),
      ),
    );
    assert.equal(Math.max(...results.map(({ asked }) => asked)), 2);
  });
});
