/** What business code gets from /v1/service-orders, with everything running. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import { executedOn, inService } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';

describe('/v1/service-orders', { concurrency: 6 }, () => {
  const stage = useStack({ simulator: { riskCap: 5_000 } });

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
      const answer = await eventually('an invitation', async () => {
        const told = await stage.stack.api.open(order);
        return told.body.phase !== 'creating' && told;
      });
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
