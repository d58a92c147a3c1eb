/** Two programs of a merchant that call at once: what comes of it is what one after the other would have come to. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as fc from 'fast-check';
import { holds } from './holds.ts';
import { assertEnded, assertLedger, assertShown } from './order-judgement.ts';
import { expected, newModel, pass, secondsBefore } from './order-model.ts';
import { operation, policies, type Operation, type Via } from './order-operations.ts';
import { createPlay, type Ended, type Stage } from './order-play.ts';
import { closeStage, openStage } from './order-stage.ts';
import type { Model } from './order-standing.ts';

let stage: Stage;
let cases = 0;

before(async () => (stage = await openStage()));
after(() => closeStage(stage));

const AT_ONCE = [
  'create',
  'complete',
  'modify',
  'cancel',
  'sync',
  'pay call',
  'pay',
  'pay from page',
];

/** About one order, each with a body of its own. */
const operationBy = (via: Via) =>
  operation
    .filter(({ op }) => AT_ONCE.includes(op))
    .map((it): Operation => Object.assign({}, it, { order: 0, via, again: false }));

const pairs = fc.array(fc.tuple(operationBy('client'), operationBy('merchant')), {
  minLength: 1,
  maxLength: 5, // so that no order that starts soon has started
  size: 'max',
});

interface Step {
  readonly it: Operation;
  readonly ended: Ended;
}

/** The model after these steps in this order, or undefined if they cannot have ended so. */
async function modelAfter(model: Model, steps: readonly Step[], number: string) {
  const copy = structuredClone(model);
  try {
    for (const { it, ended } of steps) {
      const standing = copy.orders[0]?.standing;
      assertEnded(ended, expected(copy, it), standing, copy.policies);
    }
    const [order] = copy.orders;
    if (order) assertLedger((await stage.control.order(number)).ledger, [], order);
    return copy;
  } catch (error) {
    assert.ok(error instanceof assert.AssertionError, String(error));
    return undefined;
  }
}

test('two calls at once end as one after the other would have', async () => {
  await holds(
    40,
    fc.asyncProperty(policies, pairs, async (chosen, its) => {
      const { control } = stage;
      cases += 1;
      const number = `A${cases}_${process.pid}`;
      const openid = `oUser${cases}`;
      await control.resetPolicies();
      await control.setPolicies(chosen);
      await control.authorise(openid);
      let model = newModel(chosen);
      const { play, query } = createPlay(stage, [number], openid);

      await play({ op: 'create', via: 'client', order: 0, body: 'plain' });
      expected(model, { op: 'create', via: 'client', order: 0, body: 'plain' });
      for (const pair of its) {
        for (const it of pair) pass(model, secondsBefore(it));
        const [byClient, byMerchant] = await play(...pair);
        assert.ok(byClient && byMerchant);
        const first = { it: pair[0], ended: byClient };
        const second = { it: pair[1], ended: byMerchant };
        const one = await modelAfter(model, [first, second], number);
        const other = await modelAfter(model, [second, first], number);
        const explained = one ?? other;
        assert.ok(explained, `no order explains ${first.ended.status} and ${second.ended.status}`);
        model = explained;
        const [order] = model.orders;
        const { json } = await query('client', 0);
        if (order) assertShown(json, order);
      }
    }),
  );
});
