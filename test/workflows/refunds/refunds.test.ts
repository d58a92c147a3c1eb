/** Money paid back: asked for over HTTP, carried out by the refunds' own run, told by WeChat Pay. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { isOnItsWay, known, paying, shown, strike } from '../../support/play.ts';
import { eventually } from '../../support/eventually.ts';
import type { ApiAnswer } from '../../support/api-client.ts';
import { CANCELLATION, newNumber } from '../../support/orders.ts';
import { useStack } from '../../support/stage.ts';
import type { Stack } from '../../support/stack.ts';
import type { Telling } from '../../../simulator/control.ts';
import type { SignedNotification } from '../../../payscore/order/opening.ts';
import {
  refundsWorkflowIdOf,
  refundTold,
  SEARCH_ATTRIBUTES,
  type RefundsWorkflow,
} from '../../../workflows/contract.ts';

async function paid(stack: Stack, total = 500) {
  const { out_order_no } = await paying(stack, total);
  await stack.people.pay(out_order_no);
  const { collection } = (await shown(stack, out_order_no, { phase: 'paid' })) as {
    collection: { details: { transaction_id: string }[] };
  };
  return { out_order_no, transaction_id: collection.details[0]?.transaction_id ?? '' };
}

const refund = async (
  { api }: Stack,
  out_order_no: string,
  out_refund_no: string,
  amount: number,
  more: object = {},
): Promise<ApiAnswer> =>
  await known(() => api.on(out_order_no, 'refunds', { out_refund_no, amount, ...more }));

const runOf = ({ client, merchant }: Stack, transaction_id: string) =>
  client.workflow.getHandle<RefundsWorkflow>(refundsWorkflowIdOf(merchant.mchid, transaction_id));

/** What really went back, by the simulator's book. */
async function givenBack({ people }: Stack, out_order_no: string): Promise<number> {
  const all = await people.refunds(out_order_no);
  return all
    .filter(({ refund: { status } }) => status === 'SUCCESS')
    .reduce((sum, { refund: { amount } }) => sum + (amount as { refund: number }).refund, 0);
}

