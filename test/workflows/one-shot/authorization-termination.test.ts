/** Terminations of which the outcome is not known at first: WeChat is asked, and believed only when it can be. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Refusal } from '../../../payscore/refusals/refusal.ts';
import type { AuthorizationOf } from '../../../schemas/authorization.ts';
import { createControl, type Control, type Fault } from '../../../simulator/control.ts';
import type { Simulator } from '../../../simulator/create.ts';
import { TEST_CONVERTER } from '../../support/codec.ts';
import { startTestSimulator } from '../../support/simulator.ts';
import { taskQueueOf } from '../../../workflows/contract.ts';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../../support/merchant.ts';
import { newNumber, newOpenid, rental } from '../../support/orders.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { startWorker } from '../../support/worker.ts';
import { skippingEnvironment, type Skipping } from '../../support/skipping-environment.ts';

type Merchant = Simulator['merchant'];

function termination({ appid, service_id }: Merchant, of: AuthorizationOf) {
  return { of, appid, service_id, reason: '用户注销' };
}

/** How often the run has asked for each activity. */
async function asked(run: WorkflowHandle): Promise<Record<string, number>> {
  const times: Record<string, number> = {};
  for (const event of (await run.fetchHistory()).events ?? []) {
    const name = event.activityTaskScheduledEventAttributes?.activityType?.name;
    if (name) times[name] = (times[name] ?? 0) + 1;
  }
  return times;
}

async function failureOf(run: WorkflowHandle) {
  const error: unknown = await run.result().catch((reason: unknown) => reason);
  assert.ok(error instanceof WorkflowFailedError, String(error));
  assert.ok(error.cause instanceof ApplicationFailure, String(error.cause));
  const { type, details } = error.cause;
  return { type, refusal: details?.[0] as Refusal | undefined };
}

describe('a termination', () => {
  let stack: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  before(async () => {
    // Where WeChat takes a second one there is nothing to find out.
    stack = await startStack({ simulator: { policies: { repeated_termination: 'refused' } } });
    worker = await stack.startWorker();
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
  });
  afterEach(() => stack.people.clearFaults());

  const start = (of: AuthorizationOf) =>
    stack.client.workflow.start('authorizationTermination', {
      workflowId: `authorization/${stack.merchant.mchid}/${newNumber()}`,
      taskQueue: taskQueueOf(stack.merchant.mchid),
      args: [termination(stack.merchant, of)],
    });

  async function stateOf(openid: string): Promise<string> {
    const { body } = await stack.api.call('POST', '/v1/authorizations/query', { openid });
    return body.authorization_state;
  }

  async function authorised(): Promise<string> {
    const openid = newOpenid();
    await stack.people.authorise(openid);
    return openid;
  }

  const outcomes: [Fault, attempts: number][] = [
    ['executed-then-500', 1],
    ['executed-then-cut', 1],
    ['bad-signature', 1],
    ['cut', 2],
    ['unsigned-502', 2],
    ['accepted-202', 2],
    ['refused-unsigned', 2],
  ];
  for (const [fault, attempts] of outcomes) {
    it(`whose answer meets ${fault} is asked about, and sent again only while the authorization stands`, async () => {
      const openid = await authorised();
      await stack.people.planFault({ call: 'terminate', fault });
      const run = await start({ openid });
      assert.deepEqual(await run.result(), { authorization_state: 'UNAVAILABLE' });
      assert.equal(await stateOf(openid), 'UNAVAILABLE');
      assert.deepEqual(await asked(run), {
        terminateAuthorization: attempts,
        getAuthorizationState: 1,
      });
    });
  }

  it('that succeeds at once asks nothing', async () => {
    const run = await start({ openid: await authorised() });
    await run.result();
    assert.deepEqual(await asked(run), { terminateAuthorization: 1 });
  });

  it('is not believed to be refused by the answer to a second attempt: the first had been executed', async () => {
    const fault = 'executed-late' satisfies Fault;
    async function played() {
      await stack.people.planFault({ call: 'terminate', fault, delay_seconds: 0.4 });
      const run = await start({ openid: await authorised() });
      assert.deepEqual(await run.result(), { authorization_state: 'UNAVAILABLE' });
      const { terminateAuthorization, getAuthorizationState } = await asked(run);
      return terminateAuthorization === 2 && getAuthorizationState === 2;
    }
    // A busy machine may look when the first has been executed already, and then sends no second.
    assert.ok(await eventually('a second attempt', played));
  });

  it('outlasts queries that fail as well', async () => {
    const openid = await authorised();
    await stack.people.planFault({ call: 'terminate', fault: 'executed-then-cut' });
    await stack.people.planFault({ call: 'permission', fault: 'unsigned-502', times: 5 });
    const run = await start({ openid });
    await run.result();
    assert.deepEqual(await asked(run), { terminateAuthorization: 1, getAuthorizationState: 2 });
  });

  it('insists, in doubt, where WeChat refuses to be asked', async () => {
    const openid = await authorised();
    await stack.people.planFault({ call: 'terminate', fault: 'executed-then-cut' });
    await stack.people.planFault({
      call: 'permission',
      fault: 'refused',
      refusal: 'noPermission',
    });
    const run = await start({ openid });
    assert.deepEqual(await run.result(), { authorization_state: 'UNAVAILABLE' });
    assert.deepEqual(await asked(run), { terminateAuthorization: 1, getAuthorizationState: 2 });
  });

  it('of a code that WeChat does not know is refused, though its own answer was lost', async () => {
    await stack.people.planFault({ call: 'terminate', fault: 'cut' });
    const run = await start({ authorization_code: newNumber() });
    const { type, refusal } = await failureOf(run);
    assert.deepEqual([type, refusal?.code], ['NotFound', 'RESOURCE_NOT_EXISTS']);
    assert.deepEqual(await asked(run), { terminateAuthorization: 1, getAuthorizationState: 1 });
  });

  it('that WeChat throttles is sent again, with nothing to be asked', async () => {
    const openid = await authorised();
    await stack.people.planFault({ call: 'terminate', fault: 'throttled' });
    const run = await start({ openid });
    await run.result();
    assert.deepEqual(await asked(run), { terminateAuthorization: 2 });
  });

  it('under keys that WeChat does not accept ends at once: only a person can change that', async () => {
    const openid = await authorised();
    await stack.people.planFault({ call: 'terminate', fault: 'refused', refusal: 'signature' });
    const run = await start({ openid });
    assert.equal((await failureOf(run)).type, 'Misconfigured');
    assert.deepEqual(await asked(run), { terminateAuthorization: 1 });
  });

  it('goes on through such an answer while an earlier attempt is in doubt', async () => {
    const openid = await authorised();
    await stack.people.planFault({ call: 'terminate', fault: 'cut' });
    await stack.people.planFault({ call: 'terminate', fault: 'refused', refusal: 'signature' });
    const run = await start({ openid });
    assert.deepEqual(await run.result(), { authorization_state: 'UNAVAILABLE' });
    assert.deepEqual(await asked(run), { terminateAuthorization: 3, getAuthorizationState: 1 });
  });

  it('can be ended by "Request Cancellation" in the web UI', async () => {
    const openid = await authorised();
    await stack.people.planFault({ call: 'terminate', fault: 'unsigned-502', times: 20 });
    const run = await start({ openid });
    await eventually('an attempt', async () => (await asked(run))['terminateAuthorization']);
    await run.cancel();
    await assert.rejects(run.result(), WorkflowFailedError);
    assert.equal((await run.describe()).status.name, 'CANCELLED');
  });
});

