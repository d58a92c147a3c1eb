/** What business code gets from /v1/service-orders, with everything running. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApiAnswer } from '../support/api-client.ts';
import { newNumber, rental, rentalEnd } from '../support/orders.ts';
import { executedOn, inService } from '../support/play.ts';
import { useStack } from '../support/stage.ts';

describe('/v1/service-orders', { concurrency: 6 }, () => {
  const stage = useStack({ simulator: { riskCap: 5_000 } });

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
    const answer = await stage.stack.api.open(order);
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
    assert.equal((await stage.stack.api.read(order.out_order_no)).status, 404);
  });

  for (const out_order_no of ['a/b', '..', '../x', 'a|b', 'a*b', 'x'.repeat(33), '']) {
    it(`refuses the number ${JSON.stringify(out_order_no)} in a body and in a path`, async () => {
      const answer = await stage.stack.api.open(rental({ out_order_no }));
      assert.equal(answer.status, 400);
      assert.deepEqual(pointersOf(answer), ['/out_order_no']);
      if (out_order_no === '' || out_order_no === '..') return; // no such path
      assert.equal((await stage.stack.api.read(encodeURIComponent(out_order_no))).status, 400);
    });
  }

  it('refuses a start in the past, which WeChat would refuse', async () => {
    const answer = await stage.stack.api.open(
      rental({ time_range: { start_time: '20200101000000' } }),
    );
    assert.equal(answer.status, 400);
    assert.deepEqual(pointersOf(answer), ['/time_range/start_time']);
  });

  it('answers problems to what is no JSON, too long, or no route', async () => {
    const broken = await stage.stack.api.call('POST', '/v1/service-orders', '{"out_order_no":');
    assert.equal(broken.status, 400);
    const packed = await stage.stack.api.call('POST', '/v1/service-orders', '{}', {
      'content-encoding': 'gzip',
    });
    assert.equal(packed.status, 400);
    const long = await stage.stack.api.call(
      'POST',
      '/v1/service-orders',
      `"${'x'.repeat(200_000)}"`,
    );
    assert.equal(long.status, 413);
    const nowhere = await stage.stack.api.call('GET', '/v1/nowhere');
    assert.equal(nowhere.status, 404);
    for (const { headers } of [broken, long, nowhere]) {
      assert.match(headers.get('content-type') ?? '', /problem\+json/);
    }
  });

  it('makes one order of the same body sent eight times at once, and gives it to every caller', async () => {
    const order = rental({ risk_fund: { amount: 2_000 } });
    await stage.stack.people.authorise(order.openid);
    const answers = await Promise.all(Array.from({ length: 8 }, () => stage.stack.api.open(order)));
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted(),
      [200, 200, 200, 200, 200, 200, 200, 201],
    );
    const orderIds = new Set(answers.map(({ body }) => body.order_id as string));
    assert.equal(orderIds.size, 1);
    assert.deepEqual(await executedOn(stage.stack, order.out_order_no), ['created 0']);
    const again = await stage.stack.api.open(order);
    assert.equal(again.status, 200);
    assert.equal(again.headers.get('location'), `/v1/service-orders/${order.out_order_no}`);
  });

  it('refuses the same number with another body and leaves the order untouched', async () => {
    const order = rental({ risk_fund: { amount: 2_000 } });
    await stage.stack.people.authorise(order.openid);
    await stage.stack.api.open(order);
    const other = await stage.stack.api.open({ ...order, risk_fund: { amount: 2_001 } });
    assert.equal(other.status, 409);
    assert.equal(other.body.type, 'urn:payscore-orders:different-body');
    const { body } = await stage.stack.api.read(order.out_order_no);
    assert.equal(body.risk_fund.amount, 2_000);
    assert.equal(body.phase, 'in_service');
  });

  it('invites a user who has not authorised: 202, each time it is asked, and nothing is created', async () => {
    const order = rental();
    for (const attempt of ['first', 'repeated']) {
      const answer = await stage.stack.api.open(order);
      assert.equal(answer.status, 202, attempt);
      assert.equal(answer.body.phase, 'authorizing');
      assert.ok(answer.body.authorization.jump.h5.queryString);
    }
    await assert.rejects(stage.stack.people.order(order.out_order_no), { status: 404 });
  });

  it('gives WeChat’s words, Request-ID and our reason when the creation is refused, also when repeated', async () => {
    const order = rental({ risk_fund: { amount: 5_001 } });
    await stage.stack.people.authorise(order.openid);
    for (const attempt of ['first', 'repeated']) {
      const { status, body } = await stage.stack.api.open(order);
      assert.equal(status, 422, attempt);
      assert.equal(body.message, '创建订单的订单风险金额超过此服务的服务风险金额');
      assert.match(body.request_id, /-\d+$/);
      assert.equal(body.reason, 'above_cap');
    }
    const other = await stage.stack.api.open({ ...order, risk_fund: { amount: 1 } });
    assert.equal(other.status, 409);
  });

  it('names a total that does not add up, beside other faults', async () => {
    const answer = await stage.stack.api.complete(newNumber(), {
      post_payments: [{ name: '租借费', amount: 500, colour: 'red' }],
      post_discounts: [{ name: '优惠', description: '新用户', amount: 100 }],
      total_amount: 500,
    });
    assert.equal(answer.status, 400);
    assert.deepEqual(pointersOf(answer), ['/post_payments/0/colour', '/total_amount']);
  });

  it('passes on that WeChat refuses a completion, and takes the corrected one', async () => {
    const { out_order_no } = await inService(stage.stack);
    const refused = await stage.stack.api.complete(out_order_no, rentalEnd(5_001));
    assert.equal(refused.status, 422);
    assert.equal(refused.body.message, '总金额超过此服务的服务风险金额');
    assert.equal(refused.body.reason, 'above_cap');
    const { body } = await stage.stack.api.read(out_order_no);
    assert.equal(body.phase, 'in_service');
    assert.equal(body.trouble, undefined);

    const corrected = await stage.stack.api.complete(out_order_no, rentalEnd(5_000));
    assert.equal(corrected.status, 200);
    assert.equal(corrected.body.phase, 'paying');
  });

  it('lets one of two different completions win and refuses the other', async () => {
    const { out_order_no } = await inService(stage.stack);
    const answers = await Promise.all([
      stage.stack.api.complete(out_order_no, rentalEnd(300)),
      stage.stack.api.complete(out_order_no, rentalEnd(400)),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409]);
    const won = answers.find(({ status }) => status === 200)?.body.total_amount as number;
    assert.deepEqual(await executedOn(stage.stack, out_order_no), [
      'created 0',
      `completed ${won}`,
    ]);
    const lost = answers.find(({ status }) => status === 409);
    assert.match(lost?.body.detail, new RegExp(`total_amount ${won}`));
  });

  it('takes the same completion twice, also after the order was paid', async () => {
    const { out_order_no } = await inService(stage.stack);
    const both = await Promise.all([
      stage.stack.api.complete(out_order_no, rentalEnd(700)),
      stage.stack.api.complete(out_order_no, rentalEnd(700)),
    ]);
    assert.deepEqual(
      both.map(({ status }) => status),
      [200, 200],
    );
    await stage.stack.people.pay(out_order_no);
    await stage.stack.run(out_order_no).result();
    const late = await stage.stack.api.complete(out_order_no, rentalEnd(700));
    assert.equal(late.status, 200);
    assert.equal(late.body.phase, 'paid');
    const other = await stage.stack.api.complete(out_order_no, rentalEnd(800));
    assert.equal(other.status, 409);
  });

  it('completes an order with nothing to pay: free, by a query’s word', async () => {
    const { out_order_no } = await inService(stage.stack);
    const { status, body } = await stage.stack.api.complete(out_order_no, rentalEnd(0));
    assert.equal(status, 200);
    assert.equal(body.phase, 'free');
    assert.equal((await stage.stack.run(out_order_no).describe()).status.name, 'COMPLETED');
  });

  it('keeps the openid out of answers, ids and search attributes', async () => {
    const order = rental({ risk_fund: { amount: 2_000 } });
    await stage.stack.people.authorise(order.openid);
    const opened = await stage.stack.api.open(order);
    assert.equal(JSON.stringify(opened.body).includes(order.openid), false);
    const { workflowId, searchAttributes, staticSummary } = {
      ...(await stage.stack.run(order.out_order_no).describe()),
      staticSummary: await (await stage.stack.run(order.out_order_no).describe()).staticSummary(),
    };
    const shown = JSON.stringify({
      workflowId,
      searchAttributes,
      staticSummary,
      logs: stage.stack.logs,
    });
    assert.equal(shown.includes(order.openid), false);
  });
});
