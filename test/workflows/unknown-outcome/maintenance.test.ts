/** WeChat Pay while it is maintained, or overloaded and without signatures: nothing is lost, nothing done twice, nobody turned away for good. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { OFTEN } from '../../support/delays.ts';
import { CANCELLATION, correction, rental, rentalEnd } from '../../support/orders.ts';
import {
  executedOn,
  inService,
  known,
  losesNotifications,
  paying,
  shown,
  strike,
} from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import type { Fault } from '../../../simulator/control.ts';

const ASYNC = { prefer: 'respond-async' };
const LONG_MS = 60_000;
const SETTING = { pollDelaysMs: OFTEN };

describe('maintenance', { concurrency: 1 }, () => {
  const stage = useStack(SETTING);

  for (const answered of ['json-503', 'signed-503', 'html-200'] as const) {
    it(`answered ${answered} finds orders in every phase, and all go on when it is over`, async () => {
      const { stack } = stage;
      const { people, api } = stack;
      const [opened, invited] = [rental(), rental()];
      await people.authorise(opened.openid);
      const [completed, cancelled, lowered, told, untold] = await Promise.all([
        inService(stack),
        ...Array.from({ length: 4 }, () => paying(stack)),
      ]);
      assert.ok(completed && cancelled && lowered && told && untold);
      await api.open(invited);
      const { authorization } = await shown(stack, invited.out_order_no, { phase: 'authorizing' });
      await losesNotifications(stack, untold.out_order_no);

      await people.beginMaintenance({ seconds: 600, answered });
      await Promise.all([
        api.open(opened),
        api.complete(completed.out_order_no, rentalEnd(500), ASYNC),
        api.cancel(cancelled.out_order_no, CANCELLATION, ASYNC),
        api.modify(lowered.out_order_no, correction(300), ASYNC),
        people.authoriseByToken(authorization.apply_permissions_token, invited.openid),
        people.pay(told.out_order_no),
        people.pay(untold.out_order_no),
      ]);
      // A callback needs no answer of WeChat’s.
      await shown(stack, told.out_order_no, { phase: 'paid', trouble: undefined });
      await delay(3_000);
      const waiting = {
        creating: opened,
        in_service: completed,
        paying: cancelled,
      };
      for (const [phase, { out_order_no }] of Object.entries(waiting)) {
        await shown(stack, out_order_no, { phase, trouble: undefined, last_refusal: undefined });
      }
      await people.endMaintenance();

      const ends = [
        [opened, { phase: 'in_service' }, ['created 0']],
        [invited, { phase: 'in_service' }, ['created 0']],
        [completed, { phase: 'paying' }, ['created 0', 'completed 500']],
        [cancelled, { phase: 'cancelled' }, ['created 0', 'completed 500', 'cancelled 0']],
        [lowered, { total_amount: 300 }, ['created 0', 'completed 500', 'modified 300']],
        [untold, { phase: 'paid' }, ['created 0', 'completed 500', 'charged 500']],
      ] as const;
      for (const [{ out_order_no }, becomes, executed] of ends) {
        await shown(stack, out_order_no, { ...becomes, trouble: undefined }, LONG_MS);
        assert.deepEqual(await executedOn(stack, out_order_no), executed);
      }
    });
  }
});

describe('an answer that nobody signed', { concurrency: 4 }, () => {
  const stage = useStack(SETTING);
  const FAULTS: readonly Fault[] = [
    'not-executed-500-unsigned',
    'executed-then-500-unsigned',
    'throttled-unsigned',
    'unavailable-503-unsigned',
  ];

  for (const fault of FAULTS) {
    it(`${fault} to every call of an order's life changes nothing about it`, async () => {
      const { stack } = stage;
      const { people, api } = stack;
      const order = rental({ deadlines: { creation_seconds: 600 } });
      const { out_order_no } = order;
      await people.authorise(order.openid);
      await people.planFault({ call: 'permission', fault });
      for (const call of ['create', 'query', 'complete', 'modify'] as const) {
        await strike(stack, out_order_no, call, fault);
      }
      await losesNotifications(stack, out_order_no);
      await known(() => api.open(order));
      await shown(stack, out_order_no, { phase: 'in_service', trouble: undefined }, LONG_MS);
      await delay(2_100);
      const completed = await known(() => api.complete(out_order_no, rentalEnd(500)));
      assert.equal(completed.status, 200, JSON.stringify(completed.body));
      await strike(stack, out_order_no, 'query', fault);
      const lowered = await known(() => api.modify(out_order_no, correction(300)));
      assert.equal(lowered.status, 200, JSON.stringify(lowered.body));
      await people.pay(out_order_no);
      await shown(stack, out_order_no, { phase: 'paid', trouble: undefined }, LONG_MS);
      assert.deepEqual(await executedOn(stack, out_order_no), [
        'created 0',
        'completed 500',
        'modified 300',
        'charged 300',
      ]);
    });

    it(`${fault} to a cancellation is no refusal`, async () => {
      const { stack } = stage;
      const { out_order_no } = await paying(stack);
      await strike(stack, out_order_no, 'cancel', fault);
      const { status } = await known(() => stack.api.cancel(out_order_no, CANCELLATION));
      assert.equal(status, 200);
      assert.deepEqual((await executedOn(stack, out_order_no)).slice(2), ['cancelled 0']);
    });
  }
});