describe('a refusal after an unknown attempt', () => {
  let skipping: Skipping;
  let simulator: Simulator;
  let people: Control;
  let worker: Awaited<ReturnType<typeof startWorker>>;
  before(async () => {
    skipping = await skippingEnvironment({ dataConverter: TEST_CONVERTER });
    simulator = await startTestSimulator();
    people = createControl(simulator.url);
    worker = await startWorker({
      address: skipping.environment.address,
      merchant: simulator.merchant,
    });
  });
  after(async () => {
    await worker.stop();
    await simulator.stop();
    await skipping.stop();
  });

  /** A user with an unfinished order, so that WeChat refuses the second attempt; the first was cut off. */
  async function startRefused() {
    const { out_order_no, openid, ...order } = rental();
    await people.authorise(openid);
    const { appid, service_id } = simulator.merchant;
    const wechatpay = clientOf(simulator.merchant);
    await wechatpay.createServiceOrder({
      ...{ ...order, out_order_no, openid, appid, service_id },
      time_range: { start_time: 'OnAccept' },
      notify_url: 'http://127.0.0.1:9/notify',
      need_user_confirm: false,
    });
    await wechatpay.close();
    await people.planFault({ call: 'terminate', fault: 'cut' });
    const run = await skipping.environment.client.workflow.start('authorizationTermination', {
      workflowId: `authorization/${simulator.merchant.mchid}/${newNumber()}`,
      taskQueue: taskQueueOf(simulator.merchant.mchid),
      args: [termination(simulator.merchant, { openid })],
    });
    return { run, openid };
  }

  const longestTimer = async (run: WorkflowHandle) => {
    const { events } = await run.fetchHistory();
    const seconds = (events ?? []).map((event) =>
      Number(event.timerStartedEventAttributes?.startToFireTimeout?.seconds ?? 0),
    );
    return Math.max(...seconds);
  };

  it('is believed after 330 s, when the authorization still stands', async () => {
    const { run } = await startRefused();
    const { type, refusal } = await failureOf(run);
    assert.deepEqual([type, refusal?.reason], ['Refused', 'open_orders']);
    const seconds = await longestTimer(run);
    assert.ok(seconds >= 329 && seconds <= 330, `${seconds} s`);
    assert.deepEqual(await asked(run), { terminateAuthorization: 2, getAuthorizationState: 3 });
  });

  it('is not believed when that attempt arrives meanwhile', async () => {
    const { run, openid } = await startRefused();
    await eventually('the doubt', async () => (await asked(run))['getAuthorizationState'] === 1);
    await skipping.environment.sleep('2s');
    await eventually('the wait', async () => (await longestTimer(run)) > 300);
    await people.revoke(openid); // as the attempt would have done
    assert.deepEqual(await run.result(), { authorization_state: 'UNAVAILABLE' });
  });
});