describe('a refund', { concurrency: 6 }, () => {
  const stage = useStack({ simulator: { policies: { console_refund_notification: 'sent' } } });

  before(() => stage.stack.people.scriptRefunds({}, { delay_seconds: 1 }));

  it('is applied for, and is the user’s when WeChat Pay tells', async () => {
    const { stack } = stage;
    const { out_order_no, transaction_id } = await paid(stack);
    const number = newNumber();
    const { status, body } = await refund(stack, out_order_no, number, 200, { reason: '少收' });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual([body.out_refund_no, body.amount], [number, 200]);
    const { body: told } = await eventually('success', async () => {
      const answer = await stack.api.call(
        'GET',
        `/v1/service-orders/${out_order_no}/refunds/${number}`,
      );
      return answer.body.state === 'success' && answer;
    });
    assert.match(told.refund_id, /^\d+$/);
    assert.equal(await givenBack(stack, out_order_no), 200);
    const { body: list } = await stack.api.call(
      'GET',
      `/v1/service-orders/${out_order_no}/refunds`,
    );
    assert.equal(list.refunds.length, 1);
    assert.equal((await runOf(stack, transaction_id).result()).refunded, 200);
  });

  it('asked for again is the same; under the same number something else is 409', async () => {
    const { stack } = stage;
    const { out_order_no } = await paid(stack);
    const number = newNumber();
    const ask = () => refund(stack, out_order_no, number, 200);
    const answers = await Promise.all([ask(), ask(), ask()]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    await eventually('success', async () => (await givenBack(stack, out_order_no)) === 200);
    assert.equal((await ask()).status, 200);
    const other = await refund(stack, out_order_no, number, 100);
    assert.deepEqual(
      [other.status, other.body.type],
      [409, 'urn:payscore-orders:different-refund'],
    );
    assert.equal(await givenBack(stack, out_order_no), 200);
  });

  it('of more than is left is refused here, and nothing is sent', async () => {
    const { stack } = stage;
    const { out_order_no } = await paid(stack);
    assert.equal((await refund(stack, out_order_no, newNumber(), 400)).status, 200);
    const { status, body } = await refund(stack, out_order_no, newNumber(), 101);
    assert.equal(status, 409);
    assert.match(body.detail, /at most 100 fen of 500 are left/);
    assert.equal((await stack.people.refunds(out_order_no)).length, 1);
  });

  it('of an order that is not paid is refused here', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    const { status, body } = await refund(stack, out_order_no, newNumber(), 100);
    assert.deepEqual([status, body.type], [409, 'urn:payscore-orders:not-allowed']);
    const other = await paid(stack);
    const wrong = await refund(stack, other.out_order_no, newNumber(), 100, {
      transaction_id: '4200000000000000000000000000',
    });
    assert.equal(wrong.status, 409);
  });

  for (const fault of [
    'executed-then-cut',
    'cut',
    'executed-then-500',
    'not-executed-500',
    'throttled',
  ] as const) {
    it(`whose outcome is not known (${fault}) is paid back once`, async () => {
      const { stack } = stage;
      const { out_order_no } = await paid(stack);
      await strike(stack, out_order_no, 'refund', fault);
      const { status, body } = await refund(stack, out_order_no, newNumber(), 300);
      assert.equal(status, 200, JSON.stringify(body));
      await eventually('success', async () => (await givenBack(stack, out_order_no)) === 300);
      assert.equal((await stack.people.refunds(out_order_no)).length, 1);
    });
  }

  it('of what the account does not hold is sent again until it does', async () => {
    const { stack } = stage;
    const { out_order_no } = await paid(stack);
    const number = newNumber();
    await stack.people.planFault({
      ...{ call: 'refund', fault: 'refused', out_order_no, refusal: 'balanceNotEnough' },
    });
    const { status, body } = await stack.api.on(out_order_no, 'refunds', {
      out_refund_no: number,
      amount: 200,
    });
    assert.deepEqual([status, body.state, body.refusal.code], [202, 'not_enough', 'NOT_ENOUGH']);
    const isBack = async () => (await givenBack(stack, out_order_no)) === 200;
    await eventually('the same, sent again', isBack, 80_000);
  });

  it('that does not reach the user is seen, and so is that it was settled in the console', async () => {
    const { stack } = stage;
    const { out_order_no, transaction_id } = await paid(stack);
    const number = newNumber();
    await stack.people.scriptRefunds(
      { out_refund_no: number },
      { becomes: 'ABNORMAL', delay_seconds: 0 },
    );
    const { status, body } = await refund(stack, out_order_no, number, 200);
    assert.deepEqual([status, body.state], [200, 'abnormal']);
    const run = runOf(stack, transaction_id);
    const { typedSearchAttributes } = await run.describe();
    assert.equal(typedSearchAttributes.get(SEARCH_ATTRIBUTES.trouble), 'refund_abnormal');
    await stack.people.settleRefund(number);
    assert.equal((await run.result()).refunded, 200);
  });

  it('that was closed leaves its amount to another', async () => {
    const { stack } = stage;
    const { out_order_no, transaction_id } = await paid(stack);
    const number = newNumber();
    await stack.people.scriptRefunds(
      { out_refund_no: number },
      { becomes: 'CLOSED', delay_seconds: 0 },
    );
    const { body } = await refund(stack, out_order_no, number, 500);
    assert.equal(body.state, 'closed');
    assert.equal((await runOf(stack, transaction_id).result()).reserved, 0);
    const rest = await stack.api.on(out_order_no, 'refunds', {
      ...{ out_refund_no: newNumber(), amount: 500 },
    });
    assert.ok([200, 202].includes(rest.status), JSON.stringify(rest.body));
  });

  it('made in the console is heard of, and counted', async () => {
    const { stack } = stage;
    const { out_order_no } = await paid(stack);
    const url = `${stack.url}/wechatpay/notifications`;
    await stack.people.setAccount({ refund_notify_url: url });
    const { refund: made } = await stack.people.consoleRefund(out_order_no, 200);
    await eventually('its end', async () => (await givenBack(stack, out_order_no)) === 200);
    // Temporal lists a payment a moment after it: WeChat Pay says it more than once.
    const { body } = await eventually('the console’s', async () => {
      await stack.people.announceRefund(made.out_refund_no);
      const answer = await stack.api.call('GET', `/v1/service-orders/${out_order_no}/refunds`);
      return answer.body.refunds.length === 1 && answer;
    });
    assert.deepEqual([body.refunds[0].amount, body.refunds[0].is_of_console], [200, true]);
    const { status, body: refused } = await refund(stack, out_order_no, newNumber(), 301);
    assert.equal(status, 409);
    assert.match(refused.detail, /at most 300 fen of 500/);
  });

  it('is told of by WeChat Pay alone: what anybody signals proves nothing', async () => {
    const { stack } = stage;
    const { out_order_no, transaction_id } = await paid(stack);
    const number = newNumber();
    await stack.people.scriptRefunds({ out_refund_no: number }, { becomes: 'PROCESSING' });
    await refund(stack, out_order_no, number, 200);
    const run = runOf(stack, transaction_id);
    const body = Buffer.from('{"event_type":"REFUND.SUCCESS"}').toString('base64');
    for (const nonsense of [{}, 7, null, { headers: {}, body }]) {
      await run.signal(refundTold, nonsense as SignedNotification);
    }
    const view = await run.query<{ refunds: { state: string }[] }>('refunds');
    assert.deepEqual(
      view.refunds.map(({ state }) => state),
      ['processing'],
    );
    await stack.people.scriptRefunds(
      { out_refund_no: number },
      { becomes: 'SUCCESS', delay_seconds: 0 },
    );
    await run.result();
  });

  it('needs what it is asked with', async () => {
    const { stack } = stage;
    const { out_order_no } = await paid(stack);
    for (const body of [
      {},
      { out_refund_no: 'a b', amount: 1 },
      { out_refund_no: 'a', amount: 0 },
      { out_refund_no: 'a', amount: 1.5 },
      { out_refund_no: 'a', amount: 1, reason: '退'.repeat(27) },
      { out_refund_no: 'a', amount: 1, surprise: true },
    ]) {
      const { status } = await stack.api.on(out_order_no, 'refunds', body);
      assert.equal(status, 400, JSON.stringify(body));
    }
    assert.equal(
      (await stack.api.on(newNumber(), 'refunds', { out_refund_no: 'a', amount: 1 })).status,
      404,
    );
    const none = await stack.api.call('GET', `/v1/service-orders/${out_order_no}/refunds/none`);
    assert.deepEqual([none.status, none.body.type], [404, 'urn:payscore-orders:no-such-refund']);
  });
});

