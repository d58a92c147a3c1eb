/** An order is created for a user who is known to wait for it: not for one who did so when nobody could hear of it. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { refresh, refreshRequested } from '../../../workflows/contract.ts';
import { OFTEN } from '../../support/delays.ts';
import { eventually } from '../../support/eventually.ts';
import { rental } from '../../support/orders.ts';
import { executedOn, invited, shown } from '../../support/play.ts';
import { useStack, type Stage } from '../../support/stage.ts';
import { useLongStack } from '../../support/time-skipping.ts';
import type { Stack } from '../../support/stack.ts';

const MINUTE = 60;
const HOUR = 3_600;
const SETTING = { authorizationDelaysMs: OFTEN };
const ASYNC = { prefer: 'respond-async' };
/** As short as it can be asked for. */
const SHORT = { deadlines: { creation_seconds: 10 } };

/** WeChat’s word that the user has authorised has come, and the order waits on all the same. */
async function foundLate({ api, people }: Stack, number: string): Promise<void> {
  const isKnown = async () => {
    const { timeline } = (await api.read(number)).body;
    return timeline.some(({ event }: { event: string }) =>
      event.startsWith('permission: AVAILABLE'),
    );
  };
  // A look that the stopping worker had taken is missed after 15 s, and repeated a minute later.
  await eventually('the permission', isKnown, 120_000);
  assert.equal((await api.read(number)).body.phase, 'authorizing');
  await assert.rejects(people.order(number), { status: 404 });
}

async function isCreatedOnce(stack: Stack, number: string): Promise<void> {
  await shown(stack, number, { phase: 'in_service' });
  assert.deepEqual(await executedOn(stack, number), ['created 0']);
}

/** Authorised while no worker runs, and found so when one returns, later than the creation may take. */
async function authorisedUnheard(stage: Stage, change: Record<string, unknown> = {}) {
  const { stack } = stage;
  await stage.startWorker(SETTING);
  const opened = await invited(stack, { ...SHORT, ...change });
  await stage.stopWorker();
  await stack.people.authoriseByToken(opened.token, opened.order.openid);
  await delay(11_000);
  await stage.startWorker(SETTING);
  await foundLate(stack, opened.number);
  return opened;
}

