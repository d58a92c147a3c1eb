/** What business code gets from /v1/service-orders, with everything running. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ApiAnswer } from '../support/api-client.ts';
import { newNumber, rental, rentalEnd } from '../support/orders.ts';
import { inService } from '../support/play.ts';
import { startStack, type Stack } from '../support/stack.ts';

describe('/v1/service-orders', () => {
  let stack: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  before(async () => {
    stack = await startStack({ simulator: { riskCap: 5_000 } });
    worker = await stack.startWorker();
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
  });

  async function ledgerOf(out_order_no: string) {
    return (await stack.people.order(out_order_no)).ledger;
  }

  function pointersOf({ body }: ApiAnswer): string[] {
    return (body.errors as { pointer: string }[]).map(({ pointer }) => pointer).toSorted();
  }

  it('names every fault of a body by JSON pointer and starts nothing', async () => {
    const order = {
      ...rental(),
      service_introduction: '一二三四五六七八九十一二三四五六七八九十多',
      attach: '未编码',
      need_user_confirm: true,
      risk_fund: { name: 'DEPOSIT', amount: 0 },
      post_payments: [{ name: '😀' }],
      location: { start_location: 'ok', 'a/b': 1 },
      total_amount: 5,
    };
    const answer = await stack.api.open(order);
    assert.equal(answer.status, 400);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.deepEqual(pointersOf(answer), [
      '/attach',
      '/location/a~1b',
      '/need_user_confirm',
      '/post_payments/0/name',
      '/risk_fund/amount',
      '/risk_fund/name',
      '/service_introduction',
      '/total_amount',
    ]);
    assert.equal((await stack.api.read(order.out_order_no)).status, 404);
  });

  for (const out_order_no of ['a/b', '..', '../x', 'a|b', 'a*b', 'x'.repeat(33), '']) {
    it(`refuses the number ${JSON.stringify(out_order_no)} in a body and in a path`, async () => {
      const answer = await stack.api.open(rental({ out_order_no }));
      assert.equal(answer.status, 400);
      assert.deepEqual(pointersOf(answer), ['/out_order_no']);
      if (out_order_no === '' || out_order_no === '..') return; // no such path
      assert.equal((await stack.api.read(encodeURIComponent(out_order_no))).status, 400);
    });
  }

  it('refuses a start in the past, which WeChat would refuse', async () => {
    const answer = await stack.api.open(rental({ time_range: { start_time: '20200101000000' } }));
    assert.equal(answer.status, 400);
    assert.deepEqual(pointersOf(answer), ['/time_range/start_time']);
  });

  it('answers problems to what is no JSON, too long, or no route', async () => {
    const broken = await stack.api.call('POST', '/v1/service-orders', '{"out_order_no":');
    assert.equal(broken.status, 400);
    const packed = await stack.api.call('POST', '/v1/service-orders', '{}', {
      'content-encoding': 'gzip',
    });
    assert.equal(packed.status, 400);
    const long = await stack.api.call('POST', '/v1/service-orders', `"${'x'.repeat(200_000)}"`);
    assert.equal(long.status, 413);
    const nowhere = await stack.api.call('GET', '/v1/nowhere');
    assert.equal(nowhere.status, 404);
    for (const { headers } of [broken, long, nowhere]) {
      assert.match(headers.get('content-type') ?? '', /problem\+json/);
    }
  });

  it('makes one order of the same body sent eight times at once, and gives it to every caller', async () => {
    const order = rental({ risk_fund: { amount: 2_000 } });
    await stack.people.authorise(order.openid);
    const answers = await Promise.all(Array.from({ length: 8 }, () => stack.api.open(order)));
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted(),
      [200, 200, 200, 200, 200, 200, 200, 201],
    );
    const orderIds = new Set(answers.map(({ body }) => body.order_id as string));
    assert.equal(orderIds.size, 1);
    const ledger = await ledgerOf(order.out_order_no);
    assert.deepEqual(
      ledger.map(({ event }) => event),
      ['created'],
    );
    const again = await stack.api.open(order);
    assert.equal(again.status, 200);
    assert.equal(again.headers.get('location'), `/v1/service-orders/${order.out_order_no}`);
  });

  it('refuses the same number with another body and leaves the order untouched', async () => {
    const order = rental({ risk_fund: { amount: 2_000 } });
    await stack.people.authorise(order.openid);
    await stack.api.open(order);
    const other = await stack.api.open({ ...order, risk_fund: { amount: 2_001 } });
    assert.equal(other.status, 409);
    assert.equal(other.body.type, 'urn:payscore-orders:different-body');
    const { body } = await stack.api.read(order.out_order_no);
    assert.equal(body.risk_fund.amount, 2_000);
    assert.equal(body.phase, 'in_service');
  });

  it('says why an order of an unauthorised user was not created, each time it is asked', async () => {
    const order = rental();
    for (const attempt of ['first', 'repeated']) {
      const answer = await stack.api.open(order);
      assert.equal(answer.status, 422, attempt);
      assert.equal(answer.body.type, 'urn:payscore-orders:unauthorized');
      assert.match(answer.body.detail, /authorization_state UNAVAILABLE/);
    }
    const { body } = await stack.api.read(order.out_order_no);
    assert.equal(body.phase, 'unauthorized');
  });

  it('gives WeChat’s words, Request-ID and our reason when the creation is refused, also when repeated', async () => {
    const order = rental({ risk_fund: { amount: 5_001 } });
    await stack.people.authorise(order.openid);
    for (const attempt of ['first', 'repeated']) {
      const { status, body } = await stack.api.open(order);
      assert.equal(status, 422, attempt);
      assert.equal(body.message, '创建订单的订单风险金额超过此服务的服务风险金额');
      assert.match(body.request_id, /-\d+$/);
      assert.equal(body.reason, 'above_cap');
    }
    const other = await stack.api.open({ ...order, risk_fund: { amount: 1 } });
    assert.equal(other.status, 409);
  });

  it('refuses to complete an order that nobody knows, or that has not begun', async () => {
    assert.equal((await stack.api.complete(newNumber(), rentalEnd(1))).status, 404);
    const order = rental();
    await stack.api.open(order); // unauthorised
    const answer = await stack.api.complete(order.out_order_no, rentalEnd(1));
    assert.equal(answer.status, 409);
    assert.match(answer.body.detail, /unauthorized/);
  });

  it('names a total that does not add up, beside other faults', async () => {
    const answer = await stack.api.complete(newNumber(), {
      post_payments: [{ name: '租借费', amount: 500, colour: 'red' }],
      post_discounts: [{ name: '优惠', description: '新用户', amount: 100 }],
      total_amount: 500,
    });
    assert.equal(answer.status, 400);
    assert.deepEqual(pointersOf(answer), ['/post_payments/0/colour', '/total_amount']);
  });

  it('passes on that WeChat refuses a completion, and takes the corrected one', async () => {
    const { out_order_no } = await inService(stack);
    const refused = await stack.api.complete(out_order_no, rentalEnd(5_001));
    assert.equal(refused.status, 422);
    assert.equal(refused.body.message, '总金额超过此服务的服务风险金额');
    assert.equal(refused.body.reason, 'above_cap');
    const { body } = await stack.api.read(out_order_no);
    assert.equal(body.phase, 'in_service');
    assert.equal(body.trouble, undefined);

    const corrected = await stack.api.complete(out_order_no, rentalEnd(5_000));
    assert.equal(corrected.status, 200);
    assert.equal(corrected.body.phase, 'paying');
  });

  it('lets one of two different completions win and refuses the other', async () => {
    const { out_order_no } = await inService(stack);
    const answers = await Promise.all([
      stack.api.complete(out_order_no, rentalEnd(300)),
      stack.api.complete(out_order_no, rentalEnd(400)),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409]);
    const won = answers.find(({ status }) => status === 200)?.body.total_amount as number;
    const completions = (await ledgerOf(out_order_no)).filter(({ event }) => event === 'completed');
    assert.deepEqual(
      completions.map(({ total_amount }) => total_amount),
      [won],
    );
    const lost = answers.find(({ status }) => status === 409);
    assert.match(lost?.body.detail, new RegExp(`total_amount ${won}`));
  });

  it('takes the same completion twice, also after the order was paid', async () => {
    const { out_order_no } = await inService(stack);
    const both = await Promise.all([
      stack.api.complete(out_order_no, rentalEnd(700)),
      stack.api.complete(out_order_no, rentalEnd(700)),
    ]);
    assert.deepEqual(
      both.map(({ status }) => status),
      [200, 200],
    );
    await stack.people.pay(out_order_no);
    await stack.run(out_order_no).result();
    const late = await stack.api.complete(out_order_no, rentalEnd(700));
    assert.equal(late.status, 200);
    assert.equal(late.body.phase, 'paid');
    const other = await stack.api.complete(out_order_no, rentalEnd(800));
    assert.equal(other.status, 409);
  });

  it('completes an order with nothing to pay: free, by a query’s word', async () => {
    const { out_order_no } = await inService(stack);
    const { status, body } = await stack.api.complete(out_order_no, rentalEnd(0));
    assert.equal(status, 200);
    assert.equal(body.phase, 'free');
    assert.equal((await stack.run(out_order_no).describe()).status.name, 'COMPLETED');
  });

  it('keeps the openid out of answers, ids and search attributes', async () => {
    const order = rental({ risk_fund: { amount: 2_000 } });
    await stack.people.authorise(order.openid);
    const opened = await stack.api.open(order);
    assert.equal(JSON.stringify(opened.body).includes(order.openid), false);
    const { workflowId, searchAttributes, staticSummary } = {
      ...(await stack.run(order.out_order_no).describe()),
      staticSummary: await (await stack.run(order.out_order_no).describe()).staticSummary(),
    };
    const shown = JSON.stringify({ workflowId, searchAttributes, staticSummary, logs: stack.logs });
    assert.equal(shown.includes(order.openid), false);
  });
});