describe('a refund that is due', () => {
  const stage = useStack({ simulator: { policies: { cancel_while_paying: 'allowed' } } });
  before(() => stage.stack.people.scriptRefunds({}, { delay_seconds: 1 }));

  it('is paid back by one call, and the order’s run ends with it', async () => {
    const { stack } = stage;
    const { out_order_no } = await paidAfterCancel(stack);
    assert.equal((await stack.run(out_order_no).describe()).status.name, 'RUNNING');
    const [one, two] = await Promise.all([
      known(() => stack.api.on(out_order_no, 'refund-due')),
      known(() => stack.api.on(out_order_no, 'refund-due')),
    ]);
    assert.deepEqual([one.status, two.status], [200, 200]);
    const ended = await stack.run(out_order_no).result();
    assert.equal(ended.phase, 'paid');
    assert.notEqual(ended.trouble, 'refund_due');
    assert.equal(await givenBack(stack, out_order_no), 500);
    const again = await known(() => stack.api.on(out_order_no, 'refund-due'));
    assert.deepEqual([again.status, again.headers.get('idempotency-replayed')], [200, 'true']);
    assert.equal(await givenBack(stack, out_order_no), 500);
  });

  it('is paid back to the fen of the user’s own money, whatever WeChat Pay tells of the payment', async () => {
    const { stack } = stage;
    const { out_order_no } = await paidAfterCancel(stack, {
      telling: { paid_time: 'absent', promotion_detail: 'in_order' },
      coupon: 100,
    });
    assert.equal((await known(() => stack.api.on(out_order_no, 'refund-due'))).status, 200);
    const ended = await stack.run(out_order_no).result();
    assert.notEqual(ended.trouble, 'refund_due');
    const { ledger } = await stack.people.order(out_order_no);
    assert.equal(
      ledger.reduce((sum, { refunded = 0 }) => sum + refunded, 0),
      400,
    );
  });

  it('and was paid back in cash is settled by hand, once', async () => {
    const { stack } = stage;
    const { out_order_no } = await paidAfterCancel(stack);
    const settled = () => stack.api.on(out_order_no, 'refund-due/settled', { reason: '现金退还' });
    const { status, body } = await settled();
    assert.equal(status, 200);
    assert.notEqual(body.trouble, 'refund_due');
    assert.equal(body.settled.reason, '现金退还');
    await stack.run(out_order_no).result();
    assert.equal((await settled()).status, 409);
    const due = await stack.api.on(out_order_no, 'refund-due');
    assert.deepEqual([due.status, due.body.type], [409, 'urn:payscore-orders:not-allowed']);
    const adopted = await stack.api.adopt(out_order_no);
    assert.notEqual(adopted.body.trouble, 'refund_due', JSON.stringify(adopted.body));
  });
});

interface Payment {
  readonly telling?: Telling;
  /** In fen. */
  readonly coupon?: number | false;
}

/** WeChat Pay says that it has charged what was to be cancelled. */
async function paidAfterCancel(
  stack: Stack,
  { telling = {}, coupon = false }: Payment = {},
): Promise<{ out_order_no: string }> {
  const { out_order_no } = await paying(stack);
  await stack.people.setTelling(out_order_no, telling);
  await delay(2_000);
  await strike(stack, out_order_no, 'cancel', 'cut', { times: 50 });
  await strike(stack, out_order_no, 'query', 'cut', { times: 50 });
  const key = { 'idempotency-key': 'c', prefer: 'respond-async' };
  assert.equal((await stack.api.on(out_order_no, 'cancel', CANCELLATION, key)).status, 202);
  await isOnItsWay(stack, out_order_no);
  await stack.people.pay(out_order_no, { coupon });
  // What is told less clearly is asked for again.
  if (Object.keys(telling).length > 0) await stack.people.clearFaults();
  await shown(stack, out_order_no, { phase: 'paid', trouble: 'refund_due' });
  await stack.people.clearFaults();
  return { out_order_no };
}
