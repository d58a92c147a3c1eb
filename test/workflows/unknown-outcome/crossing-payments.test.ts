/** A payment that crosses an operation: the order is paid, what is owed is said, and the operation is answered with both facts. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { rfc3339Of } from '../../../payscore/times/beijing-time.ts';
import { SEARCH_ATTRIBUTES } from '../../../workflows/contract.ts';
import type { ApiAnswer } from '../../support/api-client.ts';
import { CANCELLATION, correction } from '../../support/orders.ts';
import {
  chargedOn,
  executedOn,
  isOnItsWay,
  losesNotifications,
  owing,
  paying,
  strike,
} from '../../support/play.ts';
import type { Stack } from '../../support/stack.ts';
import { useStack } from '../../support/stage.ts';

type Ask = (stack: Stack, out_order_no: string) => Promise<ApiAnswer>;

const OPERATIONS: readonly (readonly ['cancel' | 'modify' | 'sync', Ask, owed: number])[] = [
  ['cancel', ({ api }, number) => api.cancel(number, CANCELLATION), 500],
  ['modify', ({ api }, number) => api.modify(number, correction(300)), 200],
  ['sync', ({ api }, number) => api.sync(number, { paid_time: rfc3339Of(new Date()) }), 500],
];

describe('a payment', { concurrency: 6 }, () => {
  const stage = useStack();

  for (const [operation, ask, owed] of OPERATIONS) {
    it(`that crosses a ${operation} makes ${owed} fen refund_due and the answer 409, by the callback`, async () => {
      const { stack } = stage;
      const { out_order_no } = await paying(stack);
      await delay(2_000);
      await strike(stack, out_order_no, operation, 'cut');
      await strike(stack, out_order_no, 'query', 'cut', { times: 3 });
      const asking = ask(stack, out_order_no);
      await isOnItsWay(stack, out_order_no);
      await stack.people.pay(out_order_no);

      const { status, body } = await asking;
      assert.equal(status, 409, JSON.stringify(body));
      const paid = await owing(stack, out_order_no);
      assert.equal(paid.phase, 'paid');
      assert.equal(paid.trouble, 'refund_due');
      const transaction_id = paid.collection?.details[0]?.transaction_id;
      assert.deepEqual(paid.refund_due, { amount: owed, transaction_id, because: operation });
      assert.match(
        body.detail,
        new RegExp(`refund ${owed} fen by transaction_id ${transaction_id}`),
      );
      assert.equal(await chargedOn(stack, out_order_no), 500);
      const { typedSearchAttributes } = await stack.run(out_order_no).describe();
      assert.equal(typedSearchAttributes.get(SEARCH_ATTRIBUTES.trouble), 'refund_due');
    });

    it(`that came just before a ${operation}, and of which no word came, is found by its query`, async () => {
      const { stack } = stage;
      const { out_order_no } = await paying(stack);
      await delay(2_000);
      await losesNotifications(stack, out_order_no);
      await stack.people.pay(out_order_no);
      const { status, body } = await ask(stack, out_order_no);
      assert.equal(status, 409);
      assert.match(body.detail, new RegExp(`refund ${owed} fen by transaction_id`));
      const paid = await owing(stack, out_order_no);
      assert.equal(paid.refund_due?.amount, owed);
      assert.deepEqual((await executedOn(stack, out_order_no)).slice(2), ['charged 500']);
    });
  }

  it('of the lowered amount after a modify whose answer was lost owes nothing', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await strike(stack, out_order_no, 'modify', 'executed-then-cut');
    await strike(stack, out_order_no, 'query', 'cut', { times: 3 });
    const asking = stack.api.modify(out_order_no, correction(300));
    await isOnItsWay(stack, out_order_no);
    await stack.people.pay(out_order_no);
    const { status, body } = await asking;
    assert.notEqual(status, 409, JSON.stringify(body));
    const paid = await stack.run(out_order_no).result();
    assert.equal(paid.trouble, undefined);
    assert.equal(paid.total_amount, 300);
    assert.equal(await chargedOn(stack, out_order_no), 300);
  });

  it('crossed by a cancel whose caller has gone is in trouble refund_due as well', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await strike(stack, out_order_no, 'cancel', 'cut');
    await strike(stack, out_order_no, 'query', 'cut', { times: 2 });
    await stack.api.cancel(out_order_no, CANCELLATION, { prefer: 'respond-async' });
    await isOnItsWay(stack, out_order_no);
    await stack.people.pay(out_order_no);
    const paid = await owing(stack, out_order_no);
    assert.equal(paid.refund_due?.amount, 500);
  });

  it('before a cancel was asked for is no crossing: 409, and nothing is owed', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await stack.people.pay(out_order_no);
    await stack.run(out_order_no).result();
    assert.equal((await stack.api.cancel(out_order_no, CANCELLATION)).status, 409);
    const { body } = await stack.api.read(out_order_no);
    assert.equal(body.trouble, undefined);
  });
});
