/** What the programs count, as Prometheus reads it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMetrics } from '../../process/metrics.ts';
import { FINDINGS } from '../../reconciliation/report/finding.ts';
import { COUNTED } from '../../workflows/contract.ts';
import { figuresIn, namesIn } from '../support/figures.ts';

const told = async (metrics: ReturnType<typeof createMetrics>) => figuresIn(await metrics.text());

test('everything that is counted of orders begins at 0, so that its first time is an increase', async () => {
  const metrics = createMetrics();
  metrics.beginAtZero(COUNTED);
  const figures = await told(metrics);
  for (const series of [
    'payscore_order_phases_total{phase="paid"}',
    'payscore_order_troubles_total{trouble="refund_due"}',
    'payscore_operations_total{operation="complete",outcome="refused"}',
    'payscore_payments_total{found_by="query"}',
    'payscore_reconciliations_total{result="failed"}',
    'payscore_codec_payloads_total{use="unreadable"}',
  ])
    assert.equal(figures.get(series), 0, series);
  for (const kind of FINDINGS) {
    const series = `payscore_reconciliation_findings_total{kind="${kind}",state="open"}`;
    assert.equal(figures.get(series), 0, series);
  }
});

test('what cannot be counted fails nobody', async () => {
  const metrics = createMetrics();
  const isNoNumber = 'long' as unknown as number;
  metrics.countCall({ call: 'getServiceOrder', outcome: 'ok', seconds: isNoNumber });
  metrics.countFindings('refunded', 'open', -1);
  metrics.countUnverified('answer')(Symbol('reason') as unknown as string);
  metrics.watchKeyEnds(() => {
    throw new Error('no certificate can be read');
  });
  assert.match(await metrics.text(), /^process_cpu_seconds_total/m);
});

test('of certificates of one kind the last counts: an old one may end beside its successor', async () => {
  const metrics = createMetrics();
  const at = (day: number) => new Date(Date.UTC(2026, 11, day));
  metrics.watchKeyEnds(() => [
    { kind: 'wechatpay', end: at(1) },
    { kind: 'wechatpay', end: at(20) },
    { kind: 'merchant', end: at(5) },
  ]);
  const figures = await told(metrics);
  const endOf = (kind: string) => figures.get(`payscore_key_end_timestamp_seconds{kind="${kind}"}`);
  assert.equal(endOf('wechatpay'), at(20).getTime() / 1_000);
  assert.equal(endOf('merchant'), at(5).getTime() / 1_000);
  metrics.watchKeyEnds(() => []);
  assert.doesNotMatch(await metrics.text(), /^payscore_key_end_timestamp_seconds\{/m);
});

const NOTHING_TOLD = {
  taskFailures: undefined,
  troubles: undefined,
  troublesByService: undefined,
  reconciliations: undefined,
  reconciledUntil: undefined,
  queues: undefined,
} as const;
const QUEUE = { backlog: 3, ageSeconds: 1.5, pollers: 2 };

test('what Temporal has not told has no figure, least of all 0', async () => {
  const metrics = createMetrics();
  const surveyed =
    /^payscore_(workflows_with|orders_in|reconcil\w+_(until|within)|task_queue)\S* /m;
  assert.doesNotMatch(await metrics.text(), surveyed);
  metrics.noteSurvey({
    taskFailures: 0,
    troubles: { overdue: 2 },
    troublesByService: [{ service_id: '500', trouble: 'overdue', orders: 1 }],
    reconciliations: { failed: 1 },
    reconciledUntil: new Date(5_000),
    queues: { workflow: QUEUE, activity: QUEUE },
  });
  const figures = await told(metrics);
  assert.equal(figures.get('payscore_survey_complete'), 1);
  assert.equal(figures.get('payscore_workflows_with_task_failures'), 0);
  assert.equal(figures.get('payscore_orders_in_trouble{trouble="overdue"}'), 2);
  const ofService = 'payscore_orders_in_trouble_by_service{service_id="500",trouble="overdue"}';
  assert.equal(figures.get(ofService), 1);
  assert.equal(figures.get('payscore_reconciliations_within_day{result="failed"}'), 1);
  assert.equal(figures.get('payscore_reconciled_until_timestamp_seconds'), 5);
  assert.equal(figures.get('payscore_task_queue_backlog{tasks="activity"}'), 3);
  assert.equal(figures.get('payscore_task_queue_backlog_age_seconds{tasks="workflow"}'), 1.5);
  assert.equal(figures.get('payscore_task_queue_pollers{tasks="workflow"}'), 2);
  metrics.noteSurvey(NOTHING_TOLD);
  assert.doesNotMatch(await metrics.text(), surveyed);
  assert.equal((await told(metrics)).get('payscore_survey_complete'), 0);
});

test('that no day has a report yet is told, and has no figure', async () => {
  const metrics = createMetrics();
  const queues = { workflow: QUEUE, activity: QUEUE };
  const rest = {
    taskFailures: 0,
    troubles: {},
    troublesByService: [],
    reconciliations: {},
    queues,
  };
  metrics.noteSurvey({ ...rest, reconciledUntil: null });
  assert.equal((await told(metrics)).get('payscore_survey_complete'), 1);
  assert.doesNotMatch(await metrics.text(), /^payscore_reconciled_until_timestamp_seconds /m);
});

test('names are Prometheus’: counters end in _total, times are in seconds', async () => {
  const text = await createMetrics().text();
  const ours = [...namesIn(text)].filter((name) => /^(payscore|wechatpay)_/.test(name));
  assert.ok(ours.length > 20);
  for (const name of ours) {
    assert.match(name, /^[a-z0-9]+(_[a-z0-9]+)+$/);
    const type = new RegExp(`^# TYPE ${name} (\\w+)$`, 'm').exec(text)?.[1];
    assert.equal(name.endsWith('_total'), type === 'counter', name);
    assert.doesNotMatch(name, /_(ms|milliseconds|minutes|hours|days)(_|$)/);
  }
});
