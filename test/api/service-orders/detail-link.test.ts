/** The link to WeChat's page of an order: for every order known here, signed by the worker. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { historyToJSON } from '../../support/history-json.ts';
import { written } from '../../support/events.ts';
import { textIn } from '../../support/codec.ts';
import { eventually } from '../../support/eventually.ts';
import { newNumber, rental } from '../../support/orders.ts';
import { runsOf, startStack, type Stack } from '../../support/stack.ts';
import { assertWithin } from '../../support/within.ts';

describe('POST /v1/service-orders/{out_order_no}/detail-link', () => {
  let stack: Stack;
  before(async () => {
    stack = await startStack();
  });
  after(() => stack.stop());

  const pathOf = (out_order_no: string) => `/v1/service-orders/${out_order_no}/detail-link`;
  const ask = (out_order_no: string) => stack.api.call('POST', pathOf(out_order_no));
  const askOnce = (out_order_no: string) => stack.api.once.call('POST', pathOf(out_order_no));

  async function opened({ authorised }: { authorised: boolean }): Promise<string> {
    const order = rental();
    if (authorised) await stack.people.authorise(order.openid);
    await stack.api.open(order);
    return order.out_order_no;
  }

  it('is signed with the APIv2 key for all three carriers, for running and ended orders', async () => {
    const worker = await stack.startWorker();
    for (const authorised of [true, false]) {
      const out_order_no = await opened({ authorised });
      const { status, body } = await ask(out_order_no);
      assert.equal(status, 200);
      const { sign, ...fields } = body.mini_program.extraData;
      const { mchid, service_id, api_v2_key } = stack.merchant;
      assert.deepEqual(
        [fields.mch_id, fields.service_id, fields.out_order_no, fields.sign_type],
        [mchid, service_id, out_order_no, 'HMAC-SHA256'],
      );
      const text = Object.keys(fields)
        .toSorted()
        .map((name) => `${name}=${fields[name]}`)
        .join('&');
      const hmac = createHmac('sha256', api_v2_key).update(`${text}&key=${api_v2_key}`);
      assert.equal(sign, hmac.digest('hex').toUpperCase());
      assert.deepEqual(Object.fromEntries(new URLSearchParams(body.h5.queryString)), {
        ...fields,
        sign,
      });
      assert.equal(body.app.query, body.h5.queryString);
    }
    await worker.stop();
  });

  it('leaves the key nowhere: in no history, no log, no answer', async () => {
    const worker = await stack.startWorker();
    const { body } = await ask(await opened({ authorised: true }));
    await worker.stop();
    const [run] = await eventually('the run', async () => {
      const query = 'WorkflowType="detailLink" AND ExecutionStatus="Completed"';
      const found = await runsOf(stack, query);
      return found.length > 0 && found;
    });
    assert.ok(run);
    assert.match(run.workflowId, /^detail-link\/\d+\/[0-9a-f-]{36}$/);
    const handle = stack.client.workflow.getHandle(run.workflowId);
    const told = await handle.fetchHistory();
    const history = `${written(historyToJSON(told))}\n${await textIn(told)}`;
    assert.match(history, /wxpayScoreDetail/);
    for (const text of [history, JSON.stringify([body, stack.logs])]) {
      assert.ok(!text.includes(stack.merchant.api_v2_key));
    }
  });

  it('answers 503 that names the variable where the worker has no such key', async () => {
    const worker = await stack.startWorker({ apiV2Key: undefined });
    const { status, body } = await askOnce(await opened({ authorised: true }));
    await worker.stop();
    assert.deepEqual([status, body.type], [503, 'urn:payscore-orders:unavailable']);
    assert.match(body.detail, /WECHATPAY_APIV2_KEY_FILE/);
  });

  it('answers 404 for an order that nobody opened here, 400 for what is no number', async () => {
    const unknown = await ask(newNumber());
    assert.deepEqual([unknown.status, unknown.body.type], [404, 'urn:payscore-orders:not-found']);
    for (const number of ['a%7Cb', 'a'.repeat(33), 'a%2F..', '%']) {
      assert.equal((await ask(number)).status, 400, number);
    }
  });

  it('answers 503 within 8 s when no worker answers', async () => {
    const worker = await stack.startWorker();
    const out_order_no = await opened({ authorised: true });
    await worker.stop();
    const start = performance.now();
    assert.equal((await askOnce(out_order_no)).status, 503);
    assertWithin(8_000, start);
  });
});
