/** `/v1/reconciliations`: what is asked wrongly, what is answered, and for whom. */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { comeMorning, daysAgo, payingThen, play, reconciled } from '../../support/day.ts';
import { eventually } from '../../support/eventually.ts';
import { shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { oldestBillDate } from '../../../payscore/times/bill-date.ts';

const ROUTE = '/v1/reconciliations';

describe('the reconciliations', { concurrency: 1 }, () => {
  const stage = useStack({ pollDelaysMs: [3_600_000] });
  const call = (method: string, path = '', body?: unknown) =>
    stage.stack.api.call(method, ROUTE + path, body);
  let out_order_no: string;
  before(async () => {
    const { stack } = stage;
    await play(stack, daysAgo(1));
    ({ out_order_no } = await payingThen(stack));
    await stack.people.pay(out_order_no);
    await shown(stack, out_order_no, { phase: 'paid' });
    await stack.people.plantRow({ kind: 'altered', out_order_no, amount: 499 });
    await comeMorning(stack);
  });

  for (const [bill_date, rule] of [
    ['today', 'must be a day, yyyy-MM-dd'],
    ['2026-02-30', 'must be a day that the calendar has'],
    [daysAgo(0), 'must be before today in Beijing'],
    [daysAgo(-1), 'must be before today in Beijing'],
    [daysAgo(200), `must not be before ${oldestBillDate(new Date())}`],
    [undefined, 'is missing'],
    [20261001, 'Invalid input'],
  ] as const) {
    it(`refuses the day ${bill_date}, and says why`, async () => {
      const { status, body } = await call('POST', '', { bill_date });
      assert.equal(status, 400);
      const { errors } = body as { errors: { pointer: string; detail: string }[] };
      assert.equal(errors[0]?.pointer, '/bill_date');
      assert.ok(errors[0]?.detail.startsWith(rule), errors[0]?.detail);
    });
  }

  it('refuses a field that it does not know', async () => {
    const { status, body } = await call('POST', '', { bill_date: daysAgo(1), force: true });
    assert.equal(status, 400);
    assert.equal((body as { errors: { pointer: string }[] }).errors[0]?.pointer, '/force');
  });

  it('know nothing of a day that nobody asked for', async () => {
    for (const path of [`/${daysAgo(30)}`, `/${daysAgo(30)}/findings.csv`]) {
      const { status, body } = await call('GET', path);
      assert.equal(status, 404);
      assert.equal((body as { type: string }).type, 'urn:payscore-orders:not-reconciled');
    }
    assert.equal((await call('GET', '/yesterday')).status, 400);
    assert.equal((await call('GET', '/2026-02-30')).status, 400);
  });

  it('have no schedule before it is prepared', async () => {
    const { status, body } = await call('GET', '/schedule');
    assert.equal(status, 404);
    assert.equal((body as { type: string }).type, 'urn:payscore-orders:no-schedule');
    assert.equal((await call('POST', '/schedule/pause')).status, 404);
  });

  it('answer a start with 202 and where to look, and the day with its report afterwards', async () => {
    const bill_date = daysAgo(1);
    const started = await call('POST', '', { bill_date });
    assert.equal(started.status, 202);
    assert.equal(started.headers.get('location'), `${ROUTE}/${bill_date}`);
    await reconciled(stage.stack, bill_date);
    const { status, body } = await call('POST', '', { bill_date });
    assert.equal(status, 200);
    assert.deepEqual(body, (await call('GET', `/${bill_date}`)).body);
    const { state, started_at, report } = body as Record<string, any>;
    assert.equal(state, 'unbalanced');
    assert.match(started_at, /\+08:00$/);
    assert.equal(report.examples[0].out_order_no, out_order_no);
    assert.equal(report.examples[0].kind, 'amount_differs');
    assert.ok(report.examples[0].action.length > 0);
  });

  it('list each day once, the latest first', async () => {
    await reconciled(stage.stack, daysAgo(5));
    await reconciled(stage.stack, daysAgo(1));
    await eventually('both days', async () => {
      const { body } = await call('GET');
      const { reconciliations } = body as {
        reconciliations: { bill_date: string; state: string }[];
      };
      return (
        JSON.stringify(reconciliations.map(({ bill_date, state }) => [bill_date, state])) ===
        JSON.stringify([
          [daysAgo(1), 'unbalanced'],
          [daysAgo(5), 'balanced'],
        ])
      );
    });
  });

  it('give the findings as CSV, and no openid', async () => {
    const answer = await fetch(`${stage.stack.url}${ROUTE}/${daysAgo(1)}/findings.csv`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/csv/);
    const text = await answer.text();
    assert.equal(text.trimEnd().split('\r\n').length, 2);
    assert.ok(text.includes(out_order_no));
    assert.doesNotMatch(text, /openid|oUser/);
  });

  it('let a finding be acknowledged, by whom and why, and keep it for ever', async () => {
    const path = `/${daysAgo(1)}`;
    const former = (await call('GET', path)).body as Record<string, any>;
    const [{ id }] = former['report'].examples;
    assert.deepEqual(former['standing'], { open: 1, healed: 0, settled: 0, acknowledged: 0 });
    const route = `${path}/findings/${id}/acknowledged`;
    for (const body of [{}, { name: '王会计' }, { name: ' ', reason: 'x' }]) {
      assert.equal((await call('POST', route, body)).status, 400);
    }
    const answer = { name: '王会计', reason: '=已与微信核对' };
    const { status, body } = await call('POST', route, answer);
    assert.equal(status, 200);
    const [told] = (body as Record<string, any>)['acknowledgements'];
    assert.deepEqual([told.name, told.reason, told.finding_id], [answer.name, answer.reason, id]);
    assert.match(told.at, /\+08:00$/);
    const latter = (await call('GET', path)).body as Record<string, any>;
    assert.deepEqual(latter['standing'], { open: 0, healed: 0, settled: 0, acknowledged: 1 });
    assert.deepEqual(latter['report'], former['report']);
    const text = await (await fetch(`${stage.stack.url}${ROUTE}${path}/findings.csv`)).text();
    assert.ok(text.includes(`acknowledged,王会计,${told.at},'=已与微信核对`), text);
    // The day, once more: nothing is left to be done.
    const { report } = await reconciled(stage.stack, daysAgo(1));
    assert.equal(report?.result, 'balanced');
    assert.equal(report.findings.amount_differs?.acknowledged, 1);
  });

  it('know no finding that is not there', async () => {
    const body = { name: '王会计', reason: 'x' };
    const none = await call('POST', `/${daysAgo(1)}/findings/0123456789abcdef/acknowledged`, body);
    assert.equal(none.status, 404);
    assert.equal((none.body as { type: string }).type, 'urn:payscore-orders:no-such-finding');
    const unknown = await call('POST', `/${daysAgo(30)}/findings/a/acknowledged`, body);
    assert.equal((unknown.body as { type: string }).type, 'urn:payscore-orders:not-reconciled');
  });

  it('tell every version of a day, and which row matched which order', async () => {
    const { body } = await call('GET', `/${daysAgo(1)}/versions`);
    const { versions } = body as { versions: { report: any; sha256: string }[] };
    assert.ok(versions.length >= 2);
    const [first, second] = versions;
    assert.equal(second?.report.made.predecessor.sha256, first?.sha256);
    assert.equal((await call('GET', `/${daysAgo(30)}/versions`)).status, 404);
    const answer = await fetch(`${stage.stack.url}${ROUTE}/${daysAgo(5)}/matches.csv`);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /^\ufeff?line,kind,time,transaction_id/);
  });

  it('tell a month, and as a table', async () => {
    const month = daysAgo(1).slice(0, 7);
    const { status, body } = await call('GET', `?month=${month}`);
    assert.equal(status, 200);
    const { days, settlement, paying, refund_due } = body as Record<string, any>;
    assert.ok(days.some(({ bill_date }: { bill_date: string }) => bill_date === daysAgo(1)));
    assert.ok(settlement.total.income >= 499);
    assert.equal(paying.length, 5);
    assert.equal(refund_due.count, 0);
    assert.equal((await call('GET', '?month=2026-13')).status, 400);
    const table = await fetch(`${stage.stack.url}${ROUTE}/month.csv?month=${month}`);
    assert.match(table.headers.get('content-type') ?? '', /^text\/csv/);
    const bytes = Buffer.from(await table.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  });

  it('still tell the summary where the folder of reports is not there', async () => {
    await rm(stage.stack.reportFolder, { recursive: true, force: true });
    const { status, body } = await call('GET', `/${daysAgo(1)}`);
    assert.equal(status, 200);
    assert.equal((body as Record<string, any>)['report'].result, 'balanced');
    const path = `${ROUTE}/${daysAgo(1)}/findings.csv`;
    const csv = await stage.stack.api.once.call('GET', path);
    assert.equal(csv.status, 503);
    assert.match((csv.body as { detail: string }).detail, /REPORT_FOLDER/);
  });
});
