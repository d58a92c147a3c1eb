/** Of several openings of one user, only those that somebody waits for become orders: a user leaves one and begins anew. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { refresh, refreshRequested } from '../../../workflows/contract.ts';
import { OFTEN } from '../../support/delays.ts';
import { eventually } from '../../support/eventually.ts';
import { newOpenid } from '../../support/orders.ts';
import { executedOn, invited, shown, timesScheduled } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { useLongStack } from '../../support/time-skipping.ts';
import type { Stack } from '../../support/stack.ts';

const HOUR = 3_600;

/** The user has left the first opening, begun anew, and authorised there. */
async function leftForAnother(stack: Stack, change: Record<string, unknown> = {}) {
  const openid = newOpenid();
  const left = await invited(stack, { openid, ...change });
  const taken = await invited(stack, { openid });
  await stack.people.authoriseByToken(taken.token, openid);
  await shown(stack, taken.number, { phase: 'in_service' });
  return { left, taken, openid };
}

async function isNowhere({ people }: Stack, number: string): Promise<void> {
  await assert.rejects(people.order(number), { status: 404 });
}

/** It waits on, and nothing has come of it. */
async function waitsOn(stack: Stack, number: string): Promise<void> {
  assert.equal((await stack.api.read(number)).body.phase, 'authorizing');
  await isNowhere(stack, number);
}

/** Its poll has looked a few times more, or has ended. */
async function looked({ run }: Stack, number: string): Promise<void> {
  let seen = 0;
  let last: number | undefined;
  await eventually(
    'three more looks',
    async () => {
      const { raw } = await run(number).describe();
      const attempt = raw.pendingActivities?.[0]?.attempt ?? Number.POSITIVE_INFINITY;
      // A poll that was begun anew, as a busy worker's may be, counts from one.
      if (last !== undefined) seen += attempt < last ? attempt : attempt - last;
      last = attempt;
      return seen >= 3;
    },
    60_000,
  );
}

/** Its run has heard what was said before, and WeChat has answered. */
async function asked({ api }: Stack, number: string): Promise<void> {
  await eventually('WeChat’s answer', async () => {
    const { body } = await api.read(number);
    return body.timeline.some(({ event }: { event: string }) => event.startsWith('permission:'));
  });
}

describe('an opening that its user has left for another', { concurrency: 6 }, () => {
  const stage = useStack();
  before(() => stage.startWorker({ authorizationDelaysMs: OFTEN }));

  it('is not created by its poll, and is by the user who comes back to it', async () => {
    const { stack } = stage;
    const { left, taken } = await leftForAnother(stack);
    await looked(stack, left.number);
    await waitsOn(stack, left.number);
    await stack.api.open(left.order);
    await shown(stack, left.number, { phase: 'in_service' });
    for (const { number } of [left, taken]) {
      assert.deepEqual(await executedOn(stack, number), ['created 0']);
    }
  });

  it('five times over leaves one order at WeChat', async () => {
    const { stack } = stage;
    const openid = newOpenid();
    const openings = [];
    for (let tap = 0; tap < 6; tap++) openings.push(await invited(stack, { openid }));
    const taken = openings.pop();
    assert.ok(taken);
    await stack.people.authoriseByToken(taken.token, openid);
    await shown(stack, taken.number, { phase: 'in_service' });
    await Promise.all(openings.map(({ number }) => looked(stack, number)));
    for (const { number } of openings) await waitsOn(stack, number);
  });

  it('is not created because somebody had come back to it before the user went to the other', async () => {
    const { stack } = stage;
    const openid = newOpenid();
    const left = await invited(stack, { openid });
    assert.equal((await stack.api.open(left.order)).status, 202);
    assert.equal((await stack.api.refresh(left.number)).body.phase, 'authorizing');
    const taken = await invited(stack, { openid });
    await stack.people.authoriseByToken(taken.token, openid);
    await shown(stack, taken.number, { phase: 'in_service' });
    await looked(stack, left.number);
    await waitsOn(stack, left.number);
  });

  it('is not created by a notification about it that WeChat does not confirm', async () => {
    const { stack } = stage;
    const { left } = await leftForAnother(stack);
    await stack.run(left.number).signal('authorizationChanged', {});
    await asked(stack, left.number);
    await waitsOn(stack, left.number);
  });

  it('is not created because somebody adopts it, or wants to know by the web UI', async () => {
    const { stack } = stage;
    const { left } = await leftForAnother(stack);
    assert.equal((await stack.api.adopt(left.number)).body.phase, 'authorizing');
    const told = await stack.run(left.number).executeUpdate(refresh, { args: [{}] });
    assert.equal(told.phase, 'authorizing');
    await waitsOn(stack, left.number);
  });

  it('is not created because the sweep or the reconciliation asks for it', async () => {
    const { stack } = stage;
    const { left } = await leftForAnother(stack);
    await stack.run(left.number).signal(refreshRequested, {});
    await asked(stack, left.number);
    await waitsOn(stack, left.number);
  });

  it('is created when the user authorises by its own page as well, without another word', async () => {
    const { stack } = stage;
    const { left, taken, openid } = await leftForAnother(stack);
    await looked(stack, left.number);
    await waitsOn(stack, left.number);
    await stack.people.authoriseByToken(left.token, openid);
    await shown(stack, left.number, { phase: 'in_service' });
    assert.deepEqual(await executedOn(stack, taken.number), ['created 0']);
  });

  it('is asked about by openid once for each time that somebody comes back, and by its code otherwise', async () => {
    const { stack } = stage;
    const left = await invited(stack);
    await stack.api.adopt(left.number);
    await stack.api.refresh(left.number);
    await stack.api.adopt(left.number);
    assert.equal(await timesScheduled(stack, left.number, 'getPermission'), 2);
    assert.equal(await timesScheduled(stack, left.number, 'getAgreement'), 2);
  });
});

