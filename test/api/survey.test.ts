/** How all orders stand, asked of Temporal for the figures of the API: also while no worker runs. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { keepSurveying } from '../../api/survey.ts';
import { pino } from 'pino';
import { createMetrics } from '../../process/metrics.ts';
import { surveyOf } from '../../temporal/survey.ts';
import { createFigureSinks } from '../../worker/figure-sinks.ts';
import { comeMorning, daysAgo, payingThen, play, reconciled } from '../support/day.ts';
import { eventually } from '../support/eventually.ts';
import { figuresIn } from '../support/figures.ts';
import { inService, shown } from '../support/play.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { spanOf } from '../../payscore/times/bill-date.ts';

const OTHER = { service_id: '7' };

describe('the survey', () => {
  const counted = createMetrics();
  const logger = pino({ level: 'silent' });
  let stack: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  before(async () => {
    stack = await startStack({ pollDelaysMs: [3_600_000] });
    worker = await stack.startWorker({ figures: createFigureSinks({ metrics: counted, logger }) });
  });
  after(() => stack.stop());

  it('counts orders in trouble, and no other merchant’s', async () => {
    const { out_order_no } = await inService(stack);
    await stack.run(out_order_no).signal('amountLowered', { body: { total_amount: 1 } });
    await shown(stack, out_order_no, { trouble: 'operation_refused' });
    const { troubles } = await eventually('the trouble', async () => {
      const survey = await surveyOf(stack.temporal, stack.services);
      return survey.troubles?.operation_refused === 1 && survey;
    });
    assert.equal(troubles?.refund_due, 0);
    const { service_id } = stack.merchant;
    // Two applications of a service are one service.
    const services = [...stack.services, { ...stack.services[0], appid: 'wx2' }, OTHER];
    const { troublesByService } = await surveyOf(stack.temporal, services);
    assert.deepEqual(troublesByService, [
      { service_id, trouble: 'operation_refused', orders: 1 },
      { service_id: OTHER.service_id, trouble: 'operation_refused', orders: 0 },
    ]);
    const figures = figuresIn(await counted.text());
    assert.equal(figures.get('payscore_order_troubles_total{trouble="operation_refused"}'), 1);
    const others = await surveyOf(
      { ...stack.temporal, taskQueue: 'payscore-orders/1' },
      stack.services,
    );
    assert.equal(others.troubles?.operation_refused, 0);
  });

  it('knows until which day there are reports, and how reconciliations ended', async () => {
    assert.equal((await surveyOf(stack.temporal, stack.services)).reconciledUntil, null);
    const bill_date = daysAgo(1);
    await play(stack, bill_date);
    const { out_order_no } = await payingThen(stack);
    await stack.people.pay(out_order_no);
    await shown(stack, out_order_no, { phase: 'paid' });
    await comeMorning(stack);
    await reconciled(stack, bill_date);
    const survey = await eventually('the report', async () => {
      const told = await surveyOf(stack.temporal, stack.services);
      return told.reconciliations?.balanced === 1 && told;
    });
    assert.deepEqual(survey.reconciledUntil, spanOf(bill_date).to);
    assert.deepEqual(survey.reconciliations, { balanced: 1, unbalanced: 0, failed: 0 });
    assert.equal(survey.taskFailures, 0);
    const figures = figuresIn(await counted.text());
    assert.equal(figures.get('payscore_reconciliations_total{result="balanced"}'), 1);
    assert.equal(figures.get('payscore_reconciliations_total{result="failed"}'), 0);
  });

  it('sees what waits while no worker runs, and that none does', async () => {
    assert.ok(((await surveyOf(stack.temporal, stack.services)).queues?.workflow.pollers ?? 0) > 0);
    await worker.stop();
    await stack.api.call('POST', '/v1/service-orders', waiting(), { prefer: 'respond-async' });
    const { queues } = await eventually('a backlog', async () => {
      const survey = await surveyOf(stack.temporal, stack.services);
      return (survey.queues?.workflow.backlog ?? 0) > 0 && survey;
    });
    assert.ok((queues?.workflow.ageSeconds ?? 0) > 0);
  });

  it('is among the figures, and goes on where Temporal does not tell', async () => {
    const metrics = createMetrics();
    const ending = new AbortController();
    let told = 0;
    const { client } = stack.temporal;
    // Away the first time.
    const temporal = {
      ...stack.temporal,
      get client() {
        told += 1;
        if (told === 1) throw new Error('away');
        return client;
      },
    };
    const kept = keepSurveying(temporal, stack.services, metrics, ending.signal, 50);
    await eventually('the figures', async () => {
      const figures = figuresIn(await metrics.text());
      return figures.get('payscore_orders_in_trouble{trouble="operation_refused"}') === 1;
    });
    ending.abort();
    await kept;
  });
});

function waiting() {
  return {
    out_order_no: `T${Date.now()}w`,
    openid: 'o123456789012345678901234',
    service_introduction: '充电宝租借',
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
  };
}