// Each waits for seconds, on a stage of its own.
describe('a user who waited', { concurrency: true }, () => {
  describe('a user who authorised while no worker ran', { concurrency: 1 }, () => {
    const stage = useStack();

    it('gets no order when one returns, but does when the same is opened again', async () => {
      const { order, number } = await authorisedUnheard(stage);
      await stage.stack.api.open(order);
      await isCreatedOnce(stage.stack, number);
    });

    it('gets no order when one returns, but does when business code says that the user is back', async () => {
      const { number } = await authorisedUnheard(stage);
      await stage.stack.api.refresh(number);
      await isCreatedOnce(stage.stack, number);
    });

    it('gets it as well when business code has said so meanwhile, and did not wait', async () => {
      const { stack } = stage;
      await stage.startWorker(SETTING);
      const { order, number, token } = await invited(stack, SHORT);
      await stage.stopWorker();
      await stack.people.authoriseByToken(token, order.openid);
      await delay(11_000);
      assert.equal((await stack.api.refresh(number, ASYNC)).status, 202);
      await stage.startWorker(SETTING);
      await isCreatedOnce(stack, number);
    });

    it('gets no order because somebody adopts it or only wants to know, or a message repeats itself', async () => {
      const { stack } = stage;
      const { number } = await authorisedUnheard(stage);
      await stack.api.adopt(number);
      await stack.run(number).executeUpdate(refresh, { args: [{}] });
      await stack.run(number).signal(refreshRequested, {});
      await stack.people.announceAuthorization({ authorization_code: number });
      await delay(2_000);
      await foundLate(stack, number);
    });
  });

  describe(
    'a user of whose authorization WeChat does not say when it was',
    { concurrency: 1 },
    () => {
      const stage = useStack();
      before(() => stage.stack.people.setPolicies({ authorization_times: 'absent' }));

      it('and whose message says so waited then', async () => {
        const { order, number } = await authorisedUnheard(stage);
        await stage.stack.api.open(order);
        await isCreatedOnce(stage.stack, number);
      });

      it('and of whom no message came waited when WeChat last said no', async () => {
        await stage.stack.people.holdNotifications();
        const { number } = await authorisedUnheard(stage);
        await stage.stack.people.releaseNotifications();
        await stage.stack.api.refresh(number);
        await isCreatedOnce(stage.stack, number);
      });
    },
  );

  describe(
    'a user who had authorised before, and is opened an order while no worker runs',
    { concurrency: 1 },
    () => {
      const stage = useStack();

      async function unheard() {
        const order = rental({ deadlines: { creation_seconds: 20 } });
        await stage.stack.people.authorise(order.openid);
        await stage.stopWorker();
        assert.equal((await stage.stack.api.open(order)).status, 202);
        await delay(15_000);
        return order;
      }

      it('gets it as long as business code says that the user waits', async () => {
        const order = await unheard();
        await stage.stack.api.refresh(order.out_order_no, ASYNC);
        await stage.startWorker();
        await isCreatedOnce(stage.stack, order.out_order_no);
      });

      it('gets it as long as the same is opened again', async () => {
        const order = await unheard();
        const again = stage.stack.api.open(order);
        await stage.startWorker();
        await again;
        await isCreatedOnce(stage.stack, order.out_order_no);
      });
    },
  );

  describe('a user who authorises', { concurrency: 1 }, () => {
    const stage = useLongStack();
    before(() => stage.stack.people.holdNotifications());

    /** After so many seconds, of which nobody tells. */
    async function authorisedAfter(seconds: number, change: Record<string, unknown> = {}) {
      const opened = await invited(stage.stack, change);
      await stage.pass(seconds);
      await stage.stack.people.authoriseByToken(opened.token, opened.order.openid);
      return opened;
    }

    // WeChat is asked every minute for ten, and real time passes as well.
    for (const minutes of [3, 6, 8]) {
      it(`${minutes} minutes after the opening is found within a minute`, async () => {
        const { number } = await authorisedAfter(minutes * MINUTE + 30);
        await stage.pass(70);
        await isCreatedOnce(stage.stack, number);
      });
    }

    it('and is found more than 5 minutes later gets the order only by coming back', async () => {
      const { number } = await authorisedAfter(16 * MINUTE);
      await stage.pass(20 * MINUTE);
      await foundLate(stage.stack, number);
      await stage.pass(2 * HOUR);
      await foundLate(stage.stack, number);
      await stage.stack.api.refresh(number);
      await isCreatedOnce(stage.stack, number);
    });

    it('and is found within the time that business code gives for the creation gets the order', async () => {
      const deadlines = { creation_seconds: 3_600 };
      const { number } = await authorisedAfter(16 * MINUTE, { deadlines });
      await stage.pass(20 * MINUTE);
      await isCreatedOnce(stage.stack, number);
    });

    it('and never comes back has no order when the time for the authorization is over', async () => {
      const { stack } = stage;
      const deadlines = { authorization_seconds: HOUR };
      const { number } = await authorisedAfter(16 * MINUTE, { deadlines });
      await stage.pass(HOUR);
      const { explanation } = await shown(stack, number, { phase: 'unauthorized' });
      assert.match(explanation, /when nobody waited for the order any more, and nobody came back/);
      await assert.rejects(stack.people.order(number), { status: 404 });
    });

    it('and is found within a minute gets the order, though WeChat does not say when that was', async () => {
      await stage.stack.people.setPolicies({ authorization_times: 'absent' });
      const { number } = await authorisedAfter(8 * MINUTE);
      await stage.pass(70);
      await isCreatedOnce(stage.stack, number);
      await stage.stack.people.resetPolicies();
    });
  });
});