describe('an opening whose page does nothing for a user who has authorised by another', () => {
  const stage = useStack();
  before(async () => {
    await stage.stack.people.setPolicies({ authorised_page: 'stays' });
    await stage.startWorker({ authorizationDelaysMs: OFTEN });
  });

  it('is not created when WeChat leaves its page without effect, until business code says that the user is back', async () => {
    const { stack } = stage;
    const { left, openid } = await leftForAnother(stack);
    await stack.people.authoriseByToken(left.token, openid);
    await looked(stack, left.number);
    await waitsOn(stack, left.number);
    assert.equal((await stack.api.refresh(left.number)).body.phase === 'authorizing', false);
    await shown(stack, left.number, { phase: 'in_service' });
  });

  it('is not created where WeChat does not know its code', async () => {
    const { stack } = stage;
    const fault = { call: 'permission-by-code', fault: 'refused', refusal: 'codeUnknown' } as const;
    const { left } = await leftForAnother(stack);
    await stack.people.planFault({ ...fault, times: 1_000 });
    await stack.run(left.number).signal('authorizationChanged', {});
    await asked(stack, left.number);
    await looked(stack, left.number);
    await waitsOn(stack, left.number);
    await stack.people.clearFaults();
  });

  it('is created when somebody comes back while WeChat still answers an earlier question', async () => {
    const { stack } = stage;
    const openid = newOpenid();
    const order = await invited(stack, { openid });
    await stack.people.planFault({ call: 'permission', fault: 'slow', delay_seconds: 2 });
    const early = stack.api.refresh(order.number);
    await eventually('the question', async () => {
      return (await stack.people.faults()).faults.length === 0;
    });
    await stack.people.authorise(openid);
    await stack.api.refresh(order.number);
    await early;
    await shown(stack, order.number, { phase: 'in_service' });
  });
});

describe('an opening that its user has left for another, however long', () => {
  const stage = useLongStack();

  it('is not created within its day, and ends unauthorized', async () => {
    const { stack } = stage;
    const { left, taken } = await leftForAnother(stack);
    await stage.pass(70);
    await waitsOn(stack, left.number);
    await stage.pass(23 * HOUR);
    await waitsOn(stack, left.number);
    await stage.pass(2 * HOUR);
    await shown(stack, left.number, { phase: 'unauthorized' });
    await isNowhere(stack, left.number);
    assert.deepEqual(await executedOn(stack, taken.number), ['created 0']);
  });

  it('is not created by the last look at its deadline', async () => {
    const { stack } = stage;
    const deadlines = { authorization_seconds: 60 };
    const { left } = await leftForAnother(stack, { deadlines });
    await stage.pass(80);
    await shown(stack, left.number, { phase: 'unauthorized' });
    await isNowhere(stack, left.number);
  });
});
