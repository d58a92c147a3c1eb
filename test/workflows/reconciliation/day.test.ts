/** Days of orders, played through the whole product, and their bills the morning after. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { comeMorning, daysAgo, payingThen, play, reconciled } from '../../support/day.ts';
import { CANCELLATION } from '../../support/orders.ts';
import { inService, shown, type PlayedOrder } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import type { Stack } from '../../support/stack.ts';
import type { Finding } from '../../../reconciliation/report/finding.ts';
import { reconciliationWorkflowIdOf } from '../../../workflows/contract.ts';

/** Of the issue: whatever the rows, no more. */
const EVENTS = 60;

describe('the reconciliation of a day', { concurrency: 1 }, () => {
  const stage = useStack({ pollDelaysMs: [3_600_000] });

  it('of which WeChat has no bill is balanced where nothing was paid here', async () => {
    const { stack } = stage;
    await comeMorning(stack);
    const { state, report } = await reconciled(stack, daysAgo(9));
    assert.equal(state, 'balanced');
    assert.equal(report?.bill.rows, 0);
  });

  it('finds, heals and lists what was planted, and nothing else; twice the same', async () => {
    const { stack } = stage;
    const { people } = stack;
    const bill_date = daysAgo(5);
    await play(stack, bill_date);

    const { agreed, byPage, lost, unpaid, altered, refunded, twice } = await several(
      stack,
      ...(['agreed', 'byPage', 'lost', 'unpaid', 'altered', 'refunded', 'twice'] as const),
    );
    for (const order of [agreed, altered, refunded, twice]) await pay(stack, order);
    await people.payFromPage(byPage.out_order_no);
    await shown(stack, byPage.out_order_no, { phase: 'paid' });
    const cancelled = await inService(stack);
    await stack.api.cancel(cancelled.out_order_no, CANCELLATION);

    await people.holdNotifications();
    await people.pay(lost.out_order_no);
    const time = (await people.clock()).now;
    await people.plantRow({ kind: 'altered', out_order_no: altered.out_order_no, amount: 501 });
    const { out_order_no } = refunded;
    await people.plantRow({ kind: 'refund', out_order_no, amount: 200, time });
    await people.plantRow({ kind: 'duplicate', out_order_no: twice.out_order_no });
    await people.plantRow({ kind: 'foreign', amount: 1_000, count: 50, time });
    await people.plantRow({ kind: 'foreign', trade_type: 'JSAPI', amount: 300, time });
    await comeMorning(stack);

    const { state, report } = await reconciled(stack, bill_date);
    assert.equal(state, 'unbalanced');
    assert.deepEqual(
      (report?.examples ?? []).map(wordsOf).sort(),
      [
        `amount_differs open ${altered.out_order_no} 501 500`,
        `paid_unnoticed healed ${lost.out_order_no} 500 500`,
        `refunded open ${refunded.out_order_no} 200 500`,
        `row_repeated open ${twice.out_order_no} 500 500`,
      ].sort(),
    );
    assert.deepEqual(report?.agreed, { count: 4, amount: 2_000 });
    assert.deepEqual(report?.elsewhere, { count: 51, amount: 50_300 });
    const { service_id } = stack.merchant;
    assert.equal(report.settlement?.services[service_id]?.income, 3_001 + 500);
    assert.equal((await stack.api.read(lost.out_order_no)).body.phase, 'paid');
    assert.equal((await stack.api.read(unpaid.out_order_no)).body.phase, 'paying');
    await people.releaseNotifications();

    const again = await reconciled(stack, bill_date);
    const { made: first, ...before } = report ?? assert.fail('no report');
    const { made: second, ...after } = again.report ?? assert.fail('no report');
    assert.deepEqual(after, before);
    assert.equal(second?.predecessor?.version, first?.version);
    assert.deepEqual(
      [first?.requested_by, second?.requested_by],
      [{ code: 'api' }, { code: 'api' }],
    );
    assert.match(first?.program ?? '', /^payscore-orders \d/);
    assert.ok((first?.download?.bytes ?? 0) > 0);
    await people.clearRows();
  });

  it('heals a payment of an order that had ended here, and says what is due back', async () => {
    const { stack } = stage;
    const { people } = stack;
    const bill_date = daysAgo(2);
    await play(stack, bill_date);
    const { order } = await several(stack, 'order');
    await people.holdNotifications();
    await people.pay(order.out_order_no);
    // Somebody took the run for stuck.
    await stack.run(order.out_order_no).terminate('it looked stuck');
    await comeMorning(stack);

    const { state, report } = await reconciled(stack, bill_date);
    assert.deepEqual((report?.examples ?? []).map(wordsOf), [
      `paid_unnoticed healed ${order.out_order_no} 500 500`,
    ]);
    assert.equal(state, 'balanced');
    assert.equal((await stack.api.read(order.out_order_no)).body.phase, 'paid');
    await people.releaseNotifications();
  });

  it('puts what was paid at 23:59:58 into one day, and at 00:00:00 into the next', async () => {
    const { stack } = stage;
    const [first, second] = [daysAgo(4), daysAgo(3)];
    await play(stack, first);
    const { early, late } = await several(stack, 'early', 'late');
    await play(stack, first, '23:59:58');
    await pay(stack, early);
    await play(stack, second, '00:00:00');
    await pay(stack, late);
    await comeMorning(stack);
    for (const bill_date of [first, second]) {
      const { state, report } = await reconciled(stack, bill_date);
      assert.equal(state, 'balanced');
      assert.deepEqual(report?.agreed, { count: 1, amount: 500 });
    }
  });

  it('waits for the next bill before it calls a payment missing', async () => {
    const { stack } = stage;
    const { people } = stack;
    const yesterday = daysAgo(1);
    await play(stack, yesterday, '15:00:00');
    const { recent } = await several(stack, 'recent');
    await pay(stack, recent);
    await people.plantRow({ kind: 'missing', out_order_no: recent.out_order_no });
    await play(stack, daysAgo(6));
    const { old } = await several(stack, 'old');
    await pay(stack, old);
    await people.plantRow({ kind: 'missing', out_order_no: old.out_order_no });
    await comeMorning(stack);

    const waiting = await reconciled(stack, yesterday);
    assert.equal(waiting.state, 'awaiting');
    assert.deepEqual(waiting.report?.awaited, { count: 1, amount: 500 });
    const told = await reconciled(stack, daysAgo(6), ['balanced', 'unbalanced', 'failed']);
    assert.equal(told.state, 'unbalanced');
    assert.deepEqual((told.report?.examples ?? []).map(wordsOf), [
      `not_in_bill open ${old.out_order_no} undefined 500`,
    ]);
    await people.clearRows();
  });

  it('writes few events, whatever the bill has', async () => {
    const { stack } = stage;
    const { people, client, merchant } = stack;
    const bill_date = daysAgo(12);
    const time = `${bill_date}T12:00:00+08:00`;
    await people.plantRow({ kind: 'foreign', amount: 1_000, count: 30_000, time });
    await comeMorning(stack);
    const { report } = await reconciled(stack, bill_date);
    assert.deepEqual(report?.elsewhere, { count: 30_000, amount: 30_000_000 });
    const id = reconciliationWorkflowIdOf(merchant.mchid, bill_date);
    const { events } = await client.workflow.getHandle(id).fetchHistory();
    assert.ok((events ?? []).length <= EVENTS);
    await people.clearRows();
  });
});

/** So many orders that WeChat is charging, by their names. */
async function several<Name extends string>(
  stack: Stack,
  ...names: Name[]
): Promise<Record<Name, PlayedOrder>> {
  const entries = await Promise.all(
    names.map(async (name) => [name, await payingThen(stack)] as const),
  );
  return Object.fromEntries(entries) as Record<Name, PlayedOrder>;
}

async function pay(stack: Stack, { out_order_no }: PlayedOrder): Promise<void> {
  await stack.people.pay(out_order_no);
  await shown(stack, out_order_no, { phase: 'paid' });
}

function wordsOf({ kind, healed, out_order_no, bill_amount, order_amount }: Finding): string {
  return `${kind} ${healed ? 'healed' : 'open'} ${out_order_no} ${bill_amount} ${order_amount}`;
}
