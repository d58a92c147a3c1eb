/** What orders come to is counted and logged by the worker: once, however often their histories are replayed. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { pino } from 'pino';
import { createMetrics } from '../../process/metrics.ts';
import { createCallLog } from '../../worker/call-log.ts';
import { createFigureSinks } from '../../worker/figure-sinks.ts';
import { eventually } from '../support/eventually.ts';
import { figuresIn } from '../support/figures.ts';
import { rental } from '../support/orders.ts';
import { losesNotifications, paying, shown, strike } from '../support/play.ts';
import { startStack, type Stack } from '../support/stack.ts';

const NEVER_MS = 3_600_000;

describe('a worker', () => {
  const metrics = createMetrics();
  const lines: Record<string, unknown>[] = [];
  const logger = pino(
    {},
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const logCall = createCallLog(logger);
  let stack: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;

  const start = (pollDelayMs: number) =>
    stack.startWorker({
      pollDelaysMs: [pollDelayMs],
      figures: createFigureSinks({ metrics, logger }),
      wechatpay: {
        onCall(end) {
          metrics.countCall(end);
          logCall(end);
        },
      },
    });
  before(async () => {
    stack = await startStack();
    worker = await start(NEVER_MS);
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
  });

  const figures = async () => figuresIn(await metrics.text());
  const phase = (name: string) => `payscore_order_phases_total{phase="${name}"}`;
  const about = (out_order_no: string) =>
    lines.filter((line) => line['out_order_no'] === out_order_no);

  it('counts each phase, operation and payment of an order once, also where its history is replayed', async () => {
    const { out_order_no } = await paying(stack);
    // Another worker replays what was, and goes on.
    await worker.stop();
    worker = await start(NEVER_MS);
    await stack.people.pay(out_order_no);
    await shown(stack, out_order_no, { phase: 'paid' });
    const found = await figures();
    for (const name of ['creating', 'in_service', 'paying', 'paid'])
      assert.equal(found.get(phase(name)), 1, name);
    const done = (operation: string) =>
      found.get(`payscore_operations_total{operation="${operation}",outcome="done"}`);
    assert.deepEqual([done('create'), done('complete'), done('cancel')], [1, 1, 0]);
    assert.equal(found.get('payscore_payments_total{found_by="callback"}'), 1);
    assert.equal(found.get('payscore_payments_total{found_by="query"}'), 0);
  });

  it('tells a payment that it had to ask for from one that a callback told', async () => {
    await worker.stop();
    worker = await start(1_000);
    const { out_order_no } = await paying(stack);
    await losesNotifications(stack, out_order_no);
    await stack.people.pay(out_order_no);
    await shown(stack, out_order_no, { phase: 'paid' }, 60_000);
    const found = await figures();
    assert.equal(found.get('payscore_payments_total{found_by="callback"}'), 1);
    assert.equal(found.get('payscore_payments_total{found_by="query"}'), 1);
  });

  it('counts calls by what they came to, and writes one line for each, of this order and run, without a word of what it carried', async () => {
    lines.splice(0);
    const order = rental();
    await stack.people.authorise(order.openid);
    await strike(stack, order.out_order_no, 'create', 'not-executed-500');
    await stack.api.open(order);
    await shown(stack, order.out_order_no, { phase: 'in_service' }, 60_000);
    const { runId } = await stack.run(order.out_order_no).describe();
    const calls = about(order.out_order_no).filter(({ msg }) => msg === 'WeChat Pay was called');
    assert.ok(calls.length >= 3);
    for (const { call, outcome, request_id, duration_ms, run_id, activity, attempt } of calls) {
      assert.equal(run_id, runId);
      assert.match(String(request_id), /^[\w-]+$/, String(call));
      assert.ok(Number(duration_ms) >= 0 && Number(attempt) >= 1 && activity !== undefined);
      assert.ok(outcome);
    }
    const failed = calls.find(({ outcome }) => outcome === 'unknown');
    const { level, call, status, code } = failed ?? {};
    assert.deepEqual([level, call, status, code], [40, 'createServiceOrder', 500, 'SYSTEM_ERROR']);
    const counted = (await figures()).get(
      'wechatpay_call_duration_seconds_count{call="createServiceOrder",outcome="unknown"}',
    );
    assert.equal(counted, 1);
    const text = JSON.stringify(lines);
    assert.ok(!text.includes(order.openid), 'no openid');
    assert.ok(!text.includes(order.service_introduction), 'nothing of a body');
  });

  it('writes of each phase of an order, with its run', async () => {
    const { out_order_no } = await paying(stack);
    const { runId } = await stack.run(out_order_no).describe();
    const told = await eventually('the phases', async () => {
      const phases = about(out_order_no).filter(({ msg }) => msg === 'an order reached a phase');
      return phases.length === 3 && phases;
    });
    assert.deepEqual(
      told.map(({ phase: name, run_id }) => [name, run_id]),
      ['creating', 'in_service', 'paying'].map((name) => [name, runId]),
    );
  });

  it('has no number of an order, and no user, in any figure', async () => {
    const text = await metrics.text();
    const numbers = lines.flatMap(({ out_order_no }) =>
      out_order_no ? [String(out_order_no)] : [],
    );
    for (const number of numbers) assert.ok(!text.includes(number), number);
    assert.doesNotMatch(text, /openid="|request_id|run_id/);
  });
});
